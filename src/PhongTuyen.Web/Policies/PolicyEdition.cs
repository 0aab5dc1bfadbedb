using PhongTuyen.Accounts;
using PhongTuyen.Cases;
using PhongTuyen.People;
using PhongTuyen.Policies;
using PhongTuyen.Quarantine;
using PhongTuyen.Supervision;
using PhongTuyen.Worklists;

namespace PhongTuyen.Web.Policies;

/// <summary>An edition of a decree as the pages show it, whatever its kind.</summary>
public sealed record PolicyEdition(string Kind, Policy Policy)
{
    /// <summary>All editions of the book: by kind, then oldest first.</summary>
    public static IReadOnlyList<PolicyEdition> All(IPolicyBook book) =>
        [.. Of<QuarantineRules>(book), .. Of<CaseDefinition>(book), .. Of<GuestGrants>(book), .. Of<ShareTerms>(book), .. Of<DecisionBasis>(book), .. Of<VolunteerTerm>(book), .. Of<WorkTerms>(book), .. Of<SupervisionTerms>(book)];

    private static IEnumerable<PolicyEdition> Of<TPolicy>(IPolicyBook book) where TPolicy : Policy, IPolicyKind => book.All<TPolicy>().Select(policy => new PolicyEdition(TPolicy.Kind, policy));

    /// <summary>Tells it apart in addresses: <c>quarantine.VN.2021-07-14.covid-19</c>.</summary>
    public string Name => $"{Kind}.{Policy.Area}.{Policy.From:yyyy-MM-dd}.{Policy.Disease ?? "all"}";

    public string Address => Links.Policy(Name);

    /// <summary>The last day on which it is the newest of its kind for its area and disease; null while it is.</summary>
    public DateOnly? To(IEnumerable<PolicyEdition> all) => all.Where(other => other.Kind == Kind && other.Policy.Area == Policy.Area && other.Policy.Disease == Policy.Disease && other.Policy.From > Policy.From)
        .Select(other => (DateOnly?)other.Policy.From.AddDays(-1)).Min();
}
