using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PhongTuyen.Audit;

/// <summary>A seal as it was copied outside of the database.</summary>
internal sealed record SealCopy(long No, DateTimeOffset At, ulong From, ulong To, int Rows, string Root, string Seal)
{
    public static SealCopy Of(AuditSeal seal) => new(seal.No, Exact(seal.SealedAt), seal.FromXact, seal.ToXact, seal.Rows, Convert.ToHexStringLower(seal.Root), Convert.ToHexStringLower(seal.Seal));

    /// <summary>Null where the line is none: cut off by a power failure, or written by somebody else.</summary>
    public static SealCopy? Read(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            return new SealCopy(root.GetProperty("no").GetInt64(), Exact(root.GetProperty("at").GetDateTimeOffset()), root.GetProperty("from").GetUInt64(), root.GetProperty("to").GetUInt64(), root.GetProperty("rows").GetInt32(),
                root.GetProperty("root").GetString() ?? "", root.GetProperty("seal").GetString() ?? "");
        }
        catch (Exception none) when (none is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    /// <summary>To the microsecond: the first copies had the clock's ticks, which the database does not keep.</summary>
    private static DateTimeOffset Exact(DateTimeOffset at) => new(at.UtcTicks - at.UtcTicks % TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);
}

/// <summary>
/// The copies of the seals: a file a month, a line a seal, only ever added to; and beside them the last seal whose commit is known to have succeeded. A seal
/// is copied before it is committed, so its copy alone does not say that there was ever a seal.
/// </summary>
internal sealed class SealCopies
{
    private const string LastFile = "last-committed.json";

    private readonly ILookup<long, SealCopy> copies;
    private readonly HashSet<long> displaced = [];

    /// <param name="files">The lines of each file of copies, in the order of the files.</param>
    /// <param name="last">What stands in the file of the last committed seal; null where there is none.</param>
    public SealCopies(IEnumerable<IReadOnlyList<string>> files, string? last)
    {
        var all = new List<SealCopy>();
        foreach (var lines in files)
        {
            var highest = long.MinValue;
            foreach (var copy in lines.Select(SealCopy.Read).OfType<SealCopy>())
            {
                if (copy.No < highest) displaced.Add(copy.No);
                highest = Math.Max(highest, copy.No);
                all.Add(copy);
            }
        }
        copies = all.ToLookup(copy => copy.No);
        Last = last is null ? null : SealCopy.Read(last);
    }

    /// <summary>The last seal that is known to have been committed; null where that was never noted, or the note is gone.</summary>
    public SealCopy? Last { get; }

    /// <summary>Of one seal; two where it was made again after its commit had failed.</summary>
    public IEnumerable<SealCopy> Of(long no) => copies[no];

    public bool Any(long no) => copies.Contains(no);

    /// <summary>Copies of seals behind this one, in order.</summary>
    public IEnumerable<SealCopy> Behind(long no) => copies.Where(same => same.Key > no).OrderBy(same => same.Key).SelectMany(same => same);

    /// <summary>Whether the copy stands behind one of a later seal: they are only ever added, so somebody moved it.</summary>
    public bool IsDisplaced(long no) => displaced.Contains(no);

    /// <summary>Adds one line; it is on the disk when this returns, and does not run into a line that a power cut tore.</summary>
    public static async Task AppendAsync(string folder, AuditSeal seal, CancellationToken ct)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, seal.SealedAt.ToString("yyyy-MM", CultureInfo.InvariantCulture) + ".jsonl");
        await using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        var torn = false;
        if (file.Length > 0)
        {
            file.Seek(-1, SeekOrigin.End);
            torn = file.ReadByte() != '\n';
        }
        await file.WriteAsync(Encoding.UTF8.GetBytes((torn ? "\n" : "") + seal.Line() + "\n"), ct);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Notes that the seal is committed: from now on it cannot be taken away without its note saying that it was there.</summary>
    public static void Committed(string folder, AuditSeal seal)
    {
        var (path, draft) = (Path.Combine(folder, LastFile), Path.Combine(folder, LastFile + ".new"));
        using (var file = new FileStream(draft, FileMode.Create, FileAccess.Write))
        {
            file.Write(Encoding.UTF8.GetBytes(seal.Line() + "\n"));
            file.Flush(flushToDisk: true);
        }
        File.Move(draft, path, overwrite: true); // the old note or the new one, whenever the power fails
    }

    public static async Task<SealCopies> ReadAsync(string folder, CancellationToken ct)
    {
        var (files, last) = (new List<string[]>(), Path.Combine(folder, LastFile));
        if (Directory.Exists(folder))
            foreach (var path in Directory.EnumerateFiles(folder, "*.jsonl").Order(StringComparer.Ordinal)) files.Add(await File.ReadAllLinesAsync(path, ct));
        return new SealCopies(files, File.Exists(last) ? await File.ReadAllTextAsync(last, ct) : null);
    }
}
