using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Formats.Sheets;
using PhongTuyen.People;

namespace PhongTuyen.Web.Shared;

/// <summary>A list as a file that opens in Excel: what the page shows of each row, one column each, and every row of the list.</summary>
/// <param name="title">What the file and its sheet are called; the day is added.</param>
public sealed class ListFile<TRow>(Screen s, string title)
{
    private readonly List<(SheetColumn Head, Func<TRow, SheetCell> Cell)> columns = [];

    /// <param name="head">Key of the column's word.</param>
    public ListFile<TRow> With(string head, Func<TRow, SheetCell> cell, double width = 16)
    {
        columns.Add((new SheetColumn(s[head], width), cell));
        return this;
    }

    /// <summary>Columns whose heads are no words of the program.</summary>
    public ListFile<TRow> With(IEnumerable<(SheetColumn Head, Func<TRow, SheetCell> Cell)> more)
    {
        columns.AddRange(more);
        return this;
    }

    /// <summary>How many rows were written.</summary>
    public int Rows { get; private set; }

    /// <summary>Writes the rows as they come: none is kept. The file leaves when the act is committed; what fails before that is a page, and no half of a file.</summary>
    /// <param name="form">csv; anything else: Excel.</param>
    public async Task<FileStreamResult> WriteAsync(IAsyncEnumerable<TRow> rows, string? form, HttpContext http)
    {
        var (excel, ct, cells) = (form != "csv", http.RequestAborted, new SheetCell[columns.Count]);
        SheetColumn[] heads = [.. columns.Select(column => column.Head)];
        var file = http.RequestServices.GetRequiredService<OutgoingFiles>().New(http);
        await file.FillAsync(async stream =>
        {
            await using var writer = excel ? SheetWriter.Xlsx(stream, title, heads) : SheetWriter.Csv(stream, heads);
            await foreach (var row in rows.WithCancellation(ct))
            {
                for (var i = 0; i < cells.Length; i++) cells[i] = columns[i].Cell(row);
                await writer.RowAsync(cells, ct);
            }
            await writer.FinishAsync(ct);
            Rows = (int)writer.Rows;
        }, ct);
        return file.Send(excel ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" : "text/csv", $"{title} {s.Today:yyyy-MM-dd}.{(excel ? "xlsx" : "csv")}");
    }

    /// <summary>The same of a short list that is there already.</summary>
    public Task<FileStreamResult> WriteAsync(IEnumerable<TRow> rows, string? form, HttpContext http) => WriteAsync(rows.ToAsyncEnumerable(), form, http);
}

/// <summary>A page whose list of persons may be taken as a file.</summary>
public interface ITakenList
{
    TakeFields Take { get; }

    /// <summary>Address of the list as it is narrowed now.</summary>
    string Here { get; }

    /// <summary>A click to ask a second officer: the id by which it is done once.</summary>
    Guid Intent { get; }

    /// <summary>What the visitor asked a second officer last about this list.</summary>
    ListRequests.Row? Asked { get; }
}

public sealed class TakeFields
{
    public string? Purpose { get; set; }
}
