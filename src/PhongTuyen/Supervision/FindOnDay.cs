using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Supervision;

/// <summary>A supervisor writes down what they found on an operator's day. It is kept with who and when; a later one replaces it, and the newest can be taken back.</summary>
public sealed class FindOnDay(Db db)
{
    public const int NoteMost = 500;

    public sealed record Input(Guid Id, AccountId Account, UnitId Unit, DateOnly Day, DayVerdict Verdict, string? Note);

    public Task<Outcome<Guid>> RunAsync(Input input, CancellationToken ct) => db.OnceAsync(input.Id, "supervision.find", input, async () =>
    {
        var note = VietnameseText.Clean(input.Note);
        if (await ScoreAsync(input.Account, input.Unit, input.Day, ct) is not { } score) return Refusals.NotFound();
        if (await FaultAsync(input.Account, ct) is { } fault) return fault;
        if (input.Verdict == DayVerdict.ToClear && note is not { Length: >= 3 }) return Problems.NoteToClear();
        if (note is not null && Inputs.TooLong("note", note, NoteMost) is { } tooLong) return tooLong;
        if (input.Verdict is not (DayVerdict.Ordinary or DayVerdict.ToClear)) return Refusals.Required("verdict");
        await db.Connection.RunAsync("INSERT INTO pt.supervision_finding (id, unit_id, account_id, day, verdict, note, score, found_at, found_by, found_name) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)", ct,
            input.Id, input.Unit.Value, input.Account.Value, input.Day, (short)input.Verdict, note, score, db.Clock.GetUtcNow(), db.Visitor!.Account.Value, db.Visitor.DisplayName);
        await StandAsync(input.Account, input.Unit, input.Day, ct);
        db.Tell(new OperatorDayFound(input.Account, input.Unit, input.Day, input.Verdict, input.Id), note);
        await db.SaveChangesAsync(ct);
        return (Outcome<Guid>)input.Id;
    }, ct);

    /// <summary>Takes a finding back: the one before counts again, or the day is to be looked at.</summary>
    public Task<Outcome<Nothing>> UndoAsync(Guid id, CancellationToken ct) => db.WholeAsync<Nothing>(async () =>
    {
        var found = await db.Connection.RowAsync<(AccountId Account, UnitId Unit, DateOnly Day, bool Undone)?>("SELECT account_id, unit_id, day, undone_at IS NOT NULL FROM pt.supervision_finding WHERE id = $1",
            r => (new AccountId(r.GetGuid(0)), new UnitId(r.GetInt32(1)), r.GetFieldValue<DateOnly>(2), r.GetBoolean(3)), ct, id);
        if (found is not { } one) return Refusals.NotFound();
        if (await FaultAsync(one.Account, ct) is { } fault) return fault;
        if (one.Undone) return Nothing.Value; // sent twice
        await ScoreAsync(one.Account, one.Unit, one.Day, ct);
        await db.Connection.RunAsync("UPDATE pt.supervision_finding SET undone_at = $2, undone_by = $3 WHERE id = $1", ct, id, db.Clock.GetUtcNow(), db.Visitor!.Account.Value);
        await StandAsync(one.Account, one.Unit, one.Day, ct);
        db.Tell(new OperatorDayUnfound(one.Account, one.Unit, one.Day, id));
        await db.SaveChangesAsync(ct);
        return Nothing.Value;
    }, ct);

    private async Task<Problem?> FaultAsync(AccountId account, CancellationToken ct) => account == db.Visitor!.Account ? Problems.OwnDay() : await AccountReach.FaultAsync(db, account, ct);

    /// <summary>How far the day is out of the ordinary now; null: there is no such day in the visitor's units.</summary>
    private Task<int?> ScoreAsync(AccountId account, UnitId unit, DateOnly day, CancellationToken ct) =>
        db.Connection.ValueAsync<int?>("SELECT score FROM pt.supervision_day WHERE unit_id = $1 AND account_id = $2 AND day = $3", ct, unit.Value, account.Value, day);

    /// <summary>The newest finding that was not taken back counts.</summary>
    private Task StandAsync(AccountId account, UnitId unit, DateOnly day, CancellationToken ct) => db.Connection.RunAsync("""
        UPDATE pt.supervision_day d SET verdict = coalesce(f.verdict, 0::smallint), found_score = coalesce(f.score, 0)
        FROM (SELECT 1) one LEFT JOIN LATERAL (SELECT x.verdict, x.score FROM pt.supervision_finding x WHERE x.unit_id = $1 AND x.account_id = $2 AND x.day = $3 AND x.undone_at IS NULL ORDER BY x.found_at DESC, x.id DESC LIMIT 1) f ON true
        WHERE d.unit_id = $1 AND d.account_id = $2 AND d.day = $3
        """, ct, unit.Value, account.Value, day);
}
