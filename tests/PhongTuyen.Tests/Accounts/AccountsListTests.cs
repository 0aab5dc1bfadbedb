using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Accounts;

[Trait("Category", "Database")]
public sealed class AccountsListTests(TestHouse house) : IClassFixture<TestHouse>
{
    private TestProvince Place => house.Place;

    private Task<AccountsList.Found> FindAsync(AccountId by, AccountFilter filter, string? behind = null) =>
        house.AsAsync(by, Permission.ManageAccounts, (provider, _) => ((AccountsList)provider.GetService(typeof(AccountsList))!).FindAsync(filter, behind, CancellationToken.None));

    private async Task NameAsync(AccountId account, string name)
    {
        await using var connection = await house.Database.Jobs.OpenConnectionAsync();
        await connection.RunAsync("UPDATE pt.account SET display_name = $2 WHERE id = $1", CancellationToken.None, account.Value, name);
    }

    [Fact]
    public async Task A_name_is_found_without_marks_in_any_order()
    {
        await NameAsync(Place.ClerkHospitalA, "Đỗ Thị Thu Hường");
        foreach (var typed in new[] { "huong do", "Đỗ Thị", "thu hường", "HOSPITAL-A hường" })
            (await FindAsync(Place.OfficerA, new() { Text = typed })).Rows.Select(row => row.Id).ShouldBe([Place.ClerkHospitalA], typed);
        (await FindAsync(Place.OfficerA, new() { Text = "hoàng" })).Rows.ShouldBeEmpty();
    }

    [Fact]
    [Answers("R1")]
    public async Task A_manager_sees_the_own_units_and_those_below_and_no_others()
    {
        (await FindAsync(Place.HeadA, new())).Rows.Select(row => row.UserName).ShouldBe(["clerk-a", "head-a"]);
        var officer = (await FindAsync(Place.OfficerA, new())).Rows.Select(row => row.Id).ToList();
        officer.ShouldContain(Place.ClerkHospitalA);
        officer.ShouldNotContain(Place.ClerkB);
        (await FindAsync(Place.ProvinceOfficer, new() { Unit = Place.CentreB })).Rows.Select(row => row.UserName).ShouldBe(["clerk-b", "clerk-hospital-b", "officer-b"]);
        (await FindAsync(Place.OfficerA, new() { Unit = Place.CentreB })).Rows.ShouldBeEmpty();
    }

    [Fact]
    public async Task Roles_and_standing_narrow_and_the_tabs_add_up()
    {
        (await FindAsync(Place.OfficerA, new() { Role = Role.UnitHead })).Rows.Select(row => row.Id).ShouldBe([Place.HeadA]);
        (await house.RunAsync<SuspendAccount, Nothing>(Place.ProvinceOfficer, use => use.RunAsync(Place.ClerkHospitalB, true, CancellationToken.None), Permission.ManageAccounts)).Done.ShouldBeTrue();
        (await FindAsync(Place.ProvinceOfficer, new() { Standing = AccountStanding.Suspended })).Rows.Select(row => row.Id).ShouldBe([Place.ClerkHospitalB]);
        var counts = await house.AsAsync(Place.ProvinceOfficer, Permission.ManageAccounts, (provider, _) => ((AccountsList)provider.GetService(typeof(AccountsList))!).CountAsync(new(), CancellationToken.None));
        var all = await FindAsync(Place.ProvinceOfficer, new());
        counts.Values.Sum().ShouldBe(all.Rows.Count);
        counts[AccountStanding.Suspended].ShouldBe(1);
    }

    [Fact]
    public async Task Older_pages_begin_behind_the_last_name_and_a_sign_in_shows()
    {
        var first = await FindAsync(Place.ProvinceOfficer, new());
        var behind = await FindAsync(Place.ProvinceOfficer, new(), first.Rows[2].UserName);
        behind.Rows[0].UserName.ShouldBe(first.Rows[3].UserName);
        (await house.Get<StartSession>().WithPasswordAsync("leader", TestProvince.TestPassword, new(null, null), CancellationToken.None)).Done.ShouldBeTrue();
        (await FindAsync(Place.ProvinceOfficer, new() { Text = "leader" })).Rows.Single().LastSignIn.ShouldNotBeNull();
    }
}
