using System.Xml;
using PhongTuyen.Kernel;

namespace PhongTuyen.Formats.Sheets;

/// <summary>A workbook: its sheets, and what all of them share (texts, number formats, the date system). Transitional and strict alike: names of elements are compared without their namespace.</summary>
internal sealed class XlsxSource : SheetSource
{
    private readonly byte[] bytes;
    private readonly List<(string Name, string Part)> sheets;
    private readonly bool since1904;
    private readonly string? stringsPart;
    private readonly XlsxStyle[] styles;
    private string[]? strings;

    private XlsxSource(byte[] bytes, XlsxPackage package, string workbook)
    {
        this.bytes = bytes;
        var relations = Relations(package, workbook);
        if (relations.Any(relation => relation.Type == "externalLink")) throw new SheetRefusedException(SheetProblems.ExternalLinks());
        if (relations.Any(relation => relation.Type is "xlMacrosheet" or "vbaProject")) throw new SheetRefusedException(SheetProblems.Macros());
        (sheets, since1904) = ReadWorkbook(package, workbook, relations);
        stringsPart = relations.FirstOrDefault(relation => relation.Type == "sharedStrings").Target;
        var stylesPart = relations.FirstOrDefault(relation => relation.Type == "styles").Target;
        styles = stylesPart is not null && package.Has(stylesPart) ? XlsxStyles.Read(package, stylesPart) : [];
    }

    public override IReadOnlyList<string> Names => sheets.ConvertAll(sheet => sheet.Name);

    /// <summary>Opens the container and refuses what is no plain workbook.</summary>
    public static Outcome<SheetSource> Open(byte[] bytes)
    {
        using var package = new XlsxPackage(bytes);
        var names = package.Names.ToList();
        if (names.Exists(name => name.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase))) return SheetProblems.Macros();
        if (names.Exists(name => name.EndsWith("workbook.bin", StringComparison.OrdinalIgnoreCase))) return SheetProblems.BinaryFormat();
        if (MacrosEnabled(package)) return SheetProblems.Macros();
        var main = Relations(package, "").FirstOrDefault(relation => relation.Type == "officeDocument").Target ?? "xl/workbook.xml";
        if (!package.Has(main)) return SheetProblems.NotASheet();
        return new XlsxSource(bytes, package, main);
    }

    public override IEnumerable<SheetRow> Rows(string name, int width, List<MergedCells>? merges = null)
    {
        var (title, part) = sheets.Find(sheet => sheet.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        using var package = new XlsxPackage(bytes);
        strings ??= stringsPart is not null && package.Has(stringsPart) ? XlsxText.ReadShared(package, stringsPart) : [];
        using var xml = package.Xml(part);
        var reader = new XlsxRowReader(xml, title, new XlsxCells(strings, styles, since1904));
        while (reader.Next(width) is { } row) yield return row;
        if (merges is not null) reader.ReadMerges(merges);
    }

    private static bool MacrosEnabled(XlsxPackage package)
    {
        const string part = "[Content_Types].xml";
        if (!package.Has(part)) return false;
        using var xml = package.Xml(part);
        while (xml.Step())
            if (xml.GetAttribute("ContentType")?.Contains("macroEnabled", StringComparison.OrdinalIgnoreCase) == true) return true;
        return false;
    }

    private static (List<(string, string)> Sheets, bool Since1904) ReadWorkbook(XlsxPackage package, string workbook, List<Relation> relations)
    {
        var sheets = new List<(string Name, string Part)>();
        var since1904 = false;
        using var xml = package.Xml(workbook);
        if (xml.MoveToContent() != XmlNodeType.Element || xml.LocalName != "workbook") throw new SheetRefusedException(SheetProblems.NotASheet());
        while (xml.Step())
        {
            if (xml.NodeType != XmlNodeType.Element) continue;
            if (xml.LocalName == "workbookPr") since1904 = xml.GetAttribute("date1904") is "1" or "true";
            if (xml.LocalName != "sheet" || xml.GetAttribute("name") is not { Length: > 0 } name) continue;
            if (xml.GetAttribute("state") is "hidden" or "veryHidden") continue;
            var id = IdOf(xml);
            var part = relations.FirstOrDefault(relation => relation.Id == id && relation.Type == "worksheet").Target;
            // Sheets that are charts or dialogs have no cells.
            if (part is not null && package.Has(part)) sheets.Add((name, part));
        }
        return (sheets, since1904);
    }

    private static string? IdOf(XmlReader xml)
    {
        string? id = null;
        while (xml.MoveToNextAttribute())
            if (xml.LocalName == "id" && xml.NamespaceURI.Length > 0) id = xml.Value;
        xml.MoveToElement();
        return id;
    }

    private static List<Relation> Relations(XlsxPackage package, string of)
    {
        var folder = of[..(of.LastIndexOf('/') + 1)];
        var part = $"{folder}_rels/{of[folder.Length..]}.rels";
        var relations = new List<Relation>();
        if (!package.Has(part)) return relations;
        using var xml = package.Xml(part);
        while (xml.Step())
        {
            if (xml.NodeType != XmlNodeType.Element || xml.LocalName != "Relationship") continue;
            var type = xml.GetAttribute("Type") ?? "";
            var target = xml.GetAttribute("Target")?.Replace('\\', '/') ?? "";
            relations.Add(new Relation(xml.GetAttribute("Id") ?? "", type[(type.LastIndexOf('/') + 1)..], Resolve(folder, target)));
        }
        return relations;
    }

    private static string Resolve(string folder, string target)
    {
        var path = new List<string>();
        foreach (var step in (target.StartsWith('/') ? target : folder + target).Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (step == ".." && path.Count > 0) path.RemoveAt(path.Count - 1);
            else if (step is not ("." or "..")) path.Add(step);
        }
        return string.Join('/', path);
    }

    private readonly record struct Relation(string Id, string Type, string Target);
}
