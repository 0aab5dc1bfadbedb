using System.Buffers.Binary;
using System.IO.Compression;
using System.Xml;

namespace PhongTuyen.Formats.Sheets;

/// <summary>The zip container of an .xlsx: its parts by name, none of which unpacks to more than a list can need.</summary>
internal sealed class XlsxPackage : IDisposable
{
    private readonly ZipArchive archive;
    private readonly Dictionary<string, ZipArchiveEntry> parts = new(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="InvalidDataException">Not a zip file.</exception>
    /// <exception cref="SheetRefusedException">Too many parts, or parts that claim too large a size.</exception>
    public XlsxPackage(byte[] bytes)
    {
        if (EntriesClaimed(bytes) > SheetLimits.Parts) throw new SheetRefusedException(SheetProblems.UnpacksTooLarge());
        archive = new ZipArchive(new MemoryStream(bytes, writable: false), ZipArchiveMode.Read);
        var (unpacked, most) = (0L, SheetLimits.UnpackedBytes(bytes.Length));
        foreach (var entry in archive.Entries)
        {
            if (entry.IsEncrypted) throw new SheetRefusedException(SheetProblems.Encrypted());
            unpacked += Math.Max(entry.Length, 0);
            if (unpacked > most || entry.Length > Allowed(entry)) throw new SheetRefusedException(SheetProblems.UnpacksTooLarge());
            // Some writers put backslashes into the names.
            parts.TryAdd(entry.FullName.Replace('\\', '/').TrimStart('/'), entry);
        }
    }

    public IEnumerable<string> Names => parts.Keys;

    public bool Has(string part) => parts.ContainsKey(part);

    /// <summary>A part as XML. It ends at the size that its entry claims, which was checked: a test with an entry that lies keeps this true.</summary>
    /// <exception cref="SheetRefusedException">There is no such part.</exception>
    public XmlReader Xml(string part) =>
        parts.TryGetValue(part, out var entry) ? XlsxXml.Open(entry.Open()) : throw new SheetRefusedException(SheetProblems.Damaged());

    public void Dispose() => archive.Dispose();

    private static long Allowed(ZipArchiveEntry entry) => Math.Max(SheetLimits.HarmlessBytes, entry.CompressedLength * SheetLimits.Ratio);

    /// <summary>What the end record claims, read before the table of contents is, which is built in memory. The archive itself refuses a claim that is wrong.</summary>
    private static int EntriesClaimed(ReadOnlySpan<byte> bytes)
    {
        var at = bytes.LastIndexOf("PK\u0005\u0006"u8);
        return at < 0 || at + 12 > bytes.Length ? throw new InvalidDataException("No end record.") : BinaryPrimitives.ReadUInt16LittleEndian(bytes[(at + 10)..]);
    }
}
