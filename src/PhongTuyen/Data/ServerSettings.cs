using System.Globalization;
using System.Text;

namespace PhongTuyen.Data;

/// <summary>
/// What the program sets on its own cluster: the file <see cref="FileName"/> beside <c>postgresql.conf</c>, written anew at each start
/// and included there. What an operator writes below the include, or by ALTER SYSTEM, goes over it.
/// </summary>
public static class ServerSettings
{
    public const string FileName = "phongtuyen.conf";
    internal const string Include = $"include '{FileName}'";
    internal const string Prewarm = "pg_prewarm";

    /// <summary>
    /// For a machine that also shows the pages: a sixth of its memory, 128 MB to 4 GB, holds what is asked for again and again; writes spread out. What is written of a page that changes for the first time since
    /// is not squeezed: that took a sixth of the server's work while a list came in (bench/RESULTS.md), and fewer checkpoints save as much of the disk.
    /// </summary>
    private static readonly Dictionary<string, string> Shared = new(StringComparer.Ordinal)
    {
        ["max_connections"] = "100",
        ["shared_buffers"] = Megabytes(Math.Clamp(Memory / 6, 128, 4096)),
        ["effective_cache_size"] = Megabytes(Math.Max(Memory / 4, 256)),
        ["work_mem"] = "8MB",
        ["maintenance_work_mem"] = "128MB",
        ["min_wal_size"] = "256MB",
        ["max_wal_size"] = "4GB",
        ["checkpoint_timeout"] = "10min",
        ["random_page_cost"] = "1.1",
        ["jit"] = "off",
        ["timezone"] = "UTC",
        ["log_timezone"] = "Asia/Ho_Chi_Minh",
        ["log_line_prefix"] = "%m [%p] %q%u@%d ",
        ["log_checkpoints"] = "off",
        // A failed statement holds names and numbers of people: the log says which error it was, never on what.
        ["log_min_error_statement"] = "panic",
        ["log_error_verbosity"] = "terse",
        ["log_parameter_max_length"] = "0",
    };

    /// <summary>Megabytes of the machine, or of the container.</summary>
    private static long Memory => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 20;

    private static string Megabytes(long of) => of.ToString(CultureInfo.InvariantCulture) + "MB";

    /// <summary>The text of the file.</summary>
    /// <param name="prewarm">After a start the server reads back what it held in memory: else each person who is looked for costs a hundred reads of the disk until all were asked for once.</param>
    /// <exception cref="ArgumentException">One of the settings decides over durability.</exception>
    public static string Text(ClusterOptions options, bool prewarm)
    {
        var all = new SortedDictionary<string, string>(Shared, StringComparer.Ordinal);
        if (prewarm) all["shared_preload_libraries"] = Prewarm;
        foreach (var (name, value) in options.Settings)
        {
            if (DatabaseSafety.Settings.Contains(name, StringComparer.OrdinalIgnoreCase))
                throw new ArgumentException($"{name} decides whether acknowledged data survives a power cut and cannot be set here.", nameof(options));
            all[name] = value;
        }
        if (options.UnsafeForTests) foreach (var name in DatabaseSafety.Settings) all[name] = "off";

        var text = new StringBuilder("# Written anew at each start. Put your own settings at the end of postgresql.conf.\n");
        foreach (var (name, value) in all) text.Append(name).Append(" = '").Append(value.Replace("'", "''", StringComparison.Ordinal)).Append("'\n");
        return text.ToString();
    }
}
