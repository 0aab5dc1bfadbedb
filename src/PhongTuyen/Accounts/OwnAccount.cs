using System.Security.Cryptography;
using PhongTuyen.Data;
using PhongTuyen.Data.Keys;
using PhongTuyen.Kernel;

namespace PhongTuyen.Accounts;

/// <summary>What everybody does with their own account: password, second factor, language.</summary>
public sealed class OwnAccount(Db db, StartSession start, FieldCipher cipher, Passwords passwords, AccountSettings settings)
{
    private AccountId Me => db.Visitor!.Account;

    public async Task<Outcome<Nothing>> ChangePasswordAsync(string current, string wanted, CancellationToken ct)
    {
        var proof = await ProveAsync(current, ct);
        if (!proof.Done) return proof.As<Nothing>();
        // The one that was handed out was read by others: to type it once more changes nothing.
        if (Passwords.Fits(proof.Value.Hash, wanted)) return Problems.PasswordSame();
        if (passwords.Fault(wanted, db.Visitor!.UserName, proof.Value.SecondFactor) is { } fault) return fault;
        return await db.WholeAsync<Nothing>(async () =>
        {
            if (!await db.Connection.ValueAsync<bool>("SELECT pt.change_own_password($1, $2, $3, $4, $5)", ct, proof.Value.Hash, Passwords.Hash(wanted), db.Clock.NewGuid().ToString("N"), db.Visitor.Session, db.Clock.GetUtcNow())) return Refusals.Changed();
            var account = (await db.FindAsync<Account>([Me], ct))!;
            account.MustChangePassword = false;
            db.Tell(new OwnAccountChanged(Me, OwnChange.Password));
            await db.SaveChangesAsync(ct);
            return Nothing.Value;
        }, ct);
    }

    /// <summary>Turns the second factor on with a key that the app has already read, proven by one of its codes. Answers ten recovery codes, shown once.</summary>
    public async Task<Outcome<IReadOnlyList<string>>> TurnOnSecondFactorAsync(byte[] key, string code, CancellationToken ct)
    {
        if (TimeCode.Check(key, code, db.Clock.GetUtcNow(), 0) is not { } step) return Problems.CodeWrong();
        var recovery = Enumerable.Range(0, 10).Select(_ => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(5)).Insert(5, "-")).ToList();
        var sealedKey = cipher.Seal(Convert.ToBase64String(key), "account_secret", Me, "authenticator_key");
        if (!await db.Connection.ValueAsync<bool>("SELECT pt.turn_on_own_code($1, $2, $3, $4)", ct, sealedKey, recovery.Select(StartSession.RecoveryHash).ToArray(), step, db.Visitor!.Session)) return Refusals.Changed();
        db.Tell(new OwnAccountChanged(Me, OwnChange.SecondFactorOn));
        await db.SaveChangesAsync(ct);
        return recovery;
    }

    public async Task<Outcome<Nothing>> TurnOffSecondFactorAsync(string password, CancellationToken ct)
    {
        var proof = await ProveAsync(password, ct);
        if (!proof.Done) return proof.As<Nothing>();
        // Without a second factor the password stands alone and has to be long enough for it; a passkey is one too.
        var fault = passwords.Fault(password, db.Visitor!.UserName, secondFactor: false);
        var answer = await db.Connection.ValueAsync<int>("SELECT pt.turn_off_own_code($1, $2)", ct, proof.Value.Hash, fault is null);
        if (answer != 0) return answer == 2 ? Alone(fault!, settings) : Refusals.Changed();
        db.Tell(new OwnAccountChanged(Me, OwnChange.SecondFactorOff));
        await db.SaveChangesAsync(ct);
        return Nothing.Value;
    }

    /// <summary>What is wrong with a password that would stand alone. It is the present one, for which a form has one field.</summary>
    internal static Problem Alone(Problem fault, AccountSettings settings) =>
        fault.Code == Problems.PasswordTooShort(0).Code ? Problems.PasswordAloneTooShort(settings.PasswordAlone) : fault.At("current");

    public async Task<SecondFactors> SecondFactorsAsync(CancellationToken ct) => await AccountView.SecondFactorsAsync(db, Me, ct);

    /// <summary>Set twice in one moment, it is what was said last; the one does not get in the way of the other.</summary>
    public async Task SetLanguageAsync(Language language, CancellationToken ct)
    {
        if (await db.Connection.RunAsync("UPDATE pt.account SET language = $2, version = version + 1 WHERE id = $1 AND language <> $2", ct, Me.Value, (short)language) == 0) return;
        db.Tell(new OwnAccountChanged(Me, OwnChange.Language), null, new RowChange("account", Me.ToString(), default, ("language", db.Visitor!.Language, language)));
        await db.SaveChangesAsync(ct);
    }

    /// <summary>Whoever sits at the browser proves that they know its password. Too many wrong ones lock the account, as at the sign-in, and sign this browser out.</summary>
    internal async Task<Outcome<StartSession.Proof>> ProveAsync(string password, CancellationToken ct)
    {
        var proof = await start.ProveAsync(Me, password, ct);
        if (proof.Done || proof.Problem.Code != Problems.SignedOut().Code || db.Visitor!.Session is not { } session) return proof;
        // Here and not where it was counted: this request may already have written into the row of its session.
        await db.Connection.RunAsync("UPDATE pt.account_session SET ended_at = $2, ended_by = $3 WHERE id = $1 AND ended_at IS NULL", ct, session, db.Clock.GetUtcNow(), Me.Value);
        db.Tell(new OwnAccountChanged(Me, OwnChange.SessionEnded));
        await db.SaveChangesAsync(ct);
        return proof;
    }
}
