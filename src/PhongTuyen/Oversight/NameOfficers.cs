using Microsoft.EntityFrameworkCore;
using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Oversight;

/// <summary>Says who is answerable for what a unit owes: one by one, or as it stands for another duty. Goes on to the colleague when an account is handed over.</summary>
public sealed class NameOfficers(Db db, TimeProvider clock) : IHear<AccountHandedOver>
{
    private static readonly short[] Entering = Roles.With(Permission.EnterData);

    /// <param name="Intent">Made by the sender.</param>
    /// <param name="Account">Null: nobody any more.</param>
    public sealed record Input(Guid Intent, Guid Duty, UnitId Unit, AccountId? Account);

    public Task<Outcome<Guid>> RunAsync(Input input, CancellationToken ct) => db.OnceAsync(input.Intent, "duty.officer", input, async () =>
    {
        if (await DutyReport.OwesAsync(db, input.Duty, input.Unit, ct) is not { } keys) return Refusals.NotFound();
        var now = clock.GetUtcNow();
        if (input.Account is { } named && !(await db.Connection.RowsAsync("SELECT * FROM pt.able_for($1, $2, $3)", r => r.GetGuid(0), ct, input.Unit.Value, Entering, now)).Contains(named.Value)) return Problems.AccountNotAble();
        // One after the other: who comes second sees what the first has named.
        await db.Connection.RunAsync("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", ct, $"duty-officer/{input.Duty}/{input.Unit}");
        var held = await db.Set<DutyOfficer>().FirstOrDefaultAsync(officer => officer.DutyId == input.Duty && officer.UnitId == input.Unit && officer.EndedAt == null, ct);
        if (held?.AccountId == input.Account) return (Outcome<Guid>)input.Duty;
        if (held is not null) (held.EndedAt, held.EndedBy) = (now, db.Visitor!.Account);
        db.Tell(new DutyOfficerNamed(input.Duty, input.Unit, input.Account));
        await db.SaveChangesAsync(ct);
        if (input.Account is not { } account) return input.Duty;
        db.Add(new DutyOfficer { Id = clock.NewGuid(), DutyId = input.Duty, UnitId = input.Unit, ProvinceId = keys.Province, DistrictId = keys.District, CommuneId = keys.Commune, AccountId = account, NamedAt = now, NamedBy = db.Visitor!.Account });
        await db.SaveChangesAsync(ct);
        return input.Duty;
    }, ct);

    /// <summary>Every unit of the visitor's for which nobody is named here gets who is named for another duty, if that account could still do it.</summary>
    /// <returns>For how many units.</returns>
    public Task<Outcome<int>> CopyAsync(Guid intent, Guid duty, Guid from, CancellationToken ct) => db.OnceAsync(intent, "duty.officers-copy", new { duty, from }, async () =>
    {
        if (await db.FindAsync<DataDuty>([duty], ct) is null || await db.FindAsync<DataDuty>([from], ct) is null) return Refusals.NotFound();
        var named = await db.Connection.ValueAsync<int>("""
            WITH RECURSIVE below AS (SELECT u.id, u.kind FROM pt.unit u JOIN pt.oversight_duty d ON u.parent_id = d.unit_id WHERE d.id = $1 UNION ALL SELECT u.id, u.kind FROM pt.unit u JOIN below b ON u.parent_id = b.id),
            made AS (
              INSERT INTO pt.oversight_officer (id, duty_id, unit_id, province_id, district_id, commune_id, account_id, cause, named_at, named_by)
              SELECT gen_random_uuid(), $1, u.id, u.province_id, u.district_id, u.commune_id, o.account_id, $3, $4, $5 FROM pt.duty_officers($2, NULL, $4) o JOIN below b ON b.id = o.unit_id JOIN pt.oversight_duty d ON d.id = $1 JOIN pt.unit u ON u.id = b.id
              WHERE o.able AND u.valid_to IS NULL AND (d.kind IS NULL OR d.kind = b.kind) ON CONFLICT DO NOTHING RETURNING 1)
            SELECT count(*)::int FROM made
            """, ct, duty, from, intent, clock.GetUtcNow(), db.Visitor!.Account.Value);
        if (named == 0) return Problems.NothingToCopy();
        db.Tell(new DutyOfficersCopied(duty, from, named, Undone: false));
        await db.SaveChangesAsync(ct);
        return (Outcome<int>)named;
    }, ct);

    /// <summary>Takes one such act back, where nobody else was named since.</summary>
    public Task<Outcome<int>> UncopyAsync(Guid duty, Guid intent, CancellationToken ct) => db.WholeAsync<int>(async () =>
    {
        var ended = await db.Connection.RowsAsync("UPDATE pt.oversight_officer SET ended_at = $3, ended_by = $4 WHERE cause = $1 AND duty_id = $2 AND ended_at IS NULL RETURNING unit_id", r => r.GetInt32(0), ct, intent, duty, clock.GetUtcNow(), db.Visitor!.Account.Value);
        if (ended.Count == 0) return Refusals.NotFound();
        db.Tell(new DutyOfficersCopied(duty, duty, ended.Count, Undone: true));
        await db.SaveChangesAsync(ct);
        return ended.Count;
    }, ct);

    /// <summary>What somebody who leaves was answerable for goes to the colleague, and back when the hand-over is taken back.</summary>
    public async Task HearAsync(AccountHandedOver told, CancellationToken ct)
    {
        var (now, by) = (clock.GetUtcNow(), db.Visitor!.Account.Value);
        if (!told.Undone)
        {
            await db.Connection.RunAsync("""
                WITH ended AS (UPDATE pt.oversight_officer SET ended_at = $4, ended_by = $5, ended_cause = $3 WHERE account_id = $1 AND ended_at IS NULL RETURNING duty_id, unit_id, province_id, district_id, commune_id)
                INSERT INTO pt.oversight_officer (id, duty_id, unit_id, province_id, district_id, commune_id, account_id, cause, named_at, named_by) SELECT gen_random_uuid(), e.duty_id, e.unit_id, e.province_id, e.district_id, e.commune_id, $2, $3, $4, $5 FROM ended e
                """, ct, told.Account.Value, told.To.Value, told.Handover, now, by);
            return;
        }
        await db.Connection.RunAsync("UPDATE pt.oversight_officer SET ended_at = $2, ended_by = $3 WHERE cause = $1 AND ended_at IS NULL", ct, told.Handover, now, by);
        // Where somebody else was named since, that stands.
        await db.Connection.RunAsync("""
            UPDATE pt.oversight_officer o SET ended_at = NULL, ended_by = NULL, ended_cause = NULL WHERE o.ended_cause = $1
              AND NOT EXISTS (SELECT 1 FROM pt.oversight_officer n WHERE n.duty_id = o.duty_id AND n.unit_id = o.unit_id AND n.ended_at IS NULL)
            """, ct, told.Handover);
    }
}
