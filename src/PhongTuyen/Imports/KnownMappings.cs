using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Imports;

/// <summary>The mappings that a unit can choose from: the shipped ones and its own.</summary>
public static class KnownMappings
{
    public static async Task<IReadOnlyList<string>> NamesAsync(Db db, UnitId unit, CancellationToken ct) =>
        [.. ShippedMappings.All.Select(one => one.Name), .. await db.Connection.RowsAsync("SELECT name FROM pt.import_profile WHERE unit_id = $1 ORDER BY name COLLATE \"vi-x-icu\" LIMIT 200", r => r.GetString(0), ct, unit.Value)];

    public static async Task<Mapping?> NamedAsync(Db db, UnitId unit, string name, CancellationToken ct) => ShippedMappings.Named(name)?.Mapping
        ?? (await db.Connection.ValueAsync<string>("SELECT mapping FROM pt.import_profile WHERE unit_id = $1 AND name = $2", ct, unit.Value, name) is { } saved ? Mapping.Read(saved) : null);

    /// <summary>The unit's own mapping all of whose headers the file has; that with most of them, the newest of these.</summary>
    public static async Task<Mapping?> ForAsync(Db db, UnitId unit, string[] headers, CancellationToken ct) =>
        await db.Connection.ValueAsync<string>("SELECT mapping FROM pt.import_profile WHERE unit_id = $1 AND headers <@ $2 ORDER BY cardinality(headers) DESC, saved_at DESC LIMIT 1", ct, unit.Value, headers) is { } saved ? Mapping.Read(saved).For(headers) : null;
}
