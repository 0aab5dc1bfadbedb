using System.Diagnostics;
using PhongTuyen.Formats.Sheets;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Formats;

[Collection(nameof(Alone))]
public sealed class WritingSpeedTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_hundred_thousand_rows_are_written_in_flat_memory(bool xlsx)
    {
        var columns = Enumerable.Range(1, 30).Select(i => new SheetColumn("Cột " + i)).ToArray();
        var row = Enumerable.Range(1, 30).Select(i => (i % 3) switch { 0 => (SheetCell)i, 1 => (SheetCell)$"Nguyễn Thị Hoà {i}", _ => (SheetCell)new DateOnly(2021, 8, i) }).ToArray();
        using var counting = new AsyncOnlyStream(keep: false);
        await using var writer = xlsx ? SheetWriter.Xlsx(counting, "x", columns) : SheetWriter.Csv(counting, columns);
        var (watch, first, most) = (Stopwatch.StartNew(), 0L, 0L);
        for (var i = 0; i < 100_000; i++)
        {
            await writer.RowAsync(row, TestContext.Current.CancellationToken);
            if (i % 20_000 != 10_000) continue;
            var living = GC.GetTotalMemory(forceFullCollection: true);
            // What other tests have left behind may still be freed meanwhile: only growth counts.
            if (first == 0) first = living;
            most = Math.Max(most, living - first);
        }
        await writer.FinishAsync(TestContext.Current.CancellationToken);
        writer.Rows.ShouldBe(100_000);
        output.WriteLine($"{watch.ElapsedMilliseconds} ms, {counting.Written:N0} bytes, living memory grew by {most:N0} bytes");
        most.ShouldBeLessThan(8_000_000);
    }
}
