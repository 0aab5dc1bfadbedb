using Npgsql;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Accounts;

/// <summary>Reads passkeys for the sign-in, before anybody is known; the role of the pages cannot.</summary>
public sealed class PasskeyHolders(Database database)
{
    /// <summary>Null where the account has no handle yet: it never had a passkey.</summary>
    public Task<PasskeyHolder?> OfAsync(AccountId account, CancellationToken ct) => FindAsync("s.account_id = $1", account.Value, ct);

    public Task<PasskeyHolder?> WithHandleAsync(string handle, CancellationToken ct) => FindAsync("s.passkey_handle = $1", handle, ct);

    public async Task<SecondFactors> SecondFactorsAsync(AccountId account, CancellationToken ct)
    {
        await using var connection = await database.Jobs.OpenConnectionAsync(ct);
        return await connection.RowAsync("SELECT s.two_factor, (SELECT count(*)::int FROM pt.account_passkey p WHERE p.account_id = s.account_id AND p.stopped_at IS NULL) FROM pt.account_secret s WHERE s.account_id = $1",
            r => new SecondFactors(r.GetBoolean(0), r.GetInt32(1)), ct, account.Value) ?? new SecondFactors(false, 0);
    }

    private async Task<PasskeyHolder?> FindAsync(string where, object value, CancellationToken ct)
    {
        await using var connection = await database.Jobs.OpenConnectionAsync(ct);
        var found = await connection.RowAsync($"SELECT s.account_id, s.passkey_handle, s.two_factor FROM pt.account_secret s WHERE s.passkey_handle IS NOT NULL AND {where}",
            r => new PasskeyHolder(new AccountId(r.GetGuid(0)), r.GetString(1), r.GetBoolean(2), []), ct, value);
        return found is null ? null : found with { Keys = await KeysAsync(connection, found.Account, ct) };
    }

    private static Task<List<PasskeyKey>> KeysAsync(NpgsqlConnection connection, AccountId account, CancellationToken ct) => connection.RowsAsync("""
        SELECT id, credential_id, public_key, sign_count, transports, backup_eligible, backed_up, added_at FROM pt.account_passkey WHERE account_id = $1 ORDER BY added_at, id
        """, r => new PasskeyKey(r.GetGuid(0), r.GetFieldValue<byte[]>(1), r.GetFieldValue<byte[]>(2), r.GetInt64(3), r.GetFieldValue<string[]>(4), r.GetBoolean(5), r.GetBoolean(6), r.GetFieldValue<DateTimeOffset>(7)), ct, account.Value);
}
