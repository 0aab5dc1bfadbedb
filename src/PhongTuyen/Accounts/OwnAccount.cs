using System.Security.Cryptography;
using PhongTuyen.Data;
using PhongTuyen.Data.Keys;
using PhongTuyen.Kernel;

namespace PhongTuyen.Accounts;

/// <summary>What everybody does with their own account: password, second factor, sessions, language.</summary>
public sealed class OwnAccount(Db db, Database database, FieldCipher cipher, Passwords passwords, TimeProvider clock)
{
    private AccountId Me => db.Visitor!.Account;

    public async Task<Outcome<Nothing>> ChangePasswordAsync(string current, string wanted, CancellationToken ct)
    {
        await using var connection = await database.Jobs.OpenConnectionAsync(ct);
        var (hash, secondFactor) = await connection.RowAsync("SELECT password_hash, two_factor FROM pt.account_secret WHERE account_id = $1", r => (r.Text(0), r.GetBoolean(1)), ct, Me.Value);
        if (!Passwords.Fits(hash, current)) return Problems.PasswordWrong();
        if (passwords.Fault(wanted, db.Visitor!.UserName, secondFactor) is { } fault) return fault;
        await connection.RunAsync("UPDATE pt.account_secret SET password_hash = $2, security_stamp = $3 WHERE account_id = $1", ct, Me.Value, Passwords.Hash(wanted), clock.NewGuid().ToString("N"));
        // Whoever had the old password loses the session that it gave; this browser keeps its own.
        await connection.RunAsync("UPDATE pt.account_session SET ended_at = $2, ended_by = $1 WHERE account_id = $1 AND ended_at IS NULL AND id IS DISTINCT FROM $3", ct, Me.Value, clock.GetUtcNow(), db.Visitor.Session);
        var account = (await db.FindAsync<Account>([Me], ct))!;
        account.MustChangePassword = false;
        db.Tell(new OwnAccountChanged(Me, OwnChange.Password));
        await db.SaveChangesAsync(ct);
        return Nothing.Value;
    }

    /// <summary>Turns the second factor on with a key that the app has already read, proven by one of its codes. Answers ten recovery codes, shown once.</summary>
    public async Task<Outcome<IReadOnlyList<string>>> TurnOnSecondFactorAsync(byte[] key, string code, CancellationToken ct)
    {
        if (TimeCode.Check(key, code, clock.GetUtcNow(), 0) is not { } step) return Problems.CodeWrong();
        var recovery = Enumerable.Range(0, 10).Select(_ => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(5)).Insert(5, "-")).ToList();
        await using var connection = await database.Jobs.OpenConnectionAsync(ct);
        await connection.RunAsync("UPDATE pt.account_secret SET two_factor = true, authenticator_key = $2, recovery_codes = $3, last_step = $4 WHERE account_id = $1", ct,
            Me.Value, cipher.Seal(Convert.ToBase64String(key), "account_secret", Me, "authenticator_key"), recovery.Select(StartSession.RecoveryHash).ToArray(), step);
        if (db.Visitor!.Session is { } session) await connection.RunAsync("UPDATE pt.account_session SET second_factor = true WHERE id = $1", ct, session);
        db.Tell(new OwnAccountChanged(Me, OwnChange.SecondFactorOn));
        await db.SaveChangesAsync(ct);
        return recovery;
    }

    public async Task<Outcome<Nothing>> TurnOffSecondFactorAsync(string password, CancellationToken ct)
    {
        await using var connection = await database.Jobs.OpenConnectionAsync(ct);
        var hash = await connection.ValueAsync<string>("SELECT password_hash FROM pt.account_secret WHERE account_id = $1", ct, Me.Value);
        if (!Passwords.Fits(hash, password)) return Problems.PasswordWrong();
        // Without the second factor the password stands alone and has to be long enough for it.
        if (passwords.Fault(password, db.Visitor!.UserName, secondFactor: false) is { } fault) return fault;
        await connection.RunAsync("UPDATE pt.account_secret SET two_factor = false, authenticator_key = NULL, recovery_codes = '{}' WHERE account_id = $1", ct, Me.Value);
        db.Tell(new OwnAccountChanged(Me, OwnChange.SecondFactorOff));
        await db.SaveChangesAsync(ct);
        return Nothing.Value;
    }

    public async Task<bool> HasSecondFactorAsync(CancellationToken ct)
    {
        await using var connection = await database.Jobs.OpenConnectionAsync(ct);
        return await connection.ValueAsync<bool>("SELECT two_factor FROM pt.account_secret WHERE account_id = $1", ct, Me.Value);
    }

    public async Task SetLanguageAsync(Language language, CancellationToken ct)
    {
        var account = (await db.FindAsync<Account>([Me], ct))!;
        if (account.Language == language) return;
        account.Language = language;
        db.Tell(new OwnAccountChanged(Me, OwnChange.Language));
        await db.SaveChangesAsync(ct);
    }
}
