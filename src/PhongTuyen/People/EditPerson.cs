using Microsoft.EntityFrameworkCore;
using PhongTuyen.Areas;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People.Contract;
using PhongTuyen.People.Matching;

namespace PhongTuyen.People;

/// <summary>Corrects what is known of a person, or adds numbers and addresses. The values before stay in the audit.</summary>
public sealed class EditPerson(Db db, PersonSeals seals, AreaStore areas, Matcher matcher)
{
    /// <param name="BaseVersion">The version that the form showed.</param>
    /// <param name="Documents">New ones; those already there stay.</param>
    public sealed record Input(Guid Intent, PersonId Id, int BaseVersion, PersonFacts Facts, IReadOnlyList<DocumentFact> Documents, IReadOnlyList<PhoneFact> Phones, IReadOnlyList<AddressFact> Addresses)
    {
        /// <summary>The chronic diseases were not shown and were not typed anew: they stay.</summary>
        public bool KeepChronic { get; init; }
    }

    public Task<Outcome<PersonId>> RunAsync(Input input, CancellationToken ct) => db.OnceAsync(input.Intent, "person.edit", input, () => EditAsync(input, ct), ct, () => Faults(input));

    private async Task<Outcome<PersonId>> EditAsync(Input input, CancellationToken ct)
    {
        var person = await db.Set<Person>().FirstOrDefaultAsync(p => p.Id == input.Id, ct);
        if (person is null) return Refusals.NotFound();
        if (!await db.TiedAsync(person.Id, ct)) return OnlySeen.Problem();
        if (person.Version != input.BaseVersion) return Refusals.Changed();
        var faults = Faults(input);
        faults.AddRange(await PersonChecks.HamletsAsync(input.Addresses, db, ct));
        if (faults.Count > 0) return faults;
        PersonChecks.Apply(person, input.KeepChronic ? input.Facts with { Chronic = seals.OpenChronic(person.Id, person.Chronic) } : input.Facts, seals);
        db.Tell(new PersonCorrected(person.Id));
        if (await new PersonPartsWriter(db, seals).AddAsync(person.Id, input.Facts, input.Documents, input.Phones, input.Addresses, ct)) person.Touch(db);
        await db.SaveChangesAsync(ct);
        await matcher.KeepAsync([person.Id], corrected: true, ct);
        return person.Id;
    }

    private List<Problem> Faults(Input input) => [.. input.Facts.Faults(), .. PersonChecks.Documents(input.Documents, input.Facts), .. PersonChecks.Phones(input.Phones), .. PersonChecks.Addresses(input.Addresses, areas)];
}
