using System.Net;
using PhongTuyen.Accounts;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Quarantine;
using PhongTuyen.Web.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Accounts;

/// <summary>Whoever sits at an open browser cannot guess its password there, nor keep the one that was handed out.</summary>
[Trait("Category", "Database")]
public sealed class PresentPasswordTests(WebTestHouse house) : IClassFixture<WebTestHouse>
{
    private const string New = "một câu dài dễ nhớ 1";

    [Fact]
    public async Task The_fifth_wrong_present_password_locks_the_account_and_signs_this_browser_out()
    {
        using var visitor = await house.SignInAsync("clerk-a", TestProvince.TestPassword);
        using var elsewhere = await house.SignInAsync("clerk-a", TestProvince.TestPassword);
        var form = await visitor.GetAsync(Links.Password);
        for (var n = 0; n < 4; n++) (await visitor.PostAsync(form, "Form.Again", ("Form.Current", "sai " + n), ("Form.Password", New), ("Form.Again", New))).Main.ShouldContain("Mật khẩu hiện tại không đúng");
        var fifth = await visitor.PostAsync(form, "Form.Again", ("Form.Current", "sai nữa"), ("Form.Password", New), ("Form.Again", New));
        (fifth.Status, fifth.Main.Contains("đã được đăng xuất", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.Unauthorized, true));
        (await visitor.GetAsync(Links.Own)).Address.ShouldStartWith(Links.SignIn);
        // Another browser of the same person stays, but even the right password is not taken while the account is locked.
        var locked = await elsewhere.PostAsync(await elsewhere.GetAsync(Links.Password), "Form.Again", ("Form.Current", TestProvince.TestPassword), ("Form.Password", New), ("Form.Again", New));
        locked.Main.ShouldContain("tạm khóa");
        using var again = house.Nobody();
        (await again.PostAsync(await again.GetAsync(Links.SignIn), "Password", ("UserName", "clerk-a"), ("Password", TestProvince.TestPassword))).Status.ShouldBe(HttpStatusCode.Unauthorized);
        house.Faults.Kept.ShouldBeEmpty();
    }

    [Fact]
    public async Task Guesses_while_turning_the_second_factor_off_count_too()
    {
        var key = TimeCode.NewKey();
        string Code() => TimeCode.At(key, TimeCode.StepAt(house.Clock.GetUtcNow()));
        (await house.RunAsync<OwnAccount, IReadOnlyList<string>>(house.Place.ClerkB, use => use.TurnOnSecondFactorAsync(key, Code(), CancellationToken.None), Permission.SignedIn)).Done.ShouldBeTrue();
        house.Clock.Advance(TimeSpan.FromMinutes(1));
        using var visitor = house.Nobody();
        var code = await visitor.PostAsync(await visitor.GetAsync(Links.SignIn), "Password", ("UserName", "clerk-b"), ("Password", TestProvince.TestPassword));
        await visitor.PostAsync(code, "Code", ("Code", Code()));
        var form = await visitor.GetAsync(Links.SecondFactor);
        WebPage last = form;
        for (var n = 0; n < 5; n++) last = await visitor.PostAsync(form, "handler=Off", ("Form.Current", "sai " + n));
        last.Main.ShouldContain("đã được đăng xuất");
        (await visitor.GetAsync(Links.Own)).Address.ShouldStartWith(Links.SignIn);
        (await house.House.AskAsync<bool>("SELECT two_factor FROM pt.account_secret WHERE account_id = $1", house.Place.ClerkB.Value)).ShouldBeTrue();
    }

    [Fact]
    public async Task The_new_password_is_another_one()
    {
        var head = await house.AsAsync("head-a");
        var slip = await head.PostAsync(await head.GetAsync(Links.NewAccount(house.Place.CampA)), "Form.UserName", ("Form.DisplayName", "Lê Thị Cũ"), ("Form.UserName", "le.cu"), ("Form.Role", "Clerk"));
        var from = slip.Html.IndexOf("id=\"slip-password\">", StringComparison.Ordinal) + "id=\"slip-password\">".Length;
        var password = WebUtility.HtmlDecode(slip.Html[from..slip.Html.IndexOf('<', from)]);
        using var newcomer = await house.SignInAsync("le.cu", password);
        var first = await newcomer.GetAsync(Links.Own);
        var kept = await newcomer.PostAsync(first, "Form.Again", ("Form.Current", password), ("Form.Password", password), ("Form.Again", password));
        (kept.Status, kept.Main.Contains("phải khác mật khẩu hiện tại", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.UnprocessableEntity, true));
        (await newcomer.GetAsync(Links.Own)).Address.ShouldBe(Links.Password);
        await newcomer.PostAsync(first, "Form.Again", ("Form.Current", password), ("Form.Password", New), ("Form.Again", New));
        var own = await newcomer.GetAsync(Links.Password);
        own.Status.ShouldBe(HttpStatusCode.OK);
        (await newcomer.PostAsync(own, "Form.Again", ("Form.Current", New), ("Form.Password", New), ("Form.Again", New))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await newcomer.GetAsync(Links.Own)).Address.ShouldBe(Links.Own);
    }
}
