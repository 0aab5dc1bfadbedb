using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People;

namespace PhongTuyen.Corrections;

/// <summary>What an approval did to one field, so that it can be taken back.</summary>
/// <param name="Was">Before the approval, which is not always what it was when it was asked for.</param>
/// <param name="Added">The number, telephone or address that came.</param>
/// <param name="AddressBefore">The address that it ended.</param>
internal sealed record AppliedField(FieldCorrection Field, string? Was, Guid? Added, PersonDocument? DocumentGone, PersonPhone? PhoneGone, Guid? AddressBefore);

/// <summary>Makes corrections in a record, and takes them back. Nothing is saved here.</summary>
public sealed class CorrectionChanges(Db db, PersonSeals seals)
{
    /// <summary>Which fields stand otherwise than when it was asked for, and not yet as they shall be.</summary>
    internal IEnumerable<FieldCorrection> Conflicts(PersonNow now, IEnumerable<FieldCorrection> fields) => fields.Where(field => now.ValueOf(field, seals) is var value && value != field.Before && value != field.After);

    internal List<AppliedField> Apply(PersonNow now, IReadOnlyList<FieldCorrection> fields)
    {
        var applied = new List<AppliedField>();
        foreach (var field in fields)
            if (field.Field != CorrectedField.Other && now.ValueOf(field, seals) is var was && was != field.After) applied.Add(ApplyOne(now, field, was));
        if (applied.Exists(one => one.Added is not null || one.DocumentGone is not null || one.PhoneGone is not null)) now.Person.Touch(db);
        return applied;
    }

    private AppliedField ApplyOne(PersonNow now, FieldCorrection field, string? was)
    {
        var (person, at) = (now.Person, db.Clock.GetUtcNow());
        switch (field.Field)
        {
            case CorrectedField.Document:
                var document = now.Documents.Find(part => part.Id == field.Part);
                if (document is not null) db.Remove(document);
                var number = field.After is { } after ? seals.Document(person.Id, db.Clock.NewGuid(), new DocumentFact((DocumentKind)PersonNow.Part(after).Kind, PersonNow.Part(after).Number), PersonNow.Part(after).Number, null, at) : null;
                if (number is not null) db.Add(number);
                return new AppliedField(field, was, number?.Id, document, null, null);
            case CorrectedField.Phone:
                var phone = now.Phones.Find(part => part.Id == field.Part);
                if (phone is not null) db.Remove(phone);
                var other = field.After is { } with ? seals.Phone(person.Id, db.Clock.NewGuid(), PersonNow.Part(with).Number, (PhoneOwner)PersonNow.Part(with).Kind, null, at) : null;
                if (other is not null) db.Add(other);
                return new AppliedField(field, was, other?.Id, null, phone, null);
            case CorrectedField.PermanentAddress or CorrectedField.TemporaryAddress or CorrectedField.PresentAddress:
                var before = now.Current(field.Address!.Value);
                if (before is not null) before.Until = at.LocalDay();
                var address = new PersonAddress { PersonId = person.Id, Id = db.Clock.NewGuid(), Kind = field.Address.Value, ProvinceId = field.Area.Province, DistrictId = field.Area.District, CommuneId = field.Area.Commune, HamletId = field.Hamlet, Line = field.Line, Since = at.LocalDay(), EnteredAt = at };
                db.Add(address);
                return new AppliedField(field, was, address.Id, null, null, before?.Id);
            default:
                Set(person, field.Field, field.After);
                return new AppliedField(field, was, null, null, null, null);
        }
    }

    /// <summary>Puts back what an approval changed.</summary>
    /// <returns>The fields that somebody has changed since, and nothing is done then.</returns>
    internal IReadOnlyList<CorrectedField> TakeBack(PersonNow now, IReadOnlyList<AppliedField> applied)
    {
        var depends = applied.Where(one => !Stands(now, one)).Select(one => one.Field.Field).Distinct().ToList();
        if (depends.Count > 0) return depends;
        foreach (var one in applied)
            switch (one.Field.Field)
            {
                case CorrectedField.Document:
                    if (now.Documents.Find(part => part.Id == one.Added) is { } document) db.Remove(document);
                    if (one.DocumentGone is not null) db.Add(seals.Anew(one.DocumentGone));
                    break;
                case CorrectedField.Phone:
                    if (now.Phones.Find(part => part.Id == one.Added) is { } phone) db.Remove(phone);
                    if (one.PhoneGone is not null) db.Add(seals.Anew(one.PhoneGone));
                    break;
                case CorrectedField.PermanentAddress or CorrectedField.TemporaryAddress or CorrectedField.PresentAddress:
                    now.Addresses.Single(address => address.Id == one.Added).Until = db.Clock.Today();
                    if (now.Addresses.Find(address => address.Id == one.AddressBefore) is { } before) before.Until = null;
                    break;
                default:
                    Set(now.Person, one.Field.Field, one.Was);
                    break;
            }
        if (applied.Any(one => one.Added is not null || one.DocumentGone is not null || one.PhoneGone is not null)) now.Person.Touch(db);
        return [];
    }

    /// <summary>Whether the record still says what the approval wrote.</summary>
    private bool Stands(PersonNow now, AppliedField one) => one.Field.Field switch
    {
        CorrectedField.Document => (one.Added is null || now.Documents.Exists(part => part.Id == one.Added)) && (one.DocumentGone is not { } gone || !now.Documents.Exists(part => part.Id == gone.Id || (part.Id != one.Added && part.Kind == gone.Kind && seals.OpenDocument(part.Id, part.Number) == seals.OpenDocument(gone.Id, gone.Number)))),
        CorrectedField.Phone => (one.Added is null || now.Phones.Exists(part => part.Id == one.Added)) && (one.PhoneGone is not { } gone || !now.Phones.Exists(part => part.Id == gone.Id || (part.Id != one.Added && seals.OpenPhone(part.Id, part.Number) == seals.OpenPhone(gone.Id, gone.Number)))),
        CorrectedField.PermanentAddress or CorrectedField.TemporaryAddress or CorrectedField.PresentAddress => now.Current(one.Field.Address!.Value)?.Id == one.Added,
        _ => now.ValueOf(one.Field, seals) == one.Field.After,
    };

    /// <summary>Of addresses: their ties follow, once they are saved.</summary>
    internal async Task TieAsync(PersonId person, IEnumerable<AppliedField> applied, bool undone, CancellationToken ct)
    {
        foreach (var one in applied.Where(one => one.Field.Address is not null))
        {
            if (!undone && one.Field.Area.Known) await People.Contract.Ties.TieAsync(db, person, People.Contract.TieBecause.Address, one.Added!.Value, default, one.Field.Area, ct);
            await db.Connection.RunAsync("SELECT pt.correction_address($1, $2::uuid, $3::uuid, $4)", ct, person.Value, undone ? one.Added : one.AddressBefore, undone ? one.AddressBefore : null, db.Clock.GetUtcNow());
        }
    }

    private static void Set(Person person, CorrectedField field, string? value)
    {
        switch (field)
        {
            case CorrectedField.Name: person.Call(value, person.Code); break;
            case CorrectedField.Birth: person.BirthDate = PersonNow.Birth(value); break;
            case CorrectedField.Sex: person.Sex = PersonNow.Sex(value); break;
            case CorrectedField.Nationality: person.Nationality = value; break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, "Not a field of the person itself.");
        }
    }
}
