using System.Net;
using PhongTuyen.Accounts;
using PhongTuyen.Kernel;
using PhongTuyen.People;
using PhongTuyen.People.Contract;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Quarantine;
using PhongTuyen.Web.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Routes;

/// <summary>
/// Every page that shows a person leaves an audit row with that person: when it is opened, and when it is drawn again because what was sent is refused.
/// Routes are found by themselves, as in <see cref="EveryRouteTests"/>; a new page is asked from its first day.
/// </summary>
[Trait("Category", "Database")]
public sealed class SeeingIsWrittenTests(RouteHouse house) : IClassFixture<RouteHouse>
{
    private TwoDistricts.Side A => house.Both.A;

    private Task<long> RowsAsync() => house.Web.House.AskAsync<long>("SELECT count(*) FROM pt.audit_event WHERE $1 = ANY (persons)", A.Person.Value);

    /// <summary>Pages whose person stands in the query.</summary>
    private IEnumerable<string> ByQuery => [$"{Links.NewPerson}?With={A.Person}", $"{Links.Entries}?By={house.Web.Place.ClerkA}", $"{Links.Stays}?state=InHouse"];

    private static string? Fault(string asked, WebPage page, string name, long before, long after) =>
        page.Status is not HttpStatusCode.NotFound && page.Html.Contains(name, StringComparison.Ordinal) && after == before ? $"{asked} ({(int)page.Status}) shows the person and leaves no trace: Shows(…) where the page loads the person, or ListedAsync(…)." : null;

    [Fact]
    public void A_planted_page_without_a_trace_is_found()
    {
        Fault("GET /planted", new WebPage("/planted", HttpStatusCode.OK, "<b>Đặng Văn</b>"), "Đặng Văn", 3, 3).ShouldNotBeNull();
        Fault("GET /planted", new WebPage("/planted", HttpStatusCode.OK, "<b>Đặng Văn</b>"), "Đặng Văn", 3, 4).ShouldBeNull();
        Fault("GET /planted", new WebPage("/planted", HttpStatusCode.OK, "<b>12</b>"), "Đặng Văn", 3, 3).ShouldBeNull();
    }

    [Fact]
    [Answers("R7")]
    public async Task Whoever_is_shown_a_person_is_written_down_on_opening_and_on_a_refused_form()
    {
        // The name was corrected and set right again, so that "who entered what" shows it too.
        foreach (var (version, called) in new[] { (1, "Đặng Văn Tạm"), (2, A.Name) })
            (await house.Web.House.RunAsync<EditPerson, PersonId>(house.Web.Place.ClerkA, use => use.RunAsync(new(house.Web.Clock.NewGuid(), A.Person, version, new PersonFacts { Name = called, Birth = BirthDate.OfYear(1985), Sex = Sex.Male }, [], [], []), CancellationToken.None))).Done.ShouldBeTrue();
        var (wrong, shown, before) = (new List<string>(), new SortedSet<string>(StringComparer.Ordinal), await RowsAsync());
        foreach (var (name, role, _) in RouteHouse.People)
        {
            var visitor = await house.Web.AsAsync(name);
            foreach (var route in house.Routes.Where(route => route.Page is not null && route.Gets && (route.Door!.Look == Permission.SignedIn || Opens(role, route.Door.Look)))) await AskAsync($"{name}: GET {route}", route.ToString(), () => visitor.GetAsync(RouteSamples.Address(route, A)));
            foreach (var path in ByQuery.Where(path => Opens(role, house.Routes.Single(route => "/" + route.Pattern == path.Split('?')[0]).Door!.Look))) await AskAsync($"{name}: GET {path}", path.Split('?')[0] + "?", () => visitor.GetAsync(path));
        }
        foreach (var (name, role, _) in RouteHouse.People)
        {
            var visitor = await house.Web.AsAsync(name);
            foreach (var route in house.Routes.Where(route => route.Page is not null && Opens(role, route.Door!.Do)))
                foreach (var post in route.Posts) await AskAsync($"{name}: POST {route} {post}", $"{route} {post}", () => house.PostAsync(visitor, name, route, RouteSamples.Address(route, A) + post, token: true));
        }
        wrong.ShouldBeEmpty();
        // The guard has eyes: these show the person, some of them only after a refusal.
        string[] known = ["/desk/quarantine/stay/{id}", "/desk/quarantine/stay/{id} ?handler=End", "/desk/quarantine/admit/{id?}", "/desk/quarantine/admit/{id?} ?handler=Unit", "/desk/quarantine/correct/{id} ", "/desk/quarantine/entries?", "/desk/cases/new/{id} ", "/desk/lab/new/{id} ", "/desk/people/edit/{id} ", "/desk/people/new?"];
        known.Except(shown).ShouldBeEmpty(string.Join('\n', shown));

        async Task AskAsync(string asked, string page, Func<Task<WebPage>> ask)
        {
            var answer = await ask();
            if (answer.Html.Contains(A.Name, StringComparison.Ordinal)) shown.Add(page);
            var after = await RowsAsync();
            if (Fault(asked, answer, A.Name, before, after) is { } fault) wrong.Add(fault);
            before = after;
        }
    }

    private static bool Opens(Role role, Permission permission) => permission is not (Permission.Anyone or Permission.SignedIn) && Roles.Opens([(int)role], permission);
}
