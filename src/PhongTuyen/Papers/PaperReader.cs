using PhongTuyen.Areas;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People;

namespace PhongTuyen.Papers;

/// <summary>What was typed of a paper becomes what the register takes. Asks lists and forms of numbers, and nothing of any person: who types may be told all of it.</summary>
public sealed class PaperReader(Db db, AreaStore areas)
{
    public sealed record Facts(PersonFacts Person, IReadOnlyList<DocumentFact> Documents, IReadOnlyList<PhoneFact> Phones, IReadOnlyList<AddressFact> Addresses);

    /// <param name="asOnPaper">A number that contradicts birth or sex stands so on the paper.</param>
    /// <returns>Every fault at once, at the field of the paper.</returns>
    public async Task<Outcome<Facts>> ReadAsync(PaperContent paper, bool asOnPaper, CancellationToken ct)
    {
        var (faults, today) = (new List<Problem>(), db.Clock.Today());
        if (!TryBirth(paper.Birth, today, out var birth)) faults.Add(PhongTuyen.People.Problems.BirthForm());
        if (VietnameseText.Clean(paper.Came) is { } came)
        {
            if (!DateInput.TryDate(came, today, out var day)) faults.Add(Refusals.NotADate("came"));
            else if (day > today) faults.Add(Refusals.InFuture("came"));
        }
        var person = new PersonFacts { Name = paper.Name, Birth = birth, Sex = paper.Sex };
        DocumentFact[] documents = VietnameseText.Clean(paper.Number) is { } number ? [new(DocumentRules.Guess(DocumentRules.Normal(number)) ?? DocumentKind.Other, number) { AsOnPaper = asOnPaper }] : [];
        PhoneFact[] phones = VietnameseText.Clean(paper.Phone) is { } phone ? [new(phone, PhoneOwner.Own)] : [];
        var addresses = await AddressAsync(paper, faults, ct);
        faults.AddRange(person.Faults());
        faults.AddRange(PersonChecks.Documents(documents, person).Concat(PersonChecks.Phones(phones)).Concat(PersonChecks.Addresses(addresses, areas)).Select(AtPaper));
        return faults.Count > 0 ? faults : new Facts(person, documents, phones, addresses);
    }

    /// <summary>The register names rows (<c>documents.0.number</c>); a paper has one of each.</summary>
    internal static Problem AtPaper(Problem problem) => problem.Field switch
    {
        "documents.0.number" => problem.At("number"),
        "phones.0.number" => problem.At("phone"),
        "addresses.0.area" => problem.At("areaText"),
        "addresses.0.hamlet" => problem.At("hamlet"),
        "addresses.0.line" => problem.At("line"),
        _ => problem,
    };

    private static bool TryBirth(string? text, DateOnly today, out BirthDate birth)
    {
        birth = BirthDate.Unknown;
        if (VietnameseText.Clean(text) is not { } typed || DateInput.TryBirth(typed, today, out birth)) return true;
        if (AgeRules.Birth(typed, today) is not { } reckoned) return false;
        birth = reckoned;
        return true;
    }

    private async Task<AddressFact[]> AddressAsync(PaperContent paper, List<Problem> faults, CancellationToken ct)
    {
        var keys = paper.Area.Value == 0 ? AreaKeys.Unknown : areas.Book.Keys(paper.Area);
        if (!keys.Known && VietnameseText.Clean(paper.AreaText) is not null) faults.Add(AreaProblems.NotOne("areaText"));
        int? hamlet = null;
        if (VietnameseText.Clean(paper.Hamlet) is { } typed)
        {
            if (keys.Commune.Value == 0) faults.Add(PhongTuyen.People.Problems.HamletWithoutCommune().At("hamlet"));
            else if ((hamlet = await HamletAsync(keys.Commune, typed, ct)) is null) faults.Add(PhongTuyen.People.Problems.HamletUnknown().At("hamlet"));
        }
        return keys.Known || VietnameseText.Clean(paper.Line) is not null ? [new AddressFact(AddressKind.Present, keys, hamlet, paper.Line)] : [];
    }

    private async Task<int?> HamletAsync(AreaId commune, string typed, CancellationToken ct) =>
        (await new HamletsOfCommune(db).FindAsync(commune, ct)).FirstOrDefault(hamlet => hamlet.ValidTo is null && VietnameseText.Fold(hamlet.Name) == VietnameseText.Fold(Hamlet.FullName(hamlet.Kind, typed)))?.Id;
}
