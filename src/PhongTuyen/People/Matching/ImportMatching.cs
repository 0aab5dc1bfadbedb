using PhongTuyen.Imports.Contract;
using PhongTuyen.Kernel;

namespace PhongTuyen.People.Matching;

/// <summary>Compares the rows of a list with the persons who are recorded.</summary>
internal sealed class ImportMatching(Matcher matcher, PersonSeals seals)
{
    /// <summary>A number alone makes nobody of a row somebody else: where name or birth speak against it, the row is rejected, and a person compares both papers.</summary>
    public async Task NumbersHoldAsync(IReadOnlyList<ImportedRow> rows, CancellationToken ct)
    {
        var known = rows.Where(row => row is { PersonKnown: true, Verdict: RowVerdict.Ready }).ToList();
        if (known.Count == 0) return;
        var (facts, rules) = (await matcher.FactsOfAsync([.. known.Select(row => row.Person).Distinct()], ct), await matcher.RulesAsync(ct));
        foreach (var row in known)
            if (facts.TryGetValue(row.Person, out var person) && !MatchScore.Of(FactsOf(row), person, rules).NumberHolds) row.Reject(Problems.NumberOfAnother(row.Person, person.Name ?? person.Code ?? "?").At(FieldOf(row)));
    }

    /// <summary>The same within one list, where the person is not recorded yet.</summary>
    public async Task RowsHoldAsync(ImportContext context, IReadOnlyList<ImportedRow> rows, CancellationToken ct)
    {
        var rules = await matcher.RulesAsync(ct);
        var again = new List<ImportedRow>();
        foreach (var row in rows.Where(row => row is { Owner: not null, Verdict: RowVerdict.Ready }))
            if (row.Owner!.First == 0 || row.Owner.First == row.Number) row.Owner.First = row.Number;
            else again.Add(row);
        if (again.Count == 0) return;
        var firsts = rows.ToDictionary(row => row.Number);
        foreach (var earlier in await context.Earlier([.. again.Select(row => row.Owner!.First).Where(first => !firsts.ContainsKey(first)).Distinct()], ct)) firsts[earlier.Number] = earlier;
        foreach (var row in again)
            if (firsts[row.Owner!.First] is var first && !MatchScore.Of(FactsOf(row), FactsOf(first), rules).NumberHolds) row.Reject(Problems.NumberOfAnotherRow(first.Number, first["person.name"] ?? first["person.code"] ?? "?").At(FieldOf(row)));
    }

    /// <summary>Of every row that makes a new person, the record of the visitor's that looks most like it; taken in all the same, the pair waits to be decided.</summary>
    public async Task ShowAlikeAsync(IReadOnlyList<ImportedRow> rows, CancellationToken ct)
    {
        var fresh = rows.Where(row => row is { PersonKnown: false, Verdict: RowVerdict.Ready }).ToList();
        var found = await matcher.FindAsync(fresh.ConvertAll(row => ProbeOf(row)), ct);
        foreach (var (row, alike) in fresh.Zip(found))
            if (alike.FirstOrDefault(likeness => likeness.Visible) is { } like) row.Problems.Add(Problems.MayBe(like.Root));
    }

    private MatchFacts FactsOf(ImportedRow row)
    {
        var (facts, documents, phone, address, _) = row.Part<PeopleImport.Part>()!;
        return new MatchFacts(VietnameseText.Clean(facts.Name), VietnameseText.Clean(facts.Code), facts.Birth, facts.Sex,
            [.. documents.SelectMany(document => seals.IndexOf(document.Fact.Kind, document.Normal).Select(index => (document.Fact.Kind, Convert.ToHexString(index))))],
            phone is null ? [] : [.. seals.IndexOfPhone(phone).Select(Convert.ToHexString)], address is { Area.Commune.Value: not 0 } ? [address.Area.Commune.Value] : [], [], null,
            documents.FirstOrDefault(document => document.Fact.Kind is DocumentKind.CitizenCard or DocumentKind.BirthNumber).Normal is { } national ? () => national : null);
    }

    private Matcher.Probe ProbeOf(ImportedRow row)
    {
        var part = row.Part<PeopleImport.Part>()!;
        return new(null, FactsOf(row), row.Lives, [.. part.Documents.SelectMany(document => seals.IndexOf(document.Fact.Kind, document.Normal))], part.Phone is null ? [] : seals.IndexOfPhone(part.Phone));
    }

    private static string FieldOf(ImportedRow row) => PeopleImport.DocumentFields.Select(field => field.Field).First(field => row[field] is not null);
}
