using System.Buffers.Text;
using System.Security.Cryptography;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Accounts;

/// <summary>One's own passkeys: added and taken away with the present password, as the other secrets are changed.</summary>
public sealed class OwnPasskeys(Db db, OwnAccount own, Passwords passwords, AccountSettings settings)
{
    /// <summary>How many an account may have.</summary>
    public int Most => settings.PasskeysMost;

    public Task<List<Passkey>> ListAsync(CancellationToken ct) => db.Connection.RowsAsync("SELECT id, name, added_at, last_used_at, stopped_at FROM pt.own_passkeys()",
        r => new Passkey(r.GetGuid(0), r.GetString(1), r.GetFieldValue<DateTimeOffset>(2), r.Maybe<DateTimeOffset>(3), r.Maybe<DateTimeOffset>(4)), ct);

    /// <summary>Whoever wants another one knows the password. Answers the handle under which an authenticator keeps the account.</summary>
    public async Task<Outcome<string>> BeginAsync(string? name, string? password, CancellationToken ct)
    {
        var faults = new List<Problem>();
        if (NameFault(name) is { } fault) faults.Add(fault);
        if (string.IsNullOrEmpty(password)) faults.Add(Refusals.Required("current"));
        if (faults.Count > 0) return faults;
        var proof = await own.ProveAsync(password!, ct);
        if (!proof.Done) return proof.As<string>();
        if ((await ListAsync(ct)).Count >= Most) return Problems.PasskeysMany(Most);
        // Random, and of the account alone: an authenticator that is found names nobody.
        return (await db.Connection.ValueAsync<string>("SELECT pt.own_passkey_handle($1)", ct, Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32))))!;
    }

    /// <summary>Takes in what the browser made. The same challenge is taken once.</summary>
    public async Task<Outcome<Nothing>> AddAsync(string name, NewPasskey made, CancellationToken ct)
    {
        if (NameFault(name) is { } fault) return fault;
        var answer = await db.Connection.ValueAsync<int>("SELECT pt.add_own_passkey($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)", ct, db.Clock.NewGuid(), VietnameseText.Clean(name), made.CredentialId, made.PublicKey,
            made.SignCount, made.Transports, made.BackupEligible, made.BackedUp, Most, made.Challenge, db.Visitor!.Session, db.Clock.GetUtcNow());
        if (answer != 0) return answer switch { 1 => Problems.PasskeysMany(Most), 2 => Problems.PasskeyKnown(), _ => Problems.TooLate() };
        db.Tell(new OwnAccountChanged(db.Visitor.Account, OwnChange.PasskeyAdded));
        await db.SaveChangesAsync(ct);
        return Nothing.Value;
    }

    /// <summary>The last second factor goes only where the password is long enough to stand alone.</summary>
    public async Task<Outcome<Nothing>> RemoveAsync(Guid id, string? password, CancellationToken ct)
    {
        if (string.IsNullOrEmpty(password)) return Refusals.Required("current");
        var proof = await own.ProveAsync(password, ct);
        if (!proof.Done) return proof.As<Nothing>();
        var fault = passwords.Fault(password, db.Visitor!.UserName, secondFactor: false);
        var answer = await db.Connection.ValueAsync<int>("SELECT pt.remove_own_passkey($1, $2, $3)", ct, id, proof.Value.Hash, fault is null);
        if (answer != 0) return answer switch { 1 => Refusals.NotFound(), 2 => OwnAccount.Alone(fault!, settings), _ => Refusals.Changed() };
        db.Tell(new OwnAccountChanged(db.Visitor.Account, OwnChange.PasskeyRemoved));
        await db.SaveChangesAsync(ct);
        return Nothing.Value;
    }

    private static Problem? NameFault(string? name) => VietnameseText.Clean(name) switch
    {
        null or "" => Refusals.Required("name"),
        { Length: > Passkey.NameMost } => Refusals.TooLong("name", Passkey.NameMost),
        _ => null,
    };
}
