using PhongTuyen.Kernel;

namespace PhongTuyen.Formats.Sheets;

/// <summary>Finds the header among the first rows: the row that names the most columns, the upper one of equals.</summary>
/// <param name="Row">As Excel shows it; the lower line where there are two.</param>
/// <param name="RowsBefore">Rows with content up to and including the header.</param>
internal sealed record HeaderChoice(IReadOnlyList<string> Names, int Row, int RowsBefore)
{
    /// <param name="first">The first rows of the sheet that hold anything; at least one.</param>
    /// <param name="fields">What columns are called: by that a second line in another language is known.</param>
    public static HeaderChoice Of(IReadOnlyList<SheetRow> first, IReadOnlyList<MergedCells> merges, int width, IReadOnlyList<FieldName> fields)
    {
        var at = 0;
        var most = 0;
        for (var i = 0; i < Math.Min(first.Count, SheetLimits.HeaderSearch); i++)
        {
            var named = ColumnsNamed(first[i], merges);
            if (named > most) (at, most) = (i, named);
        }
        var last = at;
        if (Next(first, last) is { } lower && SecondLine(first[at], lower, merges) is not null) last++;
        if (Next(first, last) is { } other && SecondLanguage(other, fields)) last++;
        if (Next(first, last) is { } numbers && Numbering(numbers, width)) last++;
        return new HeaderChoice(NamesOf(first, at, last, merges, width, VietnameseText.Clean), first[last].Number, last + 1) { First = at };
    }

    /// <summary>The names in the lines that were found before, with other texts in them: as typed, since what looks like a sign to be dropped may be a letter.</summary>
    public static IReadOnlyList<string> TypedNames(IReadOnlyList<SheetRow> first, IReadOnlyList<MergedCells> merges, int width, HeaderChoice found) =>
        NamesOf(first, found.First, found.RowsBefore - 1, merges, width, text => text.Trim());

    private int First { get; init; }

    private static SheetRow? Next(IReadOnlyList<SheetRow> first, int at) => at + 1 < first.Count && first[at + 1].Number == first[at].Number + 1 ? first[at + 1] : null;

    private static string[] NamesOf(IReadOnlyList<SheetRow> first, int from, int to, IReadOnlyList<MergedCells> merges, int width, Func<string, string?> clean)
    {
        var names = new string[width];
        for (var column = 0; column < width; column++) names[column] = clean(TextAt(first[from], column)) ?? "";
        for (var line = from + 1; line <= to; line++)
        {
            if (Numbering(first[line], width)) continue;
            if (line == from + 1 && SecondLine(first[from], first[line], merges) is { } groups) Join(names, first[line], groups, clean);
            else Translate(names, first[line], clean);
        }
        return names;
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
        if (groups.Count == 0) return null;
        for (var column = 1; column <= next.Cells.Count; column++)
        {
            var cell = next.Cells[column - 1];
            if (!cell.Blank && !(IsName(cell) && groups.Exists(group => group.FirstColumn <= column && column <= group.LastColumn))) return null;
        }
        return groups;
    }

    /// <summary>The same names in another language: at least half of them are known, and none holds a digit, as data would.</summary>
    private static bool SecondLanguage(SheetRow next, IReadOnlyList<FieldName> fields)
    {
        var filled = next.Cells.Count(cell => !cell.Blank);
        if (fields.Count == 0 || filled < 2 || next.Cells.Any(cell => !cell.Blank && (!IsName(cell) || cell.Text.Any(char.IsAsciiDigit)))) return false;
        var known = HeaderMatch.Suggest([.. next.Cells.Select(cell => cell.Text)], fields).Count(match => match.Certainty == MatchCertainty.Exact);
        return known >= 2 && known * 2 >= filled;
    }

    /// <summary>Official forms number their columns: (1) (2) (3), or A B 1 2 3. Each column has its number, and it is the next one.</summary>
    private static bool Numbering(SheetRow next, int width)
    {
        var (number, letter, filled) = (0, 'A', 0);
        foreach (var text in next.Cells.Where(cell => !cell.Blank).Select(cell => cell.Text.Trim(' ', '(', ')', '[', ']')))
        {
            filled++;
            if (number == 0 && text.Length == 1 && text[0] == letter) letter++;
            else if (int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var given) && given == number + 1) number++;
            else return false;
        }
        return filled >= 3 && filled * 2 > width;
    }

    private static void Translate(string[] names, SheetRow other, Func<string, string?> clean)
    {
        for (var column = 0; column < names.Length; column++)
            if (clean(TextAt(other, column)) is { Length: > 0 } name && !name.Equals(names[column], StringComparison.OrdinalIgnoreCase))
                names[column] = names[column].Length == 0 ? name : $"{names[column]} / {name}";
    }

    private static void Join(string[] names, SheetRow second, List<MergedCells> groups, Func<string, string?> clean)
    {
        foreach (var group in groups)
        {
            var over = names[group.FirstColumn - 1];
            for (var column = group.FirstColumn - 1; column < Math.Min(group.LastColumn, names.Length); column++)
                names[column] = clean(over + " " + TextAt(second, column)) ?? "";
        }
    }

    private static string TextAt(SheetRow row, int column) => column < row.Cells.Count ? row.Cells[column].Text : "";
}
