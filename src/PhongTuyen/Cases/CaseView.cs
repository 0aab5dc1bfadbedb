using Microsoft.EntityFrameworkCore;
using PhongTuyen.Areas;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People.Contract;

namespace PhongTuyen.Cases;

/// <summary>One case with all that its page shows. Seen by whoever sees the person now; changed only where it lies in one's scope.</summary>
public sealed class CaseView(Db db, AreaStore areas)
{
    /// <param name="Mine">Whether the visitor may change it.</param>
    public sealed record Full(CaseRecord Case, string Shown, BirthDate Birth, Sex Sex, string UnitName, string? UnitTelephone, string? AreaPath, string EnteredBy, bool Mine, IReadOnlyList<RecordChange> Changes, IReadOnlyList<Handover> Handovers);

    /// <summary>One passing on to another unit.</summary>
    public sealed record Handover(string From, string To, DateTimeOffset At, string By, string Reason, DateTimeOffset? UndoneAt);

    public async Task<Full?> OfAsync(CaseId id, CancellationToken ct)
    {
        if (await db.Set<CaseRecord>().IgnoreQueryFilters([AreaGuard.Filter]).AsNoTracking().FirstOrDefaultAsync(c => c.Id == id, ct) is not { } record) return null;
        var area = new AreaKeys(record.ProvinceId, record.DistrictId, record.CommuneId);
        var part = await db.Connection.RowAsync("""
            SELECT coalesce(p.name, p.code, '?'), p.birth, p.birth_precision, p.sex, u.name, u.telephone, coalesce((SELECT display_name FROM pt.account WHERE id = $3), '')
            FROM pt.person p CROSS JOIN pt.unit u WHERE p.id = $1 AND u.id = $2
            """, r => new Full(record, r.GetString(0), new BirthDate(r.Maybe<DateOnly>(1), (BirthPrecision)r.GetInt16(2)), (Sex)r.GetInt16(3), r.GetString(4), r.Text(5), PathOf(area), r.GetString(6), db.Scope.Covers(record), [], []),
            ct, record.PersonId.Value, record.UnitId.Value, record.EnteredBy.Value);
        if (part is null) return null;
        var changes = await db.ChangesOfAsync(record.PersonId, "case_record", ct);
        var handovers = await db.Connection.RowsAsync("""
            SELECT f.name, t.name, h.entered_at, coalesce((SELECT display_name FROM pt.account WHERE id = h.entered_by), '?'), h.reason, h.undone_at
            FROM pt.case_handover h JOIN pt.unit f ON f.id = h.unit_id JOIN pt.unit t ON t.id = h.to_unit_id WHERE h.person_id = $1 AND h.case_id = $2 ORDER BY h.entered_at DESC
            """, r => new Handover(r.GetString(0), r.GetString(1), r.GetFieldValue<DateTimeOffset>(2), r.GetString(3), r.GetString(4), r.Maybe<DateTimeOffset>(5)), ct, record.PersonId.Value, id.Value);
        return part with { Handovers = handovers, Changes = [.. changes.Where(change => change.Entity == $"{record.PersonId},{id}")] };
    }

    private string? PathOf(AreaKeys keys) => keys.Known ? areas.Book.Path(keys.Commune.Value != 0 ? keys.Commune : keys.District.Value != 0 ? keys.District : keys.Province) : null;
}
