using PhongTuyen.Audit;

namespace PhongTuyen.Bench.Tampering;

/// <summary>What came of many tamperings.</summary>
internal sealed record TamperReport(int Done, IReadOnlyDictionary<string, int> Kinds, IReadOnlyList<string> Missed, IReadOnlyList<string> Misnamed)
{
    public bool Passed => Missed.Count + Misnamed.Count == 0 && Done > 0;

    public override string ToString() =>
        FormattableString.Invariant($"{Done:N0} tamperings of {Kinds.Count} kinds: {Missed.Count} missed, {Misnamed.Count} wrongly named") + string.Concat(Missed.Concat(Misnamed).Take(10).Select(one => "\n  " + one));
}

/// <summary>Tampers with a journal again and again, each time from how it was, and asks the verification what is bad first.</summary>
internal static class TamperRun
{
    /// <param name="seed">The same seed does the same.</param>
    /// <param name="prove">Verifies what was tampered with, where it is or in a database.</param>
    public static async Task<TamperReport> RunAsync(Journal journal, int times, int seed, Func<Journal, Task<VerifyAudit.Report>> prove, CancellationToken ct)
    {
        var random = new Random(seed);
        var kinds = Tamperings.All.ToDictionary(kind => kind.Name, _ => 0, StringComparer.Ordinal);
        var (missed, misnamed) = (new List<string>(), new List<string>());
        for (var done = 0; done < times;)
        {
            ct.ThrowIfCancellationRequested();
            var (kind, tampered) = (Tamperings.All[done % Tamperings.All.Count], journal.Copy());
            if (kind.Apply(tampered, random) is not { } expected) continue;
            var report = await prove(tampered);
            if (report.Fault is null) missed.Add($"{done} {kind.Name}: {expected}");
            else if (Named.By(report) != expected) misnamed.Add($"{done} {kind.Name}: {expected}, but said was {Named.By(report)}: {report.Fault}");
            kinds[kind.Name]++;
            done++;
        }
        return new TamperReport(times, kinds, missed, misnamed);
    }
}
