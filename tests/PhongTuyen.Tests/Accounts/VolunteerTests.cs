using System.Text;
using Microsoft.Extensions.DependencyInjection;
using PhongTuyen.Accounts;
using PhongTuyen.Kernel;
using PhongTuyen.Policies;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Papers;
using PhongTuyen.Tests.Quarantine;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Accounts;

/// <summary>A volunteer's account ends by itself, whoever gave it and however; it is prolonged for a reason, and again not for longer than the decree says.</summary>
[Trait("Category", "Database")]
public sealed class VolunteerTests(TestHouse house) : IClassFixture<TestHouse>
{
    private TestProvince Place => house.Place;
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private DateTimeOffset End(int days) => house.Clock.Today().AddDays(days + 1).AtLocal();

    private Task<Outcome<MakeAccount.Made>> MakeAsync(AccountId by, DateTimeOffset? until, AreaId? area = null, bool both = false) => house.RunAsync<MakeAccount, MakeAccount.Made>(by, use => use.RunAsync(
        new(house.Clock.New<AccountId>(), Volunteers.Name(), "Người Giúp", Place.CampA, "Sinh viên", null, Role.Volunteer, area, until) { AlsoUnit = both }, Ct), Permission.ManageAccounts);

    private Task<Outcome<Guid>> GiveAsync(AccountId by, AccountId to, DateTimeOffset? until, UnitId? unit = null, AreaId? area = null) =>
        house.RunAsync<GiveRole, Guid>(by, use => use.RunAsync(new(house.Clock.NewGuid(), to, Role.Volunteer, area is null ? unit ?? Place.CampA : null, area, null, until), Ct), Permission.ManageAccounts);

    private Task<Outcome<Nothing>> ExtendAsync(AccountId by, AccountId account, DateOnly? last, string? reason = "Còn ba tập tờ khai") =>
        house.RunAsync<ExtendVolunteer, Nothing>(by, use => use.RunAsync(new(house.Clock.NewGuid(), account, last, reason), Ct), Permission.ManageAccounts);

    private Task<Outcome<Nothing>> EditAsync(AccountId account, DateTimeOffset? until, int version = 1) =>
        house.RunAsync<EditAccount, Nothing>(Place.HeadA, use => use.RunAsync(new(house.Clock.NewGuid(), account, version, "Người Giúp", null, null, until), Ct), Permission.ManageAccounts);

    private Task<DateTimeOffset?> ExpiresAsync(AccountId account) => house.AskAsync<DateTimeOffset?>("SELECT expires_at FROM pt.account WHERE id = $1", account.Value);

    [Fact]
    [Answers("R4")]
    public async Task Every_way_to_give_the_role_asks_for_an_end_within_thirty_days()
    {
        foreach (var by in new[] { Place.HeadA, Place.OfficerA, Place.ProvinceOfficer, Place.Administrator })
        {
            (await MakeAsync(by, null)).Problem.Code.ShouldBe("account.volunteer-end");
            (await MakeAsync(by, End(31))).Problem.Details["last"].ShouldBe("19/09/2021");
            (await MakeAsync(by, End(30))).Done.ShouldBeTrue();
        }
        (await MakeAsync(Place.OfficerA, End(5), Place.CommuneA1)).Problem.Code.ShouldBe("account.volunteer-needs-unit");
        (await MakeAsync(Place.OfficerA, End(5), Place.CommuneA1, both: true)).Problem.Code.ShouldBe("account.volunteer-needs-unit");

        var (spare, _) = await TwoDistricts.SpareAsync(house, Place.CampA);
        (await GiveAsync(Place.HeadA, spare, null)).Problem.Code.ShouldBe("account.volunteer-end");
        (await GiveAsync(Place.HeadA, spare, End(31))).Problem.Code.ShouldBe("account.volunteer-end");
        (await GiveAsync(Place.OfficerA, spare, End(5), area: Place.CommuneA1)).Problem.Code.ShouldBe("account.volunteer-needs-unit");
        (await GiveAsync(Place.HeadA, spare, End(30))).Done.ShouldBeTrue();
        (await ExpiresAsync(spare)).ShouldBeNull("it is a clerk besides");

        // The database alone: no end, or an area, is no such role.
        foreach (var sql in new[] { "INSERT INTO pt.account_grant (id, account_id, role, unit_id, since, given_at) VALUES ($1, $2, 9, $3, now(), now())", "INSERT INTO pt.account_grant (id, account_id, role, area_id, since, until, given_at) SELECT $1, $2, 9, covers_area_id, now(), now(), now() FROM pt.unit WHERE covers_area_id IS NOT NULL AND $3 > 0 LIMIT 1" })
            await Should.ThrowAsync<Npgsql.PostgresException>(() => house.AskAsync<object>(sql, house.Clock.NewGuid(), spare.Value, Place.CampA.Value));
        foreach (var by in new[] { Place.ClerkA, Place.Leader }) (await GiveAsync(by, spare, End(5))).Done.ShouldBeFalse();
    }

    [Fact]
    [Answers("R4")]
    public async Task A_list_makes_many_at_once_and_a_row_of_31_days_is_refused_with_its_reason()
    {
        var rows = string.Concat(Enumerable.Range(1, 20).Select(i => $"Sinh Viên Thứ {(char)('A' + i)},KCL-A,Tình nguyện viên nhập liệu,,Sinh viên,{house.Clock.Today().AddDays(30):dd/MM/yyyy}\n"));
        var list = house.Clock.NewGuid();
        using var file = new MemoryStream(Encoding.UTF8.GetBytes($"Họ và tên,Đơn vị,Vai trò,Phạm vi,Chức danh,Dùng đến hết ngày\n{rows}Sinh Viên Dài,KCL-A,Tình nguyện viên nhập liệu,,,{house.Clock.Today().AddDays(31):dd/MM/yyyy}\nSinh Viên Mãi,KCL-A,Tình nguyện viên nhập liệu,,,\nSinh Viên Rộng,TYT-A1,Tình nguyện viên nhập liệu,địa bàn,,25/08/2021\n"));
        (await house.RunAsync<SendAccountList, Guid>(Place.OfficerA, use => use.RunAsync(new(list, "tinh nguyen.csv"), file, Ct), Permission.ManageAccounts)).Done.ShouldBeTrue();
        var found = await house.AsAsync(Place.OfficerA, Permission.ManageAccounts, async (provider, db) => await provider.GetRequiredService<CheckAccountList>().RunAsync((await db.FindAsync<AccountList>([list], Ct))!.Listed(), Ct));
        found.Where(row => row.Standing == ListedStanding.Rejected).Select(row => $"{row.Listed.Name}: {string.Join(' ', row.Problems.Select(problem => problem.Code))}").ShouldBe(
            ["Sinh Viên Dài: account.volunteer-end", "Sinh Viên Mãi: account.volunteer-end", "Sinh Viên Rộng: account.volunteer-needs-unit"]);
        (await house.RunAsync<MakeListedAccounts, MakeListedAccounts.Made>(Place.OfficerA, use => use.RunAsync(new(house.Clock.NewGuid(), list), Ct), Permission.ManageAccounts)).Value.ShouldBe(new(23, 20, 0, 3));
        (await house.AskAsync<long>("SELECT count(*) FROM pt.account a JOIN pt.account_grant g ON g.account_id = a.id WHERE a.list_id = $1 AND g.role = 9 AND g.until = a.expires_at AND a.expires_at = $2", list, End(30))).ShouldBe(20);
    }

    [Fact]
    public async Task An_account_with_no_other_role_ends_with_the_role()
    {
        var (spare, _) = await TwoDistricts.SpareAsync(house, Place.CampA);
        (await GiveAsync(Place.HeadA, spare, End(10))).Done.ShouldBeTrue();
        var clerk = await house.AskAsync<Guid>("SELECT id FROM pt.account_grant WHERE account_id = $1 AND role = 1", spare.Value);
        (await house.RunAsync<RevokeRole, Nothing>(Place.HeadA, use => use.RunAsync(clerk, "Chỉ gõ giấy", Ct), Permission.ManageAccounts)).Done.ShouldBeTrue();
        (await ExpiresAsync(spare)).ShouldBe(End(10), "nothing is left but the volunteer");
        var version = await house.AskAsync<int>("SELECT version FROM pt.account WHERE id = $1", spare.Value);
        foreach (var later in new DateTimeOffset?[] { null, End(11), End(100) }) (await EditAsync(spare, later, version)).Problem.Code.ShouldBe("account.volunteer-extend");
        (await EditAsync(spare, End(3), version)).Done.ShouldBeTrue("sooner is no matter");

        // Handed on to somebody without a role, it takes its end along.
        var (from, to) = (await house.VolunteerAsync(Place.CampA, days: 7), (await TwoDistricts.SpareAsync(house, Place.CampA)).Id);
        await house.AskAsync<object>("UPDATE pt.account_grant SET revoked_at = now() WHERE account_id = $1", to.Value);
        await house.AskAsync<object>("UPDATE pt.account SET issued = true WHERE id = $1", to.Value);
        var name = await house.AskAsync<string>("SELECT user_name FROM pt.account WHERE id = $1", to.Value);
        (await house.RunAsync<HandOverAccount, Guid>(Place.HeadA, use => use.RunAsync(new(house.Clock.NewGuid(), from, name, null, "Về trường"), Ct), Permission.ManageAccounts)).Done.ShouldBeTrue();
        (await ExpiresAsync(to)).ShouldBe(End(7));
    }

    [Fact]
    [Answers("R4")]
    public async Task It_is_prolonged_by_who_could_give_it_for_a_reason_that_the_audit_keeps()
    {
        var volunteer = await house.VolunteerAsync(Place.CampA, days: 3);
        var today = house.Clock.Today();
        (await ExtendAsync(Place.HeadA, volunteer, today.AddDays(31))).Problem.Code.ShouldBe("account.volunteer-end");
        (await ExtendAsync(Place.HeadA, volunteer, null, " ")).Problems.Select(problem => problem.Field).ShouldBe(["lastDay", "reason"]);
        (await ExtendAsync(Place.HeadA, volunteer, today.AddDays(-1))).Problem.Code.ShouldBe("account.end-before-start");
        (await ExtendAsync(Place.OfficerB, volunteer, today.AddDays(10))).Problem.Status.ShouldBe(404);
        (await ExtendAsync(Place.ClerkA, volunteer, today.AddDays(10))).Done.ShouldBeFalse();
        (await ExtendAsync(Place.HeadA, Place.ClerkA, today.AddDays(10))).Problem.Code.ShouldBe("account.not-volunteer");
        (await ExtendAsync(Place.HeadA, volunteer, today.AddDays(30))).Done.ShouldBeTrue();
        (await ExpiresAsync(volunteer)).ShouldBe(End(30));
        (await house.AskAsync<DateTimeOffset>("SELECT until FROM pt.account_right WHERE account_id = $1", volunteer.Value)).ShouldBe(End(30));
        (await house.AskAsync<string>("SELECT purpose FROM pt.audit_event WHERE act = 'account.extended' AND subject_id = $1", volunteer.ToString())).ShouldBe("Còn ba tập tờ khai");
        (await ExtendAsync(Place.HeadA, volunteer, today.AddDays(5))).Done.ShouldBeTrue("sooner is possible too");
        (await ExpiresAsync(volunteer)).ShouldBe(End(5));
    }

    [Fact]
    public async Task The_decree_rules_and_says_its_own_cases()
    {
        var term = new VolunteerTerm { Disease = null, From = new(2021, 1, 1), Area = "VN", Paper = "1/QĐ", MostDays = 30, Cases = [new() { Why = "wrong", Given = new(2021, 8, 20), Last = new(2021, 9, 20) }] };
        term.Faults().ShouldHaveSingleItem().ShouldContain("19");
        (term with { Cases = [], MostDays = 0 }).Faults().ShouldHaveSingleItem();
        (term with { Cases = [], Paper = " ", Disease = "covid-19" }).Faults().Count().ShouldBe(2);
        house.Get<IPolicyBook>().All<VolunteerTerm>().ShouldHaveSingleItem().MostDays.ShouldBe(30);
        house.Get<VolunteerEnds>().LastDay(Place.KeysA1, new(2021, 8, 20)).ShouldBe(new DateOnly(2021, 9, 19));
        house.Get<VolunteerEnds>().LastDay(Place.KeysA1, new(2020, 8, 20)).ShouldBe(new DateOnly(2020, 9, 19), "where no edition is in force");
        await Task.CompletedTask;
    }
}
