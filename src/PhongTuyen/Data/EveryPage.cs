namespace PhongTuyen.Data;

/// <summary>All rows of a list that comes page by page, for a file.</summary>
public static class EveryPage
{
    /// <summary>How many rows a page has here: more than a screen shows, so that a file of thousands goes to the database a few times.</summary>
    public const int Rows = 500;

    /// <param name="page">The rows behind a key (null: from the beginning) and the key behind which the next begin; null at the end.</param>
    public static IAsyncEnumerable<TRow> OfAsync<TRow>(Func<string?, Task<(IReadOnlyList<TRow> Rows, string? More)>> page) => OfAsync<TRow, string?>(page);

    /// <summary>The same where the key is no text.</summary>
    public static async IAsyncEnumerable<TRow> OfAsync<TRow, TKey>(Func<TKey?, Task<(IReadOnlyList<TRow> Rows, TKey? More)>> page)
    {
        var behind = default(TKey);
        do
        {
            (var rows, behind) = await page(behind);
            foreach (var row in rows) yield return row;
        } while (behind is not null);
    }
}
