using Microsoft.EntityFrameworkCore;
using PhongTuyen.Areas;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People.Contract;
using PhongTuyen.People.Matching;

namespace PhongTuyen.People;

/// <summary>
/// Records a person. One with the same number, or who looks much like this one, is offered first: nobody is made twice by haste. That a number is recorded in another area is said last, when nothing else refuses the entry: so
/// who tries numbers learns of each only by one that is saved (a record in their own name, seen by their unit and kept in the audit; honest work is nothing else, however much of it) or by a refusal that is counted
/// and written down. An entry that cannot be saved says the same whether its number is recorded elsewhere or nowhere.
/// </summary>
public sealed class EnterPerson(Db db, PersonSeals seals, AreaStore areas, NumberQuota quota, Matcher matcher, TimeProvider clock)
{
    /// <param name="Id">Made by the sender.</param>
    /// <param name="AnotherPerson">The person who was offered was looked at and is somebody else. The pair waits in the queue all the same.</param>
    public sealed record Input(PersonId Id, PersonFacts Facts, IReadOnlyList<DocumentFact> Documents, IReadOnlyList<PhoneFact> Phones, IReadOnlyList<AddressFact> Addresses, bool AnotherPerson)
    {
        /// <summary>Lives in one household with this person.</summary>
        public PersonId? HouseholdOf { get; init; }
    }

    public Task<Outcome<PersonId>> RunAsync(Input input, CancellationToken ct) => db.OnceAsync(input.Id.Value, "person.enter", input, () => EnterAsync(input, ct), ct, () => Faults(input));

    private async Task<Outcome<PersonId>> EnterAsync(Input input, CancellationToken ct)
    {
        var faults = Faults(input);
        faults.AddRange(await PersonChecks.HamletsAsync(input.Addresses, db, ct));
        if (faults.Count > 0) return faults;
        var (same, elsewhere) = await SameNumberAsync(input, ct);
        if (same is { } problem && !input.AnotherPerson) return problem;

        await HoldNameAsync(input.Facts, ct);
        var household = await HouseholdAsync(input.HouseholdOf, ct);
        if (!household.Done) return household.As<PersonId>();
        var person = new Person { Id = input.Id, EnteredUnit = db.Visitor!.Unit, EnteredBy = db.Visitor.Account, EnteredAt = clock.GetUtcNow(), HouseholdId = household.Value };
        PersonChecks.Apply(person, input.Facts, seals);
        db.Add(person);
        db.Tell(new PersonEntered(person.Id, same is not null));
        await db.SaveChangesAsync(ct);
        await db.TieAsync(person.Id, TieBecause.Entered, person.Id.Value, db.Visitor.Unit, AreaKeys.Unknown, ct);
        await new PersonPartsWriter(db, seals).AddAsync(person.Id, input.Facts, input.Documents, input.Phones, input.Addresses, ct);
        await db.SaveChangesAsync(ct);
        var alike = (await matcher.KeepAsync([person.Id], corrected: false, ct)).SelectMany(likenesses => likenesses);
        var warn = (await matcher.RulesAsync(ct)).Warn;
        if (!input.AnotherPerson && alike.FirstOrDefault(likeness => likeness.Visible && likeness.Score.Score >= warn) is { } like) return Problems.LooksLike(like.Root);
        return elsewhere ? Elsewhere(ct) : person.Id;
    }

    /// <summary>Whoever enters somebody of the same name in the same moment waits, and meets the first.</summary>
    private Task HoldNameAsync(PersonFacts facts, CancellationToken ct) =>
        db.Connection.RunAsync("SELECT pg_advisory_xact_lock(hashtextextended($1, 3))", ct, string.Join(' ', VietnameseText.Tokens(facts.Name ?? facts.Code).Order(StringComparer.Ordinal)));

    /// <summary>A number alone makes nobody somebody else: where name or birth speak against it, one of the two papers was read wrong.</summary>
    private async Task<Problem> HoldsAsync(Input input, PersonId known, CancellationToken ct)
    {
        if ((await matcher.FactsOfAsync([known], ct)).GetValueOrDefault(known) is not { } person) return Problems.SameNumber(known);
        var (facts, number) = (input.Facts, person.Numbers.Select(one => one.Index));
        var typed = new MatchFacts(VietnameseText.Clean(facts.Name), null, facts.Birth, facts.Sex, [.. number.Select(index => (DocumentKind.CitizenCard, index))], [], [], [], null);
        return MatchScore.Of(typed, person, await matcher.RulesAsync(ct)).NumberHolds ? Problems.SameNumber(known) : Problems.NumberOfAnother(known, person.Name ?? person.Code ?? "?");
    }

    /// <summary>That a number is known elsewhere is itself something that was found out: counted and written down.</summary>
    private Problem Elsewhere(CancellationToken ct)
    {
        var tooMany = !quota.Take(db.Visitor!.Account, NumberUse.LookUp);
        db.AfterRefusal(async () =>
        {
            db.Tell(new AskedNotShown("person", "number"));
            await db.SaveChangesAsync(ct);
        });
        return tooMany ? Problems.TooManyNumbers() : Problems.SameNumberElsewhere();
    }

    private List<Problem> Faults(Input input) => [.. input.Facts.Faults(), .. PersonChecks.Documents(input.Documents, input.Facts), .. PersonChecks.Phones(input.Phones), .. PersonChecks.Addresses(input.Addresses, areas)];

    /// <summary>The household of that person, made where there was none.</summary>
    private async Task<Outcome<Guid?>> HouseholdAsync(PersonId? of, CancellationToken ct)
    {
        if (of is not { } id) return (Guid?)null;
        if (await db.Set<Person>().FirstOrDefaultAsync(p => p.Id == id, ct) is not { } relative) return Refusals.NotFound();
        if (relative.HouseholdId is null)
        {
            if (!await db.TiedAsync(id, ct)) return OnlySeen.Problem();
            relative.HouseholdId = clock.NewGuid();
            db.Tell(new PersonCorrected(id));
        }
        return relative.HouseholdId;
    }

    /// <summary>The refusal that offers the other record; null where the numbers are new here. And whether one of them is recorded elsewhere.</summary>
    private async Task<(Problem? Here, bool Elsewhere)> SameNumberAsync(Input input, CancellationToken ct)
    {
        var (documents, elsewhere) = (input.Documents, false);
        if (documents.Count == 0) return default;
        // Whoever reads the same card in the same moment waits, and meets the first. In one order, so that nobody waits crosswise.
        await db.Connection.RunAsync("SELECT pg_advisory_xact_lock(hashtextextended(x, 1)) FROM (SELECT encode(i, 'hex') AS x FROM unnest($1::bytea[]) i ORDER BY 1) numbers", ct,
            (object)documents.SelectMany(document => seals.IndexOf(document.Kind, DocumentRules.Normal(document.Number))).ToArray());
        foreach (var document in documents)
            foreach (var index in seals.IndexOf(document.Kind, DocumentRules.Normal(document.Number)))
            {
                var known = await db.Connection.RowsAsync("SELECT person_id, visible FROM pt.persons_of_number($1)", r => (Person: new PersonId(r.GetGuid(0)), Visible: r.GetBoolean(1)), ct, index);
                if (known.Find(person => person.Visible) is { Visible: true } here) return (await HoldsAsync(input, here.Person, ct), elsewhere);
                elsewhere |= known.Count > 0;
            }
        return (null, elsewhere);
    }
}
