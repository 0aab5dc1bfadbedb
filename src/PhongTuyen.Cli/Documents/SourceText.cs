using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace PhongTuyen.Cli.Documents;

/// <summary>What the documents take from the working copy: sentences of doc comments, files, and the marks of tests.</summary>
internal sealed partial class SourceText(string root)
{
    private readonly Dictionary<string, string> summaries = Summaries();

    public string Root => root;

    /// <summary>Files below a folder, without what was built, in one order on every machine.</summary>
    public IEnumerable<string> Files(string folder, string pattern) =>
        Directory.Exists(Path.Combine(root, folder))
            ? Directory.EnumerateFiles(Path.Combine(root, folder), pattern, SearchOption.AllDirectories).Where(path => !Built().IsMatch(path.Replace('\\', '/'))).Order(StringComparer.Ordinal)
            : [];

    public string Relative(string path) => Path.GetRelativePath(root, path).Replace('\\', '/');

    /// <summary>The doc comment of a type or a property, on one line; null where there is none.</summary>
    public string? Summary(Type type, string? property = null) =>
        summaries.GetValueOrDefault(property is null ? $"T:{type.FullName!.Replace('+', '.')}" : $"P:{type.FullName!.Replace('+', '.')}.{property}");

    private static Dictionary<string, string> Summaries() =>
        XDocument.Load(Path.Combine(AppContext.BaseDirectory, "PhongTuyen.xml")).Descendants("member").Where(member => member.Element("summary") is not null)
            .ToDictionary(member => member.Attribute("name")!.Value, member => Line(member.Element("summary")!));

    private static string Line(XElement element) => Spaces().Replace(string.Concat(element.Nodes().Select(Text)), " ").Trim();

    private static string Text(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" } see => (see.Attribute("cref")?.Value ?? "").Split('(')[0].Split('.', ':')[^1],
        XElement other => Line(other),
        _ => "",
    };

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex("/(bin|obj|dist|node_modules)/")]
    private static partial Regex Built();
}
