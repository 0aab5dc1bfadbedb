using PhongTuyen.Kernel;

namespace PhongTuyen.Formats.Sheets;

/// <summary>Finds the header among the first rows: the row that names the most columns, the upper one of equals.</summary>
/// <param name="Row">As Excel shows it; the lower line where there are two.</param>
/// <param name="RowsBefore">Rows with content up to and including the header.</param>
internal sealed record HeaderChoice(IReadOnlyList<string> Names, int Row, int RowsBefore)
{
    /// <param name="first">The first rows of the sheet that hold anything; at least one.</param>
    public static HeaderChoice Of(IReadOnlyList<SheetRow> first, IReadOnlyList<MergedCells> merges, int width)
    {
        var at = 0;
        var most = 0;
        for (var i = 0; i < Math.Min(first.Count, SheetLimits.HeaderSearch); i++)
        {
            var named = ColumnsNamed(first[i], merges);
            if (named > most) (at, most) = (i, named);
        }
        var header = first[at];
        var names = new string[width];
        for (var column = 0; column < width; column++) names[column] = VietnameseText.Clean(TextAt(header, column)) ?? "";
        if (at + 1 < first.Count && SecondLine(header, first[at + 1], merges) is { } groups)
        {
            Join(names, first[at + 1], groups);
            return new HeaderChoice(names, first[at + 1].Number, at + 2);
        }
        return new HeaderChoice(names, header.Number, at + 1);
    }

    /// <summary>
    /// Cells with a letter in them. A name that is merged over several columns names all of these, but a row with one or two
    /// texts is a title ("SỞ Y TẾ", "DANH SÁCH …"), however wide it is merged.
    /// </summary>
    private static int ColumnsNamed(SheetRow row, IReadOnlyList<MergedCells> merges)
    {
        var named = row.Cells.Count(IsName);
        return named < 3 ? named : named + Groups(row, merges).Sum(group => group.Columns - 1);
    }

    private static bool IsName(CellValue cell) => cell.Kind == CellKind.Text && cell.Text.Any(char.IsLetter);

    private static List<MergedCells> Groups(SheetRow row, IReadOnlyList<MergedCells> merges) =>
        [.. merges.Where(merge => merge.FirstRow == row.Number && merge.LastRow == row.Number && merge.Columns > 1
            && merge.FirstColumn <= row.Cells.Count && IsName(row.Cells[merge.FirstColumn - 1]))];

    /// <summary>The next row is a second line of the header when all it holds are names that stand under merged ones.</summary>
    private static List<MergedCells>? SecondLine(SheetRow header, SheetRow next, IReadOnlyList<MergedCells> merges)
    {
        var groups = Groups(header, merges);
        if (groups.Count == 0 || next.Number != header.Number + 1) return null;
        for (var column = 1; column <= next.Cells.Count; column++)
        {
            var cell = next.Cells[column - 1];
            if (!cell.Blank && !(IsName(cell) && groups.Exists(group => group.FirstColumn <= column && column <= group.LastColumn))) return null;
        }
        return groups;
    }

    private static void Join(string[] names, SheetRow second, List<MergedCells> groups)
    {
        foreach (var group in groups)
        {
            var over = names[group.FirstColumn - 1];
            for (var column = group.FirstColumn - 1; column < Math.Min(group.LastColumn, names.Length); column++)
                names[column] = VietnameseText.Clean(over + " " + TextAt(second, column)) ?? "";
        }
    }

    private static string TextAt(SheetRow row, int column) => column < row.Cells.Count ? row.Cells[column].Text : "";
}
