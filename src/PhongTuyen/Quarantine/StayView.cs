using Microsoft.EntityFrameworkCore;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People.Contract;

namespace PhongTuyen.Quarantine;

/// <summary>One stay with all that its page shows.</summary>
public sealed class StayView(Db db)
{
    public sealed record PersonPart(string Shown, BirthDate Birth, Sex Sex, bool Positive);

    public sealed record Full(Stay Stay, PersonPart Person, string UnitName, string? UnitTelephone, bool UnitMine, string EnteredBy, IReadOnlyList<BedPart> Beds, IReadOnlyList<PlanPart> Plans, IReadOnlyList<PaperPart> Decisions, TransferPart? OpenTransfer)
    {
        /// <summary>The bed that is theirs now.</summary>
        public string? Bed => Beds.FirstOrDefault(bed => bed.Until is null)?.Bed;
    }

    public sealed record BedPart(string Bed, BedUseKind Kind, DateTimeOffset Since, DateTimeOffset? Until);

    public sealed record PlanPart(DateTimeOffset EnteredAt, DateOnly? Before, DateOnly? After, string Reason, string? Paper);

    public sealed record PaperPart(Guid Id, DecisionKind Kind, string Sign, DateOnly SignedOn, string Signer);

    public sealed record TransferPart(Guid Id, TransferState State, DateTimeOffset SentAt, string To);

    public async Task<Full?> OfAsync(StayId id, CancellationToken ct)
    {
        var stay = await db.Set<Stay>().AsNoTracking().FirstOrDefaultAsync(s => s.Id == id, ct);
        if (stay is null) return null;
        var person = await db.Connection.RowAsync("""
            SELECT coalesce(p.name, p.code, '?'), p.birth, p.birth_precision, p.sex, EXISTS (SELECT 1 FROM pt.case_record c WHERE c.person_id = p.id AND c.classification = 3),
              pt.unit_name_on(u.id, $4), u.telephone, pt.in_scope(u.id, u.province_id, u.district_id, u.commune_id), coalesce((SELECT display_name FROM pt.account WHERE id = $3), '')
            FROM pt.person p CROSS JOIN pt.unit u WHERE p.id = $1 AND u.id = $2
            """, r => (Person: new PersonPart(r.GetString(0), new BirthDate(r.Maybe<DateOnly>(1), (BirthPrecision)r.GetInt16(2)), (Sex)r.GetInt16(3), r.GetBoolean(4)), Unit: r.GetString(5), Telephone: r.Text(6), Mine: r.GetBoolean(7), By: r.GetString(8)),
            ct, stay.PersonId.Value, stay.UnitId.Value, stay.EnteredBy.Value, stay.EndedOn ?? DateOnly.MaxValue);
        if (person.Person is null) return null;
        var (beds, plans, papers, transfer) = (new List<BedPart>(), new List<PlanPart>(), new List<PaperPart>(), (TransferPart?)null);
        // What has happened in it, newest first: four short lists in one statement, because each costs a way to the database.
        await db.Connection.RowsAsync("""
            SELECT 1, NULL::uuid, u.kind, u.since, u.until, NULL::date, NULL::date, concat_ws(' · ', nullif(r.wing, ''), r.name, b.label), NULL::text
              FROM pt.quarantine_bed_use u JOIN pt.quarantine_bed b ON b.id = u.bed_id JOIN pt.quarantine_room r ON r.id = b.room_id WHERE u.stay_id = $2
            UNION ALL SELECT 2, p.id, NULL, p.entered_at, NULL, p.before, p.after, p.reason, p.paper FROM pt.quarantine_stay_plan p WHERE p.person_id = $1 AND p.stay_id = $2
            UNION ALL SELECT 3, d.id, d.kind, d.entered_at, NULL, d.signed_on, NULL, d.sign, d.signer FROM pt.quarantine_decision d WHERE d.person_id = $1 AND d.stay_id = $2
            UNION ALL SELECT 4, t.id, t.state, t.sent_at, NULL, NULL, NULL, o.name, NULL FROM pt.quarantine_transfer t JOIN pt.unit o ON o.id = t.to_unit_id WHERE t.person_id = $1 AND t.from_stay = $2 AND t.state IN (1, 2)
            ORDER BY 1, 4 DESC
            """, r =>
        {
            var (at, what) = (r.GetFieldValue<DateTimeOffset>(3), r.GetString(7));
            switch (r.GetInt32(0))
            {
                case 1:
                    beds.Add(new(what, (BedUseKind)r.GetInt16(2), at, r.Maybe<DateTimeOffset>(4)));
                    break;
                case 2:
                    plans.Add(new(at, r.Maybe<DateOnly>(5), r.Maybe<DateOnly>(6), what, r.Text(8)));
                    break;
                case 3:
                    papers.Add(new(r.GetGuid(1), (DecisionKind)r.GetInt16(2), what, r.GetFieldValue<DateOnly>(5), r.GetString(8)));
                    break;
                default:
                    transfer = new(r.GetGuid(1), (TransferState)r.GetInt16(2), at, what);
                    break;
            }
            return true;
        }, ct, stay.PersonId.Value, id.Value);
        return new Full(stay, person.Person, person.Unit, person.Telephone, person.Mine, person.By, beds, plans, papers, transfer);
    }
}
