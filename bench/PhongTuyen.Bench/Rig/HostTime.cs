using System.Globalization;

namespace PhongTuyen.Bench.Rig;

/// <summary>Time of all processors since the machine started, in ticks. Source: <c>/proc/stat</c>, proc(5).</summary>
/// <param name="Wanted">In which there was something to do, whether it was given or not.</param>
/// <param name="Stolen">In which the host of a virtual machine let others work although there was something to do.</param>
internal readonly record struct HostTime(long Wanted, long Stolen)
{
    public static HostTime Now
    {
        get
        {
            // user nice system idle iowait irq softirq steal
            var ticks = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Take(8).Select(text => long.Parse(text, CultureInfo.InvariantCulture)).ToArray();
            return new(ticks.Sum() - ticks[3] - ticks[4], ticks[7]);
        }
    }

    /// <summary>The share of the wanted time that others got, 0 to 1.</summary>
    public double StolenSince(HostTime before) => Wanted > before.Wanted ? (Stolen - before.Stolen) / (double)(Wanted - before.Wanted) : 0;
}
