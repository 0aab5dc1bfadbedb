using Npgsql;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Accounts;

/// <summary>What must be there before anybody can make anything: the top unit, the operator in whose name the command line works, and an administrator.</summary>
public static class FirstAccounts
{
    /// <summary>Nobody signs in with it: it has no password.</summary>
    public const string Operator = "van-hanh";

    public sealed record Made(UnitId Root, AccountId Operator);

    /// <summary>Makes root and operator where they are missing.</summary>
    public static async Task<Made> EnsureAsync(Database database, TimeProvider clock, string rootName, CancellationToken ct)
    {
        await using var connection = await database.Jobs.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await connection.RunAsync("SELECT pg_advisory_xact_lock(7104)", ct);
        var root = await connection.ValueAsync<int?>("SELECT id FROM pt.unit WHERE parent_id IS NULL ORDER BY id LIMIT 1", ct)
            ?? await connection.ValueAsync<int>("INSERT INTO pt.unit (code, name, name_folded, kind, valid_from) VALUES ('GOC', $1, $2, 1, $3) RETURNING id", ct, rootName, VietnameseText.Fold(rootName), clock.Today());
        var id = await connection.ValueAsync<Guid?>("SELECT id FROM pt.account WHERE user_name = $1", ct, Operator);
        if (id is null)
        {
            id = (await InsertAsync(connection, clock, Operator, "Người vận hành (dòng lệnh)", new UnitId(root), ct)).Value;
            foreach (var role in new[] { Role.ProvinceOfficer, Role.Administrator })
            {
                await GrantAsync(connection, clock, new AccountId(id.Value), role, new UnitId(root), null, ct);
                await GrantAsync(connection, clock, new AccountId(id.Value), role, null, default(AreaId), ct);
            }
            await connection.RunAsync("SELECT pt.write_rights($1)", ct, new[] { id.Value });
        }
        await transaction.CommitAsync(ct);
        return new Made(new UnitId(root), new AccountId(id.Value));
    }

    /// <summary>An administrator with a first password, which must be changed at once. Answers the password; null where there is an administrator already.</summary>
    public static async Task<string?> AdministratorAsync(Database database, TimeProvider clock, UnitId root, string userName, CancellationToken ct)
    {
        await using var connection = await database.Jobs.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (await connection.ValueAsync<bool>("SELECT EXISTS (SELECT 1 FROM pt.account a JOIN pt.account_secret s ON s.account_id = a.id JOIN pt.account_grant g ON g.account_id = a.id WHERE g.role = $1 AND g.revoked_at IS NULL)", ct, (short)Role.Administrator)) return null;
        var password = Passwords.Suggest();
        var id = await InsertAsync(connection, clock, userName, "Quản trị", root, ct);
        await SecretAsync(connection, clock, id, Passwords.Hash(password), ct);
        await GrantAsync(connection, clock, id, Role.Administrator, root, null, ct);
        await GrantAsync(connection, clock, id, Role.Administrator, null, default(AreaId), ct);
        await connection.RunAsync("SELECT pt.write_rights($1)", ct, new[] { id.Value });
        await transaction.CommitAsync(ct);
        return password;
    }

    internal static async Task<AccountId> InsertAsync(NpgsqlConnection connection, TimeProvider clock, string userName, string displayName, UnitId unit, CancellationToken ct)
    {
        var id = clock.New<AccountId>();
        await connection.RunAsync("INSERT INTO pt.account (id, user_name, display_name, unit_id, created_at) VALUES ($1, $2, $3, $4, $5)", ct, id.Value, userName, displayName, unit.Value, clock.GetUtcNow());
        return id;
    }

    internal static Task<int> SecretAsync(NpgsqlConnection connection, TimeProvider clock, AccountId account, string hash, CancellationToken ct) =>
        connection.RunAsync("INSERT INTO pt.account_secret (account_id, password_hash, security_stamp) VALUES ($1, $2, $3)", ct, account.Value, hash, clock.NewGuid().ToString("N"));

    /// <param name="area">0 is the whole country.</param>
    internal static Task<int> GrantAsync(NpgsqlConnection connection, TimeProvider clock, AccountId account, Role role, UnitId? unit, AreaId? area, CancellationToken ct, DateTimeOffset? until = null) => connection.RunAsync("""
        INSERT INTO pt.account_grant (id, account_id, role, unit_id, area_id, since, given_at, until) VALUES ($1, $2, $3, $4, $5, $6, $6, $7)
        """, ct, clock.NewGuid(), account.Value, (short)role, unit?.Value, area?.Value, clock.GetUtcNow(), until);
}
