using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using PhongTuyen.Demonstration;
using Xunit;

namespace PhongTuyen.Web.Tests.Browser;

/// <summary>The program as a newcomer starts it: its own process, its own PostgreSQL, the demonstration province, in a folder with a space in its name.</summary>
public sealed class RunningProgram : IAsyncLifetime
{
    private readonly StringBuilder said = new();
    private Process process = null!;

    public const string Password = DemonstrationProvince.Password;

    public string Folder { get; } = Path.Combine(Path.GetTempPath(), $"pt run {Guid.CreateVersion7().ToString("N")[^8..]}");
    public Uri Address { get; private set; } = null!;

    /// <summary>What it has printed so far.</summary>
    public string Said { get { lock (said) return said.ToString(); } }

    public async ValueTask InitializeAsync()
    {
        var port = FreePort();
        Address = new Uri($"http://localhost:{port}");
        var web = Path.Combine(Root(), "src", "PhongTuyen.Web");
        var built = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        process = new Process { StartInfo = new ProcessStartInfo("dotnet") { WorkingDirectory = web, RedirectStandardOutput = true, RedirectStandardError = true } };
        foreach (var word in new[] { Path.Combine(web, "bin", built, "net10.0", "PhongTuyen.Web.dll"), "--data", Path.Combine(Folder, "data"), "--port", $"{port}" }) process.StartInfo.ArgumentList.Add(word);
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var client = new HttpClient { BaseAddress = Address };
        for (var waited = Stopwatch.StartNew(); ;)
        {
            if (process.HasExited || waited.Elapsed > TimeSpan.FromMinutes(5)) throw new InvalidOperationException($"The program did not start:\n{Said}");
            try
            {
                if ((await client.GetAsync("/health/ready")).IsSuccessStatusCode) return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
            await Task.Delay(200);
        }
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (said) said.AppendLine(line.Data);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "PhongTuyen.slnx"))) folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside of the copy.");
        return folder.FullName;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            // As Ctrl+C does: PostgreSQL stops with the program.
            using var kill = Process.Start("kill", ["-INT", $"{process.Id}"]);
            await kill.WaitForExitAsync();
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            try { await process.WaitForExitAsync(patience.Token); }
            catch (OperationCanceledException) { process.Kill(entireProcessTree: true); }
        }
        process.Dispose();
        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
    }
}
