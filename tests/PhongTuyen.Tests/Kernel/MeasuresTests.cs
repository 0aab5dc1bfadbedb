using System.Diagnostics.Metrics;
using System.Reflection;
using PhongTuyen.Kernel;
using PhongTuyen.Tests.Architecture;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Kernel;

/// <summary>Every instrument stands in <c>docs/measures.md</c> with its unit, and nothing stands there that is gone.</summary>
public sealed class MeasuresTests
{
    [Fact]
    public void Each_instrument_is_described_with_its_unit()
    {
        var instruments = typeof(Measures).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => field.GetValue(null)).OfType<Instrument>().Select(one => $"| `{one.Name}` | {one.Unit} |").ToList();
        instruments.Count.ShouldBe(6);
        var lines = File.ReadAllLines(Path.Combine(WorkingCopy.Root, "docs", "measures.md")).Where(line => line.StartsWith("| `phongtuyen.", StringComparison.Ordinal)).Select(line => string.Join('|', line.Split('|')[..3]) + "|");
        lines.ShouldBe(instruments, ignoreOrder: true);
    }
}
