using PhongTuyen.Formats.Sheets;
using PhongTuyen.Kernel;
using Shouldly;

namespace PhongTuyen.Tests.Formats;

/// <summary>
/// Opens a file as an import does, to its last row, and sees that it neither throws nor costs more than a file of its size may: one second of
/// the processor a megabyte (one at least), and 256 MB. What is allocated in all is the most that can have been in use; where that is more, the
/// heap as it was seen every few milliseconds decides. Only for classes beside which no other runs.
/// </summary>
internal static class Measured
{
    private const long Most = 256L * 1024 * 1024;

    public sealed record Cost(string Verdict, double Seconds, long Allocated, long Peak);

    public static Cost Open(byte[] bytes, string name)
    {
        var (heap, allocated, used) = (GC.GetTotalMemory(false), GC.GetTotalAllocatedBytes(), Environment.CpuUsage.TotalTime);
        var peak = heap;
        using var done = new ManualResetEventSlim();
        var watch = new Thread(() =>
        {
            while (!done.Wait(2)) peak = Math.Max(peak, GC.GetTotalMemory(false));
        });
        watch.Start();
        Outcome<Sheet> outcome;
        try
        {
            outcome = Workbook.Open(bytes, name);
            if (outcome.Done)
                foreach (var one in outcome.Value.Names.Take(20))
                    if (outcome.Value.Choose(one) is { Done: true } sheet) sheet.Value.Rows.Count().ShouldBe(sheet.Value.RowCount, name);
        }
        finally
        {
            done.Set();
            watch.Join();
        }
        var cost = new Cost(outcome.Done ? "sheet" : outcome.Problem.Code, (Environment.CpuUsage.TotalTime - used).TotalSeconds, GC.GetTotalAllocatedBytes() - allocated, peak - heap);
        cost.Seconds.ShouldBeLessThan(Math.Max(1, bytes.Length / 1_048_576.0), $"{name} ({bytes.Length:N0} bytes, {cost.Verdict})");
        Math.Min(cost.Allocated, cost.Peak).ShouldBeLessThan(Most + bytes.Length, $"{name} ({bytes.Length:N0} bytes, {cost.Verdict})");
        return cost;
    }
}
