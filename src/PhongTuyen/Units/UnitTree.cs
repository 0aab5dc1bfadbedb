using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Units;

/// <summary>The units right below one, with what they hold; and the way down to one.</summary>
public static class UnitTree
{
    public sealed record Row(UnitId Id, UnitId? Parent, string Code, string Name, UnitKind Kind, int Below, int Accounts, bool Verified, string? Telephone);

    /// <param name="parent">Null: the tops of the visitor's own units.</param>
    public static Task<List<Row>> BelowAsync(Db db, UnitId? parent, CancellationToken ct) => db.Connection.RowsAsync("""
        SELECT u.id, u.parent_id, u.code, u.name, u.kind, (SELECT count(*)::int FROM pt.unit b WHERE b.parent_id = u.id AND b.valid_to IS NULL),
          (SELECT count(*)::int FROM pt.account a WHERE a.unit_id = u.id AND a.state = 1), u.verified, u.telephone
        FROM pt.unit u
        WHERE u.valid_to IS NULL AND u.id = ANY ($1) AND CASE WHEN $2::int IS NULL THEN u.parent_id IS NULL OR NOT u.parent_id = ANY ($1) ELSE u.parent_id = $2 END
        ORDER BY u.kind, u.name COLLATE "vi-x-icu" LIMIT 2000
        """, Read, ct, db.Scope.Units.Select(u => u.Value).ToArray(), parent?.Value);

    /// <summary>Finds units anywhere by name, for choosing a place of transfer: names of offices are open to all staff.</summary>
    /// <param name="kinds">Only these kinds; empty: all.</param>
    public static Task<List<Row>> SearchAsync(Db db, string text, IReadOnlyList<UnitKind> kinds, AreaId province, CancellationToken ct) => db.Connection.RowsAsync("""
        SELECT u.id, u.parent_id, u.code, u.name, u.kind, 0, 0, u.verified, u.telephone
        FROM pt.unit u
        WHERE u.valid_to IS NULL AND (cardinality($2::smallint[]) = 0 OR u.kind = ANY ($2)) AND position($1 IN u.name_folded || ' ' || lower(u.code)) > 0
        ORDER BY u.province_id <> $3, u.name COLLATE "vi-x-icu" LIMIT 20
        """, Read, ct, VietnameseText.Fold(text), kinds.Select(k => (short)k).ToArray(), province.Value);

    /// <summary>The units from the top down to this one.</summary>
    public static Task<List<(UnitId Id, string Name)>> PathAsync(Db db, UnitId unit, CancellationToken ct) => db.Connection.RowsAsync("""
        WITH RECURSIVE up AS (SELECT id, parent_id, name, 0 AS step FROM pt.unit WHERE id = $1
          UNION ALL SELECT u.id, u.parent_id, u.name, up.step + 1 FROM pt.unit u JOIN up ON u.id = up.parent_id)
        SELECT id, name FROM up ORDER BY step DESC
        """, r => (new UnitId(r.GetInt32(0)), r.GetString(1)), ct, unit.Value);

    private static Row Read(Npgsql.NpgsqlDataReader r) => new(new UnitId(r.GetInt32(0)), r.IsDBNull(1) ? null : new UnitId(r.GetInt32(1)), r.GetString(2), r.GetString(3),
        (UnitKind)r.GetInt16(4), r.GetInt32(5), r.GetInt32(6), r.GetBoolean(7), r.Text(8));
}
