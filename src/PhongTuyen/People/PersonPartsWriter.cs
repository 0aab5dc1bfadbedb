using Microsoft.EntityFrameworkCore;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People.Contract;

namespace PhongTuyen.People;

/// <summary>Adds checked documents, telephones and addresses to a person whose tie is already written.</summary>
internal sealed class PersonPartsWriter(Db db, PersonSeals seals)
{
    /// <returns>Whether there was anything new among them. Saved by the caller.</returns>
    public async Task<bool> AddAsync(PersonId person, PersonFacts facts, IReadOnlyList<DocumentFact> documents, IReadOnlyList<PhoneFact> phones, IReadOnlyList<AddressFact> addresses, CancellationToken ct)
    {
        var now = db.Clock.GetUtcNow();
        foreach (var fact in documents)
        {
            var normal = DocumentRules.Normal(fact.Number);
            var document = seals.Document(person, db.Clock.NewGuid(), fact, normal, null, now);
            var known = seals.IndexOf(fact.Kind, normal);
            if (await db.Set<PersonDocument>().AnyAsync(d => d.PersonId == person && known.Contains(d.NumberIndex), ct)) continue;
            db.Add(document);
            if (DocumentRules.Contradicts(fact.Kind, normal, facts.Birth, facts.Sex)) db.Add(Finding(person, "document.contradicts-birth", "person", person.Value, db.Visitor!.Unit, now));
        }
        foreach (var fact in phones)
        {
            var normal = PhoneRules.Normal(fact.Number)!;
            var known = seals.IndexOfPhone(normal);
            if (!await db.Set<PersonPhone>().AnyAsync(p => p.PersonId == person && known.Contains(p.NumberIndex), ct)) db.Add(seals.Phone(person, db.Clock.NewGuid(), normal, fact.Whose, null, now));
        }
        foreach (var fact in addresses) await AddAddressAsync(person, fact, now, ct);
        return db.ChangeTracker.Entries().Any(entry => entry.State == EntityState.Added && entry.Entity is PersonDocument or PersonPhone or PersonAddress);
    }

    /// <summary>A newer address ends the older of its kind. Its area sees the person from now on.</summary>
    private async Task AddAddressAsync(PersonId person, AddressFact fact, DateTimeOffset now, CancellationToken ct)
    {
        var line = VietnameseText.Clean(fact.Line);
        if (!fact.Area.Known && line is null) return;
        var current = await db.Set<PersonAddress>().Where(a => a.PersonId == person && a.Kind == fact.Kind && a.Until == null).ToListAsync(ct);
        if (current.Any(a => a.Area == fact.Area && a.HamletId == fact.Hamlet && a.Line == line)) return;
        foreach (var old in current)
        {
            old.Until = now.LocalDay();
            await db.UntieAsync(person, TieBecause.Address, old.Id, now, ct);
        }
        var address = new PersonAddress
        {
            PersonId = person,
            Id = db.Clock.NewGuid(),
            Kind = fact.Kind,
            ProvinceId = fact.Area.Province,
            DistrictId = fact.Area.District,
            CommuneId = fact.Area.Commune,
            HamletId = fact.Hamlet,
            Line = line,
            Since = now.LocalDay(),
            EnteredAt = now,
        };
        db.Add(address);
        if (fact.Area.Known) await db.TieAsync(person, TieBecause.Address, address.Id, default, fact.Area, ct);
    }

    internal static PersonFinding Finding(PersonId person, string kind, string subjectKind, Guid subject, UnitId unit, DateTimeOffset now) => new()
    {
        PersonId = person,
        Id = Guid.CreateVersion7(now),
        UnitId = unit,
        Kind = kind,
        SubjectKind = subjectKind,
        SubjectId = subject,
        FoundAt = now,
    };
}
