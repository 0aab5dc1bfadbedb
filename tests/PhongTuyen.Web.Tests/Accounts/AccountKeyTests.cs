using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using PhongTuyen.Accounts;
using PhongTuyen.Kernel;
using PhongTuyen.Notices;
using PhongTuyen.People;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Quarantine;
using PhongTuyen.Web.Tests.House;
using PhongTuyen.Web.Tests.Routes;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Accounts;

/// <summary>Keys of programs: made on the page of an account, shown once, opening what is written on them and nothing else, until they end.</summary>
[Trait("Category", "Database")]
public sealed partial class AccountKeyTests(WebTestHouse house) : IClassFixture<WebTestHouse>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Figures => $"/api/figures?scope=unit/{house.Place.CampA}";

    [GeneratedRegex("id=\"made-key\">(ptk_[A-Za-z0-9_-]{43})<")]
    private static partial Regex Secret();

    /// <summary>A clerk of camp A for a program, and a key made through the page.</summary>
    private async Task<(AccountId Account, string Secret, WebPage Page)> MakeAsync(params string[] doors)
    {
        var officer = await house.SignInAsync("officer-a", TestProvince.TestPassword);
        var account = (await TwoDistricts.SpareAsync(house.House, house.Place.CampA)).Id;
        var form = await officer.GetAsync(Links.AccountKeys(account));
        var page = await officer.PostTokenAsync(Links.AccountKeys(account), [("Intent", $"{house.Clock.NewGuid()}"), ("Form.Name", "Phần mềm bệnh viện"), ("Form.LastDay", $"{house.Clock.Today().AddDays(30):yyyy-MM-dd}"), .. doors.Select(door => ("Form.Doors", door))]);
        page.Status.ShouldBe(HttpStatusCode.OK, page.Main);
        return (account, Secret().Match(page.Html).Groups[1].Value, page);
    }

    private WebVisitor With(string key) => new(house.Address) { Key = key };

    private Task<Guid> IdAsync(AccountId account) => house.House.AskAsync<Guid>("SELECT id FROM pt.account_key WHERE account_id = $1 AND replaced_by IS NULL", account.Value);

    [Fact]
    [Answers("R4", "R7")]
    public async Task A_key_opens_what_is_written_on_it_and_sees_what_its_account_sees()
    {
        var (account, secret, _) = await MakeAsync("figures", "people");
        using var program = With(secret);
        (await program.GetAsync(Figures)).Status.ShouldBe(HttpStatusCode.OK);
        (await program.GetAsync($"/api/figures?scope=unit/{house.Place.CampB}")).Status.ShouldBe(HttpStatusCode.NotFound, "its account does not see camp B");
        foreach (var closed in new[] { "/api/areas?q=an+binh", "/api/units?q=khu", "/api/entry", "/openapi/v1.json", Links.Day, Links.Stays, Links.Own, Links.AccountKeys(account) })
            (await program.GetAsync(closed)).Status.ShouldBe(HttpStatusCode.Forbidden, closed);
        (await program.PostJsonAsync("/api/quarantine/stays", "{}")).Status.ShouldBe(HttpStatusCode.Forbidden, "not written on it");
        var person = new EnterPerson.Input(house.Clock.New<PersonId>(), new PersonFacts { Name = "Trịnh Văn Phần Mềm", Birth = BirthDate.OfYear(1985) }, [], [], [], false);
        // By hand a form of another site cannot send the header of the key, so none other is asked for.
        (await program.PostJsonAsync("/api/people", JsonSerializer.Serialize(person, JsonSerializerOptions.Web), header: false)).Status.ShouldBe(HttpStatusCode.OK);
        (await house.House.AskAsync<string>("SELECT name FROM pt.person WHERE id = $1", person.Id.Value)).ShouldBe("Trịnh Văn Phần Mềm");
        (await house.House.AskAsync<Guid>("SELECT session_id FROM pt.audit_event WHERE act = 'person.entered' AND subject_id = $1", $"{person.Id}")).ShouldBe(await IdAsync(account), "which key it was stands in the audit");
        house.Faults.Kept.ShouldBeEmpty();
    }

    [Fact]
    [Answers("R7")]
    public async Task Of_all_routes_a_key_opens_those_that_are_written_on_it_and_no_other()
    {
        var (_, secret, _) = await MakeAsync("figures", "units");
        using var program = With(secret);
        var (opened, wrong) = (new List<string>(), new List<string>());
        foreach (var route in (await Route.AllAsync(house.Services)).Where(route => route.Gets && route.Door!.Look != Permission.Anyone && route.Pattern != "api/live"))
        {
            // A closed door is closed before an id is read: any will do.
            var answer = await program.GetAsync(route.With(parameter => parameter.Type == typeof(string) ? "v1" : Nullable.GetUnderlyingType(parameter.Type) == typeof(int) || parameter.Type == typeof(int) ? "1" : $"{Guid.CreateVersion7()}"));
            if (answer.Status == HttpStatusCode.OK || route.Pattern == "api/figures") opened.Add(route.Pattern);
            else if (answer.Status != HttpStatusCode.Forbidden) wrong.Add($"{route}: {answer.Status}");
        }
        wrong.ShouldBeEmpty();
        opened.ShouldBe(["api/figures", "api/units"]);
    }

    [Fact]
    [Answers("R7")]
    public async Task Its_secret_is_shown_once_and_kept_nowhere_and_the_holder_of_the_account_is_told()
    {
        var (account, secret, page) = await MakeAsync("figures");
        page.Html.ShouldContain(secret);
        using var officer = await house.SignInAsync("officer-a", TestProvince.TestPassword);
        (await officer.GetAsync(Links.AccountKeys(account))).Html.ShouldNotContain(secret[8..]);
        foreach (var table in new[] { "account_key", "audit_event", "audit_value", "intent", "notice" })
            (await house.House.AskAsync<long>($"SELECT count(*) FROM pt.{table} t WHERE t::text LIKE '%' || $1 || '%'", secret[4..])).ShouldBe(0, table);
        (await house.House.AskAsync<long>("SELECT count(*) FROM pt.notice WHERE account_id = $1 AND text_key = 'notice.key-made'", account.Value)).ShouldBe(1);
        (await house.ToldAsync("account.key-made", account.ToString())).ShouldBe(1);
    }

    [Fact]
    public async Task The_same_form_sent_again_makes_no_second_key_and_shows_no_secret()
    {
        using var officer = await house.SignInAsync("officer-a", TestProvince.TestPassword);
        var account = (await TwoDistricts.SpareAsync(house.House, house.Place.CampA)).Id;
        var intent = $"{house.Clock.NewGuid()}";
        for (var n = 0; n < 2; n++)
        {
            var page = await officer.PostTokenAsync(Links.AccountKeys(account), ("Intent", intent), ("Form.Name", "HIS"), ("Form.Doors", "figures"), ("Form.LastDay", $"{house.Clock.Today():yyyy-MM-dd}"));
            page.Status.ShouldBe(HttpStatusCode.OK, page.Main);
            Secret().IsMatch(page.Html).ShouldBe(n == 0);
        }
        (await house.House.AskAsync<long>("SELECT count(*) FROM pt.account_key WHERE account_id = $1", account.Value)).ShouldBe(1);
    }

    [Fact]
    [Answers("R7")]
    public async Task A_key_that_was_replaced_goes_on_for_a_day_and_one_that_was_ended_not_at_all()
    {
        var (account, first, _) = await MakeAsync("figures");
        using var officer = await house.SignInAsync("officer-a", TestProvince.TestPassword);
        var replaced = await officer.PostTokenAsync(Links.AccountKeys(account) + "?handler=Replace", ("Intent", $"{house.Clock.NewGuid()}"), ("key", $"{await IdAsync(account)}"));
        var second = Secret().Match(replaced.Html).Groups[1].Value;
        second.ShouldNotBe(first);
        using var old = With(first);
        using var young = With(second);
        (await old.GetAsync(Figures)).Status.ShouldBe(HttpStatusCode.OK);
        (await young.GetAsync(Figures)).Status.ShouldBe(HttpStatusCode.OK);
        (await officer.PostTokenAsync(Links.AccountKeys(account) + "?handler=End", ("key", $"{await IdAsync(account)}"))).Status.ShouldBe(HttpStatusCode.OK);
        (await young.GetAsync(Figures)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        house.Clock.Advance(TimeSpan.FromHours(25));
        (await old.GetAsync(Figures)).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    [Answers("R7")]
    public async Task With_the_day_or_the_account_the_key_ends_and_its_stream_says_goodbye()
    {
        var (account, secret, _) = await MakeAsync("figures");
        using var program = With(secret);
        using var stream = await WebStream.OpenAsync(house.Address, program, $"/api/live?scope=unit/{house.Place.CampA}");
        (await stream.NextAsync()).ShouldBe("event: figures");
        using var officer = await house.SignInAsync("officer-a", TestProvince.TestPassword);
        (await officer.PostTokenAsync(Links.Account(account) + "?handler=Suspend")).Status.ShouldBe(HttpStatusCode.OK);
        (await stream.LastAsync()).ShouldBe("event: bye");
        (await program.GetAsync(Figures)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await officer.PostTokenAsync(Links.Account(account) + "?handler=Resume")).Status.ShouldBe(HttpStatusCode.OK);
        (await program.GetAsync(Figures)).Status.ShouldBe(HttpStatusCode.OK, "it is the account that was stopped, not the key");
        house.Clock.Advance(TimeSpan.FromDays(31));
        (await program.GetAsync(Figures)).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_wrong_key_is_nobody_also_in_a_browser_that_is_signed_in()
    {
        using var browser = await house.SignInAsync("officer-a", TestProvince.TestPassword);
        foreach (var wrong in new[] { "ptk_" + new string('A', 43), "ptk_", "something", new string('x', 400) })
        {
            using var both = new HttpClient { BaseAddress = house.Address };
            using var request = new HttpRequestMessage(HttpMethod.Get, Figures);
            browser.Sign(request);
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + wrong);
            using var answer = await both.SendAsync(request, Ct);
            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, wrong);
        }
    }

    [Theory]
    [InlineData("", "figures", 30, "Form.Name")]
    [InlineData("HIS", "", 30, "Form.Doors")]
    [InlineData("HIS", "everything", 30, "Form.Doors")]
    [InlineData("HIS", "figures", 181, "Form.LastDay")]
    [InlineData("HIS", "figures", -1, "Form.LastDay")]
    public async Task What_a_key_needs_is_said_at_the_field_and_what_was_typed_stays(string name, string door, int days, string at)
    {
        using var officer = await house.SignInAsync("officer-a", TestProvince.TestPassword);
        var account = (await TwoDistricts.SpareAsync(house.House, house.Place.CampA)).Id;
        var day = $"{house.Clock.Today().AddDays(days):yyyy-MM-dd}";
        var page = await officer.PostTokenAsync(Links.AccountKeys(account), [("Intent", $"{house.Clock.NewGuid()}"), ("Form.Name", name), ("Form.LastDay", day), .. door.Length > 0 ? [("Form.Doors", door)] : Array.Empty<(string, string)>()]);
        page.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        page.Html.ShouldContain($"href=\"#{at.Replace('.', '_')}\"");
        page.Html.ShouldContain($"value=\"{day}\"");
        (await house.House.AskAsync<long>("SELECT count(*) FROM pt.account_key WHERE account_id = $1", account.Value)).ShouldBe(0);
    }

    [Fact]
    public async Task Nobody_makes_a_key_of_their_own_or_of_somebody_above_and_a_clerk_of_nobody()
    {
        using var head = await house.SignInAsync("head-a", TestProvince.TestPassword);
        (string, string)[] fields = [("Intent", $"{house.Clock.NewGuid()}"), ("Form.Name", "HIS"), ("Form.Doors", "figures"), ("Form.LastDay", $"{house.Clock.Today():yyyy-MM-dd}")];
        (await head.PostTokenAsync(Links.AccountKeys(house.Place.HeadA), fields)).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await head.PostTokenAsync(Links.AccountKeys(house.Place.OfficerA), fields)).Status.ShouldBe(HttpStatusCode.NotFound);
        using var clerk = await house.SignInAsync("clerk-a", TestProvince.TestPassword);
        (await clerk.PostTokenAsync(Links.AccountKeys(house.Place.ClerkA), fields)).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Whoever_made_a_key_is_reminded_once_before_it_ends()
    {
        var (account, _, _) = await MakeAsync("figures");
        var reminders = house.Services.GetRequiredService<AccountReminders>();
        await reminders.RunAsync(Ct);
        (await CountAsync()).ShouldBe(0);
        house.Clock.Advance(TimeSpan.FromDays(25));
        for (var n = 0; n < 2; n++) await reminders.RunAsync(Ct);
        (await CountAsync()).ShouldBe(1);
        (await house.House.AskAsync<string>("SELECT details FROM pt.notice WHERE account_id = $1 AND text_key = 'notice.key-ends' AND link LIKE $2", house.Place.OfficerA.Value, "%" + account))!.ShouldContain("Phần mềm bệnh viện");

        Task<long> CountAsync() => house.House.AskAsync<long>("SELECT count(*) FROM pt.notice WHERE account_id = $1 AND text_key = 'notice.key-ends' AND link LIKE $2", house.Place.OfficerA.Value, "%" + account);
    }
}
