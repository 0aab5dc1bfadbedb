namespace PhongTuyen.Formats.Sheets;

/// <summary>Finds the separator of a CSV: that by which the first rows have the most fields in common.</summary>
internal static class CsvSeparator
{
    private const int RowsLookedAt = 20;
    // Among equals the rarer sign of running text wins: addresses hold commas.
    private const string Separators = "\t;|,";

    /// <returns>The separator, and where the text begins: behind a first line "sep=;", which Excel obeys and does not show.</returns>
    public static (char Separator, int Start) Of(ReadOnlySpan<char> sample)
    {
        if (sample.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && sample.Length > 5 && sample[5] is '\r' or '\n')
            return (sample[4], sample[5] == '\r' && sample.Length > 6 && sample[6] == '\n' ? 7 : 6);
        var (best, most) = (',', 0);
        foreach (var separator in Separators)
        {
            var score = Score(sample, separator);
            if (score > most) (best, most) = (separator, score);
        }
        return (best, 0);
    }

    /// <summary>How many rows have the usual number of fields, times the separators in each.</summary>
    private static int Score(ReadOnlySpan<char> sample, char separator)
    {
        var rows = new Dictionary<int, int>();
        var (separators, seen, quoted, mayQuote, empty) = (0, 0, false, true, true);
        foreach (var c in sample)
        {
            if (quoted || (c == '"' && mayQuote))
            {
                // A second quotation mark behind the closing one goes on with the field.
                (quoted, mayQuote, empty) = (!quoted || c != '"', true, false);
                continue;
            }
            if (c is '\n' or '\r')
            {
                if (!empty) rows[separators] = rows.GetValueOrDefault(separators) + 1;
                if (!empty && ++seen == RowsLookedAt) break;
                (separators, empty) = (0, true);
            }
            else
            {
                empty = false;
                if (c == separator) separators++;
            }
            // Behind any separator, not only the one in question: a quoted text is no evidence for either.
            mayQuote = c is '\n' or '\r' || Separators.Contains(c);
        }
        if (!empty && seen < RowsLookedAt) rows[separators] = rows.GetValueOrDefault(separators) + 1;
        return rows.Count == 0 ? 0 : rows.Max(row => row.Key * row.Value);
    }
}
