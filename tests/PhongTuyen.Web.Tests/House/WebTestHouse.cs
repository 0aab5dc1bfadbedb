using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PhongTuyen.Accounts;
using PhongTuyen.Kernel;
using PhongTuyen.Policies;
using PhongTuyen.Tests.House;
using Xunit;

namespace PhongTuyen.Web.Tests.House;

/// <summary>The real web program on a port of its own, over the small province of <see cref="TestHouse"/>. Tests enter over HTTP as a named person.</summary>
public sealed class WebTestHouse : IAsyncLifetime
{
    private readonly Dictionary<string, (WebVisitor Visitor, DateTimeOffset At)> visitors = [];
    private WebApplication app = null!;

    public TestHouse House { get; } = new();
    public TestProvince Place => House.Place;
    public TestClock Clock => House.Clock;
    public Uri Address { get; private set; } = null!;

    /// <summary>What a test adds to the program before it is built.</summary>
    public Action<IServiceCollection> More { get; init; } = _ => { };

    /// <summary>The services of the web program, for what a test looks at behind the pages.</summary>
    public IServiceProvider Services => app.Services;

    /// <summary>The words of pages and library, as the screens say them.</summary>
    public static Words Words { get; } = new(typeof(Platform).Assembly, typeof(WebProgram).Assembly);

    public async ValueTask InitializeAsync()
    {
        await House.InitializeAsync();
        WebHouse.SetCulture();
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = typeof(WebProgram).Assembly.GetName().Name, EnvironmentName = "Production", ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.AddLogs().ClearProviders().AddProvider(Faults).AddProvider(Log);
        foreach (var kind in SettingsBook.Kinds) builder.Services.AddSingleton(kind, Activator.CreateInstance(kind)!);
        builder.Services.AddSingleton(new WebSettings { SignInsPerMinute = 600, BehindProxy = Secure, NotThereBeat = 0 }).AddSingleton(House.Get<Data.DatabaseSettings>()).AddSingleton<TimeProvider>(Clock);
        builder.Services.AddPlatform(House.Database, House.Keys, House.Areas, (PolicyBook)House.Get<IPolicyBook>(), Words);
        builder.Services.AddPages(Guid.CreateVersion7(), House.Folder, Secure, demonstration: false);
        More(builder.Services);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.UsePages();
        await app.StartAsync();
        Address = new Uri(app.Urls.Single());
    }

    /// <summary>What the program logged as a fault: a test that expects none looks here.</summary>
    public FaultLog Faults { get; } = new();

    /// <summary>Everything that the program logs, at the levels of the program.</summary>
    public WholeLog Log { get; } = new();

    /// <summary>Whether the program stands behind a proxy that speaks HTTPS.</summary>
    public bool Secure { get; init; }

    /// <summary>A browser of its own in which nobody is signed in.</summary>
    public WebVisitor Nobody() => new(Address) { Https = Secure };

    /// <summary>The browser of a person of the province, signed in through the form. One each, kept for the class; signed in anew where a test has moved the clock on by more than a session lasts.</summary>
    public async Task<WebVisitor> AsAsync(string userName)
    {
        if (visitors.TryGetValue(userName, out var known))
        {
            if (Clock.GetUtcNow() - known.At < TimeSpan.FromHours(4)) return known.Visitor;
            known.Visitor.Dispose();
        }
        return (visitors[userName] = (await SignInAsync(userName, TestProvince.TestPassword), Clock.GetUtcNow())).Visitor;
    }

    /// <summary>A new browser, signed in through the form.</summary>
    public async Task<WebVisitor> SignInAsync(string userName, string password)
    {
        var visitor = Nobody();
        var form = await visitor.GetAsync(Links.SignIn);
        var answer = await visitor.PostAsync(form, "Password", ("UserName", userName), ("Password", password));
        Assert.False(answer.Html.Contains("name=\"Password\"", StringComparison.Ordinal) && answer.Address == Links.SignIn, $"{userName} could not sign in: {answer.Text}");
        return visitor;
    }

    /// <summary>How often an act stands in the audit, of one subject where it is named.</summary>
    public async Task<long> ToldAsync(string act, string? subject = null)
    {
        await using var connection = await House.Database.Jobs.OpenConnectionAsync();
        await using var command = new Npgsql.NpgsqlCommand("SELECT count(*) FROM pt.audit_event WHERE act = $1 AND ($2::text IS NULL OR subject_id = $2)", connection);
        command.Parameters.Add(new() { Value = act });
        command.Parameters.Add(new() { Value = (object?)subject ?? DBNull.Value });
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Something done by a use-case, behind the pages.</summary>
    public Task<Outcome<T>> RunAsync<TUseCase, T>(AccountId account, Func<TUseCase, Task<Outcome<T>>> act, Permission door) where TUseCase : notnull => House.RunAsync(account, act, door);

    public async ValueTask DisposeAsync()
    {
        foreach (var (visitor, _) in visitors.Values) visitor.Dispose();
        await app.DisposeAsync();
        await House.DisposeAsync();
    }
}
