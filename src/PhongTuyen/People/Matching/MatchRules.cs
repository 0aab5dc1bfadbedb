using PhongTuyen.Kernel;
using PhongTuyen.People.Contract;
using PhongTuyen.Policies;

namespace PhongTuyen.People.Matching;

/// <summary>
/// How alike two records must be, and what each thing weighs that they have in common or in which they differ: one edition. A weight is a logarithm to the base 2 (Fellegi and Sunter 1969):
/// each point makes it twice as likely that they are one person.
/// </summary>
public sealed record MatchRules : Policy, IPolicyKind
{
    public static string Kind => "matching";

    /// <summary>From this score on a pair waits for a person to decide. −50 to 100, as all of these.</summary>
    public required double Review { get; init; }
    /// <summary>From this score on whoever enters a person is shown the other record first.</summary>
    public required double Warn { get; init; }
    /// <summary>From this score on it is called very much alike.</summary>
    public required double Likely { get; init; }
    /// <summary>From this score on it is called almost certain. No score makes two records one.</summary>
    public required double Certain { get; init; }
    /// <summary>By <see cref="MatchReason"/> as the texts write it. −50 to 50.</summary>
    public required IReadOnlyDictionary<string, double> Weights { get; init; }

    private double[]? table;

    public double Of(MatchReason reason) => (table ??= [.. Enum.GetValues<MatchReason>().Select(one => Weights.GetValueOrDefault(one.Word()))])[(int)reason];

    private double? byName, inPlace;

    /// <summary>
    /// Whether two who were found by their names may add up to a pair that waits to be decided: of the bearers of a common name nearly all were born on other days, and the rest of them need not be read. Not of
    /// those who have a number, a telephone or a code in common. What a number with one wrong digit adds is left out where they live in two communes: with the whole birth date such a pair is found all the same.
    /// </summary>
    /// <param name="place">They live in one commune.</param>
    /// <param name="households">Both are recorded as one of a household.</param>
    public bool MayWait((BirthDate Birth, Sex Sex) one, (BirthDate Birth, Sex Sex) other, bool place, bool households)
    {
        var most = place ? MostInPlace : MostByName;
        if (households) most += Best([MatchReason.HouseholdSame]);
        if (MatchScore.OfSexes(one.Sex, other.Sex) is { } sex) most += Of(sex);
        return most + (BirthLikeness.Of(one.Birth, other.Birth) is { } birth ? Of(birth) : 0) >= Review;
    }

    /// <summary>Whether a name and a year of birth let a pair wait to be decided, wherever the two live.</summary>
    public bool YearsSuffice => MostByName + Best([MatchReason.SexSame]) + Best([MatchReason.BirthYear, MatchReason.BirthAbout, MatchReason.BirthDigit, MatchReason.BirthYearOnly]) >= Review;

    private double MostByName => byName ??= Best(Enum.GetValues<MatchReason>().Where(reason => reason is >= MatchReason.NameSame and <= MatchReason.NameDiffers)) + Best([MatchReason.CommuneDiffers]);

    private double MostInPlace => inPlace ??= MostByName - Best([MatchReason.CommuneDiffers]) + Best([MatchReason.CommuneSame, MatchReason.HamletSame])
        + Best([MatchReason.NumberDiffers, MatchReason.NumberDigit]) + Best([MatchReason.OldNumberDiffers]) + Best([MatchReason.InsuranceDiffers]);

    /// <summary>None of them may apply.</summary>
    private double Best(IEnumerable<MatchReason> reasons) => Math.Max(0, reasons.Max(Of));

    protected override IEnumerable<string> OwnFaults()
    {
        if (!(Review <= Warn && Review <= Likely && Likely <= Certain)) yield return "'review' is at most 'warn' and 'likely', and 'likely' at most 'certain'.";
        if (Review < -50 || Warn > 100 || Certain > 100) yield return "thresholds are -50 to 100.";
        var known = Enum.GetValues<MatchReason>().Select(reason => reason.Word()).ToHashSet(StringComparer.Ordinal);
        foreach (var missing in known.Where(word => !Weights.ContainsKey(word))) yield return $"'weights' lacks '{missing}'.";
        foreach (var (word, weight) in Weights)
        {
            if (!known.Contains(word)) yield return $"'weights' knows no '{word}'.";
            if (weight is < -50 or > 50) yield return $"'{word}' is -50 to 50, not {weight}.";
        }
    }
}
