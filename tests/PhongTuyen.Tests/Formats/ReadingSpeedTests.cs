using System.Diagnostics;
using PhongTuyen.Formats.Sheets;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Formats;

/// <summary>Measures and tells; asserts no time, which depends on the machine.</summary>
[Collection(nameof(Alone))]
public sealed class ReadingSpeedTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_list_of_50000_rows_and_12_columns_is_read_in_flat_memory(bool xlsx)
    {
        var bytes = await ListAsync(xlsx, TestContext.Current.CancellationToken);
        var watch = Stopwatch.StartNew();
        var sheet = Workbook.Open(bytes, "a").Value;
        var opened = watch.ElapsedMilliseconds;
        var (living, rows) = (GC.GetTotalMemory(true), 0);
        var highest = 0L;
        watch.Restart();
        foreach (var row in sheet.Rows)
            if (++rows % 20_000 == 0) highest = Math.Max(highest, GC.GetTotalMemory(true));
        output.WriteLine($"{bytes.Length:N0} bytes: opened and counted in {opened} ms, {rows:N0} rows read in {watch.ElapsedMilliseconds} ms, living memory grew by {highest - living:N0} bytes");
        rows.ShouldBe(50_000);
        (highest - living).ShouldBeLessThan(8_000_000);
    }

    private static async Task<byte[]> ListAsync(bool xlsx, CancellationToken ct)
    {
        using var stream = new MemoryStream();
        var columns = Enumerable.Range(1, 12).Select(i => new SheetColumn($"Cột {i}")).ToArray();
        await using var writer = xlsx ? SheetWriter.Xlsx(stream, "x", columns) : SheetWriter.Csv(stream, columns);
        for (var i = 0; i < 50_000; i++)
        {
            var day = new DateOnly(1985, 8, 5).AddDays(i % 9_000);
            await writer.RowAsync([i + 1, $"Nguyễn Thị Hoà {i}", $"{79_000_000_000 + i:000000000000}", day, "Nữ", $"09{i:00000000}", "Số 5, đường Phạm Văn Thuận", $"Phường {i % 97}", "Đồng Nai", new DateTimeOffset(2021, 8, 5, 3, 0, 0, TimeSpan.Zero), 37.5m, "không"], ct);
        }
        await writer.FinishAsync(ct);
        return stream.ToArray();
    }
}
