using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Accounts;

/// <summary>
/// Keys of an account for other programs (khóa kết nối): made, replaced and ended by whoever manages the account. The secret is shown once and kept as a hash only; a key
/// opens the doors of the interface that are written on it, never more than its account's roles open, and ends on its day.
/// </summary>
public sealed class AccountKeys(Db db, KeySettings settings)
{
    /// <summary>What a secret begins with, so that one that got into a file or a letter is recognised.</summary>
    public const string Mark = "ptk_";

    /// <summary>Keys that are in force of one account; more is a mistake.</summary>
    public const int Most = 20;

    public const int NameMost = 60;

    /// <summary>The doors that can be written on a key: the groups of the interface.</summary>
    public static readonly IReadOnlyList<string> Doors = ["areas", "units", "figures", "people", "quarantine", "imports"];

    /// <param name="Tail">The last characters of the secret.</param>
    /// <param name="Replaced">Another one stands in its place; it goes on until <paramref name="ExpiresAt"/>.</param>
    public sealed record Key(Guid Id, string Name, string Tail, IReadOnlyList<string> Doors, DateTimeOffset MadeAt, string? MadeBy, DateTimeOffset ExpiresAt, DateTimeOffset? LastUsedAt, bool Replaced, DateTimeOffset? EndedAt, string? EndedBy)
    {
        public bool InForce(DateTimeOffset now) => EndedAt is null && ExpiresAt > now;
    }

    /// <param name="Intent">Made by the sender.</param>
    /// <param name="LastDay">On which it still works.</param>
    public sealed record Input(Guid Intent, AccountId Account, string? Name, IReadOnlyList<string> Doors, DateOnly? LastDay);

    /// <param name="Secret">Shown once. Null when the same form was sent again: it was shown then.</param>
    public sealed record Made(Guid Id, string? Secret);

    public static byte[] HashOf(string secret) => SHA256.HashData(Encoding.ASCII.GetBytes(secret));

    /// <summary>Those in force first, then the newest of the others.</summary>
    public Task<List<Key>> OfAsync(AccountId account, CancellationToken ct) => db.Connection.RowsAsync("""
        SELECT k.id, k.name, k.tail, k.doors, k.made_at, m.display_name, k.expires_at, k.last_used_at, k.replaced_by IS NOT NULL, k.ended_at, e.display_name
        FROM pt.account_key k LEFT JOIN pt.account m ON m.id = k.made_by LEFT JOIN pt.account e ON e.id = k.ended_by
        WHERE k.account_id = $1 ORDER BY k.ended_at IS NULL AND k.expires_at > $2 DESC, k.made_at DESC, k.id LIMIT 50
        """, r => new Key(r.GetGuid(0), r.GetString(1), r.GetString(2), r.GetFieldValue<string[]>(3), r.GetFieldValue<DateTimeOffset>(4), r.Text(5), r.GetFieldValue<DateTimeOffset>(6), r.Maybe<DateTimeOffset>(7), r.GetBoolean(8), r.Maybe<DateTimeOffset>(9), r.Text(10)), ct, account.Value, db.Clock.GetUtcNow());

    public async Task<Outcome<Made>> MakeAsync(Input input, CancellationToken ct)
    {
        string? secret = null;
        var done = await db.OnceAsync<Made>(input.Intent, "account.key", input, async () =>
        {
            if (await ReachAsync(input.Account, ct) is { } hindrance) return hindrance;
            var faults = new List<Problem>();
            var name = VietnameseText.Clean(input.Name);
            if (string.IsNullOrEmpty(name)) faults.Add(Refusals.Required("name"));
            else if (Inputs.TooLong("name", name, NameMost) is { } tooLong) faults.Add(tooLong);
            if (input.Doors.Count == 0) faults.Add(Refusals.Required("doors"));
            else if (input.Doors.Any(door => !Doors.Contains(door))) faults.Add(Refusals.NotOneOf("doors"));
            var today = db.Clock.Today();
            if (input.LastDay is not { } last) faults.Add(Refusals.Required("lastDay"));
            else if (last < today || last > today.AddDays(settings.MostDays)) faults.Add(Problems.KeyTooLong(settings.MostDays));
            if (faults.Count > 0) return faults;
            if (await db.Connection.ValueAsync<long>("SELECT count(*) FROM pt.account_key WHERE account_id = $1 AND ended_at IS NULL AND expires_at > $2", ct, input.Account.Value, db.Clock.GetUtcNow()) >= Most) return Problems.KeysMany(Most);
            return await AddAsync(input.Account, name!, [.. input.Doors.Distinct()], input.LastDay!.Value.AddDays(1).AtLocal(), secret = NewSecret(), ct);
        }, ct);
        return done.Done ? done.Value with { Secret = secret } : done;
    }

    /// <summary>Puts a new one in its place, for as long from now as the old one was made for; the old one goes on for some hours.</summary>
    public async Task<Outcome<Made>> ReplaceAsync(Guid intent, AccountId account, Guid key, CancellationToken ct)
    {
        string? secret = null;
        var done = await db.OnceAsync<Made>(intent, "account.key-replaced", key, async () =>
        {
            if (await ReachAsync(account, ct) is { } hindrance) return hindrance;
            var now = db.Clock.GetUtcNow();
            var known = await db.Connection.RowAsync<(string Name, string[] Doors, DateTimeOffset MadeAt, DateTimeOffset ExpiresAt)?>(
                "SELECT name, doors, made_at, expires_at FROM pt.account_key WHERE id = $1 AND account_id = $2 AND ended_at IS NULL AND expires_at > $3 AND replaced_by IS NULL FOR UPDATE",
                r => (r.GetString(0), r.GetFieldValue<string[]>(1), r.GetFieldValue<DateTimeOffset>(2), r.GetFieldValue<DateTimeOffset>(3)), ct, key, account.Value, now);
            if (known is not { } old) return Refusals.NotFound();
            var days = Math.Clamp((old.ExpiresAt.LocalDay().DayNumber - old.MadeAt.LocalDay().DayNumber) - 1, 1, settings.MostDays);
            var made = await AddAsync(account, old.Name, old.Doors, db.Clock.Today().AddDays(days + 1).AtLocal(), secret = NewSecret(), ct);
            await db.Connection.RunAsync("UPDATE pt.account_key SET replaced_by = $2, expires_at = least(expires_at, $3) WHERE id = $1", ct, key, made.Id, now.AddHours(settings.OverlapHours));
            return made;
        }, ct);
        return done.Done ? done.Value with { Secret = secret } : done;
    }

    /// <summary>At once: the next request of the program is refused, and its streams end.</summary>
    public Task<Outcome<Nothing>> EndAsync(AccountId account, Guid key, CancellationToken ct) => db.WholeAsync<Nothing>(async () =>
    {
        if (await db.FindAsync<Account>([account], ct) is null) return Refusals.NotFound();
        // To end one is nobody's gain: whoever sees the account may, its holder too.
        var ended = await db.Connection.RunAsync("UPDATE pt.account_key SET ended_at = $3, ended_by = $4 WHERE id = $1 AND account_id = $2 AND ended_at IS NULL", ct, key, account.Value, db.Clock.GetUtcNow(), db.Visitor!.Account.Value);
        if (ended == 0) return await db.Connection.ValueAsync<bool>("SELECT EXISTS (SELECT 1 FROM pt.account_key WHERE id = $1 AND account_id = $2)", ct, key, account.Value) ? Nothing.Value : Refusals.NotFound();
        db.Tell(new AccountKeyEnded(account, key));
        await db.SaveChangesAsync(ct);
        return Nothing.Value;
    }, ct);

    private static string NewSecret() => Mark + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    private async Task<Problem?> ReachAsync(AccountId account, CancellationToken ct)
    {
        if (await db.FindAsync<Account>([account], ct) is null) return Refusals.NotFound();
        if (await AccountReach.FaultAsync(db, account, ct) is { } fault) return fault;
        // Held until the end, so that no such role is given meanwhile: a program would come to the places of another organisation by it.
        await db.Connection.RunAsync("SELECT 1 FROM pt.account WHERE id = $1 FOR NO KEY UPDATE", ct, account.Value);
        return await db.Connection.ValueAsync<bool>("SELECT EXISTS (SELECT 1 FROM pt.account_grant WHERE account_id = $1 AND given_unit IS NOT NULL AND revoked_at IS NULL AND (until IS NULL OR until > $2))", ct, account.Value, db.Clock.GetUtcNow())
            ? Problems.GuestRoleFirst() : null;
    }

    private async Task<Made> AddAsync(AccountId account, string name, string[] doors, DateTimeOffset until, string secret, CancellationToken ct)
    {
        var id = db.Clock.NewGuid();
        await db.Connection.RunAsync("INSERT INTO pt.account_key (id, account_id, name, hash, tail, doors, made_at, made_by, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            ct, id, account.Value, name, HashOf(secret), secret[^4..], doors, db.Clock.GetUtcNow(), db.Visitor!.Account.Value, until);
        db.Tell(new AccountKeyMade(account, id, name, doors));
        await db.SaveChangesAsync(ct);
        // What is kept for a second sending holds no secret.
        return new Made(id, null);
    }
}
