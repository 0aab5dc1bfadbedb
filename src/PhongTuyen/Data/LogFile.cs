namespace PhongTuyen.Data;

/// <summary>
/// PostgreSQL's own log. It writes there itself, so that it can end its last sentence when the program is gone; the program only keeps
/// the file small: beyond <see cref="Most"/> the text moves to <c>postgresql.log.1</c>.
/// </summary>
internal static class LogFile
{
    /// <summary>Bytes; twice as much lies on the disk at most.</summary>
    public const long Most = 10 << 20;

    /// <summary>PostgreSQL appends, so it goes on at the new beginning; a line that comes between copy and cut is lost.</summary>
    public static void Trim(string path, long most = Most)
    {
        if (!File.Exists(path) || new FileInfo(path).Length <= most) return;
        File.Copy(path, path + ".1", overwrite: true);
        using var log = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        log.SetLength(0);
    }

    /// <summary>The sentence that tells why: the last FATAL or error of the text, else its last line.</summary>
    public static string Reason(IEnumerable<string> lines)
    {
        var all = lines.Where(line => line.Length > 0).ToArray();
        var told = all.LastOrDefault(line => line.Contains("FATAL:", StringComparison.Ordinal))
            ?? all.LastOrDefault(line => line.Contains("error:", StringComparison.OrdinalIgnoreCase)) ?? all.LastOrDefault() ?? "?";
        var start = told.IndexOf("FATAL:", StringComparison.Ordinal);
        return (start < 0 ? told : told[(start + "FATAL:".Length)..]).Trim();
    }

    /// <summary>The end of the log, from this length on.</summary>
    public static IEnumerable<string> ReadFrom(string path, long start)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        if (start < file.Length) file.Position = start;
        using var text = new StreamReader(file);
        return text.ReadToEnd().Split('\n');
    }
}
