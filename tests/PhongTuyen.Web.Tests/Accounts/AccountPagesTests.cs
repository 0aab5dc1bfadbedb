using System.Net;
using PhongTuyen.Tests.House;
using PhongTuyen.Web.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Accounts;

/// <summary>The pages of those who manage accounts.</summary>
[Trait("Category", "Database")]
public sealed class AccountPagesTests(WebTestHouse house) : IClassFixture<WebTestHouse>
{
    private TestProvince Place => house.Place;

    [Fact]
    public async Task Who_manages_no_accounts_opens_none_of_their_pages()
    {
        var clerk = await house.AsAsync("clerk-a");
        foreach (var path in new[] { Links.Accounts, Links.NewAccount(Place.CampA), Links.Account(Place.ClerkA) }) (await clerk.GetAsync(path)).Status.ShouldBe(HttpStatusCode.Forbidden, path);
        (await clerk.PostTokenAsync(Links.Account(Place.HeadA) + "?handler=Suspend")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Units_and_accounts_of_another_district_are_not_there_and_the_asking_is_kept()
    {
        var officer = await house.AsAsync("officer-a");
        foreach (var (path, subject) in new[] { (Links.Accounts + $"?unit={Place.CampB}", Place.CampB.ToString()), (Links.NewAccount(Place.CentreB), Place.CentreB.ToString()), (Links.Account(Place.ClerkB), Place.ClerkB.ToString()) })
        {
            var before = await house.ToldAsync("asked.not-shown", subject);
            (await officer.GetAsync(path)).Status.ShouldBe(HttpStatusCode.NotFound, path);
            (await house.ToldAsync("asked.not-shown", subject)).ShouldBe(before + 1);
        }
        (await officer.PostTokenAsync(Links.Account(Place.ClerkB) + "?handler=Reissue", ("Intent", Guid.CreateVersion7().ToString()))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await house.ToldAsync("account.reissued", Place.ClerkB.ToString())).ShouldBe(0);
        house.Faults.Kept.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_list_is_searched_by_name_and_narrowed_by_role()
    {
        var officer = await house.AsAsync("officer-a");
        var found = await officer.GetAsync(Links.Accounts + "?q=head");
        found.Links.ShouldContain(Links.Account(Place.HeadA));
        found.Links.ShouldNotContain(Links.Account(Place.ClerkA));
        (await officer.GetAsync(Links.Accounts + "?role=Clerk")).Main.ShouldContain("clerk-a");
        (await officer.GetAsync(Links.Accounts + "?q=khong+co+ai")).Main.ShouldContain("Không có tài khoản nào khớp");
    }

    [Fact]
    [Answers("R1", "R4")]
    public async Task A_new_account_is_handed_over_on_paper_and_changes_its_password_first()
    {
        var head = await house.AsAsync("head-a");
        var form = await head.GetAsync(Links.NewAccount(Place.CampA));
        form.Form("Form.UserName").Html.ShouldNotContain("ProvinceOfficer");
        var wrong = await head.PostAsync(form, "Form.UserName", ("Form.DisplayName", "Lê Thị Mới"), ("Form.UserName", "Lê Thị"), ("Form.Role", "Clerk"));
        (wrong.Status, wrong.Html.Contains("Lê Thị Mới", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.UnprocessableEntity, true));
        var slip = await head.PostAsync(form, "Form.UserName", ("Form.DisplayName", "Lê Thị Mới"), ("Form.UserName", "Le.Moi"), ("Form.Role", "Clerk"), ("Form.Until", "30/9/2021"));
        slip.Status.ShouldBe(HttpStatusCode.OK);
        slip.Main.ShouldContain("Phiếu giao tài khoản");
        var password = Between(slip.Html, "id=\"slip-password\">", "<");

        var again = await head.PostAsync(form, "Form.UserName", ("Form.DisplayName", "Lê Thị Mới"), ("Form.UserName", "Le.Moi"), ("Form.Role", "Clerk"), ("Form.Until", "30/9/2021"));
        again.Html.ShouldNotContain(password);
        again.Main.ShouldContain("Biểu mẫu này đã được gửi");
        head.Cookies.Values.ShouldNotContain(value => value.Contains(password, StringComparison.Ordinal));

        using var newcomer = await house.SignInAsync("le.moi", password);
        var first = await newcomer.GetAsync(Links.Own);
        first.Address.ShouldBe(Links.Password);
        (await newcomer.PostAsync(first, "Form.Again", ("Form.Current", password), ("Form.Password", "ngày mai trời lại nắng"), ("Form.Again", "ngày mai trời lại nắng!"))).Main.ShouldContain("không giống nhau");
        (await newcomer.PostAsync(first, "Form.Again", ("Form.Current", password), ("Form.Password", "ngắn quá"), ("Form.Again", "ngắn quá"))).Main.ShouldContain("Ít nhất 15 ký tự");
        await newcomer.PostAsync(first, "Form.Again", ("Form.Current", password), ("Form.Password", "ngày mai trời lại nắng"), ("Form.Again", "ngày mai trời lại nắng"));
        var own = await newcomer.GetAsync(Links.Own);
        own.Main.ShouldContain("Lê Thị Mới");
        own.Main.ShouldContain("30/09/2021");
    }

    [Fact]
    [Answers("R1", "R33")]
    public async Task A_role_is_given_and_taken_back()
    {
        var officer = await house.AsAsync("officer-a");
        var page = await officer.GetAsync(Links.Account(Place.ClerkHospitalA));
        (await officer.PostAsync(page, "Give.Role", ("Give.Role", "UnitHead"), ("Give.Place", "other-unit"), ("Give.UnitText", "khu cách ly bình yên"))).Main.ShouldContain("Không có đúng một đơn vị nào");
        (await officer.PostAsync(page, "Give.Role", ("Give.Role", "Clerk"), ("Give.Place", "other-area"), ("Give.AreaText", "xã Thử Ba, huyện Bình Yên"))).Main.ShouldContain("Hãy chọn đơn vị hoặc địa bàn");
        var given = await officer.PostAsync(page, "Give.Role", ("Give.Role", "UnitHead"), ("Give.Place", "other-unit"), ("Give.UnitText", "khu cách ly an bình"));
        given.Main.ShouldContain("Đã cấp vai trò");
        given.Main.ShouldContain("Quản lý đơn vị Khu cách ly An Bình");
        var taken = await officer.PostAsync(given, "handler=Revoke", ("reason", "hết đợt tăng cường"));
        taken.Main.ShouldContain("Đã thu hồi vai trò");
        (await house.ToldAsync("account.role-revoked", Place.ClerkHospitalA.ToString())).ShouldBe(1);
    }

    [Fact]
    [Answers("R1")]
    public async Task A_suspended_account_is_out_at_once_and_undo_lets_it_in_again()
    {
        using var clerk = await house.SignInAsync("clerk-a", TestProvince.TestPassword);
        var head = await house.AsAsync("head-a");
        var page = await head.GetAsync(Links.Account(Place.ClerkA));
        var done = await head.PostAsync(page, "handler=Suspend");
        done.Main.ShouldContain("Đã tạm khóa");
        (await clerk.GetAsync(Links.Own)).Address.ShouldStartWith(Links.SignIn);
        (await head.PostAsync(done, "handler=Resume")).Main.ShouldContain("Đã mở lại");
        (await clerk.GetAsync(Links.Own)).Address.ShouldStartWith(Links.SignIn, Case.Sensitive, "the sessions of before stay ended");
        using var again = await house.SignInAsync("clerk-a", TestProvince.TestPassword);
        (await again.GetAsync(Links.Own)).Address.ShouldBe(Links.Own);
        var session = await head.PostAsync(await head.GetAsync(Links.Account(Place.ClerkA)), "handler=End");
        session.Main.ShouldContain("Đã đăng xuất");
        (await again.GetAsync(Links.Own)).Address.ShouldStartWith(Links.SignIn);
    }

    [Fact]
    public async Task A_lost_password_is_replaced_and_data_are_corrected()
    {
        var officer = await house.AsAsync("officer-a");
        var page = await officer.GetAsync(Links.Account(Place.Nurse));
        var slip = await officer.PostAsync(page, "handler=Reissue");
        using var nurse = await house.SignInAsync("nurse", Between(slip.Html, "id=\"slip-password\">", "<"));
        (await nurse.GetAsync(Links.Own)).Address.ShouldBe(Links.Password);
        page = await officer.GetAsync(Links.Account(Place.Nurse));
        (await officer.PostAsync(page, "Form.BaseVersion", ("Form.Until", "ngày nào đó"))).Main.ShouldContain("Đây không phải là ngày");
        var saved = await officer.PostAsync(page, "Form.BaseVersion", ("Form.DisplayName", "Bùi Thị Trạm"), ("Form.Position", "Y sĩ"), ("Form.Until", "31/12/21"));
        saved.Main.ShouldContain("31/12/2021");
        (await officer.PostAsync(page, "Form.BaseVersion", ("Form.DisplayName", "Tên cũ"), ("Intent", Guid.CreateVersion7().ToString()))).Status.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Nobody_changes_their_own_rights()
    {
        var officer = await house.AsAsync("officer-a");
        var page = await officer.GetAsync(Links.Account(Place.OfficerA));
        page.Main.ShouldContain("Đây là tài khoản của anh/chị");
        page.Html.ShouldNotContain("handler=Give");
        (await officer.PostTokenAsync(Links.Account(Place.OfficerA) + "?handler=Suspend")).Main.ShouldContain("Không ai tự đổi quyền");
    }

    private static string Between(string text, string from, string to)
    {
        var start = text.IndexOf(from, StringComparison.Ordinal) + from.Length;
        return WebUtility.HtmlDecode(text[start..text.IndexOf(to, start, StringComparison.Ordinal)]);
    }
}
