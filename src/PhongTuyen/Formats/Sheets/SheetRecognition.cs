using PhongTuyen.Kernel;

namespace PhongTuyen.Formats.Sheets;

/// <summary>Says what a file is, by its first bytes and its table of contents.</summary>
internal static class SheetRecognition
{
    private static ReadOnlySpan<byte> Ole => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    public static Outcome<SheetSource> Recognise(byte[] bytes, string fileName)
    {
        if (bytes.Length == 0) return SheetProblems.Empty();
        if (bytes.AsSpan().StartsWith(Ole)) return XlsSource.OpenContainer(bytes);
        if (bytes.AsSpan().StartsWith("PK\u0003\u0004"u8)) return XlsxSource.Open(bytes);
        if (IsBareBiff(bytes)) return XlsSource.Open([.. bytes], macros: false);
        return CsvSource.Open(bytes, fileName);
    }

    /// <summary>Excel 2 to 4 wrote without a container, and some programs still do: a BOF record, of which no text can begin.</summary>
    private static bool IsBareBiff(ReadOnlySpan<byte> bytes) =>
        bytes is [0x09, 0x00 or 0x02 or 0x04 or 0x08, 0x04 or 0x06 or 0x08 or 0x10, 0x00, ..];
}
