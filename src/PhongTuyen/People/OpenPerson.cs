using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.People;

/// <summary>
/// Break-glass (mở khẩn cấp): somebody of another area is needed now. Found by number or patient code with the birth, the person is seen by the asker's unit for a few hours, to look
/// and not to change; whoever manages the account is told at once and looks at it afterwards.
/// </summary>
public sealed class OpenPerson(Db db, PersonSeals seals, NumberQuota quota, LookStops stops, OpeningSettings settings)
{
    public const int ReasonMost = 300;

    /// <param name="Number">Of a document of the kind; or the patient code, where <paramref name="Kind"/> is null.</param>
    public sealed record Input(Guid Intent, DocumentKind? Kind, [property: Most(60)] string Number, BirthDate Birth, [property: Most(ReasonMost)] string Reason);

    /// <param name="Ends">Null: the visitor sees the person anyhow, and nothing was opened; or it waits.</param>
    /// <param name="Waits">The record is sealed: a second officer must let it happen.</param>
    public sealed record Opened(PersonId Person, DateTimeOffset? Ends, bool Waits = false);

    public async Task<Outcome<Opened>> RunAsync(Input input, CancellationToken ct)
    {
        if (Faults(input, out var birth) is { Count: > 0 } faults) return faults;
        if (await stops.OfAsync(db.Visitor!.Account, ct) is not null) return Accounts.Problems.LooksStopped();
        // What was sent twice is opened once and counted once.
        return await db.OnceAsync<Opened>(input.Intent, "person.open", input, async () =>
        {
            if (!quota.Take(db.Visitor!.Account, NumberUse.LookUp)) return Problems.TooManyNumbers();
            var (now, number) = (db.Clock.GetUtcNow(), DocumentRules.Normal(input.Number));
            var (ends, review) = (now.AddHours(settings.Hours), now.AddHours(settings.ReviewHours));
            var id = db.Clock.NewGuid();
            var reason = VietnameseText.Clean(input.Reason)!;
            var found = await db.Connection.RowAsync<(Guid Person, bool Opened, bool Waits)?>("SELECT person, opened, waits FROM pt.open_person($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)", r => (r.GetGuid(0), r.GetBoolean(1), r.GetBoolean(2)), ct,
                input.Kind is { } kind ? seals.IndexOf(kind, number).ToArray() : Array.Empty<byte[]>(), input.Kind is null ? VietnameseText.Clean(input.Number) : null,
                input.Birth.Precision == BirthPrecision.Day ? birth : null, birth.Year, db.Visitor!.Unit.Value, id, reason, now, ends, review);
            if (found is not { } one)
            {
                db.AfterRefusal(async () =>
                {
                    db.Tell(new AskedNotShown("person", "opening"), reason);
                    await db.SaveChangesAsync(ct);
                });
                return Problems.NobodyToOpen();
            }
            var person = new PersonId(one.Person);
            if (!one.Opened) return new Opened(person, null);
            if (one.Waits) db.Tell(new OpeningAsked(person, id, review), reason);
            else db.Tell(new PersonOpened(person, id, ends, review), reason);
            await db.SaveChangesAsync(ct);
            return new Opened(person, one.Waits ? null : ends, one.Waits);
        }, ct);
    }

    private static List<Problem> Faults(Input input, out DateOnly birth)
    {
        var faults = new List<Problem>();
        if (VietnameseText.Clean(input.Number) is null) faults.Add(Refusals.Required("number"));
        else if (input.Kind is { } kind && DocumentRules.Fault(kind, DocumentRules.Normal(input.Number), "number") is { } form) faults.Add(form);
        if (input.Birth.From is null) faults.Add(Problems.BirthForm());
        if (VietnameseText.Clean(input.Reason) is not { Length: >= 10 }) faults.Add(Problems.ReasonToOpen());
        birth = input.Birth.From ?? default;
        return faults;
    }
}
