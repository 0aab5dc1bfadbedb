using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using PhongTuyen.Data;
using Shouldly;
using Xunit;
using Problems = PhongTuyen.Data.Problems;

namespace PhongTuyen.Tests.Data;

/// <summary>One real cluster, in a folder with spaces and Vietnamese letters, started and stopped by each test.</summary>
public sealed class EmbeddedPostgresTests(ThrowawayCluster cluster) : IClassFixture<ThrowawayCluster>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_cluster_is_private_to_its_user_and_reached_by_a_socket_only()
    {
        await using var postgres = await cluster.StartAsync();

        (await ThrowawayCluster.AskAsync(postgres, "SHOW listen_addresses")).ShouldBe("");
        (await ThrowawayCluster.AskAsync(postgres, "SHOW data_checksums")).ShouldBe("on");
        (await ThrowawayCluster.AskAsync(postgres, "SHOW server_encoding")).ShouldBe("UTF8");
        (await ThrowawayCluster.AskAsync(postgres, "SELECT bool_and(auth_method = 'scram-sha-256')::text FROM pg_hba_file_rules")).ShouldBe("true");
        if (OperatingSystem.IsWindows()) return;
        const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        foreach (var folder in new[] { "", "run", "secrets", "log", $"pg{postgres.Major}" })
            File.GetUnixFileMode(Path.Combine(cluster.Data, folder)).ShouldBe(Private, folder);
        File.GetUnixFileMode(Path.Combine(cluster.Data, "secrets", "postgres")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task What_was_committed_is_there_after_a_stop_and_a_start()
    {
        await using (var first = await cluster.StartAsync()) await ThrowawayCluster.AskAsync(first, "CREATE TABLE kept AS SELECT 'còn đây' AS word");
        await using var second = await cluster.StartAsync();
        (await ThrowawayCluster.AskAsync(second, "SELECT word FROM kept")).ShouldBe("còn đây");
    }

    [Fact]
    public async Task What_was_in_memory_is_read_back_after_a_start()
    {
        await using var first = await cluster.StartAsync();
        (await ThrowawayCluster.AskAsync(first, "SHOW shared_preload_libraries")).ShouldBe("pg_prewarm");
        await first.DisposeAsync();

        File.ReadLines(Path.Combine(cluster.Data, $"pg{first.Major}", "autoprewarm.blocks")).Count().ShouldBeGreaterThan(10);
        await using var second = await cluster.StartAsync();
        await ThrowawayCluster.UntilAsync(() => File.ReadAllText(Path.Combine(cluster.Data, "log", "postgresql.log")).Contains("autoprewarm successfully prewarmed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_killed_postmaster_is_started_again_with_all_committed_rows()
    {
        await using var postgres = await cluster.StartAsync();
        await ThrowawayCluster.AskAsync(postgres, "CREATE TABLE survived AS SELECT 42 AS answer");
        var restarted = ThrowawayCluster.NextRestart(postgres);

        ThrowawayCluster.Kill(postgres.Process);

        await restarted.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        (await ThrowawayCluster.AskAsync(postgres, "SELECT answer::text FROM survived")).ShouldBe("42");
    }

    [Fact]
    public async Task The_cluster_comes_back_when_the_shell_between_is_killed()
    {
        await using var postgres = await cluster.StartAsync();
        var restarted = ThrowawayCluster.NextRestart(postgres);
        ThrowawayCluster.Kill(ThrowawayCluster.ParentOf(postgres.Process));
        await restarted.WaitAsync(TimeSpan.FromSeconds(10), Cancel);
        (await ThrowawayCluster.AskAsync(postgres, "SELECT 'lives'")).ShouldBe("lives");
    }

    [Fact]
    public async Task A_killed_program_takes_its_cluster_with_it()
    {
        var prepared = await cluster.PrepareAsync();
        // As the program does it, but with a sleep in its place, at the writing end of the pipe.
        var held = Path.Combine(cluster.Data, "held");
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh",
            ["-c", """{ exec sh -c 'echo $$ >"$0"; exec sleep 60' "$1"; } | { shift; exec sh -c "$@"; }""", "sh", held, Postmaster.Wrapper, "sh", prepared.Folder.Log, .. prepared.Command])
        { RedirectStandardOutput = true, RedirectStandardError = true })!;
        await ThrowawayCluster.UntilAsync(() => PostmasterFile.Read(prepared.Path) is { Ready: true } file && file.IsAliveIn(prepared.Path));

        ThrowawayCluster.Kill(int.Parse(File.ReadAllText(held), CultureInfo.InvariantCulture));

        await ThrowawayCluster.UntilAsync(() => Unix.ProcessesIn(prepared.Path) is { Count: 0 } && !File.Exists(PostmasterFile.In(prepared.Path)));
        await using var next = await cluster.StartAsync();
        (await ThrowawayCluster.AskAsync(next, "SELECT 'lives'")).ShouldBe("lives");
    }

    [Fact]
    public async Task A_second_program_may_use_the_cluster_but_not_own_it()
    {
        await using var owner = await cluster.StartAsync();

        var second = await EmbeddedPostgres.StartAsync(cluster.Data, cluster.Options with { WaitForOthers = TimeSpan.Zero }, NullLogger.Instance, TimeProvider.System, Cancel);
        second.Problem.ShouldBeEquivalentTo(Problems.InUse(cluster.Data));
        await using (var guest = (await EmbeddedPostgres.StartOrAttachAsync(cluster.Data, cluster.Options, NullLogger.Instance, TimeProvider.System, Cancel)).Value)
        {
            guest.IsOwner.ShouldBeFalse();
            (await ThrowawayCluster.AskAsync(guest, "SELECT 'lives'")).ShouldBe("lives");
        }
        (await ThrowawayCluster.AskAsync(owner, "SELECT 'still lives'")).ShouldBe("still lives");
    }

    [Fact]
    public async Task Without_a_running_program_there_is_nothing_to_attach_to()
    {
        (await EmbeddedPostgres.AttachAsync(cluster.Data, cluster.Options, Cancel)).Problem.Code.ShouldBe("data.not-running");
        (await EmbeddedPostgres.AttachAsync("/nowhere/at/all", null, Cancel)).Problem.Code.ShouldBe("data.not-running");
    }

    [Fact]
    public async Task A_stale_file_whose_number_went_to_another_process_does_not_hinder_a_start()
    {
        var prepared = await cluster.PrepareAsync();
        File.WriteAllText(PostmasterFile.In(prepared.Path), $"{Environment.ProcessId}\n{prepared.Path}\n1600000000\n5432\n{prepared.Sockets}\n\n  1  1\nready   \n");
        File.WriteAllText(Path.Combine(prepared.Sockets, ".s.PGSQL.5432.lock"), $"{Environment.ProcessId}\n");
        await using var postgres = await cluster.StartAsync();
        (await ThrowawayCluster.AskAsync(postgres, "SELECT 'lives'")).ShouldBe("lives");
    }

    [Fact]
    public async Task A_cluster_of_another_user_says_so_and_does_not_start()
    {
        var prepared = await cluster.PrepareAsync();
        var chosen = await ServerAccount.ChooseAsync(owner: 2, prepared.Folder, prepared.Binaries, cluster.Options, Cancel);
        chosen.Problem.Code.ShouldBe("data.foreign-owner");
        chosen.Problem.Details["owner"].ShouldBe(await Unix.NameOfAsync(2, Cancel));
        chosen.Problem.Details["user"].ShouldBe(Environment.UserName);
    }

    [Fact]
    public async Task Where_root_has_no_user_namespace_another_user_runs_the_cluster()
    {
        await using var other = new ThrowawayCluster { WithoutUserNamespace = true };
        var prepared = await other.PrepareAsync();
        prepared.Account.IsDedicated.ShouldBe(Environment.IsPrivilegedProcess);
        (await Unix.OwnerOfAsync(prepared.Path, Cancel)).ShouldBe(prepared.Account.Owner);
        await using var postgres = await other.StartAsync();
        (await ThrowawayCluster.AskAsync(postgres, "SELECT 'lives'")).ShouldBe("lives");
    }

    [Fact]
    public async Task A_folder_that_only_root_may_enter_is_no_hindrance_to_the_other_user()
    {
        var closed = Directory.CreateTempSubdirectory("phòng tuyến đóng ");
        closed.UnixFileMode.ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        try
        {
            await using var other = new ThrowawayCluster { WithoutUserNamespace = true, Data = Path.Combine(closed.FullName, "dữ liệu") };
            (await other.PrepareAsync()).Account.IsDedicated.ShouldBe(Environment.IsPrivilegedProcess);
            await using var postgres = await other.StartAsync();
            (await ThrowawayCluster.AskAsync(postgres, "SELECT 'lives'")).ShouldBe("lives");
        }
        finally
        {
            closed.Delete(recursive: true);
        }
    }
}
