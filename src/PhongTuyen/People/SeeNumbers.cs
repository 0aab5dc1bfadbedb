using Microsoft.EntityFrameworkCore;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People.Contract;

namespace PhongTuyen.People;

/// <summary>Shows a person's sealed numbers in full, for a purpose that is written into the audit with the name of who looked.</summary>
public sealed class SeeNumbers(Db db, PersonSeals seals, NumberQuota quota)
{
    public const int PurposeMost = 200;

    public sealed record Seen(IReadOnlyList<(Guid Id, string Number)> Numbers, string? Chronic);

    public async Task<Outcome<Seen>> RunAsync(PersonId id, UnmaskedField field, string? purpose, CancellationToken ct)
    {
        var why = VietnameseText.Clean(purpose);
        if (why is null || why.Length < 3) return Problems.PurposeNeeded();
        if (Inputs.TooLong("purpose", why, PurposeMost) is { } tooLong) return tooLong;
        var person = await db.Set<Person>().AsNoTracking().FirstOrDefaultAsync(p => p.Id == id, ct);
        if (person is null) return Refusals.NotFound();
        var records = await db.RecordsOfAsync(id, ct);
        if (!quota.Take(db.Visitor!.Account, NumberUse.Unmask)) return Problems.TooManyNumbers();
        var seen = field switch
        {
            UnmaskedField.Documents => new Seen([.. (await db.Set<PersonDocument>().AsNoTracking().Where(d => records.Contains(d.PersonId)).ToListAsync(ct)).Select(d => (d.Id, seals.OpenDocument(d.Id, d.Number)))], null),
            UnmaskedField.Phones => new Seen([.. (await db.Set<PersonPhone>().AsNoTracking().Where(p => records.Contains(p.PersonId)).ToListAsync(ct)).Select(p => (p.Id, PhoneRules.Show(seals.OpenPhone(p.Id, p.Number))))], null),
            _ => new Seen([], seals.OpenChronic(id, person.Chronic)),
        };
        db.Tell(new PersonUnmasked(id, field), why);
        await db.SaveChangesAsync(ct);
        return seen;
    }
}
