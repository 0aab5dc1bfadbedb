using System.Security.Cryptography;
using Npgsql;
using PhongTuyen.Audit;
using PhongTuyen.Data;
using PhongTuyen.Data.Keys;
using PhongTuyen.Kernel;

namespace PhongTuyen.Accounts;

/// <summary>
/// Signing in: name and password, then the code of the second factor or a passkey where the account has one, then a session; or a passkey alone. Works before anybody is
/// known, so it goes through the jobs role; every answer that is no is the same answer and takes the same time.
/// </summary>
public sealed partial class StartSession(Database database, FieldCipher cipher, AccountSettings settings, AuditStore audit, TimeProvider clock)
{
    /// <summary>A browser that asks for a session.</summary>
    public sealed record Browser(string? Address, string? Device);

    /// <summary>A session's secret, told once to the browser's cookie; the database keeps its hash.</summary>
    public sealed record Session(AccountId Account, string Token, DateTimeOffset ExpiresAt);

    /// <summary>The password was right. <paramref name="Session"/> is null where the second factor is still to come.</summary>
    public sealed record Step(AccountId Account, Session? Session);

    /// <param name="SecondFactor">Codes of an app, or a passkey, be it a stopped one: the password alone never opens what it did not open before.</param>
    private sealed record Known(AccountId Id, bool Usable, string? Hash, bool SecondFactor, byte[]? Key, string[] Recovery, DateTimeOffset? LockedUntil, long LastStep);

    public async Task<Outcome<Step>> WithPasswordAsync(string userName, string password, Browser browser, CancellationToken ct)
    {
        await using var connection = await database.Jobs.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var now = clock.GetUtcNow();
        var known = await FindAsync(connection, "a.user_name = $1", VietnameseText.Clean(userName)?.ToLowerInvariant() ?? "", ct);
        var fits = Passwords.Fits(known?.Hash, password);
        if (known is null || !known.Usable || known.LockedUntil > now || !fits)
        {
            // What is tried while it is locked does not make the lock longer: else anybody could keep somebody out for good.
            if (known is not null && !fits && !(known.LockedUntil > now)) await CountFailureAsync(connection, known, ct);
            await RecordAsync(connection, known?.Id, "account.sign-in-refused", ct);
            await transaction.CommitAsync(ct);
            Measures.SignInsRefused.Add(1);
            return Problems.SignInFailed();
        }
        var step = new Step(known.Id, known.SecondFactor ? null : await StartAsync(connection, known.Id, secondFactor: false, browser, ct));
        await transaction.CommitAsync(ct);
        return step;
    }

    /// <summary>The second factor: a code of the authenticator app, or one of the printed recovery codes, each good for once.</summary>
    public async Task<Outcome<Session>> WithCodeAsync(AccountId account, string code, Browser browser, CancellationToken ct)
    {
        await using var connection = await database.Jobs.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var now = clock.GetUtcNow();
        var known = await FindAsync(connection, "a.id = $1", account.Value, ct);
        if (known is not { Usable: true, SecondFactor: true, Key: { } sealedKey } || known.LockedUntil > now) return Problems.SignInFailed();
        var key = Convert.FromBase64String(cipher.Open(sealedKey, "account_secret", account, "authenticator_key"));
        var step = TimeCode.Check(key, code, now, known.LastStep);
        var recovery = step is null ? Array.FindIndex(known.Recovery, hash => hash == RecoveryHash(code)) : -1;
        if (step is null && recovery < 0)
        {
            await CountFailureAsync(connection, known, ct);
            await RecordAsync(connection, known.Id, "account.sign-in-refused", ct);
            await transaction.CommitAsync(ct);
            Measures.SignInsRefused.Add(1);
            return Problems.CodeWrong();
        }
        await connection.RunAsync("UPDATE pt.account_secret SET last_step = greatest(last_step, $2), recovery_codes = $3 WHERE account_id = $1", ct,
            account.Value, step ?? known.LastStep, recovery < 0 ? known.Recovery : known.Recovery.Where((_, i) => i != recovery).ToArray());
        var session = await StartAsync(connection, account, secondFactor: true, browser, ct);
        await transaction.CommitAsync(ct);
        return session;
    }

    /// <summary>What a right password inside a session has proven: the hash that it fits, and whether the account has a second factor.</summary>
    public sealed record Proof(string Hash, bool SecondFactor);

    /// <summary>The present password asked for once more inside a session. Wrong ones are counted and lock the account as at the sign-in; the one that locks answers <see cref="Problems.SignedOut"/>.</summary>
    public async Task<Outcome<Proof>> ProveAsync(AccountId account, string password, CancellationToken ct)
    {
        await using var connection = await database.Jobs.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (await FindAsync(connection, "a.id = $1", account.Value, ct) is not { Hash: { } hash } known) return Problems.PasswordWrong();
        if (known.LockedUntil > clock.GetUtcNow()) return Problems.Locked();
        var (fits, locked) = (Passwords.Fits(hash, password), false);
        if (fits) await connection.RunAsync("UPDATE pt.account_secret SET failed = 0 WHERE account_id = $1 AND failed > 0", ct, account.Value);
        else
        {
            locked = await CountFailureAsync(connection, known, ct);
            await RecordAsync(connection, account, "account.sign-in-refused", ct);
        }
        await transaction.CommitAsync(ct);
        return fits ? new Proof(hash, known.SecondFactor) : locked ? Problems.SignedOut() : Problems.PasswordWrong();
    }

    internal static string RecoveryHash(string code) =>
        Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(new string([.. code.Where(char.IsAsciiLetterOrDigit)]).ToLowerInvariant())));

    /// <summary>What of a cookie's token the database knows.</summary>
    public static byte[] HashOf(string token) => SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(token));

    private async Task<Known?> FindAsync(NpgsqlConnection connection, string where, object value, CancellationToken ct) =>
        await connection.RowAsync($"""
            SELECT a.id, a.state = 1 AND (a.expires_at IS NULL OR a.expires_at > $2), s.password_hash, s.two_factor OR EXISTS (SELECT 1 FROM pt.account_passkey p WHERE p.account_id = a.id), s.authenticator_key, s.recovery_codes, s.locked_until, s.last_step
            FROM pt.account a JOIN pt.account_secret s ON s.account_id = a.id WHERE {where} FOR UPDATE OF s
            """, r => new Known(new AccountId(r.GetGuid(0)), r.GetBoolean(1), r.Text(2), r.GetBoolean(3), r.IsDBNull(4) ? null : r.GetFieldValue<byte[]>(4),
                r.GetFieldValue<string[]>(5), r.Maybe<DateTimeOffset>(6), r.GetInt64(7)), ct, value, clock.GetUtcNow());

    /// <summary>Answers whether this was the one that locks.</summary>
    private async Task<bool> CountFailureAsync(NpgsqlConnection connection, Known known, CancellationToken ct) =>
        await connection.ValueAsync<bool>("""
            UPDATE pt.account_secret SET failed = CASE WHEN failed + 1 >= $2 THEN 0 ELSE failed + 1 END,
              locked_until = CASE WHEN failed + 1 >= $2 THEN $3 ELSE locked_until END WHERE account_id = $1 RETURNING failed = 0
            """, ct, known.Id.Value, settings.FailuresToLock, clock.GetUtcNow().AddMinutes(settings.LockMinutes));

    private async Task<Session> StartAsync(NpgsqlConnection connection, AccountId account, bool secondFactor, Browser browser, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var expires = now.AddHours(settings.SessionHours);
        await connection.RunAsync("UPDATE pt.account_secret SET failed = 0, locked_until = NULL WHERE account_id = $1", ct, account.Value);
        await connection.RunAsync("""
            INSERT INTO pt.account_session (id, account_id, token_hash, created_at, last_seen_at, expires_at, address, device, second_factor)
            VALUES ($1, $2, $3, $4, $4, $5, $6, $7, $8)
            """, ct, clock.NewGuid(), account.Value, HashOf(token), now, expires, browser.Address, browser.Device is { } device ? VietnameseText.Cut(device, 200) : null, secondFactor);
        await RecordAsync(connection, account, "account.signed-in", ct);
        return new Session(account, token, expires);
    }

    private async Task RecordAsync(NpgsqlConnection connection, AccountId? account, string act, CancellationToken ct) =>
        await audit.WriteAsync(connection, AuditStore.Events, """
            INSERT INTO pt.audit_event (id, at, account_id, unit_id, act, subject_kind, subject_id)
            SELECT $1, $2, $3::uuid, coalesce((SELECT unit_id FROM pt.account WHERE id = $3::uuid), 0), $4, 'account', coalesce($3::text, '')
            """, ct, clock.NewGuid(), clock.GetUtcNow(), account?.Value, act);
}
