using PhongTuyen.Imports;

namespace PhongTuyen.Web.Imports;

/// <summary>The form in which a person says what each column means.</summary>
public sealed class MappingFields
{
    /// <summary>A word of the list and what it stands for.</summary>
    public sealed class Meaning
    {
        public string Field { get; set; } = "";
        public string Text { get; set; } = "";
        public string? Word { get; set; }
    }

    /// <summary>Key of the field for each column of the file, in its order; empty: not used.</summary>
    public List<string?> Columns { get; set; } = [];
    /// <summary>Key of a field → value for every row.</summary>
    public Dictionary<string, string?> Constants { get; set; } = [];
    public List<Meaning> Words { get; set; } = [];
    public DateOnly? AsOf { get; set; }
    public string? SaveAs { get; set; }

    /// <summary>Fields that are a yes or nothing.</summary>
    public static readonly string[] Flags = ["stay.here", "stay.start-unknown", "stay.make-facility"];

    public static MappingFields Of(ImportRun run, Mapping mapping, IEnumerable<ImportContents.Unknown> unknown) => new()
    {
        Columns = [.. run.Headers.Select(header => mapping.Columns.GetValueOrDefault(header))],
        Constants = mapping.Constants.ToDictionary(pair => pair.Key, pair => (string?)pair.Value),
        Words = [.. mapping.Values.SelectMany(of => of.Value.Select(pair => new Meaning { Field = of.Key, Text = pair.Key, Word = pair.Value })), .. unknown.Select(one => new Meaning { Field = one.Field, Text = one.Word })],
        AsOf = mapping.AsOf,
    };

    public Mapping Read(ImportRun run, Mapping before, ImportAnswers answers)
    {
        var columns = run.Headers.Select((header, i) => (header, Field: i < Columns.Count ? Columns[i] : null)).Where(pair => !string.IsNullOrEmpty(pair.Field)).ToDictionary(pair => pair.header, pair => pair.Field!);
        var made = before with
        {
            Columns = columns,
            // A column says it row by row; the value for all rows gives way.
            Constants = Constants.Where(pair => !string.IsNullOrWhiteSpace(pair.Value) && !columns.ContainsValue(pair.Key)).ToDictionary(pair => pair.Key, pair => answers.WordOf(pair.Key, pair.Value!.Trim()) ?? pair.Value!.Trim()),
            Values = Words.Where(one => !string.IsNullOrEmpty(one.Word) && !string.IsNullOrEmpty(one.Text) && !string.IsNullOrEmpty(one.Field)).GroupBy(one => one.Field).ToDictionary(of => of.Key, of => (IReadOnlyDictionary<string, string>)of.DistinctBy(one => one.Text).ToDictionary(one => one.Text, one => one.Word!)),
            AsOf = AsOf,
        };
        return Same(made, before) ? before : made with { Name = "" };
    }

    private static bool Same(Mapping one, Mapping other) => one.AsOf == other.AsOf && Same(one.Columns, other.Columns) && Same(one.Constants, other.Constants)
        && one.Values.Count == other.Values.Count && one.Values.All(of => other.Values.TryGetValue(of.Key, out var words) && Same(of.Value, words));

    private static bool Same(IReadOnlyDictionary<string, string> one, IReadOnlyDictionary<string, string> other) => one.Count == other.Count && one.All(pair => other.GetValueOrDefault(pair.Key) == pair.Value);
}
