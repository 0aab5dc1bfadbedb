using PhongTuyen.Data;
using PhongTuyen.Formats.Sheets;
using PhongTuyen.Imports.Contract;
using PhongTuyen.Kernel;

namespace PhongTuyen.Imports;

/// <summary>Rows of an import as a file, with what became of each. What has to be mended is as it was sent, so that it can be sent again; of all others the numbers are masked.</summary>
public sealed class RowsFile(Db db, ImportContents contents, ImportAnswers answers, Words words)
{
    /// <summary>Writes them into the stream and tells the audit who was among them.</summary>
    /// <param name="excel">False: CSV.</param>
    public async Task WriteAsync(ImportRun run, RowChoice choice, Stream stream, bool excel, Language language, CancellationToken ct)
    {
        // Headers that are those of no field: a file that comes back is matched as the first one was.
        SheetColumn[] columns = [.. run.Headers.Select(header => new SheetColumn(header, Math.Clamp(header.Length + 4, 10, 40))), new(words.Say(language, "rows-file.number"), 14), new(words.Say(language, "rows-file.why"), 80)];
        await using var writer = excel ? SheetWriter.Xlsx(stream, words.Say(language, "rows-file.sheet"), columns) : SheetWriter.Csv(stream, columns);
        var mapping = Mapping.Read(run.Mapping);
        var hidden = run.Headers.Select(header => mapping.Columns.GetValueOrDefault(header) is { } field && answers.Fields.Any(one => one.Key == field && one.Sealed)).ToArray();
        var persons = new List<PersonId>();
        for (int? behind = 0; behind is { } from;)
        {
            var found = await contents.RowsAsync(run.Id, choice, from, ct, 2000);
            foreach (var row in found.Rows)
            {
                await writer.RowAsync([.. Enumerable.Range(0, run.Headers.Length).Select(i => i < row.Cells.Length ? Cell(row.Cells[i], row.Verdict, hidden[i]) : default), row.Number, Why(row, language)], ct);
                if (row.Person is { } person) persons.Add(person);
            }
            behind = found.More;
        }
        await writer.FinishAsync(ct);
        db.Tell(new ImportRowsTaken(run.Id, choice.What, (int)writer.Rows, persons));
        await db.SaveChangesAsync(ct);
    }

    /// <summary>What was a number stays one: its lost zeros are found again by that.</summary>
    private static SheetCell Cell(string cell, RowVerdict verdict, bool isHidden) => verdict != RowVerdict.Rejected && CellMask.Show(cell, isHidden) is var masked && masked != ImportRows.Shown(cell) ? masked
        : ImportRows.WasNumber(cell) && decimal.TryParse(ImportRows.Shown(cell), System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : ImportRows.Shown(cell);

    private string Why(ImportRows.Stored row, Language language) => row.Verdict is RowVerdict.Rejected or RowVerdict.Duplicate
        ? string.Join(" | ", ImportRows.ReadProblems(row.Problems).Select(problem => problem.Field is { } field && words.Has(language, "field." + field) ? $"{words.Say(language, "field." + field)}: {words.Say(language, problem)}" : words.Say(language, problem)))
        : words.Say(language, $"word.{nameof(RowVerdict)}.{row.Verdict}");
}
