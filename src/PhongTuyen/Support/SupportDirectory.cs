using Microsoft.Extensions.Logging;
using Npgsql;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Support;

/// <summary>
/// Whom to call, kept at hand for the pages on which nobody is signed in and for those of a fault: these ask the database nothing, and are drawn also where
/// it is away. Read once a minute; a few rows, one a province.
/// </summary>
public sealed class SupportDirectory(Database database, TimeProvider clock, ILogger<SupportDirectory> log) : RecurringWork(TimeSpan.FromMinutes(1), "The support contacts could not be read, and those known before are shown", clock, log, LogLevel.Warning)
{
    /// <param name="Place">The province, or the country.</param>
    public sealed record Contact(AreaId Province, string Place, string Office, string? Telephone, string? Email, string? Hours);

    /// <summary>All, the whole country first.</summary>
    public IReadOnlyList<Contact> Known { get; private set; } = [];

    /// <summary>For somebody of whom nothing is known: the one of the only province, else that of the country; null where neither is set.</summary>
    public Contact? Likely => Known.Where(contact => contact.Province.Value != 0).ToList() is [var only] ? only : Known.FirstOrDefault(contact => contact.Province.Value == 0);

    protected override Task TurnAsync(CancellationToken ct) => RefreshAsync(ct);

    public async Task RefreshAsync(CancellationToken ct)
    {
        await using var connection = await database.Jobs.OpenConnectionAsync(ct);
        Known = await connection.RowsAsync($"SELECT {Columns} ORDER BY a.level, a.name COLLATE \"vi-x-icu\", a.id", Read, ct);
    }

    /// <summary>Whom somebody of this unit calls, as it stands now: the contact of the province in which the unit stands or that it looks after, else that of the country.</summary>
    public static Task<Contact?> OfUnitAsync(Db db, UnitId unit, CancellationToken ct) => db.Connection.RowAsync($"""
        SELECT {Columns} WHERE a.id = 0 OR a.id IN (SELECT CASE WHEN u.province_id <> 0 THEN u.province_id ELSE p.province_id END FROM pt.unit u LEFT JOIN pt.area p ON p.id = u.covers_area_id WHERE u.id = $1)
        ORDER BY a.level DESC LIMIT 1
        """, Read, ct, unit.Value);

    private const string Columns = "c.province_id, a.name, c.office, c.telephone, c.email, c.hours FROM pt.support_contact c JOIN pt.area a ON a.id = c.province_id";

    private static Contact Read(NpgsqlDataReader r) => new(new AreaId(r.GetInt32(0)), r.GetString(1), r.GetString(2), r.Text(3), r.Text(4), r.Text(5));
}
