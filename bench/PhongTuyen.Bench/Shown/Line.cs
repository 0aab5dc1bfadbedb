namespace PhongTuyen.Bench.Shown;

/// <summary>What a line of "to be shown" measured.</summary>
public sealed record Figure(string Text, bool Passed);

/// <summary>A line of "to be shown": a name to call it by, what it measures, and what it has to reach.</summary>
public sealed record Line(string Name, string What, string Target, Func<CancellationToken, Task<Figure>> Measure);
