using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace PhongTuyen.Formats.Sheets;

/// <summary>
/// The container of old Office files: a small file system of sectors that point at each other. Own code, because the library that reads the
/// workbook believes every number in it: a size of 4 GB, a table that repeats for ever. Here nothing is larger than the file and no chain
/// longer than its sectors; what comes out is the workbook alone.
/// </summary>
internal sealed class OleContainer
{
    private const uint LastSector = 0xFFFF_FFF9;
    private const int EntryBytes = 128;
    private const byte StorageType = 1, StreamType = 2, RootType = 5;
    private readonly byte[] bytes;
    private readonly int sectorSize;
    private readonly uint[] table;
    private readonly List<Entry> entries = [];

    /// <exception cref="InvalidDataException">Chains that run in circles, or sectors that are not there.</exception>
    public OleContainer(byte[] bytes)
    {
        this.bytes = bytes;
        if (bytes.Length < 512) throw Broken();
        sectorSize = Short(30) switch { 9 => 512, 12 => 4096, _ => throw Broken() };
        table = ReadTable(FatSectors());
        var directory = Chain(Long(48), table);
        for (var at = 0; at + EntryBytes <= directory.Length; at += EntryBytes) entries.Add(EntryOf(directory.AsSpan(at, EntryBytes)));
    }

    /// <summary>Whether there is a folder of that name, as there is one for macros.</summary>
    public bool HasStorage(string name) => entries.Exists(entry => entry.Type == StorageType && entry.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    public bool HasStream(string name) => entries.Exists(entry => Is(entry, name));

    /// <summary>The content of a stream, as far as it is there; null where no entry has that name.</summary>
    public byte[]? Stream(string name)
    {
        if (entries.Find(entry => Is(entry, name)) is not { } found) return null;
        return found.Size < Long(56) ? Small(found) : Cut(Chain(found.Start, table), found.Size);
    }

    /// <summary>Small streams lie in pieces of 64 bytes within the stream of the root.</summary>
    private byte[] Small(Entry entry)
    {
        if (entries.Find(root => root.Type == RootType) is not { } root) throw Broken();
        var (pieces, content) = (MemoryMarshal.Cast<byte, uint>(Chain(Long(60), table)).ToArray(), Chain(root.Start, table));
        using var stream = new MemoryStream();
        for (var (piece, steps) = (entry.Start, 0); piece <= LastSector; piece = piece < pieces.Length ? pieces[piece] : uint.MaxValue)
        {
            if (++steps > content.Length / 64 + 1 || (long)piece * 64 >= content.Length) throw Broken();
            stream.Write(content.AsSpan((int)piece * 64, Math.Min(64, content.Length - (int)piece * 64)));
        }
        return Cut(stream.ToArray(), entry.Size);
    }

    private static bool Is(Entry entry, string name) => entry.Type == StreamType && entry.Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static byte[] Cut(byte[] content, uint size) => size < content.Length ? content[..(int)size] : content;

    /// <summary>Where the table of sectors lies: 109 places in the header, the others in a chain of their own.</summary>
    private List<uint> FatSectors()
    {
        var sectors = new List<uint>();
        for (var i = 0; i < 109; i++) sectors.Add(Long(76 + 4 * i));
        var (next, steps) = (Long(68), 0);
        for (; next <= LastSector && Long(72) > 0; next = sectors[^1], sectors.RemoveAt(sectors.Count - 1))
        {
            if (++steps > MostSectors) throw Broken();
            var at = Offset(next);
            for (var i = 0; i < sectorSize; i += 4) sectors.Add(at + i + 4 <= bytes.Length ? Long(at + i) : uint.MaxValue);
        }
        sectors.RemoveAll(sector => sector > LastSector);
        return sectors.Count <= MostSectors ? sectors : throw Broken();
    }

    private uint[] ReadTable(List<uint> sectors)
    {
        var found = new uint[sectors.Count * (sectorSize / 4)];
        Array.Fill(found, uint.MaxValue);
        for (var i = 0; i < sectors.Count; i++)
        {
            var at = Offset(sectors[i]);
            for (var j = 0; j < sectorSize / 4 && at + 4 * j + 4 <= bytes.Length; j++) found[i * (sectorSize / 4) + j] = Long(at + 4 * j);
        }
        return found;
    }

    /// <summary>The sectors from one on, joined. The last one of a file may be cut.</summary>
    private byte[] Chain(uint first, uint[] next)
    {
        var sectors = new List<uint>();
        for (var sector = first; sector <= LastSector; sector = sector < next.Length ? next[sector] : uint.MaxValue)
        {
            if (sectors.Count > MostSectors) throw Broken();
            sectors.Add(sector);
        }
        using var stream = new MemoryStream(sectors.Count * sectorSize);
        foreach (var sector in sectors)
        {
            var at = Offset(sector);
            stream.Write(bytes.AsSpan(at, Math.Min(sectorSize, bytes.Length - at)));
        }
        return stream.ToArray();
    }

    private int MostSectors => bytes.Length / sectorSize + 1;

    private int Offset(uint sector) => ((long)sector + 1) * sectorSize is var at && at < bytes.Length ? (int)at : throw Broken();

    private static Entry EntryOf(ReadOnlySpan<byte> entry)
    {
        var length = Math.Clamp(BinaryPrimitives.ReadUInt16LittleEndian(entry[64..]) - 2, 0, 62);
        return new Entry(Encoding.Unicode.GetString(entry[..length]), entry[66], BinaryPrimitives.ReadUInt32LittleEndian(entry[116..]), BinaryPrimitives.ReadUInt32LittleEndian(entry[120..]));
    }

    private ushort Short(int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at));
    private uint Long(int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));

    private static InvalidDataException Broken() => new("The container is damaged.");

    private sealed record Entry(string Name, byte Type, uint Start, uint Size);
}
