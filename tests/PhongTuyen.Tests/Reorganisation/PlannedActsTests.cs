using PhongTuyen.Accounts;
using PhongTuyen.Kernel;
using PhongTuyen.Reorganisation;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Quarantine;

using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Reorganisation;

/// <summary>Acts that wait for their day.</summary>
[Trait("Category", "Database")]
public sealed class PlannedActsTests(TestHouse house) : IClassFixture<TestHouse>
{
    private TestProvince Place => house.Place;
    private static CancellationToken Ct => TestContext.Current.CancellationToken;
    private ReorganisationWorker Worker => house.Get<ReorganisationWorker>();

    [Fact]
    public async Task A_planned_act_is_done_on_its_day_in_the_name_of_who_planned_it_and_withdrawn_ones_are_not()
    {
        var (first, _) = await house.CampAsync(Place.CentreA, Place.KeysA1);
        var (second, _) = await house.CampAsync(Place.CentreA, Place.KeysA1);
        var (third, _) = await house.CampAsync(Place.CentreA, Place.KeysA1);
        var day = house.Clock.Today().AddDays(2);
        var planned = (await house.ActAsync(Place.ProvinceOfficer, new UnitAct(ActKind.Move, first) { Into = Place.CentreB }, day)).Value;
        var withdrawn = (await house.ActAsync(Place.ProvinceOfficer, new UnitAct(ActKind.Move, second) { Into = Place.CentreB }, day)).Value;
        (await house.RunAsync<EndAct, Nothing>(Place.ProvinceOfficer, use => use.WithdrawAsync(withdrawn, Ct), Permission.ManageUnits)).Done.ShouldBeTrue();
        var stuck = (await house.ActAsync(Place.ProvinceOfficer, new UnitAct(ActKind.Close, third), day)).Problem; // it has accounts
        stuck.Code.ShouldBe("tree.accounts-left");
        var late = (await house.ActAsync(Place.ProvinceOfficer, new UnitAct(ActKind.Rename, third) { Name = "Tên sau" }, day)).Value;

        (await Worker.RunAsync(Ct)).ShouldBe(0);
        (await house.UnitAsync(first))!.ParentId.ShouldBe(Place.CentreA);
        await using (var admin = new Npgsql.NpgsqlConnection(house.Admin))
        {
            await admin.OpenAsync(Ct);
            await PhongTuyen.Data.SqlRows.RunAsync(admin, "UPDATE pt.unit SET valid_to = $2 WHERE id = $1", Ct, third.Value, house.Clock.Today());
        }
        house.Clock.Advance(TimeSpan.FromDays(3)); // the day passed while the program stood still
        (await Worker.RunAsync(Ct)).ShouldBe(2);
        (await house.UnitAsync(first))!.ParentId.ShouldBe(Place.CentreB);
        (await house.UnitAsync(second))!.ParentId.ShouldBe(Place.CentreA);
        (await house.AskAsync<Guid>("SELECT account_id FROM pt.audit_event WHERE act = 'tree.changed' AND subject_id = $1 ORDER BY at DESC LIMIT 1", planned.ToString())).ShouldBe(Place.ProvinceOfficer.Value);
        (await house.AskAsync<string>("SELECT why FROM pt.reorganisation_act WHERE id = $1 AND state = 5", late)).ShouldBe("tree.not-standing");
        (await Worker.RunAsync(Ct)).ShouldBe(0);
    }
}
