using PhongTuyen.Accounts;
using PhongTuyen.Audit;
using PhongTuyen.Imports;
using PhongTuyen.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Imports;

/// <summary>While the audit cannot be written no row of a list is taken in, and none is refused for it: the list waits and goes on by itself.</summary>
[Answers("R7")]
[Trait("Category", "Database")]
public sealed class ImportWithoutAuditTests(FurnishedHouse house) : IClassFixture<FurnishedHouse>
{
    [Fact]
    public async Task A_list_that_was_started_waits_for_the_audit_and_goes_on_by_itself()
    {
        var (clerk, camp, ct) = (house.Place.ClerkA, house.Place.CampA, TestContext.Current.CancellationToken);
        var id = await house.UploadAsync(clerk, camp, ListImport.Csv("Họ và tên,Ngày sinh,Giới tính", "Lý Văn Một,1985,Nam", "Lý Văn Hai,1986,Nam", "Lý Văn Ba,1987,Nam"));
        (await house.CheckAsync(clerk, id)).Accepted.ShouldBe(3);
        (await house.RunAsync<SteerImport, ImportState>(clerk, use => use.StartAsync(id, ct), Permission.Import)).Done.ShouldBeTrue();
        var worker = house.Get<ImportWorker>();
        await using (await ClosedAudit.CloseAsync(house.Admin)) await Should.ThrowAsync<AuditUnavailableException>(() => worker.WorkAsync(ct, id));
        var waiting = await house.RunOfAsync(clerk, id);
        (waiting.State, waiting.Rejected).ShouldBe((ImportState.Committing, 0), "nothing is the fault of a row");
        (await house.CountAsync("SELECT count(*) FROM pt.person WHERE name LIKE 'Lý Văn %'")).ShouldBe(0);
        house.Clock.Advance(TimeSpan.FromMinutes(3)); // the lease of the try that failed runs out
        (await worker.WorkAsync(ct, id)).ShouldBeTrue();
        var done = await house.RunOfAsync(clerk, id);
        (done.State, done.Accepted, done.Rejected).ShouldBe((ImportState.Done, 3, 0));
        (await house.CountAsync("SELECT count(*) FROM pt.person WHERE name LIKE 'Lý Văn %'")).ShouldBe(3);
    }
}
