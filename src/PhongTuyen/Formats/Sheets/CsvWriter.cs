using System.Buffers;
using System.Globalization;
using System.Text;

namespace PhongTuyen.Formats.Sheets;

/// <summary>Writes a CSV that Excel opens with its accents, and in which nothing runs.</summary>
internal sealed class CsvWriter : SheetWriter
{
    // Also those that another program may split by: what is quoted is at least not split by a program that reads quotation marks.
    private static readonly SearchValues<char> ToBeQuoted = SearchValues.Create(",;|\t\r\n\"");
    private readonly Stream stream;

    public CsvWriter(Stream stream, IReadOnlyList<SheetColumn> columns) : base(columns.Count)
    {
        this.stream = stream;
        Buffer.Write(Encoding.UTF8.Preamble);
        Encode([.. columns.Select(column => SheetCell.Text(column.Title))], 0);
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private protected override void Encode(ReadOnlySpan<SheetCell> cells, long row)
    {
        for (var i = 0; i < cells.Length; i++)
        {
            if (i > 0) Buffer.Write(","u8);
            Encode(cells[i]);
        }
        Buffer.Write("\r\n"u8);
    }

    private protected override void EncodeEnd() { }

    private protected override async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct) => await stream.WriteAsync(bytes, ct);

    private protected override Task CompleteAsync(CancellationToken ct) => stream.FlushAsync(ct);

    private void Encode(SheetCell cell)
    {
        switch (cell.Type)
        {
            case SheetCell.CellType.Text:
                Encode(FormulaGuard.Guard(XmlText.Valid(cell.Words!)));
                break;
            case SheetCell.CellType.Number:
                Write(cell.Amount.ToString(CultureInfo.InvariantCulture));
                break;
            case SheetCell.CellType.Day:
                Write(cell.When.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                break;
            case SheetCell.CellType.Moment:
                Write(cell.When.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture));
                break;
        }
    }

    private void Encode(string text)
    {
        // Blanks at the ends too: some readers trim what is not quoted.
        if (text.AsSpan().ContainsAny(ToBeQuoted) || (text.Length > 0 && (char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1]))))
            text = string.Concat("\"", text.Replace("\"", "\"\"", StringComparison.Ordinal), "\"");
        Write(text);
    }

    private void Write(string text) => Encoding.UTF8.GetBytes(text, Buffer);
}
