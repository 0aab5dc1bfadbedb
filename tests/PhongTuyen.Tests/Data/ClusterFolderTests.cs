using PhongTuyen.Data;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Data;

public sealed class ClusterFolderTests : IDisposable
{
    private readonly string place = Directory.CreateTempSubdirectory("thư mục ").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(place, recursive: true);

    [Theory]
    [InlineData("dữ liệu")]
    [InlineData("a, b")]
    [InlineData("c:\\d\"e")]
    [InlineData("ấp ấp ấp ấp ấp ấp ấp ấp ấp ấp ấp ấp ấp ấp ấp ấp ấp ấp ấp ấp ấp ấp ấp ấp")]
    public async Task A_socket_has_a_name_that_the_system_and_a_connection_string_can_hold(string name)
    {
        var folder = (await ClusterFolder.OpenAsync(Path.Combine(place, name), Cancel)).Value;
        var socket = Path.Combine(folder.Sockets(), ".s.PGSQL.5432");
        System.Text.Encoding.UTF8.GetByteCount(socket).ShouldBeLessThanOrEqualTo(107);
        socket.IndexOfAny([',', '"', '\\', ':']).ShouldBe(-1);
        folder.Sockets().StartsWith(folder.Data, StringComparison.Ordinal).ShouldBe(name == "dữ liệu");
    }

    [Fact]
    public async Task One_folder_has_one_socket_whatever_link_leads_to_it()
    {
        Directory.CreateSymbolicLink(Path.Combine(place, "link"), place);
        var direct = (await ClusterFolder.OpenAsync(Path.Combine(place, "x"), Cancel)).Value;
        var linked = (await ClusterFolder.OpenAsync(Path.Combine(place, "link", "x"), Cancel)).Value;
        linked.Sockets().ShouldBe(direct.Sockets());
    }

    [Fact]
    public async Task The_password_is_made_once_and_missed_where_a_cluster_needs_it()
    {
        var folder = (await ClusterFolder.OpenAsync(place, Cancel)).Value;
        folder.Password(make: false).Problem.Code.ShouldBe("data.secret-missing");
        var made = folder.Password(make: true).Value;
        made.Length.ShouldBe(48);
        folder.Password(make: false).Value.ShouldBe(made);
    }

    [Fact]
    public async Task Data_of_a_version_that_is_not_here_is_not_hidden_behind_a_new_cluster()
    {
        var folder = (await ClusterFolder.OpenAsync(place, Cancel)).Value;
        Directory.CreateDirectory(folder.Cluster(99));
        await File.WriteAllTextAsync(Path.Combine(folder.Cluster(99), "PG_VERSION"), "99", Cancel);
        (await PostgresBinaries.FindAsync(null, folder, Cancel)).Problem.Code.ShouldBe("data.no-binaries-for");
    }

    [Fact]
    public void A_log_never_grows_beyond_twice_its_limit()
    {
        var log = Path.Combine(place, "postgresql.log");
        for (var day = 0; day < 5; day++)
        {
            File.AppendAllText(log, new string('x', 60));
            LogFile.Trim(log, most: 100);
        }
        new FileInfo(log).Length.ShouldBe(60);
        new FileInfo(log + ".1").Length.ShouldBe(120);
    }

    [Fact]
    public void The_reason_of_a_failed_start_is_its_last_fatal_line() =>
        LogFile.Reason(["a LOG:  starting", "2026-01-01 [7] FATAL:  could not map memory", "b LOG:  database system is shut down", ""]).ShouldBe("could not map memory");
}
