using PhongTuyen.Accounts;
using PhongTuyen.Kernel;
using PhongTuyen.Tests.House;
using PhongTuyen.Units;
using PhongTuyen.Units.Contract;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Units;

/// <summary>Making, changing, closing and finding units.</summary>
[Trait("Category", "Database")]
public sealed class UnitKeepingTests(TestHouse house) : IClassFixture<TestHouse>
{
    private TestProvince Place => house.Place;
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private AddUnit.Input New(UnitId parent, string code, string name) => new(house.Clock.NewGuid(), parent, code, name, UnitKind.Camp, Place.KeysA1, null, "0258 1", null, null);

    private Task<Outcome<UnitId>> AddAsync(AccountId by, AddUnit.Input input) => house.RunAsync<AddUnit, UnitId>(by, use => use.RunAsync(input, Ct), Permission.ManageUnits);

    private Task<Outcome<Nothing>> EditAsync(AccountId by, Func<EditUnit, Task<Outcome<Nothing>>> act) => house.RunAsync<EditUnit, Nothing>(by, act, Permission.ManageUnits);

    private Task<T> AskAsync<T>(AccountId by, Func<UnitsList, Task<T>> ask) => house.AsAsync(by, Permission.ManageAccounts, (provider, _) => ask((UnitsList)provider.GetService(typeof(UnitsList))!));

    private Task<Unit?> LookAsync(UnitId id) => house.AsAsync(Place.ProvinceOfficer, Permission.ManageUnits, (_, db) => db.FindAsync<Unit>([id], Ct).AsTask());

    [Fact]
    [Answers("R1")]
    public async Task A_unit_is_made_once_and_belongs_at_once_to_everybody_above()
    {
        var input = New(Place.CentreA, "KCL-MOI", "Khu cách ly mới");
        var id = (await AddAsync(Place.ProvinceOfficer, input)).Value;
        (await AddAsync(Place.ProvinceOfficer, input)).Value.ShouldBe(id);
        (await AddAsync(Place.ProvinceOfficer, New(Place.CentreA, "KCL-MOI", "Khác"))).Problem.Code.ShouldBe("unit.code-taken");
        (await AddAsync(Place.ProvinceOfficer, New(Place.Root, "X-1", "Trên tỉnh"))).Problem.Status.ShouldBe(404);
        (await house.AsAsync(Place.OfficerA, Permission.ManageAccounts, (_, db) => Task.FromResult(db.Scope.Units.Contains(id)))).ShouldBeTrue();
    }

    [Fact]
    public async Task What_an_import_made_waits_until_somebody_looked_and_gave_it_a_code()
    {
        var import = house.Clock.New<ImportId>();
        var id = await house.AsAsync(Place.OfficerA, Permission.Import, (provider, _) => ((IUnits)provider.GetService(typeof(IUnits))!).MakeUnverifiedAsync(Place.CentreA, "KCL Trường Mầm Non", Place.KeysA1, import, Ct));
        (await AskAsync(Place.ProvinceOfficer, list => list.FindAsync(new() { Unverified = true }, null, Ct))).Rows.Select(row => row.Id).ShouldBe([id]);
        var unit = (await LookAsync(id))!;
        var input = new EditUnit.Input(house.Clock.NewGuid(), id, unit.Version, "KCL-MN", "Khu cách ly Trường Mầm Non", UnitKind.Camp, Place.KeysA1, null, null, null, null);
        (await EditAsync(Place.ProvinceOfficer, use => use.RunAsync(input with { Code = "KCL-B" }, Ct))).Problem.Code.ShouldBe("unit.code-taken");
        (await EditAsync(Place.ProvinceOfficer, use => use.RunAsync(input with { Intent = house.Clock.NewGuid() }, Ct))).Done.ShouldBeTrue();
        (await EditAsync(Place.ProvinceOfficer, use => use.RunAsync(input with { Intent = house.Clock.NewGuid(), Name = "Khác" }, Ct))).Problem.Code.ShouldBe("kernel.changed");
        var after = (await LookAsync(id))!;
        (after.Code, after.Verified, after.Kind).ShouldBe(("KCL-MN", true, UnitKind.Camp));
        (await AskAsync(Place.ProvinceOfficer, list => list.UnverifiedAsync(Ct))).ShouldBe(0);
    }

    [Fact]
    public async Task A_unit_closes_when_nothing_hangs_on_it_and_opens_again()
    {
        (await EditAsync(Place.ProvinceOfficer, use => use.CloseAsync(Place.CentreB, Ct))).Problem.Details["what"].ShouldBe("units");
        (await EditAsync(Place.ProvinceOfficer, use => use.CloseAsync(Place.CampB, Ct))).Problem.Details["what"].ShouldBe("accounts");
        var id = (await AddAsync(Place.ProvinceOfficer, New(Place.CentreB, "KCL-TAM", "Khu cách ly tạm"))).Value;
        (await EditAsync(Place.ProvinceOfficer, use => use.CloseAsync(id, Ct))).Done.ShouldBeTrue();
        (await AskAsync(Place.ProvinceOfficer, list => list.FindAsync(new() { Closed = true }, null, Ct))).Rows.Select(row => row.Id).ShouldContain(id);
        (await EditAsync(Place.ProvinceOfficer, use => use.ReopenAsync(id, Ct))).Done.ShouldBeTrue();
        (await LookAsync(id))!.ValidTo.ShouldBeNull();
    }

    [Fact]
    public async Task A_unit_of_another_district_is_not_changed()
    {
        var input = new EditUnit.Input(house.Clock.NewGuid(), Place.CampB, 1, "KCL-B", "Tên khác", UnitKind.Camp, Place.KeysB1, null, null, null, null);
        (await house.RunAsync<EditUnit, Nothing>(Place.OfficerA, use => use.RunAsync(input, Ct), Permission.ManageAccounts)).Problem.Status.ShouldBe(404);
        (await house.RunAsync<EditUnit, Nothing>(Place.OfficerA, use => use.CloseAsync(Place.CampB, Ct), Permission.ManageAccounts)).Problem.Status.ShouldBe(404);
    }

    [Fact]
    public async Task Units_are_found_by_parts_of_name_or_code_and_only_ones_own()
    {
        (await AskAsync(Place.OfficerA, list => list.FindAsync(new() { Text = "an binh benh vien" }, null, Ct))).Rows.Select(row => row.Id).ShouldBe([Place.HospitalA]);
        (await AskAsync(Place.OfficerA, list => list.FindAsync(new() { Text = "bv-a" }, null, Ct))).Rows.Select(row => row.Id).ShouldBe([Place.HospitalA]);
        (await AskAsync(Place.OfficerA, list => list.FindAsync(new() { Text = "Bình Yên" }, null, Ct))).Rows.ShouldBeEmpty();
        (await AskAsync(Place.OfficerA, list => list.FindAsync(new() { Kind = UnitKind.HealthStation }, null, Ct))).Rows.Select(row => row.Id).ShouldBe([Place.StationA1]);
        var tree = await AskAsync(Place.ProvinceOfficer, list => list.TreeAsync(null, Ct));
        tree.Single(row => row.Id == Place.Department).Below.ShouldBe(2);
        tree.Where(row => row.Parent == Place.Department).Select(row => row.Id).ShouldBe([Place.CentreA, Place.CentreB]);
        (await AskAsync(Place.ProvinceOfficer, list => list.TreeAsync(Place.Department, Ct))).Select(row => row.Id).ShouldContain(Place.CampB);
    }
}
