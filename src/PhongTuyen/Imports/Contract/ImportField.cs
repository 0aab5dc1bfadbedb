namespace PhongTuyen.Imports.Contract;

/// <summary>A field that a column can be matched to.</summary>
/// <param name="Key">For the mapping: <c>person.name</c>. The word on the screen stands in the texts under <c>field.</c> + this.</param>
/// <param name="Synonyms">What people call it in the headers of their lists, in any language.</param>
public sealed record ImportField(string Key, params IReadOnlyList<string> Synonyms)
{
    /// <summary>Where the field is a choice: the words that the program understands for sure, each with the key of its text. Other words of a list are matched to one of these.</summary>
    public IReadOnlyList<(string Word, string Text)> Answers { get; init; } = [];

    /// <summary>Whether the value is a number of a paper or a telephone: shown masked while columns are matched.</summary>
    public bool Sealed { get; init; }
}
