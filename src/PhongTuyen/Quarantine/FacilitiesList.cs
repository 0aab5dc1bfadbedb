using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Units;
using PhongTuyen.Units.Contract;

namespace PhongTuyen.Quarantine;

/// <summary>Facilities by place and name. Open to all staff: a transfer needs to know who has room.</summary>
public sealed class FacilitiesList(Db db)
{
    public const int Page = 50;

    public sealed record Row(UnitId Id, string Name, UnitKind Kind, AreaId Province, AreaId District, AreaId Commune, string? Telephone, bool Observation, bool Treatment, short? Tier, DateOnly? ClosedOn, bool Mine, bool Verified);

    public sealed record Found(IReadOnlyList<Row> Rows, string? More);

    /// <remarks>One that was merged is shown as long as people are in it whom the visitor sees.</remarks>
    /// <param name="mineOnly">Only those of the visitor's scope.</param>
    /// <param name="behind">Name and id of the last row of the page before.</param>
    /// <param name="unit">Only this one; 0: all.</param>
    public async Task<Found> FindAsync(string? text, AreaKeys area, bool mineOnly, string? behind, CancellationToken ct, int page = Page, UnitId unit = default)
    {
        var after = UnitPages.Read(behind);
        var rows = await db.Connection.RowsAsync($"""
            SELECT * FROM (
              SELECT u.id, u.name, u.kind, u.province_id, u.district_id, u.commune_id, u.telephone, f.observation, f.treatment, f.tier, coalesce(f.closed_on, u.valid_to) AS closed_on, {Scope.Test("u.id", "u.")} AS mine, u.verified, u.name_folded
              FROM pt.quarantine_facility f JOIN pt.unit u ON u.id = f.unit_id
              WHERE (u.valid_to IS NULL OR u.merged_into IS NOT NULL AND EXISTS (SELECT 1 FROM pt.quarantine_stay s WHERE s.unit_id = u.id AND s.state IN (2, 3, 4))) AND ($1 = '' OR position($1 IN u.name_folded) > 0) AND ($2 = 0 OR u.province_id = $2) AND ($3 = 0 OR u.district_id = $3) AND ($4 = 0 OR u.commune_id = $4) AND ($8 = 0 OR u.id = $8)) every
            WHERE (mine OR NOT $5) AND (name_folded, id) > ($6, $7) ORDER BY name_folded, id LIMIT {page + 1}
            """, r => (Row: new Row(new UnitId(r.GetInt32(0)), r.GetString(1), (UnitKind)r.GetInt16(2), new(r.GetInt32(3)), new(r.GetInt32(4)), new(r.GetInt32(5)), r.Text(6), r.GetBoolean(7), r.GetBoolean(8), r.Maybe<short>(9), r.Maybe<DateOnly>(10), r.GetBoolean(11), r.GetBoolean(12)), Folded: r.GetString(13)),
            ct, VietnameseText.Fold(text), area.Province.Value, area.District.Value, area.Commune.Value, mineOnly, after.Folded, after.Id.Value, unit.Value);
        return new Found([.. UnitPages.Cut(rows, page, row => (row.Folded, row.Row.Id), out var more).Select(row => row.Row)], more);
    }

    public async Task<Row?> OneAsync(UnitId unit, CancellationToken ct) => await db.Connection.RowAsync<Row?>("""
        SELECT u.id, u.name, u.kind, u.province_id, u.district_id, u.commune_id, u.telephone, f.observation, f.treatment, f.tier, f.closed_on, pt.in_scope(u.id, u.province_id, u.district_id, u.commune_id), u.verified
        FROM pt.quarantine_facility f JOIN pt.unit u ON u.id = f.unit_id WHERE u.id = $1
        """, r => new Row(new UnitId(r.GetInt32(0)), r.GetString(1), (UnitKind)r.GetInt16(2), new(r.GetInt32(3)), new(r.GetInt32(4)), new(r.GetInt32(5)), r.Text(6), r.GetBoolean(7), r.GetBoolean(8), r.Maybe<short>(9), r.Maybe<DateOnly>(10), r.GetBoolean(11), r.GetBoolean(12)),
        ct, unit.Value);

    public sealed record BedRow(BedId Id, RoomId Room, string Wing, string RoomName, short RoomSex, string Label, short Class, bool Icu, bool Oxygen, bool Open, BedUseKind? Use, PersonId? Person, StayId? Stay, string? Shown);

    public sealed record Wing(string Name, int Beds, int Open, int Taken);

    public Task<List<Wing>> WingsAsync(UnitId unit, CancellationToken ct) => db.Connection.RowsAsync($"""
        SELECT r.wing, count(*)::int, (count(*) FILTER (WHERE b.open))::int, (count(u.bed_id) FILTER (WHERE u.kind = {(short)BedUseKind.Occupied}))::int
        FROM pt.quarantine_bed b JOIN pt.quarantine_room r ON r.id = b.room_id AND r.unit_id = b.unit_id LEFT JOIN pt.quarantine_bed_use u ON u.bed_id = b.id AND u.until IS NULL
        WHERE b.unit_id = $1 GROUP BY r.wing ORDER BY r.wing
        """, r => new Wing(r.GetString(0), r.GetInt32(1), r.GetInt32(2), r.GetInt32(3)), ct, unit.Value);

    /// <summary>Rooms and beds of a facility, or of one wing; who lies in them only where the visitor sees persons and the facility is theirs.</summary>
    public Task<List<BedRow>> BedsAsync(UnitId unit, string? wing, CancellationToken ct) => db.Connection.RowsAsync("""
        SELECT b.id, b.room_id, r.wing, r.name, r.sex, b.label, b.class, b.icu, b.oxygen, b.open, u.kind, s.person_id, s.id, coalesce(p.name, p.code)
        FROM pt.quarantine_bed b JOIN pt.quarantine_room r ON r.id = b.room_id AND r.unit_id = b.unit_id
        LEFT JOIN pt.quarantine_bed_use u ON u.bed_id = b.id AND u.until IS NULL
        LEFT JOIN pt.quarantine_stay s ON s.person_id = u.person_id AND s.id = u.stay_id LEFT JOIN pt.person p ON p.id = s.person_id
        WHERE b.unit_id = $1 AND ($2::text IS NULL OR r.wing = $2) ORDER BY r.wing, length(r.name), r.name, b.id
        """, r => new BedRow(new BedId(r.GetInt32(0)), new RoomId(r.GetInt32(1)), r.GetString(2), r.GetString(3), r.GetInt16(4), r.GetString(5), r.GetInt16(6), r.GetBoolean(7), r.GetBoolean(8), r.GetBoolean(9),
            (BedUseKind?)r.Maybe<short>(10), r.Maybe<Guid>(11) is { } person ? new PersonId(person) : null, r.Maybe<Guid>(12) is { } stay ? new StayId(stay) : null, r.Text(13)), ct, unit.Value, wing);

    public sealed record FreeBed(BedId Id, string Name, short Class, bool Icu, bool Oxygen);

    /// <summary>Free beds of a facility for a choice, at most 300.</summary>
    public Task<List<FreeBed>> FreeBedsAsync(UnitId unit, bool treatment, CancellationToken ct) => db.Connection.RowsAsync("""
        SELECT b.id, concat_ws(' · ', nullif(r.wing, ''), r.name, b.label), b.class, b.icu, b.oxygen FROM pt.quarantine_bed b JOIN pt.quarantine_room r ON r.id = b.room_id AND r.unit_id = b.unit_id
        WHERE b.unit_id = $1 AND b.open AND (b.class >= 20) = $2 AND NOT EXISTS (SELECT 1 FROM pt.quarantine_bed_use u WHERE u.bed_id = b.id AND u.until IS NULL)
        ORDER BY r.wing, length(r.name), r.name, b.id LIMIT 300
        """, r => new FreeBed(new BedId(r.GetInt32(0)), r.GetString(1), r.GetInt16(2), r.GetBoolean(3), r.GetBoolean(4)), ct, unit.Value, treatment);
}
