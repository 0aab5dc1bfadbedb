using Microsoft.EntityFrameworkCore;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.People;

/// <summary>Takes a wrongly entered number or telephone away from a person.</summary>
public sealed class DropDocument(Db db)
{
    public Task<Outcome<Nothing>> RunAsync(PersonId person, Guid id, CancellationToken ct) => db.WholeAsync(() => DropAsync(person, id, ct), ct);

    private async Task<Outcome<Nothing>> DropAsync(PersonId person, Guid id, CancellationToken ct)
    {
        object? part = await db.Set<PersonDocument>().FirstOrDefaultAsync(d => d.PersonId == person && d.Id == id, ct);
        part ??= await db.Set<PersonPhone>().FirstOrDefaultAsync(p => p.PersonId == person && p.Id == id, ct);
        if (part is null) return Refusals.NotFound();
        db.Remove(part);
        (await db.Set<Person>().FirstAsync(p => p.Id == person, ct)).Touch(db);
        db.Tell(new PersonCorrected(person));
        await db.SaveChangesAsync(ct);
        return Nothing.Value;
    }
}
