using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PhongTuyen.Accounts;
using PhongTuyen.Audit;
using PhongTuyen.Kernel;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Quarantine;
using PhongTuyen.Web.Help;
using PhongTuyen.Web.Tests.Browser;
using PhongTuyen.Web.Tests.House;
using PhongTuyen.Web.Tests.Routes;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Audit;

/// <summary>Rows do not get into the audit, for what reason ever: no route shows a person, nothing is kept unwritten, and what was typed is sent again without being typed again.</summary>
[Answers("R7")]
[Trait("Category", "Database")]
public sealed class AuditUnavailableTests(RouteHouse house) : IClassFixture<RouteHouse>
{
    private WebTestHouse Web => house.Web;
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Task<long> StaysAsync(PersonId person) => Web.House.AskAsync<long>("SELECT count(*) FROM pt.quarantine_stay WHERE person_id = $1", person.Value);

    [Fact]
    public async Task No_route_shows_a_person_whom_it_cannot_write_down()
    {
        var (wrong, closed, asked) = (new List<string>(), new SortedSet<string>(StringComparer.Ordinal), 0);
        foreach (var (name, _, _) in RouteHouse.People) await Web.AsAsync(name);
        // The one fault ends the connection of the request, the other only its transaction.
        foreach (var (side, how) in new[] { (house.Both.A, Closing.DiskFull), (house.Both.B, Closing.RightTaken) })
        {
            await using var audit = await ClosedAudit.CloseAsync(Web.House.Admin, how);
            // A search that finds: without what was typed the page of the search shows nobody anyway.
            var search = house.Routes.Single(route => "/" + route.Pattern == Links.Search);
            await AskAsync("clerk-a: a search", search, async () => await house.PostAsync(await Web.AsAsync("clerk-a"), "clerk-a", search, Links.Search, token: true, ("Q", house.Both.A.Number)));
            foreach (var (name, role, _) in RouteHouse.People)
            {
                var visitor = await Web.AsAsync(name);
                bool Opens(Permission door) => door is not Permission.Anyone && (door == Permission.SignedIn || Roles.Opens([(int)role], door));
                foreach (var route in house.Routes.Where(route => route.Gets && Opens(route.Door!.Look)))
                    foreach (var look in route.Looks)
                        if (route.Pattern != "api/live") await AskAsync($"{name}: GET {route} {look}", route, () => visitor.GetAsync(RouteSamples.Address(route, side) + look)); // a stream does not end
                foreach (var route in house.Routes.Where(route => Opens(route.Door!.Do) && route.Page is not "Accounts/Citizen/SignOut"))
                    foreach (var post in route.Posts) await AskAsync($"{name}: POST {route} {post}", route, () => house.PostAsync(visitor, name, route, RouteSamples.Address(route, side) + post, token: true));
            }
        }
        wrong.ShouldBeEmpty();
        asked.ShouldBeGreaterThan(500);
        // What shows a person when the audit is open is closed now.
        string[] known = ["/desk/quarantine/stay/{id}", "/desk/quarantine/admit/{id?}", "/desk/quarantine/correct/{id}", "/desk/quarantine/stays", "/desk/quarantine/day", "/desk/people/person/{id}", "/desk/people/edit/{id}", "/desk/cases/case/{id}", "/desk/people/search"];
        known.Except(closed).ShouldBeEmpty(string.Join('\n', closed));
        (await (await Web.AsAsync("clerk-a")).GetAsync(Links.Stay(house.Both.A.Stay))).Html.ShouldContain(house.Both.A.Name, customMessage: "it goes on by itself");

        async Task AskAsync(string what, Route route, Func<Task<WebPage>> ask)
        {
            asked++;
            var answer = await ask();
            if (answer.Html.Contains(house.Both.A.Name, StringComparison.Ordinal) || answer.Html.Contains(house.Both.B.Name, StringComparison.Ordinal)) wrong.Add($"{what} ({(int)answer.Status}) shows a person");
            if (answer.Status is HttpStatusCode.InternalServerError) wrong.Add($"{what} takes it for a fault of the program");
            if (answer.Status is HttpStatusCode.ServiceUnavailable) closed.Add(route.ToString());
        }
    }

    [Theory]
    [InlineData(Closing.RightTaken)]
    [InlineData(Closing.TableGone)]
    [InlineData(Closing.DiskFull)]
    [InlineData(Closing.Locked)]
    public async Task Whatever_keeps_the_row_out_the_page_says_so_and_the_state_does_too(Closing how)
    {
        await using var web = new WebTestHouse { More = services => services.AddSingleton(new AuditSettings { WriteSeconds = 1 }) };
        await web.InitializeAsync();
        var person = await web.House.PersonAsync(web.Place.ClerkA, "Đoàn Thị Kín Đáo");
        var clerk = await web.AsAsync("clerk-a");
        using var nobody = web.Nobody();
        (await nobody.GetAsync("/health/ready")).Html.ShouldBe("Healthy");
        await using (await ClosedAudit.CloseAsync(web.House.Admin, how))
        {
            var since = Stopwatch.GetTimestamp();
            var page = await clerk.GetAsync(Links.Person(person));
            Stopwatch.GetElapsedTime(since).ShouldBeLessThan(TimeSpan.FromSeconds(8));
            (page.Status, page.Html.Contains("Kín Đáo", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.ServiceUnavailable, false));
            page.Main.ShouldContain("không ghi được nhật ký truy cập");
            page.Main.ShouldContain("gọi người quản trị máy chủ");
            page.Headers.GetValueOrDefault("Content-Security-Policy", "").ShouldContain("default-src 'self'");
            var ready = await nobody.GetAsync("/health/ready");
            (ready.Status, ready.Html.Split('\n')[0], ready.Html.Contains("audit: The audit cannot be written", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.ServiceUnavailable, "Unhealthy", true), ready.Html);
            (await nobody.GetAsync("/health/live")).Status.ShouldBe(HttpStatusCode.OK, "the program itself runs: it is not to be started anew");
            var entry = await clerk.GetAsync("/api/entry");
            (entry.Status, entry.Html.Contains("audit.unavailable", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.ServiceUnavailable, true));
        }
        (await nobody.GetAsync("/health/ready")).Html.ShouldBe("Healthy");
        (await clerk.GetAsync("/api/entry")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await clerk.GetAsync(Links.Person(person))).Html.ShouldContain("Kín Đáo");
        (await web.House.AskAsync<long>("SELECT count(*) FROM pt.audit_event WHERE act = 'audit.tried'")).ShouldBe(0, "what was tried leaves no row");
        web.Log.Lines.Count(line => line.Contains("persons are not shown and nothing is kept until it can", StringComparison.Ordinal)).ShouldBe(1, "once, and not for each request");
    }

    [Fact]
    public async Task Without_the_values_beside_it_nothing_is_changed_while_looking_goes_on()
    {
        var clerk = await Web.AsAsync("clerk-a");
        var person = await Web.House.PersonAsync(Web.Place.ClerkA, "Đoàn Văn Giá Trị");
        var form = await clerk.GetAsync(Links.EditPerson(person));
        await using (await ClosedAudit.CloseAsync(Web.House.Admin, Closing.ValuesRightTaken))
        {
            (await clerk.PostAsync(form, "Form.Name", ("Form.Name", "Đoàn Văn Đã Sửa"))).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
            (await clerk.GetAsync(Links.Person(person))).Html.ShouldContain("Đoàn Văn Giá Trị", customMessage: "who looks is written down");
            (await clerk.GetAsync("/health/ready")).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        }
        (await clerk.GetAsync("/health/ready")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    [Answers("R9")]
    public async Task An_admission_that_was_typed_is_kept_in_the_answer_and_sent_again_from_there_once()
    {
        var clerk = await Web.AsAsync("clerk-a");
        var person = await Web.House.PersonAsync(Web.Place.ClerkA, "Đoàn Thị Giữ Lại");
        var form = await clerk.GetAsync(Links.AdmitPerson(person));
        WebPage kept;
        await using (await ClosedAudit.CloseAsync(Web.House.Admin))
        {
            kept = await clerk.PostAsync(form, "Form.Reason", ("Form.Reason", "CloseContact"), ("Form.Bed", "none"), ("Form.Note", "mang theo \"thuốc\" <huyết áp>"));
            kept.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
            kept.Main.ShouldContain("nội dung đã gõ vẫn được giữ");
            kept.Html.ShouldNotContain("Giữ Lại");
            (await StaysAsync(person)).ShouldBe(0);
            kept = await clerk.PostAsync(kept, "Gửi lại");
            kept.Status.ShouldBe(HttpStatusCode.ServiceUnavailable, "still closed");
            (await StaysAsync(person)).ShouldBe(0);
        }
        var done = await clerk.PostAsync(kept, "Gửi lại");
        (done.Status, done.Main.Contains("Giữ Lại", StringComparison.Ordinal), done.Main.Contains("mang theo \"thuốc\" <huyết áp>", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.OK, true, true), done.Main);
        (await clerk.PostAsync(kept, "Gửi lại")).Status.ShouldBe(HttpStatusCode.OK, "pressed once more");
        (await StaysAsync(person)).ShouldBe(1);
        (await Web.House.AskAsync<long>("SELECT count(*) FROM pt.audit_event WHERE act = 'stay.admitted' AND $1 = ANY (persons)", person.Value)).ShouldBe(1);
    }

    [Fact]
    public async Task A_program_is_told_to_send_the_same_again_and_it_is_done_once()
    {
        var clerk = await Web.AsAsync("clerk-a");
        var person = await Web.House.PersonAsync(Web.Place.ClerkA);
        var json = JsonSerializer.Serialize(Web.House.Admission(person, Web.Place.CampA), Web.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<Microsoft.AspNetCore.Http.Json.JsonOptions>>().Value.SerializerOptions);
        await using (await ClosedAudit.CloseAsync(Web.House.Admin))
        {
            var refused = await clerk.PostJsonAsync("/api/quarantine/stays", json);
            (refused.Status, refused.Html.Contains("audit.unavailable", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.ServiceUnavailable, true), refused.Html);
        }
        for (var sent = 0; sent < 2; sent++) (await clerk.PostJsonAsync("/api/quarantine/stays", json)).Status.ShouldBe(HttpStatusCode.OK);
        (await StaysAsync(person)).ShouldBe(1);
    }

    [Fact]
    public async Task Nobody_signs_in_unwritten_and_a_password_stands_in_no_answer()
    {
        using var browser = Web.Nobody();
        var form = await browser.GetAsync(Links.SignIn);
        await using (await ClosedAudit.CloseAsync(Web.House.Admin))
        {
            var answer = await browser.PostAsync(form, "Password", ("UserName", "clerk-a"), ("Password", TestProvince.TestPassword));
            answer.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
            answer.Main.ShouldContain("Mật khẩu, mã và tệp không được giữ");
            answer.Html.ShouldNotContain(TestProvince.TestPassword);
            (await browser.GetAsync(Links.Day)).Address.ShouldStartWith(Links.SignIn);
        }
    }

    [Fact]
    public void Every_page_into_which_a_secret_is_typed_is_kept_from_being_given_back()
    {
        var web = Path.Combine(RunningProgram.Root(), "src", "PhongTuyen.Web");
        string[] marks = ["kind=\"password\"", "type=\"password\"", "one-time-code"];
        Directory.EnumerateFiles(web, "*.cshtml", SearchOption.AllDirectories).Where(path => marks.Any(File.ReadAllText(path).Contains))
            .Select(path => Path.GetRelativePath(web, path)[..^".cshtml".Length].Replace('\\', '/')).Order(StringComparer.Ordinal).ShouldBe(KeptForm.Secret.Order(StringComparer.Ordinal));
    }
}
