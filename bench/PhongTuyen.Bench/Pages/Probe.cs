namespace PhongTuyen.Bench.Pages;

/// <summary>One kind of request that is measured: an address, or many of one page, as staff of one role would ask.</summary>
/// <param name="Name">As the table shows it.</param>
/// <param name="Accounts">Who asks, in turn.</param>
/// <param name="Path">The address of the n-th request.</param>
public sealed record Probe(string Name, IReadOnlyList<string> Accounts, Func<int, string> Path)
{
    /// <summary>The fields of a form that is sent; null: the address is only read.</summary>
    public Func<int, (string Name, string Value)[]>? Form { get; init; }
}

/// <summary>What was measured of a probe, in milliseconds, with the no-op endpoint of the same minutes beside it.</summary>
public sealed record Measured(string Name, int Requests, int Failed, double P50, double P95, double P99, double NoopP50, double NoopP95, double PerSecond, double ProgramMs, double Stolen)
{
    /// <summary>How often it was measured; the quickest counts, and what the first was stands beside it.</summary>
    public int Tries { get; init; } = 1;
    public double FirstP95 { get; init; } = P95;

    public double Ratio => NoopP50 > 0 ? P50 / NoopP50 : 0;
}
