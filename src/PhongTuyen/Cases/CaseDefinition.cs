using PhongTuyen.Kernel;
using PhongTuyen.Lab.Contract;
using PhongTuyen.Policies;

namespace PhongTuyen.Cases;

/// <summary>Which test makes which class of case: one edition of a decree.</summary>
public sealed record CaseDefinition : Policy, IPolicyKind
{
    public static string Kind => "case-definition";

    public IReadOnlyList<TestKind> ConfirmedBy { get; init; } = [];
    public IReadOnlyList<TestKind> ProbableBy { get; init; } = [];
    public IReadOnlyList<TestKind> SuspectedBy { get; init; } = [];
    public IReadOnlyList<TestCase> Cases { get; init; } = [];

    public sealed record TestCase(string Why, TestKind Kind, CaseClass Gives);

    /// <summary>The class that a positive test of this kind gives; null where the paper says nothing about it.</summary>
    public CaseClass? ClassBy(TestKind kind) =>
        ConfirmedBy.Contains(kind) ? CaseClass.Confirmed : ProbableBy.Contains(kind) ? CaseClass.Probable : SuspectedBy.Contains(kind) ? CaseClass.Suspected : null;

    /// <summary>The deciding fact as it is written down, in Vietnamese: which test, taken when, by which paper.</summary>
    public static string Deciding(Words words, CaseDefinition? definition, ResultRecorded result) => words.Say(Language.Vietnamese, "case.decided-by",
        ("kind", words.Say(Language.Vietnamese, $"word.{nameof(TestKind)}.{result.Kind}")), ("day", result.TakenOn ?? (object)words.Say(Language.Vietnamese, "case.day-unknown")), ("paper", definition?.Paper ?? "—"));

    protected override IEnumerable<string> OwnFaults()
    {
        foreach (var test in Cases)
            if (ClassBy(test.Kind) != test.Gives) yield return $"its own case fails: {test.Why}.";
    }
}
