using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using PhongTuyen.Accounts;
using PhongTuyen.Areas;
using PhongTuyen.Data;
using PhongTuyen.Demonstration;
using PhongTuyen.Kernel;
using PhongTuyen.Policies;

namespace PhongTuyen.Web;

/// <summary>The program: opens the installation, builds the house, prints where it is, and runs until it is stopped.</summary>
public static class WebProgram
{
    public static async Task<int> RunAsync(string[] args)
    {
        if (WebOptions.Read(args) is not { } options) return 2;
        WebHouse.SetCulture();
        try
        {
            return await RunAsync(options);
        }
        catch (Exception fault) when (fault is SettingsException or DatabaseException)
        {
            await Console.Error.WriteLineAsync(fault.Message);
            return 1;
        }
    }

    private static async Task<int> RunAsync(WebOptions options)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = typeof(WebProgram).Assembly.GetName().Name });
        builder.Configuration.AddInMemoryCollection(options.Settings);
        builder.Services.AddSettings(builder.Configuration);
        var database = (DatabaseSettings)builder.Services.Last(service => service.ServiceType == typeof(DatabaseSettings)).ImplementationInstance!;
        var web = (WebSettings)builder.Services.Last(service => service.ServiceType == typeof(WebSettings)).ImplementationInstance!;
        if (web.Listen.Length == 0) RefuseTaken(options); // before anything is made: a first start takes its time
        // On a server every step is of use; whoever typed ./run looks for the address.
        var level = web.Listen.Length > 0 ? LogLevel.Information : LogLevel.Warning;
        builder.Logging.AddLogs(level);
        var words = new Words(typeof(Platform).Assembly, typeof(WebProgram).Assembly);
        using var logs = LoggerFactory.Create(logging => logging.AddJsonConsole().SetMinimumLevel(level));
        var opened = await Installation.OpenAsync(database, attach: false, logs, TimeProvider.System, CancellationToken.None);
        if (opened.Refused(out var problem))
        {
            await Console.Error.WriteLineAsync(words.Say(Language.Vietnamese, problem) + "\n" + words.Say(Language.English, problem));
            return 1;
        }
        await using var installation = opened.Value;
        KeepUploadsHere(database.Folder);
        var areas = new AreaStore();
        await areas.OpenAsync(installation.Database, TimeProvider.System, CancellationToken.None);
        var policySettings = (PolicySettings)builder.Services.Last(service => service.ServiceType == typeof(PolicySettings)).ImplementationInstance!;
        var policies = PolicyBook.Read(areas, [Platform.PolicyFolder(), .. policySettings.Folder.Length > 0 ? [policySettings.Folder] : Array.Empty<string>()]);
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton(installation);
        builder.Services.AddPlatform(installation.Database, installation.Keys, areas, policies, words).AddPlatformWork();
        var first = await FirstAccounts.EnsureAsync(installation.Database, TimeProvider.System, options.Empty ? "Đơn vị gốc" : DemonstrationProvince.RootName, CancellationToken.None);
        var demonstration = await DemonstrationProvince.IsHereAsync(installation.Database, CancellationToken.None);
        if (installation.FirstStart && !options.Empty)
        {
            Console.WriteLine("Lần chạy đầu: đang lập tỉnh mẫu … / First start: making the demonstration province …");
            await DemonstrationProvince.MakeAsync(builder.Services, installation.Database, areas, first, CancellationToken.None);
            demonstration = true;
        }
        builder.Services.AddPages(installation.Id, database.Folder, options.Https || web.BehindProxy, demonstration);
        Telemetry.Add(builder.Services, web);
        var port = Listen(builder, options, web, database.Folder);
        var app = builder.Build();
        app.UsePages();
        await app.StartAsync();
        var password = options.Empty ? await FirstAccounts.AdministratorAsync(installation.Database, TimeProvider.System, first.Root, "quan-tri", CancellationToken.None) : null;
        Greeting.Print(options, port, demonstration, password, database);
        await app.WaitForShutdownAsync();
        return 0;
    }

    /// <summary>A file on its way in waits beside the data, on the same disk and for the program alone, not where everybody's temporary files lie; what a crash left there goes.</summary>
    private static void KeepUploadsHere(string data)
    {
        const string Setting = "ASPNETCORE_TEMP";
        if (Environment.GetEnvironmentVariable(Setting) is { Length: > 0 }) return;
        Environment.SetEnvironmentVariable(Setting, EmptyIncoming(data));
    }

    /// <summary>The folder for files on their way in, empty and for this user alone.</summary>
    internal static string EmptyIncoming(string data)
    {
        var folder = Path.GetFullPath(Path.Combine(data, "incoming"));
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return folder;
    }

    private static HashSet<int> Taken() => [.. IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Select(end => end.Port)];

    private static void RefuseTaken(WebOptions options)
    {
        if (options.Port is { } asked && Taken().Contains(asked))
            throw new SettingsException([string.Create(CultureInfo.InvariantCulture, $"--port {asked}: cổng này đang được dùng / this port is in use.")]);
    }

    /// <summary>The port that was asked for, or the first free one from 8400 on where none was.</summary>
    private static int Listen(WebApplicationBuilder builder, WebOptions options, WebSettings web, string folder)
    {
        if (web.Listen.Length > 0)
        {
            builder.WebHost.UseUrls(web.Listen.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
            return 0;
        }
        RefuseTaken(options);
        var taken = Taken();
        var port = options.Port ?? Enumerable.Range(8400, 100).First(free => !taken.Contains(free));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            if (options.Https) kestrel.Listen(IPAddress.Any, port, listen => listen.UseHttps(OwnCertificate.Get(folder, TimeProvider.System)));
            else kestrel.ListenLocalhost(port);
        });
        return port;
    }
}
