using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PhongTuyen.Audit;

/// <summary>A seal as it was copied outside of the database.</summary>
internal sealed record SealCopy(long No, ulong From, ulong To, int Rows, string Root, string Seal)
{
    public static SealCopy Of(AuditSeal seal) => new(seal.No, seal.FromXact, seal.ToXact, seal.Rows, Convert.ToHexStringLower(seal.Root), Convert.ToHexStringLower(seal.Seal));
}

/// <summary>The copies of the seals: a file a month, a line a seal, only ever added to.</summary>
internal static class SealCopies
{
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

    /// <summary>All copies by the number of the seal; two under one number where a seal was made again after its commit had failed.</summary>
    public static async Task<ILookup<long, SealCopy>> ReadAsync(string folder, CancellationToken ct)
    {
        var copies = new List<SealCopy>();
        if (Directory.Exists(folder))
            foreach (var path in Directory.EnumerateFiles(folder, "*.jsonl").Order(StringComparer.Ordinal))
                await foreach (var line in File.ReadLinesAsync(path, ct))
                    if (Read(line) is { } copy) copies.Add(copy);
        return copies.ToLookup(copy => copy.No);
    }

    /// <summary>A line that was cut off by a power failure is no copy.</summary>
    private static SealCopy? Read(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            return new SealCopy(root.GetProperty("no").GetInt64(), root.GetProperty("from").GetUInt64(), root.GetProperty("to").GetUInt64(), root.GetProperty("rows").GetInt32(), root.GetProperty("root").GetString()!, root.GetProperty("seal").GetString()!);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
