using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People.Contract;

namespace PhongTuyen.Quarantine;

/// <summary>Two records that became one person may both be in the house somewhere: a person mends one of the two. Undone, nothing is to be mended.</summary>
public sealed class HearMerged(Db db) : IHear<PersonsMerged>, IHear<PersonsSplit>
{
    private const string Kind = "stay.two-at-once";

    public async Task HearAsync(PersonsMerged told, CancellationToken ct)
    {
        var present = await db.Connection.RowsAsync("SELECT person_id, id, unit_id, province_id, district_id, commune_id FROM pt.quarantine_stay WHERE person_id = ANY ($1) AND state IN (2, 3, 4) AND NOT disputed",
            r => (Person: new PersonId(r.GetGuid(0)), Stay: r.GetGuid(1), Unit: new UnitId(r.GetInt32(2)), Area: new AreaKeys(new(r.GetInt32(3)), new(r.GetInt32(4)), new(r.GetInt32(5)))), ct, (object)told.Records.Select(record => record.Value).ToArray());
        if (present.Count < 2) return;
        foreach (var stay in present)
        {
            var (unit, area) = db.Scope.Covers(stay.Unit, stay.Area) ? (stay.Unit, stay.Area) : (db.Visitor!.Unit, AreaKeys.Unknown);
            await db.FindAsync(stay.Person, Kind, "stay", stay.Stay, unit, area, ct);
        }
    }

    public Task HearAsync(PersonsSplit told, CancellationToken ct) => db.MendAsync(told.Records, Kind, "tách hồ sơ", ct);
}
