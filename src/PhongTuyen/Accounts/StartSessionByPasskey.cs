using System.Text.Json;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Accounts;

/// <summary>
/// A session by a passkey, alone or behind the password. Its user was verified by finger, face or PIN, so that it counts as both factors. The
/// pages have verified the signature; whether it may be used is judged here, under the lock of the row, so that the same answer is good for once.
/// </summary>
public sealed partial class StartSession
{
    public async Task<Outcome<Session>> WithPasskeyAsync(PasskeyUse use, Browser browser, CancellationToken ct)
    {
        await using var connection = await database.Jobs.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var now = clock.GetUtcNow();
        var known = await FindAsync(connection, "a.id = $1", use.Account.Value, ct);
        var (id, count, stopped, name) = await connection.RowAsync("SELECT id, sign_count, stopped_at IS NOT NULL, name FROM pt.account_passkey WHERE account_id = $1 AND credential_id = $2 FOR UPDATE",
            r => (r.GetGuid(0), r.GetInt64(1), r.GetBoolean(2), r.GetString(3)), ct, use.Account.Value, use.CredentialId);
        if (known is not { Usable: true } || known.LockedUntil > now || id == default) return await RefuseAsync(Problems.PasskeyFailed());
        if (!await connection.ValueAsync<bool>("SELECT pt.spend_challenge($1, $2)", ct, use.Challenge, now)) return await RefuseAsync(Problems.TooLate());
        if (stopped) return await RefuseAsync(Problems.PasskeyStopped());
        // An authenticator that counts goes up with every use. Backwards, or the same again: two of them use one key, and nobody knows which is the right one.
        if ((use.SignCount != 0 || count != 0) && use.SignCount <= count)
        {
            await connection.RunAsync("UPDATE pt.account_passkey SET stopped_at = $2 WHERE id = $1", ct, id, now);
            await connection.RunAsync("SELECT pt.tell_of_passkey($1, $2, 'notice.passkey-stopped', $3, '/desk/accounts/passkeys', $4)", ct, use.Account.Value, id, JsonSerializer.Serialize(new Dictionary<string, string> { ["name"] = name }), now);
            await RecordAsync(connection, known.Id, "account.passkey-stopped", ct);
            return await RefuseAsync(Problems.PasskeyStopped());
        }
        await connection.RunAsync("UPDATE pt.account_passkey SET sign_count = $2, backed_up = $3, last_used_at = $4 WHERE id = $1", ct, id, use.SignCount, use.BackedUp, now);
        var session = await StartAsync(connection, known.Id, secondFactor: true, browser, ct);
        await transaction.CommitAsync(ct);
        return session;

        async Task<Outcome<Session>> RefuseAsync(Problem problem)
        {
            await RecordAsync(connection, known?.Id, "account.sign-in-refused", ct);
            await transaction.CommitAsync(ct);
            Measures.SignInsRefused.Add(1);
            return problem;
        }
    }

    /// <summary>An answer that proves nothing: of no passkey that is known, or wrongly signed. Counted like a wrong password, where it is known of which account.</summary>
    /// <param name="account">Whose password was right before it, or whose passkey it names.</param>
    public async Task<Problem> PasskeyRefusedAsync(AccountId? account, CancellationToken ct)
    {
        await using var connection = await database.Jobs.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var known = account is { } id ? await FindAsync(connection, "a.id = $1", id.Value, ct) : null;
        if (known is not null && !(known.LockedUntil > clock.GetUtcNow())) await CountFailureAsync(connection, known, ct);
        await RecordAsync(connection, known?.Id, "account.sign-in-refused", ct);
        await transaction.CommitAsync(ct);
        Measures.SignInsRefused.Add(1);
        return Problems.PasskeyFailed();
    }
}
