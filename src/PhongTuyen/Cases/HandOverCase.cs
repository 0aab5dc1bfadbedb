using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Notices.Contract;

namespace PhongTuyen.Cases;

/// <summary>
/// Hands a case over to another unit, which is responsible for it from now on (bàn giao ca bệnh): it sees the person, is told, and the unit
/// before keeps sight of the person only. By whoever may change the case; taken back by the same side as long as nobody has worked on it since.
/// </summary>
public sealed class HandOverCase(Db db, INotify notify, TimeProvider clock)
{
    /// <param name="Intent">Becomes the id of the handing over.</param>
    /// <param name="From">Responsible when the form was shown.</param>
    public sealed record Input(Guid Intent, CaseId Case, UnitId From, UnitId ToUnit, string? Reason);

    public sealed record Handed(PersonId Person, CaseId Case);

    public Task<Outcome<Handed>> RunAsync(Input input, CancellationToken ct) => db.OnceAsync(input.Intent, "case.hand-over", input, async () =>
    {
        if (VietnameseText.Clean(input.Reason) is not { } reason) return Refusals.ReasonNeeded("reason");
        if (reason.Length > CaseRecord.ReasonMost) return Refusals.TooLong("reason", CaseRecord.ReasonMost);
        if (input.From == input.ToUnit) return Problems.SameUnit();
        if (!await db.Connection.ValueAsync<bool>("SELECT EXISTS (SELECT 1 FROM pt.unit WHERE id = $1 AND valid_to IS NULL)", ct, input.ToUnit.Value)) return Problems.NoSuchUnit();
        var done = await db.Connection.RowAsync("SELECT person, changed FROM pt.hand_over_case($1, $2, $3, $4, $5, $6)", r => (Handed: new Handed(new PersonId(r.GetGuid(0)), input.Case), Changed: r.GetBoolean(1)),
            ct, input.Intent, input.Case.Value, input.From.Value, input.ToUnit.Value, reason, clock.GetUtcNow());
        if (done.Handed is null) return Refusals.NotFound();
        if (done.Changed) return Refusals.Changed().With("person", done.Handed.Person);
        db.Tell(new CaseHandedOver(done.Handed.Person, input.Case, input.From, input.ToUnit), reason);
        await db.SaveChangesAsync(ct);
        await notify.UnitAsync(input.ToUnit, "notice.case-handed-over", new Dictionary<string, string>(), $"/desk/cases/case/{input.Case}", $"case/{input.Intent}/handed-over", ct);
        return (Outcome<Handed>)done.Handed;
    }, ct);

    /// <param name="handover">The intent with which it was handed over.</param>
    public Task<Outcome<Handed>> UndoAsync(Guid intent, Guid handover, CancellationToken ct) => db.OnceAsync(intent, "case.take-back", handover, async () =>
    {
        var done = await db.Connection.RowAsync("SELECT person, of_case, from_unit, to_unit, changed, closed FROM pt.take_back_case($1, $2)",
            r => (Handed: new Handed(new PersonId(r.GetGuid(0)), new CaseId(r.GetGuid(1))), From: new UnitId(r.GetInt32(2)), To: new UnitId(r.GetInt32(3)), Changed: r.GetBoolean(4), Closed: r.GetBoolean(5)), ct, handover, clock.GetUtcNow());
        if (done.Handed is null) return Refusals.NotFound();
        if (done.Changed) return Problems.WorkedOn(done.Handed.Person);
        if (done.Closed) return Problems.GiverClosed(done.Handed.Person);
        db.Tell(new CaseTakenBack(done.Handed.Person, done.Handed.Case, done.From, done.To));
        await db.SaveChangesAsync(ct);
        await notify.UnitAsync(done.To, "notice.case-taken-back", new Dictionary<string, string>(), null, $"case/{handover}/taken-back", ct);
        return (Outcome<Handed>)done.Handed;
    }, ct);
}
