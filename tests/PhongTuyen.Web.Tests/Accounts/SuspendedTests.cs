using System.Net;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Quarantine;
using PhongTuyen.Web.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Accounts;

/// <summary>A suspended account is out at once, wherever it is signed in; let in again, it signs in anew.</summary>
[Trait("Category", "Database")]
public sealed class SuspendedTests(WebTestHouse house) : IClassFixture<WebTestHouse>
{
    [Fact]
    public async Task Pages_acts_the_api_and_an_open_stream_answer_a_suspended_account_no_more()
    {
        var officer = await house.SignInAsync("officer-a", TestProvince.TestPassword);
        var head = await house.SignInAsync("head-a", TestProvince.TestPassword);
        var administrator = await house.AsAsync("administrator");
        var person = await house.House.PersonAsync(house.Place.ClerkA, "Ngô Văn Còn");
        var form = await officer.GetAsync(Links.EditPerson(person));
        form.Status.ShouldBe(HttpStatusCode.OK);
        using var stream = await WebStream.OpenAsync(house.Address, officer, $"/api/live?scope=area/{house.Place.DistrictA}");
        (await stream.NextAsync()).ShouldBe("event: figures");

        (await administrator.PostAsync(await administrator.GetAsync(Links.Account(house.Place.OfficerA)), "handler=Suspend")).Status.ShouldBe(HttpStatusCode.OK);
        var since = System.Diagnostics.Stopwatch.GetTimestamp();

        var page = await officer.GetAsync(Links.Person(person));
        (page.Address.Split('?')[0], page.Html.Contains("Ngô Văn Còn", StringComparison.Ordinal)).ShouldBe((Links.SignIn, false));
        (await officer.PostAsync(form, "Form.Name", ("Form.Name", "Ngô Văn Đổi"))).Address.ShouldStartWith(Links.SignIn);
        (await house.House.AskAsync<string>("SELECT name FROM pt.person WHERE id = $1", person.Value)).ShouldBe("Ngô Văn Còn");
        foreach (var path in new[] { $"/api/figures?scope=area/{house.Place.DistrictA}", $"/api/live?scope=area/{house.Place.DistrictA}", "/api/areas?q=an+binh" })
            (await officer.GetAsync(path)).Status.ShouldBe(HttpStatusCode.Unauthorized, path);
        (await officer.PostJsonAsync("/api/people", "{}")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        // The stream that was open says goodbye within about two seconds, though no figure moved.
        (await stream.LastAsync()).ShouldBe("event: bye");
        (System.Diagnostics.Stopwatch.GetElapsedTime(since) < TimeSpan.FromSeconds(6)).ShouldBeTrue("not only with the look of every fifteen seconds");
        (await head.GetAsync(Links.Day)).Status.ShouldBe(HttpStatusCode.OK, "nobody else is out");

        (await administrator.PostAsync(await administrator.GetAsync(Links.Account(house.Place.OfficerA)), "handler=Resume")).Status.ShouldBe(HttpStatusCode.OK);
        (await officer.GetAsync(Links.Person(person))).Address.ShouldStartWith(Links.SignIn, Case.Sensitive, "what was signed in before stays out");
        using var again = await house.SignInAsync("officer-a", TestProvince.TestPassword);
        (await again.GetAsync(Links.Person(person))).Main.ShouldContain("Ngô Văn Còn");
        house.Faults.Kept.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_stream_ends_soon_after_the_role_that_opened_it_was_taken_back()
    {
        var nurse = await house.SignInAsync("nurse", TestProvince.TestPassword);
        var officer = await house.SignInAsync("officer-b", TestProvince.TestPassword);
        using var stream = await WebStream.OpenAsync(house.Address, nurse, $"/api/live?scope=unit/{house.Place.StationA1}");
        using var other = await WebStream.OpenAsync(house.Address, officer, $"/api/live?scope=area/{house.Place.DistrictB}");
        (await stream.NextAsync()).ShouldBe("event: figures");
        (await other.NextAsync()).ShouldBe("event: figures");
        var administrator = await house.AsAsync("administrator");
        for (var n = 0; n < 2; n++) await administrator.PostAsync(await administrator.GetAsync(Links.Account(house.Place.Nurse)), "handler=Revoke", ("reason", "nghỉ việc"));
        var since = System.Diagnostics.Stopwatch.GetTimestamp();
        (await stream.LastAsync()).ShouldBe("event: bye");
        (System.Diagnostics.Stopwatch.GetElapsedTime(since) < TimeSpan.FromSeconds(6)).ShouldBeTrue("not only with the look of every fifteen seconds");
        other.CanRead.ShouldBeTrue();
        (await officer.GetAsync(Links.Day)).Status.ShouldBe(HttpStatusCode.OK);
    }
}
