using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using PhongTuyen.Web.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Entry;

/// <summary>What the page of a refusal says: what happened, in the words of what happened.</summary>
[Trait("Category", "Database")]
public sealed class ErrorPageTests(WebTestHouse house) : IClassFixture<WebTestHouse>
{
    [Theory]
    [InlineData("/error", 404)]
    [InlineData("/error?status=abc", 404)]
    [InlineData("/error?status=200", 404)]
    [InlineData("/error?status=500", 404)]
    [InlineData("/error?status=404", 404)]
    [InlineData("/error?status=403", 403)]
    [InlineData("/error?status=429", 429)]
    public async Task Whoever_types_its_address_meets_an_ordinary_page(string path, int status)
    {
        using var nobody = house.Nobody();
        var page = await nobody.GetAsync(path);
        ((int)page.Status).ShouldBe(status);
        page.Text.ShouldNotContain("Có lỗi ở phía chương trình");
        house.Faults.Kept.ShouldBeEmpty();
    }

    public static TheoryData<string> Unreadable => ["nul", "long", "many", "multipart"];

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task What_cannot_be_read_is_said_to_be_that_in_both_languages(string what)
    {
        using var visitor = await house.SignInAsync("clerk-a", PhongTuyen.Tests.House.TestProvince.TestPassword);
        var token = (await visitor.GetAsync(Links.Own)).Forms.SelectMany(form => form.Fields).First(field => field.Key == "_form").Value;
        foreach (var (language, sentence, another) in new[] { ("vi", "Không đọc được nội dung gửi lên", "Biểu mẫu đã cũ"), ("en", "could not be read", "too old") })
        {
            await visitor.PostTokenAsync(Links.Own + "?handler=Language", ("language", language));
            using var answer = await BareRequest.SendAsync(house.Address, HttpMethod.Post, Links.NewPerson, visitor, Content(what, token));
            var text = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest, text);
            text.ShouldContain(sentence);
            text.ShouldNotContain("phía chương trình");
            text.ShouldNotContain(another);
        }
        house.Faults.Kept.ShouldBeEmpty();
    }

    private static HttpContent Content(string what, string token)
    {
        var field = "_form=" + Uri.EscapeDataString(token) + "&Form.Name=";
        var form = what switch
        {
            "nul" => field + "a%00b",
            "long" => field + new string('a', 10_001),
            "many" => field + "a" + string.Concat(Enumerable.Range(0, 1100).Select(n => $"&f{n}=1")),
            _ => "--x\r\nContent-Disposition: form-data; name=\"Form.Name\"\r\n\r\nnever ends",
        };
        var content = new ByteArrayContent(Encoding.ASCII.GetBytes(form));
        content.Headers.TryAddWithoutValidation("Content-Type", what == "multipart" ? "multipart/form-data; boundary=x" : "application/x-www-form-urlencoded");
        return content;
    }

    [Fact]
    public async Task A_form_whose_token_is_old_is_said_to_be_old()
    {
        using var visitor = await house.SignInAsync("clerk-a", PhongTuyen.Tests.House.TestProvince.TestPassword);
        var page = await visitor.PostBareAsync(Links.NewPerson, ("Form.Name", "Lê"), ("_form", "x"));
        (page.Status, page.Text.Contains("Biểu mẫu đã cũ", StringComparison.Ordinal) || page.Text.Contains("The form is too old", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.BadRequest, true), page.Text);
    }

    [Fact]
    public async Task A_fault_in_a_named_act_is_said_to_be_one()
    {
        await using var web = new WebTestHouse { More = services => services.AddScoped<PhongTuyen.Accounts.EndSession>(_ => throw new InvalidOperationException("planted")) };
        await web.InitializeAsync();
        var visitor = await web.SignInAsync("clerk-a", PhongTuyen.Tests.House.TestProvince.TestPassword);
        var page = await visitor.PostBareAsync(Links.Own + "?handler=Others");
        page.Status.ShouldBe(HttpStatusCode.BadRequest, "without a token nothing runs");
        var token = (await visitor.GetAsync(Links.Password)).Forms.SelectMany(form => form.Fields).First(field => field.Key == "_form").Value;
        page = await visitor.PostBareAsync(Links.Own + "?handler=Others", ("_form", token));
        (page.Status, page.Text.Contains("Có lỗi ở phía chương trình", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.InternalServerError, true), page.Text);
    }

    [Theory]
    [InlineData("/desk/people/findings")]
    [InlineData("/desk/people/new")]
    [InlineData("/desk/accounts/password")]
    [InlineData("/sign-out")]
    [InlineData("/language")]
    public async Task An_act_that_the_page_does_not_have_is_not_there(string path)
    {
        var visitor = await house.SignInAsync("clerk-a", PhongTuyen.Tests.House.TestProvince.TestPassword);
        foreach (var name in new[] { "Undone", "xyz", "Close,Close" })
        {
            (await visitor.PostTokenAsync(path + "?handler=" + name)).Status.ShouldBe(HttpStatusCode.NotFound, name);
            (await visitor.GetAsync(path + "?handler=" + name)).Status.ShouldBe(HttpStatusCode.NotFound, name);
        }
        (await visitor.GetAsync(Links.Own + "?handler=")).Status.ShouldBe(HttpStatusCode.OK);
    }
}
