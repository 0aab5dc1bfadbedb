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
    /// <summary>Opened in an emergency: gives sight and no right to change, and goes by itself.</summary>
    Opened = 8,
    /// <summary>Shared by another unit: gives sight and no right to change, and goes by itself.</summary>
    Shared = 9,
    /// <summary>Repeats the tie of another record of the same person, and follows it.</summary>
    Merged = 10,
}

public static class Ties
{
    /// <summary>In SQL: the kinds that give sight and no right to change (opened, shared), and go by themselves.</summary>
    internal const string OnlySight = "(8, 9)";

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

    /// <summary>Whether the visitor has to do with the person now. Ties that have ended, an opening in an emergency and a shared record give sight of the person, not the right to change anything.</summary>
    public static Task<bool> TiedAsync(this Db db, PersonId person, CancellationToken ct) =>
        db.Connection.ValueAsync<bool>($"SELECT EXISTS (SELECT 1 FROM pt.person_scope WHERE person_id = $1 AND until IS NULL AND because NOT IN {OnlySight})", ct, person.Value);

    /// <summary>
    /// Ends ties that came about only now, where all others of the visitor have ended before: a result that comes late, or an announcement, does
    /// not open what the person has gone through elsewhere since.
    /// </summary>
    /// <param name="sources">Of the new ties.</param>
    public static Task UntiePassingAsync(this Db db, IReadOnlyCollection<PersonId> persons, TieBecause because, IReadOnlyCollection<Guid> sources, CancellationToken ct) =>
        db.Connection.RunAsync($"""
            UPDATE pt.person_scope t SET until = t.since WHERE t.person_id = ANY ($1) AND t.because = $2 AND t.source_id = ANY ($3) AND t.until IS NULL
              AND EXISTS (SELECT 1 FROM pt.person_scope o WHERE o.person_id = t.person_id AND (o.until IS NOT NULL OR o.because IN {OnlySight}))
              AND NOT EXISTS (SELECT 1 FROM pt.person_scope o WHERE o.person_id = t.person_id AND o.until IS NULL AND o.because NOT IN {OnlySight} AND NOT (o.because = $2 AND o.source_id = ANY ($3)))
            """, ct, persons.Select(person => person.Value).ToArray(), (short)because, sources.ToArray());

    /// <summary>Ends a tie: the unit keeps what it knew and sees nothing new of the person's cases and results.</summary>
    public static Task UntieAsync(this Db db, PersonId person, TieBecause because, Guid source, DateTimeOffset until, CancellationToken ct) =>
        db.Connection.RunAsync("UPDATE pt.person_scope SET until = $4 WHERE person_id = $1 AND because = $2 AND source_id = $3 AND until IS NULL",
            ct, person.Value, (short)because, source, until);
}
