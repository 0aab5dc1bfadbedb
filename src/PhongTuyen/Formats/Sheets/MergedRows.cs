namespace PhongTuyen.Formats.Sheets;

/// <summary>
/// Cells that are merged over several rows below the header: a house number for a household, a date for a group. All these rows are shown with
/// the one value, so each is given it. A row that holds nothing else stays empty.
/// </summary>
internal static class MergedRows
{
    /// <summary>Those that matter, in the order of their first row.</summary>
    public static MergedCells[] Below(int header, IEnumerable<MergedCells> merges) =>
        [.. merges.Where(merge => merge.FirstRow > header && merge.LastRow > merge.FirstRow).OrderBy(merge => merge.FirstRow)];

    public static IEnumerable<SheetRow> Fill(IEnumerable<SheetRow> rows, MergedCells[] merges)
    {
        if (merges.Length == 0) return rows;
        return Filled(rows, merges);
    }

    private static IEnumerable<SheetRow> Filled(IEnumerable<SheetRow> rows, MergedCells[] merges)
    {
        // One a column: ranges that lie over each other are no honest ones.
        var open = new Dictionary<int, (int LastRow, CellValue Value)>();
        var next = 0;
        foreach (var row in rows)
        {
            CellValue[]? filled = null;
            for (; next < merges.Length && merges[next].FirstRow <= row.Number; next++)
            {
                var (merge, column) = (merges[next], merges[next].FirstColumn - 1);
                // Where the first of the rows was empty there is nothing to give.
                if (merge.FirstRow == row.Number && column < row.Cells.Count && !row.Cells[column].Blank) open[column] = (merge.LastRow, row.Cells[column].With(CellMarks.FromAbove));
                else open.Remove(column);
            }
            foreach (var (column, (lastRow, value)) in open)
            {
                if (row.Number > lastRow) open.Remove(column);
                else if (row.Cells[column].Blank) (filled ??= [.. row.Cells])[column] = value;
            }
            yield return filled is null ? row : row with { Cells = filled };
        }
    }
}
