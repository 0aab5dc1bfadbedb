using PhongTuyen.Kernel;
using PhongTuyen.People.Contract;

namespace PhongTuyen.People.Matching;

/// <summary>What is compared of a person. Numbers as their keyed indexes: what they are is not known here.</summary>
/// <param name="Numbers">Each with its kind.</param>
/// <param name="National">The number of twelve digits itself, opened only where two differ; null where there is none.</param>
/// <param name="Communes">Every commune that the person has an address in.</param>
/// <param name="Hamlets">The same of hamlets; 0 where it is not known.</param>
public sealed record MatchFacts(string? Name, string? Code, BirthDate Birth, Sex Sex, IReadOnlyList<(DocumentKind Kind, string Index)> Numbers, IReadOnlyList<string> Phones, IReadOnlyList<int> Communes, IReadOnlyList<int> Hamlets, Guid? Household, Func<string>? National = null);

/// <param name="Reasons">What it is made of, the weightiest first.</param>
public sealed record MatchScore(double Score, IReadOnlyList<MatchReason> Reasons)
{
    /// <summary>Whether a number of a paper is the same: such a pair is looked at however little else fits.</summary>
    public bool SameNumber => Reasons.Contains(MatchReason.NumberSame);

    /// <summary>Whether a pair waits for a person to decide.</summary>
    public bool ToReview(MatchRules rules) => SameNumber || Score >= rules.Review;

    /// <summary>
    /// Whether a number on a paper is believed by itself: what is written of its holder is the same name, however it is spelled, and nothing of the birth speaks against it.
    /// The one case in which a row of a list is taken for a known person unasked.
    /// </summary>
    public bool NumberHolds => SameNumber && Reasons.All(reason => reason is not (MatchReason.NameDiffers or MatchReason.NameGivenLetter or MatchReason.NameNear or MatchReason.BirthDiffers or MatchReason.BirthDayOfYear or MatchReason.SexDiffers));

    public static MatchScore Of(MatchFacts one, MatchFacts other, MatchRules rules)
    {
        var reasons = new List<MatchReason>();
        Numbers(one, other, reasons);
        if (one.Code is not null && string.Equals(one.Code, other.Code, StringComparison.OrdinalIgnoreCase)) reasons.Add(MatchReason.CodeSame);
        var name = one.Name is null || other.Name is null ? (MatchReason?)null : NameLikeness.Of(one.Name, other.Name);
        if (name is { } likeness) reasons.Add(likeness);
        if (BirthLikeness.Of(one.Birth, other.Birth) is { } birth) reasons.Add(birth);
        if (OfSexes(one.Sex, other.Sex) is { } sex) reasons.Add(sex);
        // Brothers and sisters share the telephone and the house: of two given names these say nothing.
        if (name != MatchReason.NameDiffers) Around(one, other, reasons);
        return new MatchScore(reasons.Sum(rules.Of), [.. reasons.OrderByDescending(reason => Math.Abs(rules.Of(reason)))]);
    }

    /// <summary>Null where one of them is not known.</summary>
    internal static MatchReason? OfSexes(Sex one, Sex other) => one is Sex.Male or Sex.Female && other is Sex.Male or Sex.Female ? one == other ? MatchReason.SexSame : MatchReason.SexDiffers : null;

    private static void Numbers(MatchFacts one, MatchFacts other, List<MatchReason> reasons)
    {
        if (one.Numbers.Any(number => other.Numbers.Any(number2 => number2.Index == number.Index)))
        {
            reasons.Add(MatchReason.NumberSame);
            return;
        }
        foreach (var (kinds, differs) in Differing)
            if (one.Numbers.Any(number => kinds.Contains(number.Kind)) && other.Numbers.Any(number => kinds.Contains(number.Kind)))
                reasons.Add(differs == MatchReason.NumberDiffers && one.National is { } mine && other.National is { } theirs && BirthLikeness.OneDigit(mine(), theirs()) ? MatchReason.NumberDigit : differs);
    }

    /// <summary>Passports are renewed under another number, and a list calls many things "other": these say nothing where they differ.</summary>
    private static readonly (DocumentKind[] Kinds, MatchReason Differs)[] Differing =
        [([DocumentKind.CitizenCard, DocumentKind.BirthNumber], MatchReason.NumberDiffers), ([DocumentKind.OldIdentityCard], MatchReason.OldNumberDiffers), ([DocumentKind.HealthInsurance], MatchReason.InsuranceDiffers)];

    private static void Around(MatchFacts one, MatchFacts other, List<MatchReason> reasons)
    {
        if (one.Phones.Any(other.Phones.Contains)) reasons.Add(MatchReason.PhoneSame);
        if (one.Hamlets.Any(hamlet => hamlet != 0 && other.Hamlets.Contains(hamlet))) reasons.Add(MatchReason.HamletSame);
        else if (one.Communes.Any(other.Communes.Contains)) reasons.Add(MatchReason.CommuneSame);
        else if (one.Communes.Count > 0 && other.Communes.Count > 0) reasons.Add(MatchReason.CommuneDiffers);
        if (one.Household is { } household && household == other.Household) reasons.Add(MatchReason.HouseholdSame);
    }
}
