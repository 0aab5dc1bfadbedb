using System.Text;

namespace PhongTuyen.Bench.Shown;

/// <summary>A list as Excel 97–2003 kept it, record by record, for measuring how it is read.</summary>
internal static class OldRecords
{
    public static byte[] Of(IReadOnlyList<string> header, IEnumerable<object[]> rows)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        Begin(writer, 0x0005);
        writer.Write([0x85, 0x00, 13, 0]);
        writer.Write((int)stream.Position + 17);
        writer.Write([0, 0, 5, 0, .. "Sheet"u8, 0x0A, 0, 0, 0]);
        Begin(writer, 0x0010);
        Row(writer, 0, [.. header]);
        var number = 1;
        foreach (var row in rows) Row(writer, number++, row);
        writer.Write([0x0A, 0, 0, 0]);
        return stream.ToArray();
    }

    private static void Begin(BinaryWriter writer, short kind)
    {
        writer.Write([0x09, 0x08, 16, 0, 0x00, 0x06]);
        writer.Write(kind);
        writer.Write(new byte[12]);
    }

    private static void Row(BinaryWriter writer, int row, object[] cells)
    {
        for (var column = 0; column < cells.Length; column++)
        {
            var content = cells[column] is string text ? [.. BitConverter.GetBytes((short)text.Length), 1, .. Encoding.Unicode.GetBytes(text)] : BitConverter.GetBytes((double)cells[column]);
            writer.Write((short)(cells[column] is string ? 0x0204 : 0x0203));
            writer.Write((short)(content.Length + 6));
            writer.Write((short)row);
            writer.Write((short)column);
            writer.Write((short)0);
            writer.Write(content);
        }
    }
}
