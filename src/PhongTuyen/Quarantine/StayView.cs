using Microsoft.EntityFrameworkCore;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People.Contract;

namespace PhongTuyen.Quarantine;

/// <summary>One stay with all that its page shows.</summary>
public sealed class StayView(Db db)
{
    public sealed record PersonPart(string Shown, BirthDate Birth, Sex Sex, bool Positive);

    public sealed record Full(Stay Stay, PersonPart Person, string UnitName, string? UnitTelephone, bool UnitMine, string? Bed, string EnteredBy, IReadOnlyList<StayPlan> Plans, IReadOnlyList<Decision> Decisions, Transfer? OpenTransfer, string? TransferTo, IReadOnlyList<BedPart> Beds);

    public sealed record BedPart(string Bed, BedUseKind Kind, DateTimeOffset Since, DateTimeOffset? Until);

    public async Task<Full?> OfAsync(StayId id, CancellationToken ct)
    {
        var stay = await db.Set<Stay>().AsNoTracking().FirstOrDefaultAsync(s => s.Id == id, ct);
        if (stay is null) return null;
        var person = await db.Connection.RowAsync("""
            SELECT coalesce(p.name, p.code, '?'), p.birth, p.birth_precision, p.sex, EXISTS (SELECT 1 FROM pt.case_record c WHERE c.person_id = p.id AND c.classification = 3),
              u.name, u.telephone, pt.in_scope(u.id, u.province_id, u.district_id, u.commune_id), coalesce((SELECT display_name FROM pt.account WHERE id = $3), '')
            FROM pt.person p CROSS JOIN pt.unit u WHERE p.id = $1 AND u.id = $2
            """, r => (Person: new PersonPart(r.GetString(0), new BirthDate(r.Maybe<DateOnly>(1), (BirthPrecision)r.GetInt16(2)), (Sex)r.GetInt16(3), r.GetBoolean(4)), Unit: r.GetString(5), Telephone: r.Text(6), Mine: r.GetBoolean(7), By: r.GetString(8)),
            ct, stay.PersonId.Value, stay.UnitId.Value, stay.EnteredBy.Value);
        if (person.Person is null) return null;
        var beds = await db.Connection.RowsAsync("""
            SELECT concat_ws(' · ', nullif(r.wing, ''), r.name, b.label), u.kind, u.since, u.until FROM pt.quarantine_bed_use u JOIN pt.quarantine_bed b ON b.id = u.bed_id JOIN pt.quarantine_room r ON r.id = b.room_id
            WHERE u.stay_id = $1 ORDER BY u.since DESC
            """, r => new BedPart(r.GetString(0), (BedUseKind)r.GetInt16(1), r.GetFieldValue<DateTimeOffset>(2), r.Maybe<DateTimeOffset>(3)), ct, id.Value);
        var plans = await db.Set<StayPlan>().AsNoTracking().Where(p => p.PersonId == stay.PersonId && p.StayId == id).OrderByDescending(p => p.EnteredAt).ToListAsync(ct);
        var decisions = await db.Set<Decision>().AsNoTracking().Where(d => d.PersonId == stay.PersonId && d.StayId == id).OrderByDescending(d => d.EnteredAt).ToListAsync(ct);
        var transfer = await db.Set<Transfer>().AsNoTracking().FirstOrDefaultAsync(t => t.PersonId == stay.PersonId && t.FromStay == id && (t.State == TransferState.Sent || t.State == TransferState.OnTheWay), ct);
        var to = transfer is null ? null : await db.Connection.ValueAsync<string>("SELECT name FROM pt.unit WHERE id = $1", ct, transfer.ToUnitId.Value);
        return new Full(stay, person.Person, person.Unit, person.Telephone, person.Mine, beds.Find(bed => bed.Until is null)?.Bed, person.By, plans, decisions, transfer, to, beds);
    }
}
