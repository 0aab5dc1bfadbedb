using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Npgsql;
using PhongTuyen.Kernel;

namespace PhongTuyen.Data;

/// <summary>
/// The two ways into the database: <see cref="App"/> for everything that is done in somebody's name (role pt_app, bound by row
/// policies), <see cref="Jobs"/> for the program's own work (role pt_jobs, with narrow policies of its own). The owner of the tables
/// serves nobody.
/// </summary>
public sealed class Database : IAsyncDisposable
{
    private static int opened;

    private readonly bool unsafeForTests;

    private Database(NpgsqlDataSource app, NpgsqlDataSource jobs, bool unsafeForTests) => (App, Jobs, this.unsafeForTests) = (app, jobs, unsafeForTests);

    public NpgsqlDataSource App { get; }

    public NpgsqlDataSource Jobs { get; }

    /// <summary>Makes the roles where they are missing, brings the schema to the newest step, and opens both ways in.</summary>
    /// <param name="admin">Connection string of a role that may create roles: of the embedded cluster, or the operator's.</param>
    /// <param name="unsafeForTests">A test cluster that may lose rows in a power cut.</param>
    public static async Task<Outcome<Database>> OpenAsync(string admin, DatabaseSettings settings, CancellationToken ct, bool unsafeForTests = false)
    {
        var rolesAreMade = settings.App.Length > 0;
        var secret = new NpgsqlConnectionStringBuilder(admin).Password ?? "";
        await using (var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(admin) { Pooling = false, CommandTimeout = 0 }.ConnectionString))
        {
            await connection.OpenAsync(ct);
            if (!rolesAreMade) await MakeRolesAsync(connection, secret, ct);
            await Migrations.ApplyAsync(connection, ct);
        }
        var name = string.Create(CultureInfo.InvariantCulture, $"phongtuyen {Environment.ProcessId}.{Interlocked.Increment(ref opened)} {Environment.MachineName[..Math.Min(Environment.MachineName.Length, 30)]}");
        var database = new Database(
            Source(rolesAreMade ? settings.App : As(admin, "pt_app", secret), settings, settings.Connections, name),
            Source(rolesAreMade ? settings.Jobs : As(admin, "pt_jobs", secret), settings, 9, name), unsafeForTests);
        var safe = await database.CheckAsync(ct);
        if (safe.Done) return database;
        await database.DisposeAsync();
        return safe.As<Database>();
    }

    /// <summary>A password of a role of ours, the same for every installation that knows the administrator's: roles belong to the whole server.</summary>
    private static string PasswordOf(string role, string secret) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes("phongtuyen " + role)));

    private static string As(string admin, string role, string secret) =>
        new NpgsqlConnectionStringBuilder(admin) { Username = role, Password = PasswordOf(role, secret) }.ConnectionString;

    private static async Task MakeRolesAsync(NpgsqlConnection admin, string secret, CancellationToken ct)
    {
        await admin.RunAsync("SELECT pg_advisory_lock(7100)", ct);
        foreach (var (role, options) in new[] { ("pt_owner", "NOLOGIN"), ("pt_app", "LOGIN"), ("pt_jobs", "LOGIN") })
        {
            if (await admin.ValueAsync<bool>("SELECT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = $1)", ct, role)) continue;
            var password = options == "LOGIN" ? $" PASSWORD '{PasswordOf(role, secret)}'" : "";
            try
            {
                await admin.RunAsync($"CREATE ROLE {role} {options} NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB{password}", ct);
            }
            catch (PostgresException clash) when (clash.SqlState is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DuplicateObject)
            {
                // Another database of this server is being opened in this very moment (the lock above is of one database): the role is the same.
            }
        }
        if (!await admin.ValueAsync<bool>("SELECT pg_has_role(current_user, 'pt_owner', 'MEMBER')", ct)) await admin.RunAsync("GRANT pt_owner TO current_user", ct);
        await admin.RunAsync("""
            DO $$ BEGIN EXECUTE format('GRANT CREATE ON DATABASE %I TO pt_owner', current_database()); END $$;
            SELECT pg_advisory_unlock(7100);
            """, ct);
    }

    private static NpgsqlDataSource Source(string connection, DatabaseSettings settings, int most, string name)
    {
        var own = new NpgsqlConnectionStringBuilder(connection);
        var options = new NpgsqlConnectionStringBuilder(connection)
        {
            Pooling = true, // the administrator's own string does without
            MaxPoolSize = most,
            SearchPath = "pt",
            MaxAutoPrepare = 120,
            AutoPrepareMinUsages = 3,
            CommandTimeout = settings.StatementSeconds + 5,
            Timezone = "UTC",
            // One name for all connections of one program: by it the change of keys knows whether a program has heard of the new one.
            ApplicationName = name,
            // What a request sets, it sets for its transaction (pt.enter); so nothing is left to be reset between two requests.
            NoResetOnClose = true,
            // The operator's own settings first; then those that a session must have whatever was said before; JIT and helping processes cost more than they give for short queries. Each list is
            // written as ranges of its indexes, whatever the values: planning it anew each time cost more than running it.
            Options = $"{own.Options} -c statement_timeout={settings.StatementSeconds}s -c jit=off -c plan_cache_mode=force_generic_plan -c max_parallel_workers_per_gather=0 -c idle_in_transaction_session_timeout=60s",
        };
        // Named, so that meters and traces do not name it by its connection string.
        return new NpgsqlDataSourceBuilder(options.ConnectionString) { Name = options.Username }.Build();
    }

    /// <summary>The roles that serve must not be able to see past the policies: an owner or a superuser would, silently. And what they commit must last.</summary>
    private async Task<Outcome<Nothing>> CheckAsync(CancellationToken ct)
    {
        foreach (var (source, role) in new[] { (App, "pt_app"), (Jobs, "pt_jobs") })
        {
            await using var connection = await source.OpenConnectionAsync(ct);
            if (!unsafeForTests && (await DatabaseSafety.CheckAsync(connection, ct)).Refused(out var problem)) return problem;
            var humble = await connection.ValueAsync<bool>("""
                SELECT current_user = $1 AND NOT r.rolsuper AND NOT r.rolbypassrls AND NOT pg_has_role(current_user, 'pt_owner', 'MEMBER')
                FROM pg_roles r WHERE r.rolname = current_user
                """, ct, role);
            if (!humble) return Problems.NotHumble(role);
        }
        return Nothing.Value;
    }

    /// <summary>After the server was started again the old connections are broken.</summary>
    internal void Forget()
    {
        App.Clear();
        Jobs.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await Jobs.DisposeAsync();
    }
}
