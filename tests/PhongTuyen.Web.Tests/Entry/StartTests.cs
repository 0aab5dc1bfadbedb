using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using PhongTuyen.Tests.House;
using PhongTuyen.Web.Tests.Browser;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Entry;

/// <summary>What the program refuses before it makes anything, and what it clears away when it starts.</summary>
public sealed class StartTests
{
    [Fact]
    public async Task A_port_that_is_taken_is_refused_before_a_data_folder_is_made()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        using var folder = new TemporaryFolder();
        var data = Path.Combine(folder.Path, "data");
        using var process = new Process { StartInfo = new ProcessStartInfo("dotnet") { WorkingDirectory = Path.Combine(RunningProgram.Root(), "src", "PhongTuyen.Web"), RedirectStandardOutput = true, RedirectStandardError = true } };
        foreach (var word in new[] { typeof(WebProgram).Assembly.Location, "--data", data, "--port", port }) process.StartInfo.ArgumentList.Add(word);
        process.Start();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(1, await output);
        (await errors).ShouldContain($"--port {port}: cổng này đang được dùng / this port is in use.");
        Directory.Exists(data).ShouldBeFalse();
    }

    [Theory]
    [InlineData("--port")]
    [InlineData("--port", "chín")]
    [InlineData("--port", "70000")]
    [InlineData("--fly")]
    public void A_wrong_word_opens_nothing(params string[] words) => WebOptions.Read(words).ShouldBeNull();

    [Fact]
    public void Files_that_a_crash_left_on_their_way_in_are_gone_at_the_next_start_and_the_folder_is_the_programs_own()
    {
        using var data = new TemporaryFolder();
        var incoming = WebProgram.EmptyIncoming(data.Path);
        File.WriteAllText(Path.Combine(incoming, "ASPNETCORE_left.tmp"), "Nguyễn Văn Còn Lại");
        WebProgram.EmptyIncoming(data.Path).ShouldBe(incoming);
        Directory.EnumerateFileSystemEntries(incoming).ShouldBeEmpty();
        if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(incoming).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
