using PhongTuyen.Imports.Contract;
using PhongTuyen.Kernel;

namespace PhongTuyen.Imports;

/// <summary>All fields that a column can be matched to; and for choices the program's own words, found by what the screens call them in either language.</summary>
public sealed class ImportAnswers
{
    private readonly Dictionary<string, Dictionary<string, string>> words = new(StringComparer.Ordinal);

    public ImportAnswers(IEnumerable<IImportTarget> targets, Words texts)
    {
        Fields = [.. targets.OrderBy(target => target.Order).SelectMany(target => target.Fields)];
        foreach (var field in Fields.Where(field => field.Answers.Count > 0))
        {
            var known = words[field.Key] = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var (word, _) in field.Answers) known[RowWords.Key(word)] = word;
            foreach (var (word, text) in field.Answers)
                foreach (var language in Enum.GetValues<Language>()) known.TryAdd(RowWords.Key(texts.Say(language, text)), word);
        }
    }

    public IReadOnlyList<ImportField> Fields { get; }

    /// <summary>The program's word; null where the text is none that a screen shows for this field.</summary>
    public string? WordOf(string field, string text) => words.TryGetValue(field, out var known) ? known.GetValueOrDefault(RowWords.Key(text)) : null;
}
