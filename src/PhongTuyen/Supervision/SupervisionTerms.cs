using PhongTuyen.Policies;

namespace PhongTuyen.Supervision;

/// <summary>From when a day of an operator is out of the ordinary (dấu hiệu bất thường khi tra cứu): one edition.</summary>
public sealed record SupervisionTerms : Policy, IPolicyKind
{
    /// <summary>A number of the day against what is usual.</summary>
    /// <param name="Least">Below this number it is no sign, however rare it is.</param>
    /// <param name="TimesOwn">So many times the operator's own median.</param>
    /// <param name="TimesUnit">So many times the median of the others of the unit.</param>
    public sealed record Bound(SignKind Figure, int Least, int TimesOwn, int TimesUnit);

    public sealed record Case
    {
        public required string Why { get; init; }
        public required SignKind Figure { get; init; }
        public required int N { get; init; }
        public required int? Usual { get; init; }
        public required int? Median { get; init; }
        public required bool Sign { get; init; }
    }

    public static string Kind => "supervision";

    /// <summary>Of fewer days nothing is said to be usual.</summary>
    public required int LeastDays { get; init; }
    public required IReadOnlyList<Bound> Bounds { get; init; }
    /// <summary>One person opened so often on one day.</summary>
    public required int Again { get; init; }
    /// <summary>So many persons who have to do neither with the unit nor with its area …</summary>
    public required int Elsewhere { get; init; }
    /// <summary>… if they are that share of all, in hundredths.</summary>
    public required int ElsewherePercent { get; init; }
    /// <summary>So many acts in hours in which the unit …</summary>
    public required int OddActs { get; init; }
    /// <summary>… does less than this share of all, in hundredths …</summary>
    public required int OddPercent { get; init; }
    /// <summary>… out of at least so many that are known.</summary>
    public required int OddLeast { get; init; }
    public required int Stops { get; init; }
    public required int Emergencies { get; init; }
    public required int NotShown { get; init; }
    public IReadOnlyList<Case> Cases { get; init; } = [];

    protected override IEnumerable<string> OwnFaults()
    {
        if (Disease is not null) yield return "'disease' makes no difference here: it is null.";
        if (LeastDays is < 1 or > 28) yield return $"'leastDays' must be 1 to 28, not {LeastDays}.";
        foreach (var figure in SupervisionRules.Figures)
            if (Bounds.Count(bound => bound.Figure == figure) != 1) yield return $"'bounds' has {figure} not just once.";
        foreach (var bound in Bounds)
        {
            if (!SupervisionRules.Figures.Contains(bound.Figure)) yield return $"'bounds': {bound.Figure} is compared with nothing.";
            if (bound.Least < 1 || bound.TimesOwn < 1 || bound.TimesUnit < 1) yield return $"'bounds', {bound.Figure}: all are 1 or more.";
        }
        if (new[] { Again, Elsewhere, OddActs, OddLeast, Stops, Emergencies, NotShown }.Min() < 1) yield return "a number of acts is 1 or more.";
        if (ElsewherePercent is < 1 or > 100 || OddPercent is < 1 or > 100) yield return "a share is 1 to 100.";
        foreach (var test in Cases)
            if (Bounds.FirstOrDefault(bound => bound.Figure == test.Figure) is { } bound && SupervisionRules.BoundOf(bound, test.Usual, test.Median) is var from && test.N >= from != test.Sign)
                yield return $"case '{test.Why}': {test.N} {(test.Sign ? "is" : "is not")} below {from}.";
    }
}
