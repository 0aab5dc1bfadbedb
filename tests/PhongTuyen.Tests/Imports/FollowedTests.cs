using PhongTuyen.Imports;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Quarantine;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Imports;

/// <summary>Who was taken in is compared with the others behind the writing.</summary>
[Trait("Category", "Database")]
public sealed class FollowedTests(TestHouse house) : IClassFixture<TestHouse>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Task<int> OpenPairsAsync() => house.AskAsync<int>("SELECT count(*)::int FROM pt.person_match WHERE state = 0");

    [Fact]
    [Answers("R4")]
    public async Task Pairs_of_one_list_are_found_and_after_an_end_in_the_middle_too_each_once()
    {
        var by = house.Place.ClerkA;
        var run = await house.ImportAsync(by, house.Place.CampA, ListImport.Csv("Họ và tên,Ngày sinh,Giới tính,Điện thoại",
            "Phùng Thị Theo Sau,05/08/1985,Nữ,0912345678", "Người Khác Hẳn,01/01/1960,Nam,", "PHUNG THI THEO SAU,05/08/1985,Nữ,0912345678"));
        (run.State, run.Accepted, run.Followed).ShouldBe((ImportState.Done, 3, 4));
        (await OpenPairsAsync()).ShouldBe(1);
        // As if the program had ended when all rows were written and only the first was compared.
        await house.SqlAsync("DELETE FROM pt.person_match");
        await house.SqlAsync("UPDATE pt.import_run SET state = 2, followed = 2 WHERE id = $1", run.Id.Value);
        while (await house.Get<ImportWorker>().WorkAsync(Ct)) { }
        run = await house.RunOfAsync(by, run.Id);
        (run.State, run.Accepted, run.Followed).ShouldBe((ImportState.Done, 3, 4));
        (await OpenPairsAsync()).ShouldBe(1);
    }
}
