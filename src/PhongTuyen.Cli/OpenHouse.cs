using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using PhongTuyen.Accounts;
using PhongTuyen.Areas;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Policies;

namespace PhongTuyen.Cli;

/// <summary>
/// The installation as the verbs of the command line use it, while the program runs and while it does not: its cluster is started, or used
/// where it runs already. Settings come from the environment (<c>Database__Server</c> …).
/// </summary>
public sealed class OpenHouse : IAsyncDisposable
{
    private readonly Installation installation;
    private readonly ServiceProvider services;

    private OpenHouse(Installation installation, ServiceProvider services) => (this.installation, this.services) = (installation, services);

    public IServiceProvider Services => services;

    /// <summary>Connection string of the role that changes the schema, and the keys.</summary>
    public string Admin => installation.Admin;

    /// <summary>The sentences of the program, in the language of the user.</summary>
    public static Words Texts { get; } = new(typeof(Platform).Assembly, typeof(OpenHouse).Assembly);

    /// <summary>--lang, else the language of the terminal.</summary>
    public static Language LanguageOf(string? asked) => (asked ?? Environment.GetEnvironmentVariable("LANG") ?? "vi").StartsWith("en", StringComparison.OrdinalIgnoreCase) ? Language.English : Language.Vietnamese;

    /// <summary>--data, else the folder <c>data</c> of the copy that the script names, else of the folder in which one is.</summary>
    public static string DataFolder(string? asked) => asked ?? Path.Combine(Environment.GetEnvironmentVariable("PHONGTUYEN_HOME") ?? Directory.GetCurrentDirectory(), "data");

    /// <returns>Or why it cannot be opened.</returns>
    public static async Task<Outcome<OpenHouse>> OpenAsync(string? dataFolder, TimeProvider clock, CancellationToken ct)
    {
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables().AddInMemoryCollection([new("Database:Folder", DataFolder(dataFolder))]).Build();
        var collection = new ServiceCollection().AddSettings(configuration).AddSingleton(clock).AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance).AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        var settings = (DatabaseSettings)collection.Last(service => service.ServiceType == typeof(DatabaseSettings)).ImplementationInstance!;
        var opened = await Installation.OpenAsync(settings, attach: true, NullLoggerFactory.Instance, clock, ct);
        if (!opened.Done) return opened.As<OpenHouse>();
        var areas = new AreaStore();
        await areas.OpenAsync(opened.Value.Database, clock, ct);
        await FirstAccounts.EnsureAsync(opened.Value.Database, clock, "Đơn vị gốc", ct);
        var own = (PolicySettings)collection.Last(service => service.ServiceType == typeof(PolicySettings)).ImplementationInstance!;
        collection.AddPlatform(opened.Value.Database, opened.Value.Keys, areas, PolicyBook.Read(areas, [Platform.PolicyFolder(), .. own.Folder.Length > 0 ? [own.Folder] : Array.Empty<string>()]), Texts);
        return new OpenHouse(opened.Value, collection.BuildServiceProvider());
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await installation.DisposeAsync();
    }
}
