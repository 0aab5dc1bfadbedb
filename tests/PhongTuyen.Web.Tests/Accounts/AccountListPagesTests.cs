using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using PhongTuyen.Formats.Sheets;
using PhongTuyen.Tests.House;
using PhongTuyen.Web.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Accounts;

/// <summary>Accounts from a list, as an officer does it: send, look, make, mend what was refused, print the slips, hand them over.</summary>
[Trait("Category", "Database")]
public sealed partial class AccountListPagesTests(WebTestHouse house) : IClassFixture<WebTestHouse>
{
    [Fact]
    [Answers("R2")]
    public async Task A_list_is_sent_made_mended_printed_and_whoever_holds_a_slip_signs_in()
    {
        var officer = await house.AsAsync("officer-a");
        var page = await officer.GetAsync(Links.AccountLists);
        using (var template = new MemoryStream(await officer.TakeFileAsync(Links.AccountLists + "?handler=Template")))
            SheetReader.Open(template, "mau.xlsx").Value.Header.ShouldBe(["Họ và tên", "Đơn vị", "Vai trò", "Tên tài khoản", "Phạm vi của vai trò", "Chức danh", "Thư điện tử", "Dùng đến hết ngày"]);
        (await officer.SendFileAsync(page, "Form.File", "Form.File", "rong.csv", [])).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);

        var list = await officer.SendFileAsync(page, "Form.File", "Form.File", "can-bo.csv", Encoding.UTF8.GetBytes("Họ và tên,Đơn vị,Vai trò\nBùi Thị Sương,KCL-A,Nhập liệu\nBùi Văn <b>Lạ</b>,KCL-B,Nhập liệu\n"));
        list.Main.ShouldContain("2 dòng: 1 sẽ cấp, 0 đã có, 1 phải sửa.");
        list.Html.ShouldNotContain("<b>Lạ</b>");
        var rejected = await officer.TakeFileAsync(list.Links.Single(link => link.EndsWith("handler=Rejected", StringComparison.Ordinal)));
        using (var file = new MemoryStream(rejected))
        {
            var rows = SheetReader.Open(file, "sua.xlsx").Value.Rows.ToList();
            rows.Single().Cells[0].Text.ShouldBe("Bùi Văn <b>Lạ</b>");
            rows.Single().Cells[8].Text.ShouldContain("KCL-B");
        }
        list = await officer.PostAsync(list, "handler=Make");
        list.Main.ShouldContain("tạo 1 tài khoản, 0 đã có, 1 phải sửa");
        (await (await house.AsAsync("officer-b")).GetAsync(list.Address)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await officer.GetAsync(Links.Accounts + "?standing=Unissued")).Main.ShouldContain("suong.bt");

        var slips = await officer.GetAsync(list.Links.First(link => link.StartsWith(Links.Slips, StringComparison.Ordinal)));
        slips.Main.ShouldContain("Phát 1 phiếu và in");
        var printed = await officer.PostAsync(slips, "Intent");
        var password = Password().Match(printed.Html).Groups[1].Value;
        using var newcomer = await house.SignInAsync("suong.bt", password);
        (await newcomer.GetAsync(Links.Home)).Address.ShouldStartWith(Links.Password, Case.Sensitive, "the first password is replaced before anything else");
        var again = await officer.PostAsync(slips, "Intent");
        again.Main.ShouldContain("chỉ hiện ở lần đó");
        again.Html.ShouldNotContain(password);
        house.Faults.Kept.ShouldBeEmpty();
    }

    [GeneratedRegex("id=\"slip-password\">([^<]+)<")]
    private static partial Regex Password();
}
