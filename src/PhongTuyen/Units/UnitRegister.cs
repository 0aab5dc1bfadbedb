using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Units.Contract;

namespace PhongTuyen.Units;

/// <summary>The units as other modules meet them.</summary>
internal sealed class UnitRegister(Db db, TimeProvider clock) : IUnits
{
    public async Task<IReadOnlyDictionary<string, UnitId>> FacilitiesByNameAsync(IReadOnlyList<string> names, CancellationToken ct) =>
        (await db.Connection.RowsAsync("""
            SELECT named.name, min(u.id) FROM pt.unit named JOIN pt.unit u ON u.id = coalesce(named.merged_into, named.id)
            WHERE named.name = ANY ($1) AND u.valid_to IS NULL AND u.kind NOT IN (1, 2, 3, 4, 5, 6, 8) AND pt.in_scope(u.id, u.province_id, u.district_id, u.commune_id)
              AND (named.merged_into IS NULL OR NOT EXISTS (SELECT 1 FROM pt.unit own WHERE own.name = named.name AND own.valid_to IS NULL AND pt.in_scope(own.id, own.province_id, own.district_id, own.commune_id)))
            GROUP BY named.name
            """,
            r => (r.GetString(0), new UnitId(r.GetInt32(1))), ct, names.ToArray())).ToDictionary(pair => pair.Item1, pair => pair.Item2, StringComparer.Ordinal);

    public async Task<UnitId> MakeUnverifiedAsync(UnitId parent, string name, AreaKeys area, ImportId import, CancellationToken ct)
    {
        // The code has to be unique and says where it comes from; a person gives it a better one when looking at it.
        var code = "NK-" + Guid.CreateVersion7(clock.GetUtcNow()).ToString("N")[^10..].ToUpperInvariant();
        var made = await AddUnit.MakeAsync(db, clock, new(default, parent, code, name, UnitKind.Other, area, null, null, null, null) { Import = import }, ct);
        return made.Value;
    }

    public Task TakeBackAsync(ImportId import, CancellationToken ct) => db.Connection.RunAsync("SELECT pt.units_taken_back($1)", ct, import.Value);
}
