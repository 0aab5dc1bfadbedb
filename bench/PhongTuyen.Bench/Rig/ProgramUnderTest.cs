using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using PhongTuyen.Data;

namespace PhongTuyen.Bench.Rig;

/// <summary>
/// The real program as a process of its own on a data folder, as <c>./run</c> starts it. Kills only the processes whose numbers it knows:
/// the program that it started, and the PostgreSQL of that program's own folder.
/// </summary>
public sealed class ProgramUnderTest : IAsyncDisposable
{
    private const int Terminate = 15;
    private const int KillNow = 9;

    private readonly string folder;
    private readonly string[] settings;
    private Process process = null!;

    private ProgramUnderTest(string folder, string[] settings)
    {
        (this.folder, this.settings) = (folder, settings);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}"));
    }

    /// <summary>One account stands for the fifty people of an office: it signs in as often, and opens as many records, as all of them together.</summary>
    public static readonly string[] OneForMany = ["--Web:SignInsPerMinute=600", "--Looks:Clerk=1000000", "--Looks:UnitHead=1000000", "--Looks:DistrictOfficer=1000000", "--Looks:ProvinceOfficer=1000000"];

    public Uri Address { get; }

    public string Folder => folder;

    /// <summary>What the program wrote, for a look when something fails.</summary>
    public string LogFile => folder + ".log";

    /// <summary>Starts it and waits until it says that it is ready.</summary>
    public static async Task<ProgramUnderTest> StartAsync(string folder, string[] settings, CancellationToken ct)
    {
        var program = new ProgramUnderTest(Path.GetFullPath(folder), settings);
        await program.StartAgainAsync(ct);
        return program;
    }

    /// <summary>Starts it again on the same folder and port.</summary>
    public async Task StartAgainAsync(CancellationToken ct)
    {
        var host = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet";
        var start = new ProcessStartInfo(host) { WorkingDirectory = Path.Combine(BenchHome.Root, "src", "PhongTuyen.Web"), RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var word in (string[])[Path.Combine(AppContext.BaseDirectory, "PhongTuyen.Web.dll"), "--data", folder, "--port", Address.Port.ToString(CultureInfo.InvariantCulture), .. settings]) start.ArgumentList.Add(word);
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await ReadyAsync(TimeSpan.FromMinutes(3), ct);
    }

    private readonly Lock writing = new();

    private void Keep(string? line)
    {
        if (line is null) return;
        lock (writing) File.AppendAllText(LogFile, line + "\n");
    }

    /// <summary>Waits until the program and its database answer.</summary>
    public async Task ReadyAsync(TimeSpan most, CancellationToken ct)
    {
        using var client = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(5) };
        for (var since = Stopwatch.StartNew(); ; await Task.Delay(100, ct))
        {
            if (process.HasExited) throw new InvalidOperationException($"The program ended with {process.ExitCode}; see {LogFile}.");
            try
            {
                using var answer = await client.GetAsync(new Uri("/health/ready", UriKind.Relative), ct);
                if (answer.IsSuccessStatusCode) return;
            }
            catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException && !ct.IsCancellationRequested)
            {
                // not yet
            }
            if (since.Elapsed > most) throw new TimeoutException($"The program was not ready after {most.TotalSeconds:0} s; see {LogFile}.");
        }
    }

    /// <summary>The most memory that the program's process has held since it was started, in bytes. PostgreSQL is not counted.</summary>
    public long MostMemory
    {
        get
        {
            process.Refresh();
            return process.PeakWorkingSet64;
        }
    }

    /// <summary>The memory that it holds now, in bytes.</summary>
    public long Memory
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    /// <summary>Processor time that the program has used.</summary>
    public TimeSpan Processor
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Whether its process is gone.</summary>
    public bool HasEnded => process.HasExited;

    /// <summary>kill -9 of the program. Its PostgreSQL is left alone, as by a power cut that only hits one of them.</summary>
    public void KillProgram()
    {
        if (process.HasExited) return;
        _ = Unix.Signal(process.Id, KillNow);
        process.WaitForExit();
    }

    /// <summary>kill -9 of the postmaster that this folder's own file names. Answers whether there was one.</summary>
    public bool KillPostgres()
    {
        var cluster = Directory.EnumerateDirectories(folder, "pg*").SingleOrDefault();
        if (cluster is null || PostmasterFile.Read(cluster) is not { } file || !file.IsOurs() || !file.IsAliveIn(cluster)) return false;
        return Unix.Signal(file.Process, KillNow) == 0;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            _ = Unix.Signal(process.Id, Terminate);
            using var most = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            try
            {
                await process.WaitForExitAsync(most.Token);
            }
            catch (OperationCanceledException)
            {
                KillProgram();
                KillPostgres();
            }
        }
        process.Dispose();
    }
}
