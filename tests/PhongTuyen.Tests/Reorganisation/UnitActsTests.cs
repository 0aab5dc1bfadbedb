using Microsoft.Extensions.DependencyInjection;
using PhongTuyen.Accounts;
using PhongTuyen.Kernel;
using PhongTuyen.Quarantine;
using PhongTuyen.Quarantine.Contract;
using PhongTuyen.Reorganisation;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Quarantine;
using PhongTuyen.Units;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Reorganisation;

/// <summary>Units moved, merged, divided, renamed and closed: who sees what before and after, and that all of it can be taken back.</summary>
[Trait("Category", "Database")]
public sealed class UnitActsTests(TestHouse house) : IClassFixture<TestHouse>
{
    private TestProvince Place => house.Place;
    private AccountId Manager => Place.ProvinceOfficer;

    [Fact]
    [Answers("R1")]
    public async Task Who_gains_and_who_loses_by_a_move_is_said_before_and_is_so_afterwards()
    {
        var (camp, clerk) = await house.CampAsync(Place.CentreA, Place.KeysA1 with { District = default, Commune = default });
        var person = await house.PersonAsync(clerk);
        await house.StayAsync(clerk, camp, person);
        var act = new UnitAct(ActKind.Move, camp) { Into = Place.CentreB };
        var rights = await house.RightsAsync(marks: true);

        var preview = (await house.PreviewAsync(Manager, act)).Value;
        (preview.Gained, preview.Lost).ShouldBe((1, 1));
        var lost = preview.Rows.Single(row => row.Account == Place.OfficerA);
        (lost.Lost.ShouldHaveSingleItem(), lost.Less.Now, lost.Less.Stays, lost.Name).ShouldBe((camp, 1L, 1L, "officer-a"));
        preview.Rows.Single(row => row.Account == Place.OfficerB).Gained.ShouldBe([camp]);
        (await house.RightsAsync(marks: true)).ShouldBe(rights);
        (await house.PersonsAsync(Place.OfficerA)).ShouldContain(person);

        var id = (await house.ActAsync(Manager, act)).Value;
        (await house.PersonsAsync(Place.OfficerA)).ShouldNotContain(person);
        (await house.PersonsAsync(Place.OfficerB)).ShouldContain(person);
        (await house.StaysAsync(Place.OfficerB)).ShouldContain(person);
        (await house.PersonsAsync(clerk)).ShouldContain(person);
        (await house.RightsAreDueAsync()).ShouldBeTrue();
        // Only what changed was written anew: streams of everybody else go on.
        (await house.RightsAsync(marks: true)).Except(rights).Count().ShouldBe(2);

        (await house.UndoAsync(Manager, id)).Done.ShouldBeTrue();
        (await house.PersonsAsync(Place.OfficerA)).ShouldContain(person);
        (await house.PersonsAsync(Place.OfficerB)).ShouldNotContain(person);
        (await house.UnitAsync(camp))!.ParentId.ShouldBe(Place.CentreA);
    }

    [Fact]
    public async Task A_merged_house_stands_among_the_facilities_as_long_as_people_are_in_it()
    {
        var (old, _) = await house.CampAsync(Place.CentreA, Place.KeysA1, "Khu cách ly Sắp Hết Người");
        var (into, clerk) = await house.CampAsync(Place.CentreA, Place.KeysA1, "Khu cách ly Nhận Người");
        var stay = await house.StayAsync(Place.OfficerA, old, await house.PersonAsync(Place.OfficerA));
        async Task<IEnumerable<UnitId>> ListedAsync(AccountId by) => (await house.AsAsync(by, Permission.SeePersons, (provider, _) => provider.GetRequiredService<FacilitiesList>().FindAsync("người", AreaKeys.Unknown, true, null, default))).Rows.Select(row => row.Id);
        (await house.ActAsync(Manager, new UnitAct(ActKind.Merge, old) { Into = into })).Done.ShouldBeTrue();
        (await ListedAsync(clerk)).ShouldBe([into, old], ignoreOrder: true);
        (await ListedAsync(Place.ClerkB)).ShouldBeEmpty();
        (await house.EndAsync(clerk, stay, StayEnd.Left)).Done.ShouldBeTrue();
        (await ListedAsync(clerk)).ShouldBe([into]);
    }

    [Fact]
    public async Task A_merged_unit_lies_below_its_successor_with_all_that_was_written_under_it()
    {
        var (old, oldClerk) = await house.CampAsync(Place.CentreA, Place.KeysA1, "Khu cách ly Cũ");
        var (into, newClerk) = await house.CampAsync(Place.CentreA, Place.KeysA1, "Khu cách ly Mới");
        var (here, there) = (await house.PersonAsync(oldClerk), await house.PersonAsync(newClerk));
        await house.StayAsync(oldClerk, old, here);
        await house.StayAsync(newClerk, into, there);
        var rights = await house.RightsAsync();
        (await house.PersonsAsync(oldClerk)).ShouldBe([here]);
        (await house.PersonsAsync(newClerk)).ShouldBe([there]);

        var id = (await house.ActAsync(Manager, new UnitAct(ActKind.Merge, old) { Into = into })).Value;
        (await house.StaysAsync(oldClerk)).ShouldBe([here, there], ignoreOrder: true);
        (await house.StaysAsync(newClerk)).ShouldBe([here, there], ignoreOrder: true);
        (await house.UnitAsync(old))!.MergedInto.ShouldBe(into);
        (await house.AskAsync<int>("SELECT unit_id FROM pt.account WHERE id = $1", oldClerk.Value)).ShouldBe(into.Value);
        // The stay stands where it was written, under the name of then; what is written from now on stands under the successor.
        (await house.AskAsync<int>("SELECT unit_id FROM pt.quarantine_stay WHERE person_id = $1", here.Value)).ShouldBe(old.Value);
        (await house.NameOnAsync(old, house.Clock.Today())).ShouldBe("Khu cách ly Cũ");
        var after = await house.PersonAsync(oldClerk);
        await house.StayAsync(oldClerk, into, after);
        (await house.PersonsAsync(newClerk)).ShouldContain(after);
        (await house.PersonsAsync(Place.ClerkA)).ShouldNotContain(after);

        (await house.UndoAsync(Manager, id)).Done.ShouldBeTrue();
        (await house.RightsAsync()).ShouldBe(rights);
        (await house.StaysAsync(newClerk)).ShouldBe([there, after], ignoreOrder: true);
        (await house.UndoAsync(Manager, id)).Done.ShouldBeTrue(); // a second time comes to the same
    }

    [Fact]
    public async Task A_renamed_unit_keeps_its_old_name_for_the_days_before()
    {
        var (camp, _) = await house.CampAsync(Place.CentreA, Place.KeysA1, "Khu cách ly huyện An Bình");
        var day = house.Clock.Today();
        (await house.ActAsync(Manager, new UnitAct(ActKind.Rename, camp) { Name = "Khu cách ly khu vực An Bình" }, day.AddDays(1))).Done.ShouldBeTrue();
        (await house.ActAsync(Manager, new UnitAct(ActKind.Rename, camp) { Name = "Khu khác" })).Problem.Code.ShouldBe("tree.planned-already");
        (await house.UnitAsync(camp))!.Name.ShouldBe("Khu cách ly huyện An Bình");
        var (second, _) = await house.CampAsync(Place.CentreA, Place.KeysA1, "Khu cách ly thị trấn");
        (await house.ActAsync(Manager, new UnitAct(ActKind.Rename, second) { Name = "Khu cách ly phường" })).Done.ShouldBeTrue();
        (await house.NameOnAsync(second, day.AddDays(-1))).ShouldBe("Khu cách ly thị trấn");
        (await house.NameOnAsync(second, day)).ShouldBe("Khu cách ly phường");
    }

    [Fact]
    public async Task A_divided_unit_stands_on_and_gives_accounts_and_units_to_the_new_one()
    {
        var (whole, head) = await house.CampAsync(Place.CentreA, Place.KeysA1);
        var clerk = await house.AccountAsync($"chia-{whole}", whole, (Role.Clerk, whole, null));
        var person = await house.PersonAsync(head);
        await house.StayAsync(head, whole, person);
        var rights = await house.RightsAsync();
        var act = new UnitAct(ActKind.Divide, whole) { Parts = [new UnitPart("CHIA-1", "Khu cách ly mới tách", Place.KeysA1, [clerk], [])] };
        var preview = (await house.PreviewAsync(Manager, act)).Value;
        preview.Rows.Single(row => row.Account == clerk).Lost.ShouldBe([whole]);

        var id = (await house.ActAsync(Manager, act)).Value;
        (await house.PersonsAsync(clerk)).ShouldBeEmpty();
        (await house.PersonsAsync(head)).ShouldBe([person]);
        var part = new UnitId(await house.AskAsync<int>("SELECT unit_id FROM pt.account WHERE id = $1", clerk.Value));
        (await house.UnitAsync(part))!.Name.ShouldBe("Khu cách ly mới tách");
        (await house.UndoAsync(Manager, id)).Done.ShouldBeTrue();
        (await house.PersonsAsync(clerk)).ShouldBe([person]);
        (await house.UnitAsync(part))!.ValidTo.ShouldNotBeNull();
        (await house.RightsAsync()).Where(right => right.StartsWith(clerk.ToString(), StringComparison.Ordinal)).ShouldBe(rights.Where(right => right.StartsWith(clerk.ToString(), StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_unit_with_people_or_open_transfers_is_not_closed()
    {
        var (camp, clerk) = await house.CampAsync(Place.CentreA, Place.KeysA1);
        await house.StayAsync(clerk, camp);
        var refused = await house.ActAsync(Manager, new UnitAct(ActKind.Close, camp));
        refused.Problems.Select(problem => problem.Code).ShouldBe(["tree.people-inside", "tree.accounts-left"]);
        refused.Problem.Details["n"].ShouldBe("1");
        // An administrator sees no persons, and is refused the same.
        (await house.ActAsync(Place.Administrator, new UnitAct(ActKind.Close, camp))).Problem.Code.ShouldBe("tree.people-inside");
    }

    [Fact]
    public async Task Acts_outside_of_ones_units_below_oneself_and_without_a_paper_are_refused()
    {
        var (camp, _) = await house.CampAsync(Place.CentreA, Place.KeysA1);
        (await house.ActAsync(Place.OfficerB, new UnitAct(ActKind.Close, camp))).Problem.Status.ShouldBe(404);
        (await house.ActAsync(Manager, new UnitAct(ActKind.Move, Place.CentreA) { Into = camp })).Problem.Code.ShouldBe("tree.below-itself");
        (await house.ActAsync(Manager, new UnitAct(ActKind.Move, camp) { Into = Place.Root })).Problem.Status.ShouldBe(404);
        (await house.ActAsync(Manager, new UnitAct(ActKind.Merge, Place.Department) { Into = camp })).Problems.Select(problem => problem.Code).ShouldContain("tree.below-itself");
        (await house.ActAsync(Manager, new UnitAct(ActKind.Move, camp) { Into = Place.CentreB }, paper: " ")).Problem.Code.ShouldBe("kernel.required");
        (await house.ActAsync(Manager, new UnitAct(ActKind.Move, camp) { Into = Place.CentreB }, house.Clock.Today().AddDays(-40))).Problems.Select(problem => problem.Code).ShouldContain("tree.too-far-back");
        (await house.ActAsync(Manager, new UnitAct(ActKind.Make, Place.CentreA) { Code = "KCL-A", Name = "Trùng mã" })).Problem.Code.ShouldBe("unit.code-taken");
    }

    [Fact]
    public async Task What_later_acts_build_upon_is_undone_after_them()
    {
        var made = (await house.ActAsync(Manager, new UnitAct(ActKind.Make, Place.CentreA) { Code = "MOI-1", Name = "Khu mới", NewKind = UnitKind.Camp, Area = Place.KeysA1 }, paper: "1/QĐ")).Value;
        var unit = new UnitId(await house.AskAsync<int>("SELECT id FROM pt.unit WHERE code = 'MOI-1'"));
        (await house.AsAsync(Place.OfficerA, Permission.ManageAccounts, (_, db) => Task.FromResult(db.Scope.Units.Contains(unit)))).ShouldBeTrue();
        var moved = (await house.ActAsync(Manager, new UnitAct(ActKind.Move, unit) { Into = Place.CentreB }, paper: "2/QĐ")).Value;
        var refused = await house.UndoAsync(Manager, made);
        (refused.Problem.Code, refused.Problem.Details["papers"]).ShouldBe(("tree.depends", "2/QĐ"));
        (await house.UndoAsync(Manager, moved)).Done.ShouldBeTrue();
        (await house.UndoAsync(Manager, made)).Done.ShouldBeTrue();
        (await house.AsAsync(Manager, Permission.ManageUnits, (provider, _) => ((ActsList)provider.GetService(typeof(ActsList))!).OfUnitAsync(unit, default))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Heads_are_told_and_the_audit_says_who_did_it()
    {
        var (camp, head) = await house.CampAsync(Place.CentreA, Place.KeysA1);
        var id = (await house.ActAsync(Manager, new UnitAct(ActKind.Move, camp) { Into = Place.CentreB })).Value;
        (await house.AskAsync<long>("SELECT count(*) FROM pt.notice WHERE account_id = $1 AND text_key = 'notice.tree-done'", head.Value)).ShouldBe(1);
        (await house.AskAsync<Guid>("SELECT account_id FROM pt.audit_event WHERE act = 'tree.changed' AND subject_id = $1", id.ToString())).ShouldBe(Manager.Value);
    }
}
