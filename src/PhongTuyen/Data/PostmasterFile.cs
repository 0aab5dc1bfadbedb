using System.Globalization;

namespace PhongTuyen.Data;

/// <summary>What a running postmaster says of itself in <c>postmaster.pid</c>. The file outlives one that was killed.</summary>
/// <param name="Process">Its number.</param>
/// <param name="Sockets">The folder of its socket.</param>
/// <param name="Ready">It takes connections.</param>
internal sealed record PostmasterFile(int Process, string Sockets, bool Ready)
{
    /// <summary>Stands in the command line of each cluster that this program starts.</summary>
    public const string Mark = "cluster_name=phongtuyen";

    public static string In(string cluster) => Path.Combine(cluster, "postmaster.pid");

    /// <summary>Null where there is none, or one that is just being written.</summary>
    public static PostmasterFile? Read(string cluster)
    {
        try
        {
            var lines = File.ReadAllLines(In(cluster));
            return lines.Length >= 5 && int.TryParse(lines[0], CultureInfo.InvariantCulture, out var process)
                ? new(process, lines[4].Trim(), lines.Length >= 8 && lines[7].Trim() == "ready")
                : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>The process lives and works in this cluster; where the system does not show the latter, that it lives must do.</summary>
    public bool IsAliveIn(string cluster) =>
        Unix.IsAlive(Process) && (Unix.WorkingFolder(Environment.ProcessId) is null || Unix.WorkingFolder(Process) == cluster);

    /// <summary>It was started by this program, not by hand.</summary>
    public bool IsOurs()
    {
        try
        {
            return File.ReadAllText($"/proc/{Process}/cmdline").Split('\0').Contains(Mark, StringComparer.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
