using System.Diagnostics;
using System.Globalization;

namespace PhongTuyen.Data;

/// <summary>
/// One running postmaster. Between it and the program stands a shell that reads a pipe: when the program ends, even by kill -9,
/// the pipe closes and the shell stops PostgreSQL, so that no cluster outlives its program.
/// </summary>
internal sealed class Postmaster : IDisposable
{
    /// <summary>
    /// $1 is the log, the rest the command. Says the postmaster's number, then waits for its end; a second shell waits for the end
    /// of the pipe and repeats SIGINT (a fast stop), since the first may come before PostgreSQL listens to it. Both ignore the
    /// signals of a terminal and of a service manager: the program decides when the database goes, and it goes last.
    /// </summary>
    internal const string Wrapper = """
        log=$1; shift
        trap '' HUP INT TERM
        exec 3<&0 </dev/null 2>>"$log"
        "$@" 3<&- >>"$log" &
        postmaster=$!
        echo "$postmaster"
        exec >>"$log"
        ( while read -r _; do :; done; while kill -INT "$postmaster"; do sleep 1; done ) <&3 2>/dev/null &
        watch=$!
        exec 3<&-
        wait "$postmaster"; code=$?
        kill -KILL "$watch" 2>/dev/null
        exit "$code"
        """;

    private readonly Process wrapper;

    private Postmaster(Process wrapper, int process) => (this.wrapper, Process) = (wrapper, process);

    /// <summary>The number of the postmaster itself, not of the shell.</summary>
    public int Process { get; }

    public bool HasEnded => wrapper.HasExited;

    public Task EndedAsync(CancellationToken cancel) => wrapper.WaitForExitAsync(cancel);

    /// <param name="log">The file that takes all it writes.</param>
    /// <param name="command">PostgreSQL with its arguments.</param>
    public static async Task<Postmaster> StartAsync(string log, IEnumerable<string> command)
    {
        // A session of its own: Ctrl+C in the terminal goes to every process of the program's session.
        string[] session = File.Exists("/usr/bin/setsid") ? ["/usr/bin/setsid"] : [];
        var start = ChildCommand.Prepare([.. session, "/bin/sh", "-c", Wrapper, "sh", log, .. command]);
        start.RedirectStandardOutput = true;
        var wrapper = System.Diagnostics.Process.Start(start)!;
        var number = await wrapper.StandardOutput.ReadLineAsync(CancellationToken.None);
        return new(wrapper, int.TryParse(number, CultureInfo.InvariantCulture, out var process) ? process : 0);
    }

    /// <summary>A fast stop: sessions are ended, open transactions undone, all is written. Waits for the end.</summary>
    public async Task StopAsync(TimeSpan patience)
    {
        wrapper.StandardInput.Close();
        using var limit = new CancellationTokenSource(patience);
        try
        {
            await wrapper.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException) when (Process > 0)
        {
            // It leaves without a last checkpoint and recovers at the next start; nothing acknowledged is lost.
            _ = Unix.Signal(Process, Unix.Quit);
            await wrapper.WaitForExitAsync(CancellationToken.None);
        }
    }

    public void Dispose() => wrapper.Dispose();
}
