using System.Text.RegularExpressions;
using PhongTuyen.Data;

namespace PhongTuyen.Web.Shared;

/// <summary>Who issues a printed report: the visitor's unit, who stands above it, and the place that stands beside the day.</summary>
public sealed partial record Issuer(string Authority, string Name, string Place)
{
    public static async Task<Issuer> OfAsync(Db db, CancellationToken ct) => (await db.Connection.RowAsync("""
        SELECT coalesce(p.name, ''), u.name, coalesce(a.name, '') FROM pt.unit u LEFT JOIN pt.unit p ON p.id = u.parent_id LEFT JOIN pt.area a ON a.id = coalesce(nullif(u.province_id, 0), u.covers_area_id) WHERE u.id = $1
        """, r => new Issuer(r.GetString(0), r.GetString(1), Kind().Replace(r.GetString(2), "")), ct, db.Visitor!.Unit.Value))!;

    // "Tỉnh Khánh Hòa" signs as "Khánh Hòa".
    [GeneratedRegex("^(Tỉnh|Thành phố) ")]
    private static partial Regex Kind();
}
