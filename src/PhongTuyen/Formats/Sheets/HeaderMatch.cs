namespace PhongTuyen.Formats.Sheets;

/// <summary>A field that an import can fill, and what people call it in the headers of their lists.</summary>
/// <param name="Key">For the program: <c>birth</c>.</param>
/// <param name="Synonyms">In any language, with accents: "Ngày sinh", "Năm sinh", "Date of birth".</param>
public sealed record FieldName(string Key, params IReadOnlyList<string> Synonyms);

/// <summary>How sure a match is.</summary>
public enum MatchCertainty
{
    /// <summary>No column was found.</summary>
    None = 0,
    /// <summary>Some words agree: show it and let the user confirm.</summary>
    Likely = 1,
    /// <summary>The column is called by one of the synonyms.</summary>
    Exact = 2,
}

/// <summary>The column suggested for a field.</summary>
/// <param name="Column">From 0, as in <see cref="Sheet.Header"/>; null when there is none.</param>
public sealed record HeaderMatch(string Key, int? Column, MatchCertainty Certainty)
{
    /// <summary>
    /// Suggests a column for each field, in the order of the fields; no column serves two. Case, accents, asterisks, and what stands
    /// in brackets (units, formats, notes) make no difference; of "Họ và tên / Full name" either half will do.
    /// </summary>
    public static IReadOnlyList<HeaderMatch> Suggest(IReadOnlyList<string> header, IReadOnlyList<FieldName> fields)
    {
        var columns = header.Select(HeaderWords.Of).ToList();
        var pairs =
            from field in Enumerable.Range(0, fields.Count)
            from column in Enumerable.Range(0, columns.Count)
            let score = fields[field].Synonyms.Max(synonym => (double?)columns[column].Score(HeaderWords.Of(synonym))) ?? 0
            where score > 0
            // The best first; among equals the field and the column that stand first.
            orderby score descending, field, column
            select (field, column, score);
        var found = new HeaderMatch[fields.Count];
        var used = new HashSet<int>();
        foreach (var (field, column, score) in pairs)
            if (found[field] is null && used.Add(column))
                found[field] = new HeaderMatch(fields[field].Key, column, score >= HeaderWords.Exact ? MatchCertainty.Exact : MatchCertainty.Likely);
        return [.. found.Select((match, field) => match ?? new HeaderMatch(fields[field].Key, null, MatchCertainty.None))];
    }
}
