using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Units.Contract;

public static class UnitPlaces
{
    /// <summary>Where a unit stands, of whoever it is: places of offices are open to all staff. Null where there is no such unit.</summary>
    public static Task<AreaKeys?> AreaOfAsync(this Db db, UnitId unit, CancellationToken ct) => db.Connection.RowAsync<AreaKeys?>(
        "SELECT province_id, district_id, commune_id FROM pt.unit WHERE id = $1", r => new AreaKeys(new(r.GetInt32(0)), new(r.GetInt32(1)), new(r.GetInt32(2))), ct, unit.Value);
}
