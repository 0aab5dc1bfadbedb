namespace PhongTuyen.Imports.Contract;

/// <summary>A field that a column can be matched to.</summary>
/// <param name="Key">For the mapping: <c>person.name</c>. The word on the screen stands in the texts under <c>field.</c> + this.</param>
/// <param name="Synonyms">What people call it in the headers of their lists, in any language.</param>
public sealed record ImportField(string Key, params IReadOnlyList<string> Synonyms);
