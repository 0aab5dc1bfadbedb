using System.Buffers;

namespace PhongTuyen.Formats.Sheets;

/// <summary>
/// Writes a list row by row into a stream, asynchronously and in flat memory, however long the list is. No cell of it runs as a
/// formula where it is opened (threat T9).
/// </summary>
/// <remarks>
/// Call <see cref="FinishAsync"/> after the last row. Disposing alone leaves an .xlsx unfinished, so that a list cut short by an
/// error does not open as if it were whole. The stream is never closed.
/// </remarks>
public abstract class SheetWriter : IAsyncDisposable
{
    /// <summary>Rows below the header that an .xlsx can hold: Excel's 1,048,576 less one. A CSV has no limit.</summary>
    public const int MostRows = 1_048_575;

    private const int Chunk = 48 * 1024;
    private readonly ArrayBufferWriter<byte> buffer = new(64 * 1024);
    private readonly int columns;
    private bool finished;

    private protected SheetWriter(int columns) =>
        this.columns = columns is > 0 and <= 16_384 ? columns : throw new ArgumentOutOfRangeException(nameof(columns), columns, "A list has 1 to 16,384 columns.");

    /// <summary>Rows written so far, the header not counted: to be compared with what was to be written.</summary>
    public long Rows { get; private set; }

    private protected IBufferWriter<byte> Buffer => buffer;

    /// <summary>A workbook with one sheet: bold header that stays in view, filter arrows, typed cells.</summary>
    /// <param name="sheetName">Cut to the 31 characters and freed of the signs that Excel allows in no name.</param>
    public static SheetWriter Xlsx(Stream stream, string sheetName, IReadOnlyList<SheetColumn> columns) => new XlsxWriter(stream, sheetName, columns);

    /// <summary>UTF-8 with byte order mark, commas, CRLF, quotation marks as in RFC 4180.</summary>
    public static SheetWriter Csv(Stream stream, IReadOnlyList<SheetColumn> columns) => new CsvWriter(stream, columns);

    /// <summary>Writes a row. Fewer cells than columns leave the rest empty. The cells are not kept.</summary>
    /// <exception cref="ArgumentException">More cells than columns.</exception>
    /// <exception cref="InvalidOperationException">More than <see cref="MostRows"/> rows in an .xlsx: count before you export; or the list is finished.</exception>
    public ValueTask RowAsync(ReadOnlySpan<SheetCell> cells, CancellationToken ct = default)
    {
        if (cells.Length > columns) throw new ArgumentException($"{cells.Length} cells for {columns} columns.", nameof(cells));
        ObjectDisposedException.ThrowIf(finished, this);
        Encode(cells, Rows + 1);
        Rows++;
        return buffer.WrittenCount < Chunk ? ValueTask.CompletedTask : new ValueTask(FlushAsync(ct));
    }

    /// <summary>Completes the file.</summary>
    public async Task FinishAsync(CancellationToken ct = default)
    {
        if (finished) return;
        finished = true;
        EncodeEnd();
        await FlushAsync(ct);
        await CompleteAsync(ct);
    }

    public abstract ValueTask DisposeAsync();

    private protected abstract void Encode(ReadOnlySpan<SheetCell> cells, long row);
    private protected abstract void EncodeEnd();
    private protected abstract Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct);
    private protected abstract Task CompleteAsync(CancellationToken ct);

    private async Task FlushAsync(CancellationToken ct)
    {
        await SendAsync(buffer.WrittenMemory, ct);
        buffer.ResetWrittenCount();
    }
}
