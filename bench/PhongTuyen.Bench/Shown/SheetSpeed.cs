using System.Diagnostics;
using PhongTuyen.Formats.Sheets;

namespace PhongTuyen.Bench.Shown;

/// <summary>How fast lists are read, to the last row, and written; and that an export needs no more memory the longer it is.</summary>
internal static class SheetSpeed
{
    private const int RowsRead = 30_000;
    private const int RowsWritten = 100_000;
    private const int ColumnsWritten = 30;
    private const double LeastRows = 20_000;
    private const long MostGrowth = 8_000_000;
    private static readonly string[] Header = ["STT", "Họ và tên", "CCCD", "Ngày sinh", "Giới tính", "Điện thoại", "Địa chỉ", "Xã", "Tỉnh", "Nhiệt độ", "Lý do", "Ghi chú"];

    public static async Task<Figure> ReadingAsync(CancellationToken ct)
    {
        var (text, passed) = (new List<string>(), true);
        foreach (var (kind, bytes) in new[] { ("xls", OldRecords.Of(Header, List())), ("xlsx", await WrittenAsync(true, ct)), ("csv", await WrittenAsync(false, ct)) })
        {
            var (best, rows) = (double.MaxValue, 0);
            for (var round = 0; round < 4; round++)
            {
                var watch = Stopwatch.StartNew();
                rows = SheetReader.Open(new MemoryStream(bytes), "a." + kind).Value.Rows.Count();
                best = Math.Min(best, watch.Elapsed.TotalSeconds);
            }
            passed &= rows == RowsRead && rows / best >= LeastRows;
            text.Add(FormattableString.Invariant($".{kind} ({bytes.Length / 1e6:0.0} MB): {rows / best:N0} rows/s"));
        }
        return new Figure(string.Join(", ", text) + FormattableString.Invariant($"; checked whole and then read, {RowsRead:N0} rows of {Header.Length} columns"), passed);
    }

    public static async Task<Figure> WritingAsync(CancellationToken ct)
    {
        var (text, passed) = (new List<string>(), true);
        var columns = Enumerable.Range(1, ColumnsWritten).Select(i => new SheetColumn("Cột " + i)).ToArray();
        var row = Enumerable.Range(1, ColumnsWritten).Select(i => (i % 3) switch { 0 => (SheetCell)i, 1 => (SheetCell)$"Nguyễn Thị Hoà {i}", _ => (SheetCell)new DateOnly(2021, 8, i) }).ToArray();
        foreach (var xlsx in new[] { true, false })
        {
            await using var writer = xlsx ? SheetWriter.Xlsx(Stream.Null, "x", columns) : SheetWriter.Csv(Stream.Null, columns);
            var (spent, first, most) = (Stopwatch.StartNew(), 0L, 0L);
            for (var i = 0; i < RowsWritten; i++)
            {
                await writer.RowAsync(row, ct);
                if (i % (RowsWritten / 5) != RowsWritten / 10) continue;
                spent.Stop();
                var living = GC.GetTotalMemory(forceFullCollection: true);
                if (first == 0) first = living;
                most = Math.Max(most, living - first);
                spent.Start();
            }
            await writer.FinishAsync(ct);
            passed &= most <= MostGrowth;
            text.Add(FormattableString.Invariant($".{(xlsx ? "xlsx" : "csv")}: {RowsWritten / spent.Elapsed.TotalSeconds:N0} rows/s, living memory grew by {most / 1e6:0.0} MB"));
        }
        return new Figure(string.Join("; ", text) + FormattableString.Invariant($" ({RowsWritten:N0} rows of {ColumnsWritten} columns)"), passed);
    }

    private static IEnumerable<object[]> List() => Enumerable.Range(0, RowsRead).Select(i => (object[])[i + 1.0, $"Nguyễn Thị Hoà {i}", $"{79_000_000_000 + i:000000000000}", $"{1 + i % 28:00}/{1 + i % 12:00}/{1940 + i % 60}", "Nữ", $"09{i:00000000}", "Số 5, đường Phạm Văn Thuận", $"Phường {i % 97}", "Đồng Nai", 37.5, "F1", "không"]);

    private static async Task<byte[]> WrittenAsync(bool xlsx, CancellationToken ct)
    {
        using var stream = new MemoryStream();
        var columns = Header.Select(name => new SheetColumn(name)).ToArray();
        await using var writer = xlsx ? SheetWriter.Xlsx(stream, "x", columns) : SheetWriter.Csv(stream, columns);
        foreach (var row in List()) await writer.RowAsync([.. row.Select(cell => cell is string text ? (SheetCell)text : (SheetCell)(decimal)(double)cell)], ct);
        await writer.FinishAsync(ct);
        return stream.ToArray();
    }
}
