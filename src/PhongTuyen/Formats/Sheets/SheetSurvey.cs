namespace PhongTuyen.Formats.Sheets;

/// <summary>What the first reading of a sheet found.</summary>
/// <param name="RowsBefore">Rows with content up to the end of the header.</param>
/// <param name="TypedHeader">The names as the file holds them, where they were put into Unicode; null where none was.</param>
internal sealed record SheetSurvey(string Name, IReadOnlyList<string> Header, int HeaderRow, int RowsBefore, int RowCount, SheetLetters Letters, MergedCells[] Merges, IReadOnlyList<string>? TypedHeader)
{
    /// <summary>Reads the sheet to its end. Null where it holds nothing.</summary>
    /// <exception cref="SheetRefusedException">A limit is exceeded, or the file is damaged.</exception>
    public static SheetSurvey? Of(SheetSource source, string name, SheetHints hints)
    {
        var letters = new SheetLetters(source, hints.Letters);
        var title = source.Names.First(known => known.Equals(name, StringComparison.OrdinalIgnoreCase));
        var (first, merges) = (new List<SheetRow>(), new List<MergedCells>());
        var (count, width) = (0, 0);
        foreach (var row in source.Rows(title, 0, merges))
        {
            // One more than the rows that may be titles: the header may have a second line.
            if (++count <= SheetLimits.HeaderSearch + 1) first.Add(row);
            if (count > SheetLimits.Rows + SheetLimits.HeaderSearch + 1) throw TooMany(title);
            width = Math.Max(width, WidthOf(row));
            letters.Look(row.Cells);
        }
        if (count == 0) return null;
        letters.Decide();
        var header = HeaderChoice.Of(first.ConvertAll(letters.Read), merges, width, hints.Fields);
        var rows = count - header.RowsBefore;
        if (rows > SheetLimits.Rows) throw TooMany(title);
        var typed = HeaderChoice.TypedNames(first, merges, width, header);
        return new SheetSurvey(title, header.Names, header.Row, header.RowsBefore, rows, letters, MergedRows.Below(header.Row, merges), HeaderConverted(first, header, letters) ? typed : null);
    }

    private static bool HeaderConverted(List<SheetRow> first, HeaderChoice header, SheetLetters letters) =>
        first.Take(header.RowsBefore).Any(row => letters.Read(row).Cells.Any(cell => cell.Has(CellMarks.Converted)));

    private static SheetRefusedException TooMany(string sheet) => new(SheetProblems.TooManyRows(sheet));

    private static int WidthOf(SheetRow row)
    {
        var width = row.Cells.Count;
        while (width > 0 && row.Cells[width - 1].Blank) width--;
        return width;
    }
}
