using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using PhongTuyen.Accounts;
using PhongTuyen.Kernel;
using PhongTuyen.Quarantine;
using PhongTuyen.Quarantine.Contract;
using PhongTuyen.Tests.House;
using PhongTuyen.Web.Entry;
using PhongTuyen.Web.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Routes;

/// <summary>
/// Every route of the program, asked for by everybody: nobody signed in, a role that does not open the door, an object of another district,
/// and the right person. Routes are found by themselves; a new one is asked the same questions from its first day.
/// </summary>
[Trait("Category", "Database")]
public sealed class EveryRouteTests(RouteHouse house) : IClassFixture<RouteHouse>
{
    private WebTestHouse Web => house.Web;

    private static bool Opens(Role role, Permission permission) => Roles.Opens([(int)role], permission);

    private static IEnumerable<string> Doorless(IEnumerable<Route> routes) => routes.Where(route => route.Door is null).Select(route => $"{route} has no door: add a line to src/PhongTuyen.Web/Doors.cs.");

    private IEnumerable<string> Sampleless(IEnumerable<Route> routes) =>
        from route in routes
        from parameter in route.Parameters
        where RouteSamples.Of(route, parameter, house.Both.A) is null
        select $"{route}: what stands for {{{parameter.Name}}} ({parameter.Type.Name})? Add [\"{route.Pattern}\"] to ByRoute of tests/PhongTuyen.Web.Tests/Routes/RouteSamples.cs, with an object of each district.";

    private IEnumerable<Route> Sampled => house.Routes.Where(route => route.Door is not null && !Sampleless([route]).Any());

    [Fact]
    public void Every_route_has_a_door()
    {
        house.Routes.Count.ShouldBeGreaterThan(30);
        Doorless(house.Routes).ShouldBeEmpty();
    }

    [Fact]
    public void Every_parameter_has_an_object_in_each_district() => Sampleless(house.Routes).ShouldBeEmpty();

    [Fact]
    public void Every_line_of_the_samples_belongs_to_a_route()
    {
        var patterns = house.Routes.Select(route => route.Pattern).ToHashSet();
        RouteSamples.OpenToAllStaff.Keys.Concat(RouteSamples.OfNoDistrict.Keys).Where(pattern => !patterns.Contains(pattern)).ShouldBeEmpty();
        RouteSamples.ByQuery.Select(line => line.Path.Split('?')[0][1..]).Where(pattern => !patterns.Contains(pattern)).ShouldBeEmpty();
    }

    [Fact]
    public void A_planted_route_without_a_door_or_without_a_sample_is_found()
    {
        var planted = new Route("desk/planted/thing/{id}", "Planted/Desk/Thing", null, true, [("id", typeof(Guid))], []);
        Doorless([planted]).Single().ShouldContain("/desk/planted/thing/{id} has no door");
        Sampleless([planted]).Single().ShouldContain("ByRoute");
    }

    [Fact]
    public async Task What_is_not_in_the_table_of_doors_is_closed_to_everybody()
    {
        var http = new DefaultHttpContext();
        http.SetEndpoint(new Endpoint(_ => throw new InvalidOperationException("opened"), new EndpointMetadataCollection(), "planted"));
        var entrance = new EnterHouse(_ => throw new InvalidOperationException("opened"), new SessionCookie("planted", false), new AccountSettings());
        await entrance.InvokeAsync(http, null!, null!);
        http.Response.StatusCode.ShouldBe(403);
    }

    [Fact]
    public async Task Nobody_signed_in_is_sent_to_the_sign_in_or_told_401()
    {
        var wrong = new List<string>();
        foreach (var route in Sampled)
        {
            var address = RouteSamples.Address(route, house.Both.A);
            using var nobody = Web.Nobody();
            if (route.Gets && route.Door!.Look != Permission.Anyone) Judge(route, "GET", await nobody.GetAsync(address));
            if (route.Door!.Do == Permission.Anyone) continue;
            foreach (var post in route.Posts) Judge(route, "POST " + post, await house.PostAsync(nobody, "", route, address + post, token: false));
        }
        wrong.ShouldBeEmpty();

        void Judge(Route route, string method, WebPage answer)
        {
            var right = route.Pattern.StartsWith("api/", StringComparison.Ordinal) ? answer.Status == HttpStatusCode.Unauthorized : answer.Address.StartsWith(Links.SignIn, StringComparison.Ordinal);
            if (!right) wrong.Add($"{method} {route}: {answer.Status} at {answer.Address}");
        }
    }

    [Fact]
    [Answers("R3", "R7")]
    public async Task A_role_that_does_not_open_the_door_meets_403_whatever_is_asked_for()
    {
        var wrong = new List<string>();
        foreach (var (name, role, _) in RouteHouse.People)
        {
            var visitor = await Web.AsAsync(name);
            foreach (var route in Sampled)
            {
                // Of its own district: it is the role that is missing, not the scope.
                var address = RouteSamples.Address(route, house.Both.A);
                if (!Opens(role, route.Door!.Look)) foreach (var look in route.Looks) Judge(name, route, "GET " + look, await visitor.GetAsync(address + look));
                foreach (var post in route.Posts.Where(post => !Opens(role, route.For(post)))) Judge(name, route, "POST " + post, await house.PostAsync(visitor, name, route, address + post, token: true));
            }
        }
        wrong.ShouldBeEmpty();

        void Judge(string name, Route route, string method, WebPage answer)
        {
            if (answer.Status != HttpStatusCode.Forbidden) wrong.Add($"{name}: {method} {route}: {answer.Status} at {answer.Address}");
        }
    }

    /// <summary>The test above asks every one of the others and meets 403.</summary>
    [Fact]
    [Answers("R33")]
    public void An_inspector_sends_only_what_reads() =>
        house.Routes.Where(route => route.Posts.Count > 0 && route.Door!.Do is not (Permission.Anyone or Permission.SignedIn)).SelectMany(route => route.Posts.Where(post => Opens(Role.Inspector, route.For(post))).Select(post => route.Pattern + post)).Order(StringComparer.Ordinal)
            .ShouldBe(["desk/cases?handler=Ask", "desk/cases?handler=File", "desk/corrections?handler=File", "desk/people/findings?handler=File", "desk/people/numbers/{id}", "desk/people/search", "desk/people/search?handler=Beyond", "desk/quarantine/stays?handler=Ask", "desk/quarantine/stays?handler=File",
                "desk/quarantine/transfers?handler=File", "desk/supervision?handler=Ask", "desk/supervision?handler=File", "desk/worklists/list?handler=File"]);

    [Fact]
    [Answers("R7")]
    public async Task An_inspector_takes_the_lists_that_are_read_and_by_no_other_name_of_the_act()
    {
        var inspector = await Web.AsAsync("inspector-a");
        foreach (var list in new[] { Links.Corrections, Links.Findings, Links.Transfers, Links.Worklist(PhongTuyen.Corrections.AskCorrection.List) })
        {
            var own = await inspector.GetAsync(list);
            own.Status.ShouldBe(HttpStatusCode.OK, list);
            (await inspector.PostTokenAsync(Links.Handler(list, "File"), ("Take.Purpose", "thanh tra"), ("form", "csv"))).Headers["Content-Type"].ShouldBe("text/csv", list);
            foreach (var other in new[] { "Ask", "File&handler=Ask", "Ask&handler=File", "Depart" })
                (await inspector.PostTokenAsync(Links.Handler(list, other), ("Take.Purpose", "thanh tra"), ("form", "csv"))).Status.ShouldBe(HttpStatusCode.Forbidden, $"{list} {other}");
        }
    }

    [Fact]
    [Answers("R7")]
    public async Task An_object_of_another_district_is_not_there_to_look_at()
    {
        var wrong = new List<string>();
        var asked = 0;
        foreach (var (name, role, _) in RouteHouse.People.Where(one => !one.SeesB))
            foreach (var route in Sampled.Where(route => route.Parameters.Count > 0 && !RouteSamples.OfNoDistrict.ContainsKey(route.Pattern) && Opens(role, route.Door!.Look)))
                foreach (var look in route.Looks)
                {
                    asked++;
                    var answer = await (await Web.AsAsync(name)).GetAsync(RouteSamples.Address(route, house.Both.B) + look);
                    var right = RouteSamples.OpenToAllStaff.ContainsKey(route.Pattern) ? HttpStatusCode.OK : HttpStatusCode.NotFound;
                    if (answer.Status != right) wrong.Add($"{name}: GET {route} {look}: {answer.Status}");
                    if (answer.Html.Contains(house.Both.B.Name, StringComparison.Ordinal)) wrong.Add($"{name}: GET {route} {look} shows {house.Both.B.Name}");
                }
        wrong.ShouldBeEmpty();
        asked.ShouldBeGreaterThan(20);
    }

    [Fact]
    [Answers("R7")]
    public async Task An_object_of_another_district_is_not_there_to_change()
    {
        var wrong = new List<string>();
        var asked = 0;
        foreach (var (name, role, _) in RouteHouse.People.Where(one => !one.SeesB))
            foreach (var route in Sampled.Where(route => route.Page is not null && route.Parameters.Count > 0 && Opens(role, route.Door!.Do)))
                foreach (var post in route.Posts)
                {
                    asked++;
                    var answer = await house.PostAsync(await Web.AsAsync(name), name, route, RouteSamples.Address(route, house.Both.B) + post, token: true);
                    if (answer.Status != HttpStatusCode.NotFound) wrong.Add($"{name}: POST {route} {post}: {answer.Status}");
                    if (answer.Html.Contains(house.Both.B.Name, StringComparison.Ordinal)) wrong.Add($"{name}: POST {route} {post} shows {house.Both.B.Name}");
                }
        wrong.ShouldBeEmpty();
        asked.ShouldBeGreaterThan(20);
    }

    [Theory]
    [InlineData("clerk-a")]
    [InlineData("officer-a")]
    public async Task The_api_changes_nothing_of_another_district(string name)
    {
        var visitor = await Web.AsAsync(name);
        var (b, id) = (house.Both.B, Guid.CreateVersion7());
        foreach (var (path, body) in new (string, object)[]
        {
            ("/api/quarantine/stays", new AdmitPerson.Input(new StayId(id), b.Person, Web.Place.CampA, StayPlace.Facility, StayClass.Observation, 0, Web.Clock.GetUtcNow(), false, StayReason.CloseContact)),
            ("/api/quarantine/stays", new AdmitPerson.Input(new StayId(id), house.Both.A.Person, Web.Place.CampB, StayPlace.Facility, StayClass.Observation, 0, Web.Clock.GetUtcNow(), false, StayReason.CloseContact)),
            ("/api/quarantine/stays/end", new EndStay.Input(id, b.Stay, StayEnd.Left, Web.Clock.GetUtcNow(), null)),
            ("/api/quarantine/transfers", new SendTransfer.Input(new TransferId(id), b.Stay, Web.Place.CampA, StayClass.Observation, "Chuyển", false)),
        })
        {
            var answer = await visitor.PostJsonAsync(path, JsonSerializer.Serialize(body, body.GetType(), JsonSerializerOptions.Web));
            answer.Status.ShouldBe(HttpStatusCode.NotFound, $"{path} {answer.Html}");
            answer.Html.ShouldNotContain(b.Name);
        }
    }

    [Fact]
    [Answers("R7", "R11")]
    public async Task What_a_query_names_in_another_district_is_not_there_either()
    {
        var wrong = new List<string>();
        foreach (var (path, own, other) in RouteSamples.ByQuery)
        {
            var route = house.Routes.Single(route => "/" + route.Pattern == path.Split('?')[0]);
            foreach (var (name, role, seesB) in RouteHouse.People.Where(one => Opens(one.Role, route.Door!.Look)))
            {
                var visitor = await Web.AsAsync(name);
                var theirs = (await visitor.GetAsync(path + other(Web.Place))).Status;
                if (theirs != (seesB ? HttpStatusCode.OK : HttpStatusCode.NotFound)) wrong.Add($"{name}: {path}(other district): {theirs}");
                if (name == "officer-a" && (await visitor.GetAsync(path + own(Web.Place))).Status is var status and not HttpStatusCode.OK) wrong.Add($"{name}: {path}(own): {status}");
            }
        }
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_right_person_opens_every_page()
    {
        var wrong = new List<string>();
        foreach (var (name, role, _) in RouteHouse.People)
            foreach (var route in Sampled.Where(route => route.Gets && (role == Role.Administrator || !RouteSamples.OfNoDistrict.ContainsKey(route.Pattern)) && !(name is "clerk-a" or "head-a" && RouteSamples.OfAnArea.Contains(route.Pattern)) && !(role == Role.Volunteer && RouteSamples.OfTheScope.Contains(route.Pattern)) && route.Pattern is not ("api/live" or "error") && Opens(role, route.Door!.Look)))
            {
                var answer = await (await Web.AsAsync(name)).GetAsync(RouteSamples.Address(route, house.Both.A) + (route.Pattern == "api/figures" ? "?scope=unit/" + Web.Place.CampA : ""));
                if (answer.Status != (route.Pattern == "api/entry" ? HttpStatusCode.NoContent : HttpStatusCode.OK)) wrong.Add($"{name}: GET {route}: {answer.Status} {answer.Main}"); // that one has nothing to say but yes
            }
        wrong.ShouldBeEmpty();
        Web.Faults.Kept.ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_the_token_of_a_form_nothing_is_done()
    {
        var wrong = new List<string>();
        var administrator = await Web.AsAsync("administrator");
        var officer = await Web.AsAsync("officer-a");
        var clerk = await Web.AsAsync("clerk-a");
        var volunteer = await Web.AsAsync("volunteer-a");
        foreach (var route in Sampled.Where(route => route.Posts.Count > 0 && route.Pattern is not ("error" or "api/noop")))
        {
            var visitor = Opens(Role.DistrictOfficer, route.Door!.Do) ? officer : Opens(Role.Clerk, route.Door.Do) ? clerk : Opens(Role.Volunteer, route.Door.Do) ? volunteer : administrator;
            foreach (var post in route.Posts)
                if ((await house.PostAsync(visitor, "", route, RouteSamples.Address(route, house.Both.A) + post, token: false)).Status is var status and not HttpStatusCode.BadRequest) wrong.Add($"POST {route} {post}: {status}");
        }
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_operator_of_the_command_line_has_no_password_and_does_not_sign_in()
    {
        using var visitor = Web.Nobody();
        var form = await visitor.GetAsync(Links.SignIn);
        foreach (var password in new[] { "", TestProvince.TestPassword })
            (await visitor.PostAsync(form, "Password", ("UserName", FirstAccounts.Operator), ("Password", password))).Html.ShouldContain("name=\"Password\"");
    }
}
