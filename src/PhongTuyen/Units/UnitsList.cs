using Npgsql;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Units.Contract;

namespace PhongTuyen.Units;

/// <summary>What narrows the list of units.</summary>
public sealed record UnitFilter
{
    /// <summary>Beginnings of words of the name or of the code, with or without marks, in any order.</summary>
    public string? Text { get; init; }
    public UnitKind? Kind { get; init; }
    /// <summary>Only those that an import made and nobody has looked at.</summary>
    public bool Unverified { get; init; }
    /// <summary>Those that were closed, instead of those that stand.</summary>
    public bool Closed { get; init; }
}

/// <summary>The visitor's units: as a tree of two levels below one, or as a list in the order of names.</summary>
public sealed class UnitsList(Db db)
{
    public const int Page = 50;

    /// <param name="Below">Units right below it that stand.</param>
    /// <param name="Accounts">Accounts of the unit itself that are not suspended.</param>
    public sealed record Row(UnitId Id, UnitId? Parent, string? ParentName, string Code, string Name, UnitKind Kind, int Below, int Accounts, bool Verified, DateOnly? ClosedOn);

    /// <param name="More">The key behind which the next page begins; null on the last one.</param>
    public sealed record Found(IReadOnlyList<Row> Rows, string? More);

    private const string Columns = """
        u.id, u.parent_id, (SELECT p.name FROM pt.unit p WHERE p.id = u.parent_id), u.code, u.name, u.kind,
        (SELECT count(*)::int FROM pt.unit b WHERE b.parent_id = u.id AND b.valid_to IS NULL), (SELECT count(*)::int FROM pt.account a WHERE a.unit_id = u.id AND a.state = 1), u.verified, u.valid_to
        """;

    /// <summary>Two levels: the units right below one and those below them. Null: the tops of the visitor's own.</summary>
    public Task<List<Row>> TreeAsync(UnitId? under, CancellationToken ct) => db.Connection.RowsAsync($"""
        WITH first AS (SELECT id FROM pt.unit WHERE valid_to IS NULL AND id = ANY ($1) AND CASE WHEN $2::int IS NULL THEN parent_id IS NULL OR NOT parent_id = ANY ($1) ELSE parent_id = $2 END)
        SELECT {Columns} FROM pt.unit u WHERE u.valid_to IS NULL AND (u.id IN (SELECT id FROM first) OR u.parent_id IN (SELECT id FROM first))
        ORDER BY u.kind, u.name COLLATE "vi-x-icu", u.id LIMIT 3000
        """, Read, ct, Own, under?.Value);

    /// <param name="behind">Folded name and id of the last row of the page before.</param>
    public async Task<Found> FindAsync(UnitFilter filter, string? behind, CancellationToken ct, int page = Page)
    {
        var after = UnitPages.Read(behind);
        var rows = await db.Connection.RowsAsync($"""
            SELECT {Columns}, u.name_folded FROM pt.unit u
            WHERE u.id = ANY ($1) AND (u.valid_to IS NOT NULL) = $2 AND ($3 = 0 OR u.kind = $3) AND (NOT $4 OR NOT u.verified)
              AND NOT EXISTS (SELECT 1 FROM unnest($5::text[]) word WHERE position(' ' || word IN ' ' || u.name_folded || ' ' || replace(lower(u.code), '-', ' ')) = 0) AND (u.name_folded, u.id) > ($6, $7)
            ORDER BY u.name_folded, u.id LIMIT {page + 1}
            """, r => (Row: Read(r), Folded: r.GetString(10)), ct, Own, filter.Closed, (int)(filter.Kind ?? 0), filter.Unverified, VietnameseText.Tokens(filter.Text),
            after.Folded, after.Id.Value);
        return new Found([.. UnitPages.Cut(rows, page, row => (row.Folded, row.Row.Id), out var more).Select(row => row.Row)], more);
    }

    /// <summary>How many wait for somebody to look at them.</summary>
    public Task<int> UnverifiedAsync(CancellationToken ct) => db.Connection.ValueAsync<int>("SELECT count(*)::int FROM pt.unit WHERE id = ANY ($1) AND NOT verified AND valid_to IS NULL", ct, Own);

    private int[] Own => [.. db.Scope.Units.Select(unit => unit.Value)];

    private static Row Read(NpgsqlDataReader r) => new(new UnitId(r.GetInt32(0)), r.Maybe<int>(1) is { } parent ? new UnitId(parent) : null, r.Text(2), r.GetString(3), r.GetString(4), (UnitKind)r.GetInt16(5),
        r.GetInt32(6), r.GetInt32(7), r.GetBoolean(8), r.Maybe<DateOnly>(9));
}
