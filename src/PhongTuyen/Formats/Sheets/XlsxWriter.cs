using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace PhongTuyen.Formats.Sheets;

/// <summary>Writes the parts of a workbook into a zip stream, the sheet last and row by row. Texts stand in their cells: a table of shared ones would have to be kept.</summary>
internal sealed class XlsxWriter : SheetWriter
{
    // The zip library flushes synchronously when an entry ends, which a web server forbids: it writes into memory, and that is sent on.
    private readonly HoldingStream held = new();
    private readonly ZipArchive archive;
    private readonly Stream stream;
    private readonly string sheetName;
    private readonly byte[][] letters;
    private readonly int columns;
    private Stream? sheet;

    public XlsxWriter(Stream stream, string sheetName, IReadOnlyList<SheetColumn> columns) : base(columns.Count)
    {
        this.stream = stream;
        archive = new ZipArchive(held, ZipArchiveMode.Create, leaveOpen: true);
        this.sheetName = sheetName;
        this.columns = columns.Count;
        letters = [.. Enumerable.Range(1, columns.Count).Select(column => Encoding.ASCII.GetBytes(CellName.ColumnOf(column)))];
        XlsxParts.BeginSheet(Buffer, columns);
        BeginRow(1);
        for (var i = 0; i < columns.Count; i++) EncodeText(columns[i].Title, i, 1, XlsxParts.StyleHeader);
        Buffer.Write("</row>"u8);
    }

    /// <summary>The archive is not disposed: that would write its table of contents and make a file cut short look whole.</summary>
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private protected override void Encode(ReadOnlySpan<SheetCell> cells, long row)
    {
        if (row > MostRows) throw new InvalidOperationException($"A sheet holds {MostRows} rows. Count before exporting, and split the list or write a CSV.");
        BeginRow(row + 1);
        for (var i = 0; i < cells.Length; i++) Encode(cells[i], i, row + 1);
        Buffer.Write("</row>"u8);
    }

    private protected override void EncodeEnd() => XlsxParts.EndSheet(Buffer, CellName.Of((int)Rows + 1, columns));

    private protected override Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        sheet ??= Begin();
        sheet.Write(bytes.Span);
        return held.SendAsync(stream, ct);
    }

    private protected override async Task CompleteAsync(CancellationToken ct)
    {
        sheet!.Dispose();
        archive.Dispose();
        await held.SendAsync(stream, ct);
        await stream.FlushAsync(ct);
    }

    private Stream Begin()
    {
        foreach (var (part, content) in XlsxParts.Fixed(sheetName))
        {
            using var fixedPart = archive.CreateEntry(part, CompressionLevel.Fastest).Open();
            fixedPart.Write(Encoding.UTF8.GetBytes(content));
        }
        return archive.CreateEntry(XlsxParts.SheetPart, CompressionLevel.Fastest).Open();
    }

    private void BeginRow(long row)
    {
        Buffer.Write("<row r=\""u8);
        Write(row);
        Buffer.Write("\">"u8);
    }

    private void Encode(SheetCell cell, int column, long row)
    {
        switch (cell.Type)
        {
            case SheetCell.CellType.Text:
                EncodeText(cell.Words!, column, row, FormulaGuard.WouldRun(cell.Words!) ? XlsxParts.StyleQuoted : XlsxParts.StyleText);
                break;
            case SheetCell.CellType.Number when Math.Abs(cell.Amount) < 1_000_000_000_000_000m:
                EncodeNumber(cell.Amount, column, row, XlsxParts.StyleNumber);
                break;
            case SheetCell.CellType.Number:
                EncodeText(cell.Amount.ToString(CultureInfo.InvariantCulture), column, row, XlsxParts.StyleText);
                break;
            // Excel knows no day before 1900, and of its first two months it has one too many.
            case SheetCell.CellType.Day or SheetCell.CellType.Moment when cell.When < new DateTime(1900, 3, 1):
                EncodeText(cell.When.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture), column, row, XlsxParts.StyleText);
                break;
            case SheetCell.CellType.Day or SheetCell.CellType.Moment:
                EncodeNumber(Serial(cell.When), column, row, cell.Type == SheetCell.CellType.Day ? XlsxParts.StyleDate : XlsxParts.StyleMoment);
                break;
        }
    }

    private static decimal Serial(DateTime when) => decimal.Round((when - new DateTime(1899, 12, 30)).Ticks / (decimal)TimeSpan.TicksPerDay, 9);

    private void EncodeNumber(decimal number, int column, long row, int style)
    {
        BeginCell(column, row, style);
        Buffer.Write("\"><v>"u8);
        Write(number);
        Buffer.Write("</v></c>"u8);
    }

    private void EncodeText(string text, int column, long row, int style)
    {
        BeginCell(column, row, style);
        Buffer.Write("\" t=\"inlineStr\"><is><t xml:space=\"preserve\">"u8);
        XmlText.Write(Buffer, Shortened(text));
        Buffer.Write("</t></is></c>"u8);
    }

    /// <summary>Excel calls a workbook damaged that has a longer text. The ellipsis shows that something is missing.</summary>
    private static string Shortened(string text)
    {
        if (text.Length <= SheetLimits.CellCharacters) return text;
        var cut = SheetLimits.CellCharacters - 1;
        return string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[cut - 1]) ? cut - 1 : cut), "…");
    }

    private void BeginCell(int column, long row, int style)
    {
        Buffer.Write("<c r=\""u8);
        Buffer.Write(letters[column]);
        Write(row);
        Buffer.Write("\" s=\""u8);
        Write(style);
    }

    private void Write(decimal number)
    {
        number.TryFormat(Buffer.GetSpan(40), out var written, default, CultureInfo.InvariantCulture);
        Buffer.Advance(written);
    }

    private void Write(long number)
    {
        number.TryFormat(Buffer.GetSpan(20), out var written, default, CultureInfo.InvariantCulture);
        Buffer.Advance(written);
    }
}
