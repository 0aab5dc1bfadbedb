using System.Net;
using PhongTuyen.Tests.House;
using PhongTuyen.Web.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Entry;

/// <summary>Where somebody is led after signing in or changing the language is a page of this program, whatever the address or the browser says.</summary>
[Trait("Category", "Database")]
public sealed class WayBackTests(WebTestHouse house) : IClassFixture<WebTestHouse>
{
    [Theory]
    [InlineData("/\t/evil.com/x", Links.Home)]
    [InlineData("//evil.com/x", Links.Home)]
    [InlineData("/\\evil.com/x", Links.Home)]
    [InlineData("/desk\\..\\..\\evil.com", Links.Home)]
    [InlineData("https://evil.com/", Links.Home)]
    [InlineData("evil.com", Links.Home)]
    [InlineData("/ạ", Links.Home)]
    [InlineData("/x\r\nSet-Cookie: a=b", Links.Home)]
    [InlineData("/\u202Exyz", Links.Home)]
    [InlineData("/x y", Links.Home)]
    [InlineData("/\u007f", Links.Home)]
    [InlineData("", Links.Home)]
    [InlineData("/desk/people/search?q=%E1%BA%A1#x", "/desk/people/search?q=%E1%BA%A1#x")]
    public async Task Signing_in_leads_to_a_page_of_this_house_only(string back, string leads)
    {
        using var visitor = house.Nobody();
        var form = (await visitor.GetAsync(Links.SignIn)).Form("Password");
        using var answer = await BareRequest.SendAsync(house.Address, HttpMethod.Post, Links.SignIn + "?back=" + Uri.EscapeDataString(back), visitor,
            BareRequest.Fields(form, ("UserName", "nurse"), ("Password", TestProvince.TestPassword), ("Back", back)));
        (answer.StatusCode, answer.Headers.Said("Location")).ShouldBe((HttpStatusCode.Redirect, leads));
        house.Faults.Kept.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("//evil.com/x", "/")]
    [InlineData("/\\evil.com", "/")]
    [InlineData("/\\/evil.com/x", "/")]
    [InlineData("/sign-in?back=%2Fdesk", "/sign-in?back=%2Fdesk")]
    public async Task A_choice_leads_back_to_where_it_was_made_and_nowhere_else(string from, string leads)
    {
        using var visitor = house.Nobody();
        var form = (await visitor.GetAsync("/")).Form("/language");
        foreach (var path in new[] { "/language", "/look" })
        {
            using var answer = await BareRequest.SendAsync(house.Address, HttpMethod.Post, path, visitor, BareRequest.Fields(form), ("Referer", $"http://{house.Address.Authority}{from}"));
            (answer.StatusCode, answer.Headers.Said("Location")).ShouldBe((HttpStatusCode.Redirect, leads), path);
        }
    }
}
