using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using PhongTuyen.Kernel;

namespace PhongTuyen.Cli.Documents;

/// <summary>The documents of <c>docs/</c> that are made from the code, so that they cannot be wrong: a test compares them, <c>./phongtuyen docs</c> writes them.</summary>
public static partial class GeneratedDocuments
{
    private const string Made = "Made from the code by `./phongtuyen docs`; a test compares it.\n\n";

    /// <summary>Path and text of each.</summary>
    public static IReadOnlyList<(string Path, string Text)> All(string root)
    {
        var source = new SourceText(root);
        return
        [
            ("docs/settings.md", Settings(source)), ("docs/modules.md", Modules(source)), ("docs/events.md", Events(source)), ("docs/problems.md", Problems(source)), ("docs/requirements.md", Requirements.Document(source)), ("docs/bulk-acts.md", BulkActs.Document(source)),
        ];
    }

    private static string Settings(SourceText source)
    {
        var text = new StringBuilder("# Settings\n\nWhat an operator may set. In the environment with two underscores, in a configuration file with a colon; a wrong one stops the start, and all wrong ones are named together. " + Made);
        foreach (var kind in SettingsBook.Kinds)
        {
            var section = SettingsBook.SectionOf(kind);
            text.Append(CultureInfo.InvariantCulture, $"## {section}\n\n{source.Summary(kind)}\n\n| setting | environment | default | meaning and range |\n|---|---|---|---|\n");
            var fresh = Activator.CreateInstance(kind)!;
            foreach (var property in kind.GetProperties().Where(property => property.CanWrite))
                text.Append(CultureInfo.InvariantCulture, $"| {property.Name} | `{section}__{property.Name}` | {Default(property.GetValue(fresh))} | {source.Summary(kind, property.Name) ?? throw new InvalidOperationException($"{kind.Name}.{property.Name} has no doc comment: what does it mean, and what may it be?")} |\n");
            text.Append('\n');
        }
        return text.ToString();
    }

    private static string Default(object? value) => value switch
    {
        null or "" => "empty",
        true => "true",
        false => "false",
        IEnumerable<string> many => string.Join(", ", many),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Modules(SourceText source)
    {
        var text = new StringBuilder("# Modules\n\nIn the order in which they may use each other: downwards, or another's `Contract`. " + Made + "| module | what it is for | uses | tables |\n|---|---|---|---|\n");
        var tables = source.Files("src/PhongTuyen/Data/Sql", "*.sql").SelectMany(path => CreatedTables().Matches(File.ReadAllText(path)).Select(match => match.Groups[1].Value)).Append("schema_step").Distinct().Order(StringComparer.Ordinal).ToList();
        foreach (var module in ModuleBook.All)
        {
            var readme = Path.Combine(source.Root, "src/PhongTuyen", module.Name, "README.md");
            var purpose = File.Exists(readme) ? File.ReadLines(readme).Skip(1).FirstOrDefault(line => line.Trim().Length > 0) ?? "" : throw new InvalidOperationException($"src/PhongTuyen/{module.Name}/README.md is missing.");
            var uses = source.Files("src/PhongTuyen/" + module.Name, "*.cs").SelectMany(path => Usings().Matches(File.ReadAllText(path)).Select(match => match.Groups[1].Value))
                .Where(used => used.Split('.')[0] != module.Name).Distinct().OrderBy(used => ModuleBook.FloorOf(used.Split('.')[0])).ThenBy(used => used, StringComparer.Ordinal);
            text.Append(CultureInfo.InvariantCulture, $"| [{module.Name}](../src/PhongTuyen/{module.Name}/README.md) | {purpose.Trim()} | {string.Join(", ", uses)} | {string.Join(", ", tables.Where(module.Owns).Select(table => $"`{table}`"))} |\n");
        }
        return text.ToString();
    }

    private static string Events(SourceText source)
    {
        var text = new StringBuilder("# Events\n\nWhat happens in the house, in the past tense. Each is the audit row, the entry of a timeline and the message to other modules, in the transaction that changed the data. " + Made + "| act | what happened | told by | heard by |\n|---|---|---|---|\n");
        var types = typeof(Platform).Assembly.GetTypes().Where(type => !type.IsAbstract).ToList();
        foreach (var (act, type) in types.Where(type => type.IsAssignableTo(typeof(IEvent))).Select(type => (Act: (string)type.GetProperty("Act")!.GetValue(null)!, Type: type)).OrderBy(one => one.Act, StringComparer.Ordinal))
        {
            var hear = typeof(IHear<>).MakeGenericType(type);
            var heard = types.Where(one => one.IsAssignableTo(hear)).Select(one => $"{one.Namespace!.Split('.')[1]} ({one.Name})").Order(StringComparer.Ordinal);
            text.Append(CultureInfo.InvariantCulture, $"| `{act}` | {source.Summary(type) ?? throw new InvalidOperationException($"{type.Name} has no doc comment: what happened?")} | {type.Namespace!.Split('.')[1]} | {string.Join(", ", heard)} |\n");
        }
        return text.ToString();
    }

    /// <summary>A refusal as it is written in the code.</summary>
    public sealed record Refusal(string Code, int Status, string English);

    public static IReadOnlyList<Refusal> Refusals(string root) =>
        [.. new SourceText(root).Files("src", "*.cs").SelectMany(path => Written().Matches(File.ReadAllText(path)).Select(match => new Refusal(match.Groups[1].Value, int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture), Regex.Unescape(match.Groups[3].Value))))
            .DistinctBy(refusal => refusal.Code).OrderBy(refusal => refusal.Code, StringComparer.Ordinal)];

    private static string Problems(SourceText source)
    {
        var text = new StringBuilder("# Problems\n\nEvery refusal that a user or a program can meet: its code stays the same, its status is that of HTTP. " + Made + "| code | status | câu tiếng Việt | English sentence |\n|---|---|---|---|\n");
        var vietnamese = source.Files("src", "Texts.vi.json").SelectMany(path => JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(path))!).DistinctBy(pair => pair.Key).ToDictionary();
        foreach (var refusal in Refusals(source.Root))
            text.Append(CultureInfo.InvariantCulture, $"| `{refusal.Code}` | {refusal.Status} | {Cell(vietnamese.GetValueOrDefault("problem." + refusal.Code, "—"))} | {Cell(refusal.English)} |\n");
        return text.ToString();
    }

    internal static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace("\n", " ", StringComparison.Ordinal);

    [GeneratedRegex(@"CREATE TABLE (?:IF NOT EXISTS )?pt\.([a-z_]+)")]
    private static partial Regex CreatedTables();

    [GeneratedRegex(@"^using PhongTuyen\.([A-Za-z.]+);", RegexOptions.Multiline)]
    private static partial Regex Usings();

    /// <summary>A new problem with its code, its status and its sentence, with or without the name of the type.</summary>
    [GeneratedRegex("""new(?: Problem)?\(\s*"([a-z]+\.[a-z0-9.-]+)",\s*(\d{3}),\s*"((?:[^"\\]|\\.)*)"\)""")]
    private static partial Regex Written();
}
