using System.Buffers.Binary;
using System.Text;

namespace PhongTuyen.Tests.Formats;

/// <summary>Makes workbooks of Excel 97–2003 by hand, record by record, bare or in their container, so that a test can also make wrong ones.</summary>
internal sealed class OldWorkbook
{
    private readonly List<byte[]> globals = [];
    private readonly List<byte[]> cells = [];
    private readonly Dictionary<string, byte> storages = new(StringComparer.Ordinal);
    private byte sheetType;

    public OldWorkbook Row(int row, params object?[] values)
    {
        for (var column = 0; column < values.Length; column++)
        {
            if (values[column] is string text) cells.Add(Record(0x0204, [.. Short(row - 1), .. Short(column), .. Short(0), .. Short(text.Length), 1, .. Encoding.Unicode.GetBytes(text)]));
            else if (values[column] is double number) cells.Add(Record(0x0203, [.. Short(row - 1), .. Short(column), .. Short(0), .. BitConverter.GetBytes(number)]));
            else if (values[column] is Exception) cells.Add(Record(0x0205, [.. Short(row - 1), .. Short(column), .. Short(0), 0x2A, 1]));
        }
        return this;
    }

    public OldWorkbook Merge(int firstRow, int lastRow, int firstColumn, int lastColumn) =>
        Cell(0x00E5, [.. Short(1), .. Short(firstRow - 1), .. Short(lastRow - 1), .. Short(firstColumn - 1), .. Short(lastColumn - 1)]);

    public OldWorkbook Font(string name) => Global(0x0031, [.. Short(220), .. new byte[12], (byte)name.Length, 0, .. Encoding.Latin1.GetBytes(name)]);

    public OldWorkbook Global(ushort id, params byte[] content)
    {
        globals.Add(Record(id, content));
        return this;
    }

    public OldWorkbook Cell(ushort id, params byte[] content)
    {
        cells.Add(Record(id, content));
        return this;
    }

    public OldWorkbook Storage(string name)
    {
        storages[name] = 1;
        return this;
    }

    public OldWorkbook SheetType(byte type)
    {
        sheetType = type;
        return this;
    }

    /// <summary>The records alone.</summary>
    public byte[] Records()
    {
        var name = Encoding.Latin1.GetBytes("Danh sach");
        byte[] start = [.. Record(0x0809, [.. Short(0x0600), .. Short(0x0005), .. new byte[12]]), .. globals.SelectMany(one => one)];
        var bound = Record(0x0085, [.. new byte[4], 0, sheetType, (byte)name.Length, 0, .. name]);
        var end = Record(0x000A, []);
        BinaryPrimitives.WriteInt32LittleEndian(bound.AsSpan(4), start.Length + bound.Length + end.Length);
        return [.. start, .. bound, .. end, .. Record(0x0809, [.. Short(0x0600), .. Short(0x0010), .. new byte[12]]), .. cells.SelectMany(one => one), .. end];
    }

    /// <summary>In their container, with sectors of 512 bytes.</summary>
    public byte[] Bytes(string stream = "Workbook") => Container(Records(), stream, [.. storages.Keys]);

    public static byte[] Container(byte[] content, string stream, params string[] storages)
    {
        content = [.. content, .. new byte[Math.Max(0, 4096 - content.Length)]];
        var sectors = (content.Length + 511) / 512;
        var fats = 1;
        while (fats * 128 < sectors + fats + 1) fats++;
        var bytes = new byte[512 + 512 * (sectors + fats + 1)];
        new byte[] { 0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1 }.CopyTo(bytes, 0);
        void Long(int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), value);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(24), 0x3E);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(26), 3);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(28), 0xFFFE);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(30), 9);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(32), 6);
        Long(44, (uint)fats);
        Long(48, (uint)sectors);
        Long(56, 4096);
        Long(60, 0xFFFFFFFE);
        Long(68, 0xFFFFFFFE);
        for (var i = 0; i < 109; i++) Long(76 + 4 * i, i < fats ? (uint)(sectors + 1 + i) : uint.MaxValue);
        content.CopyTo(bytes, 512);
        Entry(0, "Root Entry", 5, 0xFFFFFFFE, 0);
        Entry(1, stream, 2, 0, (uint)content.Length);
        for (var i = 0; i < Math.Min(storages.Length, 2); i++) Entry(2 + i, storages[i], 1, 0, 0);
        var fat = 512 * (sectors + 2);
        for (var i = 0; i < fats * 128; i++)
            Long(fat + 4 * i, i < sectors - 1 ? (uint)i + 1 : i <= sectors ? 0xFFFFFFFE : i <= sectors + fats ? 0xFFFFFFFD : uint.MaxValue);
        return bytes;

        void Entry(int index, string name, byte type, uint start, uint size)
        {
            var at = 512 * (sectors + 1) + 128 * index;
            Encoding.Unicode.GetBytes(name).CopyTo(bytes, at);
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(at + 64), (ushort)(2 * name.Length + 2));
            bytes[at + 66] = type;
            Long(at + 116, start);
            Long(at + 120, size);
        }
    }

    /// <summary>Where the table of sectors of such a container begins.</summary>
    public static int TableAt(byte[] container) => 512 * (int)(BinaryPrimitives.ReadUInt32LittleEndian(container.AsSpan(76)) + 1);

    private static byte[] Record(ushort id, byte[] content) => [.. Short(id), .. Short(content.Length), .. content];

    private static byte[] Short(int value) => [(byte)value, (byte)(value >> 8)];
}
