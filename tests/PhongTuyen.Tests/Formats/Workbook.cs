using System.IO.Compression;
using System.Text;
using PhongTuyen.Formats.Sheets;
using PhongTuyen.Kernel;

namespace PhongTuyen.Tests.Formats;

/// <summary>Makes workbooks by hand, part by part, so that a test can also make wrong ones.</summary>
internal sealed class Workbook
{
    private readonly Dictionary<string, byte[]> parts = new(StringComparer.Ordinal);
    private readonly List<(string Name, string? State)> sheets = [];
    private string properties = "";

    /// <summary>A workbook with the rows of one sheet, written as XML: <c>&lt;row r="1"&gt;…</c>.</summary>
    public static Workbook Of(string rows, string after = "") => new Workbook().Sheet("Danh sách", rows, after);

    public static string Text(string text) => $"""<c t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>""";

    /// <summary>Rows of texts; an empty one is a gap.</summary>
    public static string Rows(params string[][] rows) => string.Concat(rows.Select((row, i) =>
        $"""<row r="{i + 1}">{string.Concat(row.Select((text, j) => text.Length == 0 ? "" : Text(text).Replace("<c ", $"<c r=\"{CellName.Of(i + 1, j + 1)}\" ", StringComparison.Ordinal)))}</row>"""));

    public Workbook Sheet(string name, string rows, string after = "", string? state = null)
    {
        sheets.Add((name, state));
        return Part($"xl/worksheets/sheet{sheets.Count}.xml", $"""<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData>{after}</worksheet>""");
    }

    public Workbook Since1904()
    {
        properties = """<workbookPr date1904="1"/>""";
        return this;
    }

    /// <summary>Number formats: style 0 is General, style n the n-th code.</summary>
    public Workbook Formats(params string[] codes)
    {
        var formats = string.Concat(codes.Select((code, i) => $"""<numFmt numFmtId="{164 + i}" formatCode="{code.Replace("\"", "&quot;", StringComparison.Ordinal)}"/>"""));
        var cells = string.Concat(codes.Select((_, i) => $"""<xf numFmtId="{164 + i}"/>"""));
        return Part("xl/styles.xml", $"""<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts>{formats}</numFmts><cellXfs><xf numFmtId="0"/>{cells}</cellXfs></styleSheet>""");
    }

    public Workbook SharedStrings(params string[] items) =>
        Part("xl/sharedStrings.xml", $"""<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{string.Concat(items.Select(item => $"<si>{item}</si>"))}</sst>""");

    public Workbook Part(string name, string content) => Part(name, Encoding.UTF8.GetBytes(content));

    public Workbook Part(string name, byte[] content)
    {
        parts[name] = content;
        return this;
    }

    public byte[] Bytes()
    {
        const string office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        const string package = "http://schemas.openxmlformats.org/package/2006/relationships";
        var all = new Dictionary<string, byte[]>(StringComparer.Ordinal)
        {
            ["_rels/.rels"] = Xml($"""<Relationships xmlns="{package}"><Relationship Id="r1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>"""),
            ["xl/workbook.xml"] = Xml($"""<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="{office}">{properties}<sheets>{string.Concat(sheets.Select((sheet, i) => $"""<sheet name="{sheet.Name}" sheetId="{i + 1}" r:id="s{i + 1}"{(sheet.State is null ? "" : $" state=\"{sheet.State}\"")}/>"""))}</sheets></workbook>"""),
            ["xl/_rels/workbook.xml.rels"] = Xml($"""<Relationships xmlns="{package}">{string.Concat(sheets.Select((_, i) => $"""<Relationship Id="s{i + 1}" Type="{office}/worksheet" Target="worksheets/sheet{i + 1}.xml"/>"""))}<Relationship Id="t1" Type="{office}/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="t2" Type="{office}/styles" Target="styles.xml"/></Relationships>"""),
        };
        foreach (var (name, content) in parts) all[name] = content;
        return Zip([.. all.Select(part => (part.Key, part.Value))]);
    }

    public static byte[] Zip(params (string Name, byte[] Content)[] entries)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, content) in entries)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(content);
            }
        return stream.ToArray();
    }

    public Outcome<Sheet> Open(string? sheet = null) => Open(Bytes(), "danh-sach.xlsx", sheet);

    public static Outcome<Sheet> Open(byte[] bytes, string fileName, string? sheet = null) => SheetReader.Open(new MemoryStream(bytes), fileName, sheet);

    private static byte[] Xml(string content) => Encoding.UTF8.GetBytes(content);
}
