using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PhongTuyen.Accounts;
using PhongTuyen.Bench.Pages;
using PhongTuyen.Bench.Province;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Web.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Bench;

/// <summary>Every list, search and count that the bench measures, on some thousands of rows: its plans read no big table from end to end, and nothing searches by LIKE below a row policy.</summary>
[Trait("Category", "Database")]
public sealed class PlanTests(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly LoadPlan Plan = new(Persons: 30_000, Facilities: 150, Stays: 30_000) { Corrections = 60_000 };

    // After three times a statement is prepared, and after five more PostgreSQL may plan it once for all values: those plans count too.
    private const int Visits = 10;

    private readonly PlanReader plans = new();
    private WebTestHouse web = null!;
    private Samples samples = null!;

    public async ValueTask InitializeAsync()
    {
        web = new WebTestHouse { More = services => services.Configure<MvcOptions>(options => options.Filters.Add(plans)) };
        await web.InitializeAsync();
        var house = web.House;
        await ProvinceLoader.FillAsync(house.Database, house.Admin, house.Keys, new FirstAccounts.Made(web.Place.Root, web.Place.Operator), house.Get<DatabaseSettings>(), Plan, web.Clock, output.WriteLine, CancellationToken.None);
        await using (var admin = new Npgsql.NpgsqlConnection(house.Admin))
        {
            await admin.OpenAsync();
            await house.Areas.ReadAsync(admin, CancellationToken.None);
            // What the embedded cluster has set, so that a server of other defaults plans alike.
            foreach (var setting in new[] { "session_preload_libraries = 'auto_explain'", "auto_explain.log_min_duration = 0", "auto_explain.log_level = notice", "auto_explain.log_format = json", "auto_explain.log_nested_statements = on", "random_page_cost = 1.1", "effective_cache_size = '1GB'" })
                await admin.RunAsync($"DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET {setting.Replace("'", "''", StringComparison.Ordinal)}', current_database()); END $$", CancellationToken.None);
        }
        house.Database.Forget();
        samples = await Samples.ReadAsync(house.Admin, house.Keys, CancellationToken.None);
    }

    [Fact]
    public async Task No_page_reads_a_big_table_from_end_to_end_or_searches_by_like()
    {
        var visitors = new Dictionary<string, WebVisitor>(StringComparer.Ordinal);
        foreach (var probe in Probes.Of(samples, web.Clock.Today().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)).Where(probe => IsThere(probe.Path(0))))
        {
            var account = probe.Accounts[0];
            if (!visitors.TryGetValue(account, out var visitor)) visitors[account] = visitor = await web.SignInAsync(account, GroundAccounts.Password);
            plans.Page = $"{probe.Name} ({probe.Path(0)})";
            for (var visit = 0; visit < Visits; visit++)
            {
                var page = probe.Form is { } form ? await visitor.PostTokenAsync(probe.Path(0), form(0)) : await visitor.GetAsync(probe.Path(0));
                page.Status.ShouldBe(System.Net.HttpStatusCode.OK, plans.Page);
            }
        }
        foreach (var visitor in visitors.Values) visitor.Dispose();
        output.WriteLine($"{plans.Statements} statements");
        plans.Statements.ShouldBeGreaterThan(100);
        plans.Faults.Select(fault => $"{fault.Page}: {fault.What}\n{fault.Statement}").ShouldBeEmpty();
    }

    /// <summary>Whether the program has a page or an endpoint of this address.</summary>
    private bool IsThere(string path) => web.Services.GetRequiredService<IEnumerable<EndpointDataSource>>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
        .Any(endpoint => new Microsoft.AspNetCore.Routing.Template.TemplateMatcher(new Microsoft.AspNetCore.Routing.Template.RouteTemplate(endpoint.RoutePattern), []).TryMatch(path.Split('?')[0], []));

    public ValueTask DisposeAsync() => web.DisposeAsync();
}
