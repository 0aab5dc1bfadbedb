using PhongTuyen.Accounts;
using PhongTuyen.Kernel;
using PhongTuyen.Notices;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Quarantine;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Notices;

/// <summary>An administrator sees no persons but can give roles that do: those who answer for the persons are told each time.</summary>
[Trait("Category", "Database")]
public sealed class RoleNoticeTests(TestHouse house) : IClassFixture<TestHouse>
{
    private TestProvince Place => house.Place;
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private async Task<AccountId> MakeAsync(AccountId by, string name, UnitId unit, Role role, AreaId? area = null) => (await house.RunAsync<MakeAccount, MakeAccount.Made>(by,
        use => use.RunAsync(new(house.Clock.New<AccountId>(), name, "Người Mới", unit, null, null, role, area, null), Ct), Permission.ManageAccounts)).Value.Id;

    private Task<long> ToldAsync(AccountId account) => house.AskAsync<long>("SELECT count(*) FROM pt.notice WHERE account_id = $1 AND text_key = 'notice.role-by-administrator'", account.Value);

    [Fact]
    public async Task The_province_is_told_of_every_account_that_sees_persons_and_comes_from_an_administrator()
    {
        var second = await MakeAsync(Place.Administrator, "so-hai", Place.CampA, Role.Clerk);
        (await ToldAsync(Place.ProvinceOfficer)).ShouldBe(1);
        // One row over all offices, one over all areas: whoever's persons they open is told, though the account sits above.
        await MakeAsync(Place.Administrator, "tren-cao", Place.Root, Role.ProvinceOfficer);
        (await ToldAsync(Place.ProvinceOfficer)).ShouldBe(2);
        await house.RunAsync<GiveRole, Guid>(Place.Administrator, use => use.RunAsync(new(house.Clock.NewGuid(), second, Role.DistrictOfficer, null, default(AreaId), null, null), Ct), Permission.ManageAccounts);
        (await ToldAsync(Place.ProvinceOfficer)).ShouldBe(3);
        await house.RunAsync<GiveRole, Guid>(Place.Administrator, use => use.RunAsync(new(house.Clock.NewGuid(), second, Role.Clerk, null, Place.CommuneB1, null, null), Ct), Permission.ManageAccounts);
        (await ToldAsync(Place.ProvinceOfficer)).ShouldBe(4);
        foreach (var other in new[] { Place.OfficerA, Place.HeadA, Place.Administrator, Place.Leader, second }) (await ToldAsync(other)).ShouldBe(0);

        // It names the account and leads to it, where it is theirs.
        var rows = (await house.AsAsync(Place.ProvinceOfficer, Permission.SignedIn, (provider, _) => ((NoticeBoard)provider.GetService(typeof(NoticeBoard))!).MineAsync(false, null, Ct))).Rows;
        rows.Count(row => row.Details["account"] == "so-hai" && row.Link == $"/desk/accounts/account/{second}").ShouldBe(3);
        rows.Single(row => row.Details["account"] == "tren-cao").Link.ShouldBeNull();
    }

    [Fact]
    public async Task Nobody_is_told_of_roles_without_persons_or_from_those_who_see_them_anyway()
    {
        await MakeAsync(Place.Administrator, "lanh-dao", Place.Department, Role.Leader, Place.Province);
        await MakeAsync(Place.Administrator, "quan-tri-hai", Place.Department, Role.Administrator);
        await MakeAsync(Place.OfficerA, "nhan-vien", Place.CampA, Role.Clerk);
        (await house.AskAsync<long>("SELECT count(*) FROM pt.notice n JOIN pt.account a ON a.id = n.account_id WHERE n.details LIKE '%lanh-dao%' OR n.details LIKE '%quan-tri-hai%' OR n.details LIKE '%nhan-vien%'")).ShouldBe(0);
    }
}
