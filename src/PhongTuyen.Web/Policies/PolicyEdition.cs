using PhongTuyen.Accounts;
using PhongTuyen.Cases;
using PhongTuyen.People;
using PhongTuyen.Policies;
using PhongTuyen.Quarantine;

namespace PhongTuyen.Web.Policies;

/// <summary>An edition of a decree as the pages show it, whatever its kind.</summary>
/// <param name="Sure">False: not compared with the text of the paper.</param>
public sealed record PolicyEdition(string Kind, IPolicy Policy, bool Sure, string? Note)
{
    /// <summary>All editions of the book: by kind, then oldest first.</summary>
    public static IReadOnlyList<PolicyEdition> All(IPolicyBook book) =>
    [
        .. book.All<QuarantineRules>().Select(rules => new PolicyEdition(QuarantineRules.Kind, rules, rules.Sure, rules.Note)),
        .. book.All<CaseDefinition>().Select(definition => new PolicyEdition(CaseDefinition.Kind, definition, definition.Sure, definition.Note)),
        .. book.All<GuestGrants>().Select(terms => new PolicyEdition(GuestGrants.Kind, terms, terms.Sure, terms.Note)),
        .. book.All<ShareTerms>().Select(terms => new PolicyEdition(ShareTerms.Kind, terms, terms.Sure, terms.Note)),
        .. book.All<DecisionBasis>().Select(basis => new PolicyEdition(DecisionBasis.Kind, basis, basis.Sure, basis.Note)),
        .. book.All<VolunteerTerm>().Select(term => new PolicyEdition(VolunteerTerm.Kind, term, term.Sure, term.Note)),
    ];

    /// <summary>Tells it apart in addresses: <c>quarantine.VN.2021-07-14.covid-19</c>.</summary>
    public string Name => $"{Kind}.{Policy.Area}.{Policy.From:yyyy-MM-dd}.{Policy.Disease ?? "all"}";

    public string Address => Links.Policy(Name);

    /// <summary>The last day on which it is the newest of its kind for its area and disease; null while it is.</summary>
    public DateOnly? To(IEnumerable<PolicyEdition> all) => all.Where(other => other.Kind == Kind && other.Policy.Area == Policy.Area && other.Policy.Disease == Policy.Disease && other.Policy.From > Policy.From)
        .Select(other => (DateOnly?)other.Policy.From.AddDays(-1)).Min();
}
