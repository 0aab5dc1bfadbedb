using PhongTuyen.Areas;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.People;

/// <summary>The checks of a person's parts, the same for forms and imports. Fields are named <c>documents.0.number</c> and so on.</summary>
internal static class PersonChecks
{
    /// <summary>Of numbers, telephones and addresses each: nobody has more at hand.</summary>
    private const int PartsMost = 20;

    public static IEnumerable<Problem> Documents(IReadOnlyList<DocumentFact> documents, PersonFacts facts)
    {
        if (documents.Count > PartsMost)
        {
            yield return Problems.TooManyParts("documents.0.number", PartsMost);
            yield break;
        }
        var said = new HashSet<(DocumentKind, string)>();
        for (var i = 0; i < documents.Count; i++)
        {
            var (field, normal) = ($"documents.{i}.number", DocumentRules.Normal(documents[i].Number));
            if (DocumentRules.Fault(documents[i].Kind, normal, field) is { } fault) yield return fault;
            else if (!said.Add((documents[i].Kind, normal))) yield return Problems.NumberRepeated(field);
            else if (!documents[i].AsOnPaper && DocumentRules.Contradicts(documents[i].Kind, normal, facts.Birth, facts.Sex)) yield return Problems.DocumentContradicts(field);
        }
    }

    public static IEnumerable<Problem> Phones(IReadOnlyList<PhoneFact> phones)
    {
        if (phones.Count > PartsMost)
        {
            yield return Problems.TooManyParts("phones.0.number", PartsMost);
            yield break;
        }
        for (var i = 0; i < phones.Count; i++)
            if (PhoneRules.Normal(phones[i].Number) is null) yield return Problems.PhoneForm($"phones.{i}.number");
    }

    public static IEnumerable<Problem> Addresses(IReadOnlyList<AddressFact> addresses, AreaStore areas)
    {
        if (addresses.Count > PartsMost)
        {
            yield return Problems.TooManyParts("addresses.0.area", PartsMost);
            yield break;
        }
        for (var i = 0; i < addresses.Count; i++)
        {
            if (addresses[i].Area is { Known: true } keys && !areas.Holds(keys)) yield return Refusals.NotOneOf($"addresses.{i}.area");
        }
    }

    /// <summary>A hamlet is one of its commune.</summary>
    public static async Task<List<Problem>> HamletsAsync(IReadOnlyList<AddressFact> addresses, Db db, CancellationToken ct)
    {
        var faults = new List<Problem>();
        for (var i = 0; i < addresses.Count; i++)
            if (addresses[i].Hamlet is { } hamlet && !await db.Connection.ValueAsync<bool>("SELECT EXISTS (SELECT 1 FROM pt.area_hamlet WHERE id = $1 AND commune_id = $2)", ct, hamlet, addresses[i].Area.Commune.Value)) faults.Add(Refusals.NotOneOf($"addresses.{i}.hamlet"));
        return faults;
    }

    public static void Apply(Person person, PersonFacts facts, PersonSeals seals)
    {
        person.Call(VietnameseText.Clean(facts.Name), VietnameseText.Clean(facts.Code));
        person.BirthDate = facts.Birth;
        person.Sex = facts.Sex;
        person.Nationality = Countries.Code(facts.Nationality);
        person.Occupation = VietnameseText.Clean(facts.Occupation);
        person.Pregnant = facts.Pregnant;
        person.PregnancyWeeks = facts.Pregnant == Contract.Pregnancy.Yes ? facts.PregnancyWeeks : null;
        person.HouseholdHead = facts.HouseholdHead;
        var chronic = VietnameseText.Clean(facts.Chronic);
        // A sealed text differs at each sealing: only a real change is written.
        if (seals.OpenChronic(person.Id, person.Chronic) != chronic) person.Chronic = seals.Chronic(person.Id, chronic);
    }
}
