namespace PhongTuyen.Data;

/// <summary>All rows of a list that comes page by page, for a file.</summary>
public static class EveryPage
{
    /// <summary>How many rows a page has here: more than a screen shows, so that a file of thousands goes to the database a few times.</summary>
    public const int Rows = 500;

    /// <param name="page">The rows behind a key (null: from the beginning) and the key behind which the next begin; null at the end.</param>
    public static async IAsyncEnumerable<TRow> OfAsync<TRow>(Func<string?, Task<(IReadOnlyList<TRow> Rows, string? More)>> page)
    {
        string? behind = null;
        do
        {
            (var rows, behind) = await page(behind);
            foreach (var row in rows) yield return row;
        } while (behind is not null);
    }
}
