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

    /// <param name="form">csv; anything else: Excel.</param>
    public async Task<FileStreamResult> WriteAsync(IEnumerable<TRow> rows, string? form, CancellationToken ct)
    {
        var (excel, stream) = (form != "csv", new MemoryStream());
        SheetColumn[] heads = [.. columns.Select(column => column.Head)];
        await using (var writer = excel ? SheetWriter.Xlsx(stream, title, heads) : SheetWriter.Csv(stream, heads))
        {
            foreach (var row in rows) await writer.RowAsync([.. columns.Select(column => column.Cell(row))], ct);
            await writer.FinishAsync(ct);
        }
        stream.Position = 0;
        return new FileStreamResult(stream, excel ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" : "text/csv") { FileDownloadName = $"{title} {s.Today:yyyy-MM-dd}.{(excel ? "xlsx" : "csv")}" };
    }
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
