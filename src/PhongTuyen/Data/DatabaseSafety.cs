using System.Globalization;
using Npgsql;
using PhongTuyen.Kernel;

namespace PhongTuyen.Data;

/// <summary>
/// Whether a database keeps what it has acknowledged when the power is cut. "Saved" on a screen means committed, and a commit
/// means nothing where one of three settings is off; so the program does not start on such a database, embedded or server.
/// </summary>
public static class DatabaseSafety
{
    /// <summary>The oldest major version whose SQL the program writes.</summary>
    public const int OldestMajor = 15;

    /// <summary>The settings without which an acknowledged row can be lost.</summary>
    public static readonly IReadOnlyList<string> Settings = ["fsync", "full_page_writes", "synchronous_commit"];

    /// <summary>
    /// Asks the server itself, so that it does not matter where a setting was made. Use the role and the database that the
    /// program will use: <c>synchronous_commit</c> can be set for each of them, and for any role it is looked up too.
    /// </summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="cancel">Stops asking.</param>
    /// <returns>All faults at once: <see cref="Problems.TooOld"/>, <see cref="Problems.NotDurable"/>.</returns>
    public static async Task<Outcome<Nothing>> CheckAsync(NpgsqlConnection connection, CancellationToken cancel = default)
    {
        var found = new List<Problem>();
        var version = int.Parse(await ShowAsync(connection, "server_version_num", cancel), CultureInfo.InvariantCulture);
        if (version < OldestMajor * 10_000) found.Add(Problems.TooOld(await ShowAsync(connection, "server_version", cancel)));

        foreach (var setting in Settings)
        {
            // local, remote_write and remote_apply all wait for this server's own disk; only off does not.
            var value = await ShowAsync(connection, setting, cancel);
            if (value == "off") found.Add(Problems.NotDurable(setting, value));
        }
        foreach (var role in await CarelessRolesAsync(connection, cancel)) found.Add(Problems.NotDurable("synchronous_commit", $"off ({role})"));
        return found.Count > 0 ? found : Nothing.Value;
    }

    private static async Task<string> ShowAsync(NpgsqlConnection connection, string setting, CancellationToken cancel)
    {
        await using var show = new NpgsqlCommand("SELECT current_setting($1)", connection) { Parameters = { new() { Value = setting } } };
        return (string)(await show.ExecuteScalarAsync(cancel))!;
    }

    /// <summary>Roles or databases for which somebody has turned off waiting for the disk: another role's session shows it to nobody else.</summary>
    private static async Task<List<string>> CarelessRolesAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        const string Sql = """
            SELECT DISTINCT coalesce(r.rolname, d.datname, '?')
            FROM pg_db_role_setting s CROSS JOIN unnest(s.setconfig) AS line
            LEFT JOIN pg_roles r ON r.oid = s.setrole
            LEFT JOIN pg_database d ON d.oid = s.setdatabase
            WHERE lower(line) IN ('synchronous_commit=off', 'synchronous_commit=false', 'synchronous_commit=no', 'synchronous_commit=0')
              AND (s.setdatabase = 0 OR d.datname = current_database())
            ORDER BY 1
            """;
        var names = new List<string>();
        await using var ask = new NpgsqlCommand(Sql, connection);
        await using var rows = await ask.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel)) names.Add(rows.GetString(0));
        return names;
    }
}
