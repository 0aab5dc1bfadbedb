using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.People.Contract;

public enum TieBecause
{
    /// <summary>The person was entered by this unit.</summary>
    Entered = 1,
    Address = 2,
    Stay = 3,
    Transfer = 4,
    Case = 5,
    Result = 6,
    /// <summary>Looked up beyond one's area with number, birth and purpose.</summary>
    LookedUp = 7,
}

public static class Ties
{
    /// <summary>
    /// Ties a person to a unit or an area, unless that very tie is there already. Written at once, not with the next save, because what
    /// hangs on the person (documents, addresses) is seen through it. The other side of a transfer may lie outside of the visitor's scope:
    /// the row policy asks only that the visitor sees the person. (No conflict target: naming one would ask for the right to read the new row.)
    /// </summary>
    public static Task TieAsync(this Db db, PersonId person, TieBecause because, Guid source, UnitId unit, AreaKeys area, CancellationToken ct) =>
        db.Connection.RunAsync("""
            INSERT INTO pt.person_scope (person_id, because, source_id, unit_id, province_id, district_id, commune_id, name_key, since)
            VALUES ($1, $2, $3, $4, $5, $6, $7, '', $8) ON CONFLICT DO NOTHING
            """, ct, person.Value, (short)because, source, unit.Value, area.Province.Value, area.District.Value, area.Commune.Value, db.Clock.GetUtcNow());

    /// <summary>A tie that was ended by mistake holds again.</summary>
    public static Task TieAgainAsync(this Db db, PersonId person, TieBecause because, Guid source, CancellationToken ct) =>
        db.Connection.RunAsync("UPDATE pt.person_scope SET until = NULL WHERE person_id = $1 AND because = $2 AND source_id = $3", ct, person.Value, (short)because, source);

    /// <summary>Ends a tie: the unit keeps what it knew and sees nothing new of the person's cases and results.</summary>
    public static Task UntieAsync(this Db db, PersonId person, TieBecause because, Guid source, DateTimeOffset until, CancellationToken ct) =>
        db.Connection.RunAsync("UPDATE pt.person_scope SET until = $4 WHERE person_id = $1 AND because = $2 AND source_id = $3 AND until IS NULL",
            ct, person.Value, (short)because, source, until);
}
