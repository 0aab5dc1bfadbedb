using System.Buffers.Binary;
using System.Text;
using PhongTuyen.Kernel;

namespace PhongTuyen.Formats.Sheets;

/// <summary>Says what a file is, by its first bytes and its table of contents.</summary>
internal static class SheetRecognition
{
    private static ReadOnlySpan<byte> Ole => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    public static Outcome<SheetSource> Recognise(byte[] bytes, string fileName)
    {
        if (bytes.Length == 0) return SheetProblems.Empty();
        if (bytes.AsSpan().StartsWith(Ole)) return OfOle(bytes);
        if (bytes.AsSpan().StartsWith("PK\u0003\u0004"u8)) return XlsxSource.Open(bytes);
        if (IsBareBiff(bytes)) return SheetProblems.OldFormat();
        return CsvSource.Open(bytes, fileName);
    }

    /// <summary>The container of old Office files, and of new ones with a password.</summary>
    private static Problem OfOle(byte[] bytes) =>
        HoldsStream(bytes, "EncryptedPackage") ? SheetProblems.Encrypted()
        : HoldsStream(bytes, "Workbook") || HoldsStream(bytes, "Book") ? SheetProblems.OldFormat()
        : SheetProblems.NotASheet();

    /// <summary>Entries of the directory are 128 bytes long and lie at multiples of 128: the name in UTF-16, its length in bytes at 64.</summary>
    private static bool HoldsStream(ReadOnlySpan<byte> bytes, string name)
    {
        var length = (name.Length + 1) * 2;
        for (var at = 512; at + 128 <= bytes.Length; at += 128)
            if (BinaryPrimitives.ReadUInt16LittleEndian(bytes[(at + 64)..]) == length
                && Encoding.Unicode.GetString(bytes.Slice(at, length - 2)).Equals(name, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    /// <summary>Excel 2 to 4 wrote without a container: a BOF record, of which no text can begin.</summary>
    private static bool IsBareBiff(ReadOnlySpan<byte> bytes) =>
        bytes is [0x09, 0x00 or 0x02 or 0x04 or 0x08, 0x04 or 0x06 or 0x08 or 0x10, 0x00, ..];
}
