using PhongTuyen.Formats.Sheets;
using PhongTuyen.Imports.Contract;
using PhongTuyen.Kernel;

namespace PhongTuyen.Imports;

/// <summary>Rows of an import as a file, with what became of each. What has to be mended is as it was sent, so that it can be sent again; of all others the numbers are masked.</summary>
public sealed class RowsFile(ImportAnswers answers, Words words)
{
    /// <summary>The columns of the file that was sent, under their own headers, then the number of the row and why.</summary>
    public IEnumerable<(SheetColumn Head, Func<ImportRows.Stored, SheetCell> Cell)> Columns(ImportRun run, Language language)
    {
        var mapping = Mapping.Read(run.Mapping);
        foreach (var (column, header) in run.Headers.Index())
        {
            var isHidden = mapping.Columns.GetValueOrDefault(header) is { } field && answers.Fields.Any(one => one.Key == field && one.Sealed);
            yield return (new SheetColumn(header, Math.Clamp(header.Length + 4, 10, 40)), row => column < row.Cells.Length ? Cell(row.Cells[column], row.Verdict, isHidden) : default);
        }
        // Headers that are those of no field: a file that comes back is matched as the first one was.
        yield return (new SheetColumn(words.Say(language, "rows-file.number"), 14), row => row.Number);
        yield return (new SheetColumn(words.Say(language, "rows-file.why"), 80), row => Why(row, language));
    }

    /// <summary>What was a number stays one: its lost zeros are found again by that.</summary>
    private static SheetCell Cell(string cell, RowVerdict verdict, bool isHidden) => verdict != RowVerdict.Rejected && CellMask.Show(cell, isHidden) is var masked && masked != ImportRows.Shown(cell) ? masked
        : ImportRows.WasNumber(cell) && decimal.TryParse(ImportRows.Shown(cell), System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : ImportRows.Shown(cell);

    private string Why(ImportRows.Stored row, Language language) => row.Verdict is RowVerdict.Rejected or RowVerdict.Duplicate
        ? string.Join(" | ", ImportRows.ReadProblems(row.Problems).Select(problem => problem.Field is { } field && words.Has(language, "field." + field) ? $"{words.Say(language, "field." + field)}: {words.Say(language, problem)}" : words.Say(language, problem)))
        : words.Say(language, $"word.{nameof(RowVerdict)}.{row.Verdict}");
}
