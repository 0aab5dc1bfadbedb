using PhongTuyen.Bench.Ledger;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Bench;

/// <summary>The ledger of the bench, three rounds: each kind of death once.</summary>
public sealed class LedgerTests(ITestOutputHelper output)
{
    [Fact]
    public async Task What_was_acknowledged_is_there_once_after_program_and_database_were_killed()
    {
        var folder = Path.Combine(Path.GetTempPath(), "pt-ledger-" + Guid.CreateVersion7().ToString("N")[^12..]);
        try
        {
            var report = await LedgerRun.RunAsync(folder, rounds: 3, seed: 7, output.WriteLine, TestContext.Current.CancellationToken);
            output.WriteLine(report.ToString());
            report.Passed.ShouldBeTrue(report.ToString());
        }
        finally
        {
            foreach (var left in new[] { folder, folder + "-keys" })
                if (Directory.Exists(left)) Directory.Delete(left, recursive: true);
            File.Delete(folder + ".log");
        }
    }
}
