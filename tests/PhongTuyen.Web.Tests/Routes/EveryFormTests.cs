using System.Globalization;
using System.Net;
using Npgsql;
using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Quarantine;
using PhongTuyen.Web.Tests.House;
using PhongTuyen.Web.Tests.Imports;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Routes;

/// <summary>
/// Every act of every page with what its form names: done on an object of one's own, and not there for an object of another district, wherever
/// it is named: in the address, the query or the form. (That a role without the permission meets 403 before anything is read is asked in
/// <see cref="EveryRouteTests"/>.)
/// </summary>
[Trait("Category", "Database")]
public sealed class EveryFormTests(RouteHouse house) : IClassFixture<RouteHouse>, IDisposable
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private WebTestHouse Web => house.Web;
    private District A => new(Web, house.Both.A, first: true);
    private District B => new(Web, house.Both.B, first: false);

    private static IEnumerable<(Route Route, string Post)> Acts(IEnumerable<Route> routes) => routes.Where(route => route.Page is not null).SelectMany(route => route.Posts.Select(post => (route, post)));

    private static IEnumerable<string> Sampleless(IEnumerable<Route> routes) =>
        Acts(routes).Select(act => act.Route.Pattern + act.Post).Where(key => !FormSamples.ByForm.ContainsKey(key))
            .Select(key => $"{key}: what does its form send, and who may? Add a line to ByForm of tests/PhongTuyen.Web.Tests/Routes/FormSamples.cs.");

    private IEnumerable<(Route Route, string Post, FormSample Sample)> Sampled =>
        Acts(house.Routes).Where(act => FormSamples.ByForm.ContainsKey(act.Route.Pattern + act.Post)).Select(act => (act.Route, act.Post, FormSamples.ByForm[act.Route.Pattern + act.Post]));

    [Fact]
    public void Every_act_of_a_page_has_a_form()
    {
        Sampleless(house.Routes).ShouldBeEmpty();
        FormSamples.ByForm.Keys.Except(Acts(house.Routes).Select(act => act.Route.Pattern + act.Post)).ShouldBeEmpty();
        Acts(house.Routes).Count().ShouldBeGreaterThan(60);
    }

    [Fact]
    public void A_planted_act_without_a_form_is_found() =>
        Sampleless([new Route("desk/planted", "Planted/Desk/Index", null, true, [], ["?handler=Seize"])]).Single().ShouldStartWith("desk/planted?handler=Seize: ");

    [Fact]
    [Answers("R1", "R7", "R9", "R10")]
    public async Task What_the_form_of_an_act_names_of_ones_own_is_done_and_told()
    {
        var wrong = new List<string>();
        var district = A;
        foreach (var (route, post, sample) in Sampled.Where(act => act.Sample.Told.Length > 0))
        {
            if (route.Pattern == "desk/imports/upload") continue; // a file, see ImportPagesTests
            var visitor = await Web.AsAsync(sample.By);
            var sent = await sample.Make(district, district);
            var before = await CountAsync(sample);
            var answer = await SendAsync(visitor, sample.By, route, post, sent, house.Both.A);
            if (answer.Status != HttpStatusCode.OK) wrong.Add($"{route} {post}: {answer.Status} {answer.Main}");
            else if (sample.Told != "SELECT 1" && await CountAsync(sample) == before) wrong.Add($"{route} {post}: nothing tells {sample.Told}. {answer.Main}");
        }
        wrong.ShouldBeEmpty();
        Web.Faults.Kept.ShouldBeEmpty();
    }

    [Fact]
    [Answers("R7")]
    public async Task What_the_form_of_an_act_names_of_another_district_is_not_there_and_stays_as_it_was()
    {
        var (wrong, asked) = (new List<string>(), 0);
        var (own, other) = (A, B);
        await using var database = new NpgsqlConnection(Web.House.Admin);
        await database.OpenAsync(Ct);
        foreach (var name in RouteHouse.People.Where(one => !one.SeesB).Select(one => one.Name).Append(RouteHouse.OverA)) await Web.AsAsync(name);
        foreach (var (route, post, sample) in Sampled.Where(act => act.Sample.OfNobody is null))
        {
            var people = RouteHouse.People.Where(one => !one.SeesB && Roles.Opens([(int)one.Role], route.Door!.Do)).Select(one => one.Name).ToList();
            if (people.Count == 0) people.Add(RouteHouse.OverA);
            foreach (var (sent, status, side, by) in new[] { (await sample.Make(other, other), HttpStatusCode.NotFound, house.Both.B, people) }.Concat(sample.Crosses ? [(await sample.Make(own, other), sample.Crossed, house.Both.A, [sample.By])] : []))
            {
                var act = $"POST {route} {post} ({(side == house.Both.A ? "own address" : "other district")})";
                var (before, told) = (await PrintAsync(database), await Web.ToldAsync("asked.not-shown"));
                foreach (var name in by)
                {
                    asked++;
                    var answer = await SendAsync(await Web.AsAsync(name), name, route, post, sent, side);
                    if (answer.Status != status) wrong.Add($"{name}: {act}: {answer.Status} {answer.Main}");
                    if (answer.Html.Contains(house.Both.B.Name, StringComparison.Ordinal)) wrong.Add($"{name}: {act} shows {house.Both.B.Name}");
                }
                if (await PrintAsync(database) is var after && after != before) wrong.Add($"{act} changed {string.Join(", ", after.Split('\n').Except(before.Split('\n')))}");
                if (status == HttpStatusCode.NotFound && await Web.ToldAsync("asked.not-shown") < told + by.Count) wrong.Add($"{act}: that it was asked for is not written down");
            }
        }
        wrong.ShouldBeEmpty();
        asked.ShouldBeGreaterThan(100);
    }

    [Fact]
    [Answers("R7")]
    public async Task A_list_is_not_taken_for_a_unit_of_another_district()
    {
        var officer = await Web.AsAsync("officer-a");
        var before = await Web.ToldAsync("import.uploaded");
        foreach (var unit in new[] { B.CampName, A.CampName })
        {
            var answer = await officer.UploadAsync(ListOnPages.Csv("Họ và tên,Ngày sinh,Giới tính", "Lý Văn Ngoài,1985,Nam"), fields: [("Form.Unit", $"{B.Camp}"), ("Form.UnitText", unit)]);
            (await Web.ToldAsync("import.uploaded") - before).ShouldBe(unit == A.CampName ? 1 : 0, answer.Main);
        }
    }

    private Task<WebPage> SendAsync(WebVisitor visitor, string name, Route route, string post, Sent sent, TwoDistricts.Side side)
    {
        var address = route.With(parameter => (sent.Id ?? RouteSamples.Of(route, parameter, side)!).ToString()) + post + sent.Query;
        return house.PostAsync(visitor, name, route, address, token: true, [.. sent.Fields.Select(field => (field.Name, Convert.ToString(field.Value, CultureInfo.InvariantCulture) ?? ""))]);
    }

    private async Task<long> CountAsync(FormSample sample) =>
        sample.Told.StartsWith("SELECT", StringComparison.Ordinal) ? Convert.ToInt64(await Web.House.AskAsync<object>(sample.Told), CultureInfo.InvariantCulture) : await Web.ToldAsync(sample.Told);

    /// <summary>What stands in the tables, but for the traces that an act leaves by being asked for, and the national lists.</summary>
    private async Task<string> PrintAsync(NpgsqlConnection database)
    {
        if (print is null)
        {
            var sql = await database.ValueAsync<string>("""
                SELECT string_agg(format('SELECT %L || '' '' || count(*) || '' '' || coalesce(md5(string_agg(t.ctid::text || t.xmin, '','' ORDER BY t.ctid)), '''') AS line FROM pt.%I t', c.relname, c.relname), ' UNION ALL ')
                FROM pg_class c WHERE c.relnamespace = 'pt'::regnamespace AND c.relkind = 'r' AND c.relname !~ '^(audit_|report_)' AND c.relname NOT IN ('area', 'area_link', 'account_session')
                """, Ct);
            print = new NpgsqlCommand($"SELECT string_agg(line, E'\\n' ORDER BY line) FROM ({sql}) all_tables", database);
            await print.PrepareAsync(Ct);
        }
        return (string)(await print.ExecuteScalarAsync(Ct))!;
    }

    private NpgsqlCommand? print;

    public void Dispose() => print?.Dispose();
}
