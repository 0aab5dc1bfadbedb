using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.People;

/// <summary>Beyond one's own area a number is not enough: number, birth and purpose together tie the person to the asking unit. Found or not, it is logged.</summary>
public sealed class LookUpPerson(Db db, PersonSeals seals, NumberQuota quota, LookStops stops, TimeProvider clock)
{
    public sealed record Input(Guid Intent, DocumentKind Kind, [property: Most(60)] string Number, BirthDate Birth, [property: Most(SeeNumbers.PurposeMost)] string Purpose);

    public async Task<Outcome<PersonId>> RunAsync(Input input, CancellationToken ct)
    {
        // It ties the person to the asking unit: an act, for those who enter data.
        if (!Roles.Opens(db.Visitor!.Roles, Permission.EnterData)) return Refusals.DoorClosed();
        if (Inputs.Faults(input, clock.Today()) is { Count: > 0 } faults) return faults;
        var normal = DocumentRules.Normal(input.Number);
        if (DocumentRules.Fault(input.Kind, normal, "number") is { } fault) return fault;
        if (input.Birth.From is not { } birth) return Problems.BirthForm();
        if (VietnameseText.Clean(input.Purpose) is not { Length: >= 3 } purpose) return Problems.PurposeNeeded();
        if (await stops.OfAsync(db.Visitor!.Account, ct) is not null) return Accounts.Problems.LooksStopped();
        if (!quota.Take(db.Visitor!.Account, NumberUse.LookUp)) return Problems.TooManyNumbers();
        foreach (var index in seals.IndexOf(input.Kind, normal))
        {
            var found = await db.Connection.ValueAsync<Guid?>("SELECT pt.look_up_person($1, $2, $3, $4, $5, $6)", ct, index,
                input.Birth.Precision == BirthPrecision.Day ? birth : null, birth.Year, db.Visitor!.Unit.Value, input.Intent, clock.GetUtcNow());
            if (found is not { } id) continue;
            db.Tell(new PersonLookedUp(new PersonId(id)), purpose);
            await db.SaveChangesAsync(ct);
            return new PersonId(id);
        }
        db.Tell(new AskedNotShown("person", "number"), purpose);
        await db.SaveChangesAsync(ct);
        return Refusals.NotFound();
    }
}
