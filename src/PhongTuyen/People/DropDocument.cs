using Microsoft.EntityFrameworkCore;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People.Contract;
using PhongTuyen.People.Matching;

namespace PhongTuyen.People;

/// <summary>Takes a wrongly entered number or telephone away from a person; who did it can put it back.</summary>
public sealed class DropDocument(Db db, Matcher matcher)
{
    private const string Kind = "person.drop";

    /// <summary>What was taken away, its number sealed as it was.</summary>
    public sealed record Dropped(PersonDocument? Document, PersonPhone? Phone);

    public Task<Outcome<Dropped>> RunAsync(Guid intent, PersonId person, Guid id, CancellationToken ct) => db.OnceAsync(intent, Kind, new { person, id }, async () =>
    {
        var records = await db.RecordsOfAsync(person, ct);
        var document = await db.Set<PersonDocument>().FirstOrDefaultAsync(d => records.Contains(d.PersonId) && d.Id == id, ct);
        var phone = document is null ? await db.Set<PersonPhone>().FirstOrDefaultAsync(p => records.Contains(p.PersonId) && p.Id == id, ct) : null;
        if (((object?)document ?? phone) is not { } part) return Refusals.NotFound();
        if (!await db.TiedAsync(person, ct)) return OnlySeen.Problem();
        db.Remove(part);
        (await db.Set<Person>().FirstAsync(p => p.Id == person, ct)).Touch(db);
        db.Tell(new PersonCorrected(person));
        await db.SaveChangesAsync(ct);
        await matcher.KeepAsync([document?.PersonId ?? phone!.PersonId], corrected: true, ct);
        return (Outcome<Dropped>)new Dropped(document, phone);
    }, ct);

    /// <param name="of">The intent with which it was taken away.</param>
    public Task<Outcome<PersonId>> UndoAsync(Guid intent, Guid of, CancellationToken ct) => db.OnceAsync(intent, "person.undrop", of, async () =>
    {
        var dropped = await db.AnsweredAsync<Dropped>(of, Kind, ct);
        if (((object?)dropped?.Document ?? dropped?.Phone) is not { } part) return Refusals.NotFound();
        var (person, id) = (dropped!.Document?.PersonId ?? dropped.Phone!.PersonId, dropped.Document?.Id ?? dropped.Phone!.Id);
        var back = await db.Set<PersonDocument>().AnyAsync(d => d.PersonId == person && d.Id == id, ct) || await db.Set<PersonPhone>().AnyAsync(p => p.PersonId == person && p.Id == id, ct);
        if (back || await db.Set<Person>().FirstOrDefaultAsync(p => p.Id == person, ct) is not { } whole) return Refusals.NotFound();
        if (!await db.TiedAsync(person, ct)) return OnlySeen.Problem();
        db.Add(part);
        whole.Touch(db);
        db.Tell(new PersonCorrected(person));
        await db.SaveChangesAsync(ct);
        await matcher.KeepAsync([person], corrected: true, ct);
        return (Outcome<PersonId>)person;
    }, ct);
}
