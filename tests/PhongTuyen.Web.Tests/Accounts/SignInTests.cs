using System.Net;
using Microsoft.Extensions.DependencyInjection;
using PhongTuyen.Kernel;
using PhongTuyen.Web.Tests.House;
using PhongTuyen.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Accounts;

[Trait("Category", "Database")]
public sealed class SignInTests(WebTestHouse house) : IClassFixture<WebTestHouse>
{
    [Fact]
    public async Task Nobody_is_led_to_the_form_and_back_to_what_was_asked_for()
    {
        using var visitor = house.Nobody();
        var form = await visitor.GetAsync(Links.Own);
        form.Address.ShouldStartWith(Links.SignIn);
        var page = await visitor.PostAsync(form, "Password", ("UserName", "nurse"), ("Password", PhongTuyen.Tests.House.TestProvince.TestPassword));
        page.Address.ShouldBe(Links.Own);
    }

    [Fact]
    [Answers("R7")]
    public async Task A_wrong_password_says_so_and_lets_nobody_in()
    {
        using var visitor = house.Nobody();
        var form = await visitor.GetAsync(Links.SignIn);
        var page = await visitor.PostAsync(form, "Password", ("UserName", "nurse"), ("Password", "một mật khẩu nào đó"));
        page.Status.ShouldBe(HttpStatusCode.Unauthorized);
        page.Text.ShouldContain("không đúng");
    }

    [Fact]
    [Answers("R7")]
    public async Task One_address_may_try_so_many_passwords_in_a_minute_and_open_the_page_as_often_as_it_likes()
    {
        await using var web = new WebTestHouse { More = services => services.AddSingleton(new WebSettings { SignInsPerMinute = 5 }) };
        await web.InitializeAsync();
        using var visitor = web.Nobody();
        for (var n = 0; n < 20; n++) (await visitor.GetAsync(Links.SignIn)).Status.ShouldBe(HttpStatusCode.OK);
        var tries = 0;
        for (var status = HttpStatusCode.OK; status != HttpStatusCode.TooManyRequests && tries < 12; tries++) // a minute may end between, even after the fifth
        {
            var page = await visitor.PostAsync(await visitor.GetAsync(Links.SignIn), "Password", ("UserName", $"khong-co-{tries}"), ("Password", "một mật khẩu nào đó"));
            status = page.Status;
            if (status == HttpStatusCode.TooManyRequests) page.Text.ShouldContain("Hãy đợi một phút rồi thử lại");
        }
        tries.ShouldBeInRange(6, 11);
        (await visitor.GetAsync(Links.SignIn)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Signing_out_ends_the_session()
    {
        using var visitor = await house.SignInAsync("nurse", PhongTuyen.Tests.House.TestProvince.TestPassword);
        var page = await visitor.GetAsync(Links.Own);
        var left = await visitor.PostAsync(page, Links.SignOut);
        left.Status.ShouldBe(HttpStatusCode.OK);
        (await visitor.GetAsync(Links.Own)).Address.ShouldStartWith(Links.SignIn);
    }

    [Fact]
    public async Task The_language_changes_with_a_button_signed_in_or_not()
    {
        using var visitor = await house.SignInAsync("head-a", PhongTuyen.Tests.House.TestProvince.TestPassword);
        var page = await visitor.GetAsync(Links.Own);
        (await visitor.PostAsync(page, "/language")).Status.ShouldBe(HttpStatusCode.OK);
        (await visitor.GetAsync(Links.Own)).Html.ShouldContain("lang=\"en\"");
        using var nobody = house.Nobody();
        var front = await nobody.GetAsync("/");
        (await nobody.PostAsync(front, "/language")).Html.ShouldContain("lang=\"en\"");
    }

    [Fact]
    public async Task A_page_that_is_not_there_and_a_closed_door_answer_with_a_page_of_their_own()
    {
        var visitor = await house.AsAsync("clerk-a");
        var missing = await visitor.GetAsync("/desk/nothing-here");
        (missing.Status, missing.Text.Contains("Không có gì ở đây", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.NotFound, true));
        var closed = await visitor.GetAsync(Links.Accounts);
        (closed.Status, closed.Text.Contains("Tài khoản này không mở được", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.Forbidden, true));
        house.Faults.Kept.ShouldBeEmpty();
    }
}
