using System.Text;
using System.Text.Unicode;
using PhongTuyen.Kernel;

namespace PhongTuyen.Formats.Sheets;

/// <summary>A text file with one row a line, its fields apart by comma, semicolon, tab or bar.</summary>
internal sealed class CsvSource : SheetSource
{
    /// <summary>For bytes that are no Unicode: which letters they mean is decided from the words.</summary>
    private static readonly Encoding Western = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
    private readonly byte[] bytes;
    private readonly Encoding encoding;
    private readonly char separator;
    private readonly int firstCharacter;
    private readonly string name;

    private CsvSource(byte[] bytes, Encoding encoding, string fileName)
    {
        (this.bytes, this.encoding) = (bytes, encoding);
        var stem = VietnameseText.Clean(Path.GetFileNameWithoutExtension(fileName));
        name = stem is null ? "CSV" : VietnameseText.Cut(stem, 31);
        using var text = Text();
        var sample = new char[65_536];
        var read = text.ReadBlock(sample, 0, sample.Length);
        (separator, firstCharacter) = CsvSeparator.Of(sample.AsSpan(0, read));
    }

    public override IReadOnlyList<string> Names => [name];
    public override bool EightBit => encoding == Western;

    public static Outcome<SheetSource> Open(byte[] bytes, string fileName)
    {
        var start = bytes.AsSpan(0, Math.Min(bytes.Length, 65_536));
        Encoding? encoding = start switch
        {
            [0xFF, 0xFE, ..] => new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true),
            [0xFE, 0xFF, ..] => new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true),
            _ => null,
        };
        if (encoding is null)
        {
            // No text holds these; a program, a picture or a PDF does.
            if (start.ContainsAnyInRange((byte)0x00, (byte)0x08) || start.ContainsAnyInRange((byte)0x0E, (byte)0x1F) || start.StartsWith("%PDF"u8)) return SheetProblems.NotASheet();
            if (start.StartsWith("MIME-Version:"u8)) return SheetProblems.WebPage();
            if (start.StartsWith("ID;P"u8)) return SheetProblems.NotASheet();
            encoding = Utf8.IsValid(bytes) ? new UTF8Encoding(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true) : Western;
        }
        var source = new CsvSource(bytes, encoding, fileName);
        return source.FirstVisible() switch
        {
            null => SheetProblems.Empty(),
            '<' => SheetProblems.WebPage(),
            '{' => SheetProblems.NotASheet(),
            _ => source,
        };
    }

    public override IEnumerable<SheetRow> Rows(string name, int width, List<MergedCells>? merges = null)
    {
        using var text = Text();
        for (var i = 0; i < firstCharacter; i++) text.Read();
        var reader = new CsvRowReader(text, separator, this.name);
        while (reader.Next(width) is { } row) yield return row;
    }

    private StreamReader Text() => new(new MemoryStream(bytes, writable: false), encoding, detectEncodingFromByteOrderMarks: false, 65_536);

    private char? FirstVisible()
    {
        using var text = Text();
        for (int c; (c = text.Read()) >= 0;)
            if (!char.IsWhiteSpace((char)c) && c != '\uFEFF' && c != '\0') return (char)c;
        return null;
    }
}
