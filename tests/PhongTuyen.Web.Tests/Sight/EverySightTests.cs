using System.Diagnostics;
using System.Net;
using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Quarantine;
using PhongTuyen.Web.Tests.House;
using PhongTuyen.Web.Tests.Routes;
using Shouldly;
using Xunit;
using static PhongTuyen.Web.Tests.Sight.SightHouse;

namespace PhongTuyen.Web.Tests.Sight;

/// <summary>
/// The table of <c>docs/decisions/0001-who-sees-what.md</c>, asked of the real program: every route that shows a person, every list, search and file, and the tables below them with
/// row-level security alone, by somebody of each role about somebody in each relation.
/// </summary>
[Trait("Category", "Database")]
public sealed class EverySightTests(SightHouse house, ITestOutputHelper output) : IClassFixture<SightHouse>
{
    private static readonly SightTable Table = SightTable.Read();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private WebTestHouse Web => house.Web;

    /// <summary>What stands for a parameter of a route about a person; null: the route is about something else.</summary>
    private static object? Of(Type type, Subject subject) =>
        type == typeof(PersonId) ? subject.Person : type == typeof(StayId) ? subject.Stay : type == typeof(CaseId) ? subject.Case : type == typeof(ResultId) ? subject.Result : null;

    /// <summary>Routes with a person behind each of their parameters.</summary>
    private static bool OfPerson(Route route, Subject any) => route.Parameters.Count > 0 && route.Parameters.All(parameter => Of(Nullable.GetUnderlyingType(parameter.Type) ?? parameter.Type, any) is not null);

    private static string Address(Route route, Subject subject) => route.With(parameter => Of(Nullable.GetUnderlyingType(parameter.Type) ?? parameter.Type, subject)!.ToString());

    /// <summary>Pages that are a form of change and nothing else.</summary>
    private static readonly string[] Forms = ["desk/cases/hand-over/{id}", "desk/lab/withdraw/{id}", "desk/quarantine/correct/{id}", "desk/quarantine/new-decision/{id}"];

    /// <summary>Whether the record of the route opens to whoever sees the person: their own units' always does, a province has both sides.</summary>
    private static bool Opens(Route route, Subject subject, Actor actor)
    {
        // What is only seen is not shared on.
        if (route.Pattern == "desk/people/share/{id}") return Table[subject.Relation, actor.Role] == Sight.Full;
        var type = route.Parameters[0].Type;
        if (actor.Level == Level.Province && subject.Relation is not ("opened" or "shared")) return true;
        var word = type == typeof(StayId) ? Table.Of(subject.Relation, "stay") : type == typeof(CaseId) ? Table.Of(subject.Relation, "case") : type == typeof(ResultId) ? Table.Of(subject.Relation, "result") : "acts";
        return word == "acts" || (word == "seen" && !Forms.Contains(route.Pattern));
    }

    private IEnumerable<(Actor Actor, Subject Subject, Sight Sight)> Pairs =>
        from actor in house.Actors from subject in house.Subjects where subject.Level == actor.Level select (actor, subject, Table[subject.Relation, actor.Role]);

    [Fact]
    [Answers("R1", "R7")]
    public void Every_relation_of_the_table_stands_for_somebody_and_every_role_has_an_account()
    {
        foreach (var level in Enum.GetValues<Level>()) house.Subjects.Where(one => one.Level == level).Select(one => one.Relation).Order().ShouldBe(Table.Relations.Order());
        house.Actors.Select(actor => actor.Role).Order().ShouldBe(Enum.GetValues<Role>().Order());
    }

    [Theory]
    [InlineData("", "is not there")]
    [InlineData("| relation | Clerk |\n|---|---|\n| `own-unit` | full |\n", "No column says what UnitHead")]
    [InlineData("| relation | Clerk | Nurse |\n|---|---|---|\n| `own-unit` | full | full |\n", "'Nurse' is no role")]
    public void A_table_that_leaves_something_open_is_refused(string document, string fault) =>
        Should.Throw<InvalidDataException>(() => new SightTable(document)).Message.ShouldContain(fault);

    [Fact]
    [Answers("R1", "R3", "R7")]
    public async Task Every_route_about_a_person_answers_as_the_table_says()
    {
        var (wrong, asked, begun) = (new List<string>(), 0, Stopwatch.GetTimestamp());
        var routes = house.Routes.Where(route => OfPerson(route, house.Subjects[0])).ToList();
        routes.Count.ShouldBeGreaterThan(10);
        foreach (var (actor, subject, sight) in Pairs)
        {
            var visitor = await Web.AsAsync(actor.Name);
            foreach (var route in routes)
            {
                var opens = Roles.Opens([(int)actor.Role], route.Door!.Look);
                foreach (var look in route.Looks)
                {
                    asked++;
                    var answer = await visitor.GetAsync(Address(route, subject) + look);
                    var right = !opens ? HttpStatusCode.Forbidden : sight >= Sight.Read && Opens(route, subject, actor) ? HttpStatusCode.OK : HttpStatusCode.NotFound;
                    if (answer.Status != right) wrong.Add($"{actor.Role}, {subject.Relation}: GET {route}{look}: {(int)answer.Status}, not {(int)right}");
                    if (right != HttpStatusCode.OK && Shows(answer, subject)) wrong.Add($"{actor.Role}, {subject.Relation}: GET {route}{look} shows {subject.Name}");
                }
            }
        }
        output.WriteLine($"{house.Actors.Count} roles × {Table.Relations.Count} relations × {routes.Count} routes: {asked} questions in {Stopwatch.GetElapsedTime(begun).TotalSeconds:0} s");
        wrong.ShouldBeEmpty();
    }

    [Fact]
    [Answers("R1", "R7")]
    public async Task Every_act_on_a_person_is_refused_as_the_table_says_and_changes_nothing()
    {
        var (wrong, asked, begun) = (new List<string>(), 0, Stopwatch.GetTimestamp());
        var routes = house.Routes.Where(route => route.Posts.Count > 0 && OfPerson(route, house.Subjects[0])).ToList();
        foreach (var (actor, subject, sight) in Pairs.Where(pair => pair.Sight < Sight.Full))
        {
            var visitor = await Web.AsAsync(actor.Name);
            var token = (await visitor.GetAsync(Links.Own)).Forms.SelectMany(form => form.Fields).First(field => field.Key == "_form").Value;
            var before = await PrintAsync(subject);
            foreach (var route in routes)
            {
                var opens = Roles.Opens([(int)actor.Role], route.Door!.Do);
                foreach (var post in route.Posts)
                {
                    asked++;
                    var answer = await visitor.PostBareAsync(Address(route, subject) + post, ("Intent", $"{Guid.CreateVersion7()}"), ("_form", token));
                    if (!opens ? answer.Status != HttpStatusCode.Forbidden : sight < Sight.Read && answer.Status != HttpStatusCode.NotFound) wrong.Add($"{actor.Role}, {subject.Relation}: POST {route}{post}: {(int)answer.Status}");
                    if ((!opens || sight < Sight.Read) && Shows(answer, subject)) wrong.Add($"{actor.Role}, {subject.Relation}: POST {route}{post} shows {subject.Name}");
                }
            }
            if (await PrintAsync(subject) is var after && after != before) wrong.Add($"{actor.Role}, {subject.Relation}: something was changed: {before} {after}");
        }
        output.WriteLine($"{routes.Sum(route => route.Posts.Count)} acts: {asked} questions in {Stopwatch.GetElapsedTime(begun).TotalSeconds:0} s");
        wrong.ShouldBeEmpty();
    }

    [Fact]
    [Answers("R7")]
    public async Task A_record_is_corrected_only_where_the_table_says_full()
    {
        var wrong = new List<string>();
        foreach (var (actor, subject, sight) in Pairs.Where(pair => Roles.Opens([(int)pair.Actor.Role], Permission.SeePersons)))
        {
            var visitor = await Web.AsAsync(actor.Name);
            var version = await VersionAsync(subject);
            var answer = await visitor.PostTokenAsync(Links.EditPerson(subject.Person), ("Intent", $"{Guid.CreateVersion7()}"), ("BaseVersion", $"{version}"), ("Form.Name", subject.Name), ("Form.Birth", "1985"), ("Form.Sex", "Male"), ("Form.Occupation", actor.Name));
            if ((await VersionAsync(subject) != version) != (sight == Sight.Full)) wrong.Add($"{actor.Role}, {subject.Relation}: {(int)answer.Status} {(sight == Sight.Full ? "not corrected" : "corrected")} {(sight == Sight.Full ? answer.Main : await TiesAsync(subject))}");
        }
        wrong.ShouldBeEmpty();

        Task<string> TiesAsync(Subject subject) => Web.House.AskAsync<string>("SELECT string_agg(because || ' ' || unit_id || ' ' || coalesce(until::text, 'holds'), ', ') FROM pt.person_scope WHERE person_id = $1", subject.Person.Value)!;

        Task<int> VersionAsync(Subject subject) => Web.House.AskAsync<int>("SELECT version FROM pt.person WHERE id = $1", subject.Person.Value);
    }

    [Fact]
    [Answers("R7")]
    public async Task No_list_page_file_or_search_shows_whom_the_table_hides()
    {
        var (wrong, asked, begun) = (new List<string>(), 0, Stopwatch.GetTimestamp());
        foreach (var actor in house.Actors)
        {
            var visitor = await Web.AsAsync(actor.Name);
            var seen = Pairs.Where(pair => pair.Actor == actor).ToList();
            var hidden = seen.Where(pair => pair.Sight < Sight.Read).Select(pair => pair.Subject).ToList();
            foreach (var route in house.Routes.Where(route => route.Parameters.Count == 0 && route.Pattern is not "api/live" && Roles.Opens([(int)actor.Role], route.Door!.Look)))
                foreach (var look in route.Looks) Judge(actor, hidden, route + look, await visitor.GetAsync("/" + route.Pattern + look));
            if (!Roles.Opens([(int)actor.Role], Permission.SeePersons)) continue;
            foreach (var narrowed in new[] { Links.Stays + "?state=Ended", Links.Stays + "?q=", Links.Cases + "?state=Closed" }) Judge(actor, hidden, narrowed, await visitor.GetAsync(narrowed));
            foreach (var list in new[] { Links.Stays, Links.Cases })
            {
                var file = await visitor.PostTokenAsync(list + "?handler=File", ("Take.Purpose", "đối chiếu"), ("form", "csv"));
                file.Status.ShouldBe(HttpStatusCode.OK, $"{actor.Role} {list}");
                Judge(actor, hidden, list + " as a file", file);
                foreach (var (_, subject, _) in seen.Where(pair => pair.Sight >= Sight.Read && pair.Subject.Relation is "own-unit" or "child"))
                    if (!Shows(file, subject)) wrong.Add($"{actor.Role}, {subject.Relation}: the file of {list} lacks them");
            }
            foreach (var (_, subject, sight) in seen)
                foreach (var words in new[] { subject.Name, subject.Number })
                {
                    asked++;
                    var answer = await visitor.PostTokenAsync(Links.Search, ("Q", words));
                    if (answer.Html.Contains($"{subject.Person}", StringComparison.Ordinal) != sight >= Sight.Read) wrong.Add($"{actor.Role}, {subject.Relation}: search by '{words}' {(sight >= Sight.Read ? "finds nobody" : "finds them")}");
                }
        }
        output.WriteLine($"lists, files and searches: {asked} questions in {Stopwatch.GetElapsedTime(begun).TotalSeconds:0} s");
        wrong.ShouldBeEmpty();

        void Judge(Actor actor, List<Subject> hidden, string what, WebPage answer)
        {
            foreach (var subject in hidden)
            {
                asked++;
                if (Shows(answer, subject)) wrong.Add($"{actor.Role}, {subject.Relation}: {what} shows {subject.Name}");
            }
        }
    }

    /// <summary>Tables in which a row is somebody's: which of them say so by which column.</summary>
    private static readonly (string Table, string Column)[] Personal =
    [
        ("person", "id"), ("person_scope", "person_id"), ("person_document", "person_id"), ("person_phone", "person_id"), ("person_address", "person_id"), ("person_token", "person_id"), ("person_finding", "person_id"),
        ("case_record", "person_id"), ("lab_result", "person_id"), ("quarantine_stay", "person_id"), ("quarantine_transfer", "person_id"), ("quarantine_decision", "person_id"),
    ];

    [Fact]
    [Answers("R7")]
    public async Task With_row_level_security_alone_the_tables_say_the_same()
    {
        var (wrong, asked) = (new List<string>(), 0);
        foreach (var actor in house.Actors)
        {
            // Through the door that shows most; the filters of the program are not asked.
            var door = Roles.Opens([(int)actor.Role], Permission.SeePersons) ? Permission.SeePersons : Permission.SignedIn;
            foreach (var (_, subject, sight) in Pairs.Where(pair => pair.Actor == actor))
            {
                var rows = await Web.House.AsAsync(actor.Id, door, async (_, db) =>
                {
                    var found = new Dictionary<string, long>(StringComparer.Ordinal);
                    foreach (var (table, column) in Personal) found[table] = await db.Connection.ValueAsync<long>($"SELECT count(*) FROM pt.{table} WHERE {column} = $1", Ct, subject.Person.Value);
                    return found;
                });
                asked += rows.Count;
                if (sight >= Sight.Read && (rows["person"] != 1 || rows["person_document"] != 1)) wrong.Add($"{actor.Role}, {subject.Relation}: the person is not there");
                // A sealed record leaves its stays and cases, without a name, to those who count beds.
                var none = sight == Sight.Masked ? rows.Where(row => row.Key.StartsWith("person", StringComparison.Ordinal)) : sight < Sight.Read ? rows : [];
                foreach (var (table, n) in none.Where(row => row.Value > 0)) wrong.Add($"{actor.Role}, {subject.Relation}: {n} rows of {table}");
            }
        }
        output.WriteLine($"row-level security alone: {asked} questions");
        wrong.ShouldBeEmpty();
        asked.ShouldBeGreaterThan(500);
    }

    [Theory]
    [InlineData("expired", "UPDATE pt.account SET expires_at = $2 WHERE id = $1", false)]
    [InlineData("suspended", "UPDATE pt.account SET state = 2 WHERE id = $1 AND $2::timestamptz IS NOT NULL", false)]
    [InlineData("revoked", "UPDATE pt.account_grant SET revoked_at = $2, revoked_by = $1 WHERE account_id = $1", true)]
    [InlineData("over", "UPDATE pt.account_grant SET until = $2 WHERE account_id = $1", true)]
    [Answers("R4", "R7")]
    public async Task Whoever_may_no_more_is_shown_nobody_by_any_route(string how, string sql, bool signedIn)
    {
        var name = "was-" + how;
        var account = await Web.House.AccountAsync(name, Web.Place.CentreA, (Role.DistrictOfficer, Web.Place.CentreA, null), (Role.DistrictOfficer, null, Web.Place.DistrictA));
        var visitor = await Web.AsAsync(name);
        var subject = house.Subjects.Single(one => one is { Level: Level.District, Relation: "own-unit" });
        (await visitor.GetAsync(Links.Person(subject.Person))).Html.ShouldContain(subject.Name);
        await Web.House.AskAsync<object>($"WITH ended AS ({sql} RETURNING 1) SELECT NULL FROM ended, (SELECT pt.write_rights(NULL)) w", account.Value, Web.Clock.GetUtcNow().AddMinutes(-1));
        await Web.House.AskAsync<object>("SELECT NULL FROM (SELECT pt.write_rights(NULL)) w");
        var wrong = new List<string>();
        foreach (var route in house.Routes.Where(route => route.Door!.Look != Permission.Anyone && (route.Parameters.Count == 0 || OfPerson(route, subject))))
            foreach (var look in route.Looks)
            {
                var answer = await visitor.GetAsync(Address(route, subject) + look);
                var right = !signedIn ? answer.Status == HttpStatusCode.Unauthorized || answer.Address.StartsWith(Links.SignIn, StringComparison.Ordinal)
                    : route.Door!.Look == Permission.SignedIn ? answer.Status is HttpStatusCode.OK or HttpStatusCode.NoContent : answer.Status == HttpStatusCode.Forbidden;
                if (!right) wrong.Add($"GET {route}{look}: {(int)answer.Status} at {answer.Address}");
                if (house.Subjects.Any(one => Shows(answer, one))) wrong.Add($"GET {route}{look} shows somebody");
            }
        wrong.ShouldBeEmpty();
    }

    private static bool Shows(WebPage answer, Subject subject) => answer.Html.Contains(subject.Name, StringComparison.Ordinal) || answer.Html.Contains(subject.Number, StringComparison.Ordinal);

    /// <summary>The subject's rows as they stand.</summary>
    private Task<string> PrintAsync(Subject subject) =>
        Web.House.AskAsync<string>(string.Join(" || ' ' || ", Personal.Where(one => one.Table != "person_finding").Select(one => $"(SELECT '{one.Table} ' || coalesce(string_agg(t.xmin::text, ',' ORDER BY t.ctid), '') FROM pt.{one.Table} t WHERE {one.Column} = $1)")).Insert(0, "SELECT "), subject.Person.Value)!;
}
