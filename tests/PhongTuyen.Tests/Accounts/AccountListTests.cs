using System.Text;
using Microsoft.Extensions.DependencyInjection;
using PhongTuyen.Accounts;
using PhongTuyen.Kernel;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Quarantine;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Accounts;

/// <summary>Accounts for many at once: each row is judged, made once, gets its slip once, and can be taken back until then.</summary>
[Trait("Category", "Database")]
public sealed class AccountListTests(TestHouse house) : IClassFixture<TestHouse>
{
    private const string Header = "Họ và tên,Đơn vị,Vai trò,Tên tài khoản,Phạm vi,Chức danh,Thư điện tử,Dùng đến hết ngày\n";
    private TestProvince Place => house.Place;
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private async Task<Outcome<Guid>> SendAsync(AccountId by, string rows, string header = Header)
    {
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(header + rows));
        return await house.RunAsync<SendAccountList, Guid>(by, use => use.RunAsync(new(house.Clock.NewGuid(), "can-bo.csv"), file, Ct), Permission.ManageAccounts);
    }

    private Task<IReadOnlyList<CheckAccountList.Row>> CheckAsync(AccountId by, Guid list) => house.AsAsync(by, Permission.ManageAccounts, async (provider, db) => await provider.GetRequiredService<CheckAccountList>().RunAsync((await db.FindAsync<AccountList>([list], Ct))!.Listed(), Ct));

    private Task<Outcome<MakeListedAccounts.Made>> MakeAsync(AccountId by, Guid list) => house.RunAsync<MakeListedAccounts, MakeListedAccounts.Made>(by, use => use.RunAsync(new(house.Clock.NewGuid(), list), Ct), Permission.ManageAccounts);

    private Task<Outcome<IssueSlips.Slips>> IssueAsync(AccountId by, Guid? list, Guid? intent = null) => house.RunAsync<IssueSlips, IssueSlips.Slips>(by, use => use.RunAsync(new(intent ?? house.Clock.NewGuid(), list), Ct), Permission.ManageAccounts);

    private Task<Outcome<int>> UndoAsync(AccountId by, Guid list) => house.RunAsync<MakeListedAccounts, int>(by, use => use.UndoAsync(list, Ct), Permission.ManageAccounts);

    private async Task<bool> SignsInAsync(string userName, string password) => (await house.Get<StartSession>().WithPasswordAsync(userName, password, new(null, null), Ct)).Done;

    [Fact]
    [Answers("R2")]
    public async Task A_list_becomes_accounts_once_and_each_signs_in_with_its_slip()
    {
        const string rows = "Nguyễn Thị Bích Hạnh,KCL-A,Nhập liệu,,,Điều dưỡng,hanh@khanhhoa.gov.vn,31/12/2021\nTrần Văn Đô,khu cách ly an bình,Quản lý đơn vị,do.tran,,,,\nLê Thị Hoa,TYT-A1,Nhập liệu,,cả hai,,,\n";
        var list = (await SendAsync(Place.OfficerA, rows)).Value;
        var made = (await MakeAsync(Place.OfficerA, list)).Value;
        made.ShouldBe(new(3, 3, 0, 0));
        (await house.AskAsync<string>("SELECT string_agg(user_name, ' ' ORDER BY user_name) FROM pt.account WHERE list_id = $1", list)).ShouldBe("do.tran hanh.ntb hoa.lt");
        (await house.AskAsync<long>("SELECT count(*) FROM pt.account_grant g JOIN pt.account a ON a.id = g.account_id WHERE a.user_name = 'hoa.lt' AND (g.unit_id = $1 OR g.area_id = $2)", Place.StationA1.Value, Place.CommuneA1.Value)).ShouldBe(2, "over the unit and over its area");
        (await SignsInAsync("hanh.ntb", "")).ShouldBeFalse("nobody has got a slip");

        // The same list again, from another file: nothing is made twice.
        var again = (await SendAsync(Place.OfficerA, rows)).Value;
        (await MakeAsync(Place.OfficerA, again)).Value.ShouldBe(new(3, 0, 3, 0));

        var intent = house.Clock.NewGuid();
        var slips = (await IssueAsync(Place.OfficerA, list, intent)).Value.All;
        slips.Select(slip => slip.Account.UserName).ShouldBe(["do.tran", "hanh.ntb", "hoa.lt"], ignoreOrder: true);
        foreach (var slip in slips) (await SignsInAsync(slip.Account.UserName, slip.Password)).ShouldBeTrue(slip.Account.UserName);
        (await IssueAsync(Place.OfficerA, list, intent)).Value.All.ShouldBeEmpty("the passwords were shown then, and stay as they are");
        (await SignsInAsync(slips[0].Account.UserName, slips[0].Password)).ShouldBeTrue();
        (await IssueAsync(Place.OfficerA, list)).Problem.Code.ShouldBe("account.no-slips-wait");
        (await UndoAsync(Place.OfficerA, list)).Problem.Code.ShouldBe("account.list-nothing-to-take-back");
        (await house.AskAsync<DateTimeOffset>("SELECT expires_at FROM pt.account WHERE user_name = 'hanh.ntb'")).ShouldBe(new DateTimeOffset(2021, 12, 31, 17, 0, 0, TimeSpan.Zero), "the last day is a whole one");
    }

    [Fact]
    public async Task Every_problem_of_every_row_is_said_at_once_and_the_other_rows_are_made()
    {
        var list = (await SendAsync(Place.OfficerA, """
            ,,,,,,,
            Đỗ Một,KCL-B,Bác sĩ,Hai Chữ,khắp nơi,,khong-phai-thu,32/13/2021
            Đỗ Hai,KCL-A,Cán bộ tỉnh,,,,,
            Đỗ Ba,KCL-A,Nhập liệu,clerk-b,,,,
            Đỗ Bốn,KCL-A,Nhập liệu,,địa bàn,,,20/08/2020
            Đỗ Năm,KCL-A,Nhập liệu,,,,,
            Đỗ Năm,KCL-A,Nhập liệu,,,,,
            Đỗ Sáu,KCL-A,Nhập liệu,do.6,,,,
            Đỗ Bảy,KCL-A,Nhập liệu,DO.6,,,,
            Đỗ Tám,KCL-A,Nhập liệu,,,,,
            Đinh Tám,KCL-A,Nhập liệu,,,,,
            """)).Value;
        var found = await CheckAsync(Place.OfficerA, list);
        found.Select(row => $"{row.Listed.Name}: {string.Join(' ', row.Problems.Select(problem => problem.Code.Split('.')[1]).Order(StringComparer.Ordinal))}").ShouldBe(
        [
            "Đỗ Một: email-form list-place-unknown list-role-unknown list-unit-unknown not-a-date user-name-form",
            "Đỗ Hai: role-not-yours",
            "Đỗ Ba: user-name-taken",
            "Đỗ Bốn: end-before-start list-no-area",
            "Đỗ Năm: ", "Đỗ Năm: list-name-twice", "Đỗ Sáu: ", "Đỗ Bảy: user-name-taken", "Đỗ Tám: ", "Đinh Tám: ",
        ]);
        (await MakeAsync(Place.OfficerA, list)).Value.ShouldBe(new(10, 4, 0, 6));
        found.TakeLast(2).Select(row => row.UserName).ShouldBe(["tam.d", "tam.d2"]);
    }

    [Fact]
    public async Task What_was_made_of_a_list_is_taken_back_whole_while_nobody_has_a_slip()
    {
        Task<long> AllAsync() => house.AskAsync<long>("SELECT (SELECT count(*) FROM pt.account) + (SELECT count(*) FROM pt.account_grant) + (SELECT count(*) FROM pt.account_right)");
        var before = await AllAsync();
        var list = (await SendAsync(Place.OfficerA, "Vũ Một,KCL-A,Nhập liệu\nVũ Hai,BV-A,Nhập liệu\n", "Họ tên,Đơn vị,Vai trò\n")).Value;
        (await MakeAsync(Place.OfficerA, list)).Value.New.ShouldBe(2);
        (await AllAsync()).ShouldBeGreaterThan(before);
        (await UndoAsync(Place.OfficerB, list)).Problem.Code.ShouldBe("kernel.not-found");
        (await UndoAsync(Place.OfficerA, list)).Value.ShouldBe(2);
        (await AllAsync()).ShouldBe(before);
        (await MakeAsync(Place.OfficerA, list)).Value.New.ShouldBe(2, "and it can be made again");
        await UndoAsync(Place.OfficerA, list);
    }

    [Fact]
    public async Task Nobody_hands_out_the_slip_of_an_account_that_reaches_farther_or_stands_elsewhere()
    {
        var list = (await SendAsync(Place.ProvinceOfficer, "Lý Một,TTYT-A,Cán bộ tỉnh\nLý Hai,KCL-B,Nhập liệu\nLý Ba,KCL-A,Nhập liệu\n", "Họ tên,Đơn vị,Vai trò\n")).Value;
        // Those that other tests of this house left waiting.
        while ((await IssueAsync(Place.OfficerA, null)).Done) ;
        (await MakeAsync(Place.ProvinceOfficer, list)).Value.New.ShouldBe(3);
        (await IssueAsync(Place.OfficerA, null)).Value.All.Select(slip => slip.Account.DisplayName).ShouldBe(["Lý Ba"]);
        (await IssueAsync(Place.OfficerA, null)).Problem.Code.ShouldBe("account.no-slips-wait");
        (await IssueAsync(Place.ProvinceOfficer, list)).Value.All.Select(slip => slip.Account.DisplayName).ShouldBe(["Lý Một", "Lý Hai"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("Họ và tên,Vai trò\nAn,Nhập liệu\n", "account.list-lacks")]
    [InlineData("Họ và tên,Đơn vị,Vai trò\n", "account.list-empty")]
    public async Task A_file_that_is_no_such_list_is_refused_with_what_it_lacks(string text, string code) => (await SendAsync(Place.OfficerA, text, "")).Problem.Code.ShouldBe(code);

    [Fact]
    public async Task A_list_of_more_rows_than_can_be_handed_out_is_refused_before_it_is_kept()
    {
        var rows = string.Concat(Enumerable.Range(1, SendAccountList.MostRows + 1).Select(n => $"Người {n},KCL-A,Nhập liệu\n"));
        (await SendAsync(Place.OfficerA, rows, "Họ tên,Đơn vị,Vai trò\n")).Problem.Code.ShouldBe("account.list-too-long");
    }
}
