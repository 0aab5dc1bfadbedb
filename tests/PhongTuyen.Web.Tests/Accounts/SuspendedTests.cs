using System.Net;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Quarantine;
using PhongTuyen.Web.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Accounts;

/// <summary>A suspended account is out at once, wherever it is signed in; let in again, it goes on where it was.</summary>
[Trait("Category", "Database")]
public sealed class SuspendedTests(WebTestHouse house) : IClassFixture<WebTestHouse>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pages_acts_the_api_and_an_open_stream_answer_a_suspended_account_no_more()
    {
        var officer = await house.SignInAsync("officer-a", TestProvince.TestPassword);
        var head = await house.SignInAsync("head-a", TestProvince.TestPassword);
        var administrator = await house.AsAsync("administrator");
        var person = await house.House.PersonAsync(house.Place.ClerkA, "Ngô Văn Còn");
        var form = await officer.GetAsync(Links.EditPerson(person));
        form.Status.ShouldBe(HttpStatusCode.OK);
        using var stream = await OpenStreamAsync(officer, $"/api/live?scope=area/{house.Place.DistrictA}");
        (await NextEventAsync(stream)).ShouldBe("event: figures");

        (await administrator.PostAsync(await administrator.GetAsync(Links.Account(house.Place.OfficerA)), "handler=Suspend")).Status.ShouldBe(HttpStatusCode.OK);

        var page = await officer.GetAsync(Links.Person(person));
        (page.Address.Split('?')[0], page.Html.Contains("Ngô Văn Còn", StringComparison.Ordinal)).ShouldBe((Links.SignIn, false));
        (await officer.PostAsync(form, "Form.Name", ("Form.Name", "Ngô Văn Đổi"))).Address.ShouldStartWith(Links.SignIn);
        (await house.House.AskAsync<string>("SELECT name FROM pt.person WHERE id = $1", person.Value)).ShouldBe("Ngô Văn Còn");
        foreach (var path in new[] { $"/api/figures?scope=area/{house.Place.DistrictA}", $"/api/live?scope=area/{house.Place.DistrictA}", "/api/areas?q=an+binh" })
            (await officer.GetAsync(path)).Status.ShouldBe(HttpStatusCode.Unauthorized, path);
        (await officer.PostJsonAsync("/api/people", "{}")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        // The stream that was open says goodbye at its next message, at the latest after its fifteen seconds.
        string last;
        do last = await NextEventAsync(stream); while (last == "event: figures");
        last.ShouldBe("event: bye");
        (await head.GetAsync(Links.Day)).Status.ShouldBe(HttpStatusCode.OK, "nobody else is out");

        (await administrator.PostAsync(await administrator.GetAsync(Links.Account(house.Place.OfficerA)), "handler=Resume")).Status.ShouldBe(HttpStatusCode.OK);
        (await officer.GetAsync(Links.Person(person))).Main.ShouldContain("Ngô Văn Còn");
        house.Faults.Kept.ShouldBeEmpty();
    }

    private async Task<StreamReader> OpenStreamAsync(WebVisitor visitor, string path)
    {
        var client = new HttpClient { BaseAddress = house.Address, Timeout = TimeSpan.FromMinutes(1) };
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Cookie", string.Join("; ", visitor.Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Ct);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return new StreamReader(await answer.Content.ReadAsStreamAsync(Ct));
    }

    private static async Task<string> NextEventAsync(StreamReader stream)
    {
        while (await stream.ReadLineAsync(Ct) is { } line)
            if (line.StartsWith("event:", StringComparison.Ordinal)) return line;
        return "closed without a word";
    }
}
