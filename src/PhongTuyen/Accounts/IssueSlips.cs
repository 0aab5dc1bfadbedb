using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Accounts;

/// <summary>Hands out first passwords to accounts that have none yet, as many at once as are printed at once.</summary>
public sealed class IssueSlips(Db db)
{
    /// <summary>Each password costs about a tenth of a second of hashing, on purpose.</summary>
    public const int Most = 30;

    public sealed record Waiting(AccountId Id, string UserName, string DisplayName, string UnitName);

    /// <param name="Intent">Made by the sender.</param>
    /// <param name="List">Only those of this list; null: of all lists, in the visitor's units.</param>
    public sealed record Input(Guid Intent, Guid? List);

    /// <param name="Password">Shown once.</param>
    public sealed record Slip(Waiting Account, string Password);

    /// <param name="All">Empty where the same form was sent again: the passwords were shown then.</param>
    public sealed record Slips(IReadOnlyList<Slip> All);

    private sealed record Issued(int Count);

    // Whoever hands out passwords could hand themselves that of an account that reaches farther.
    private static readonly string From = $"""
        FROM pt.account c JOIN pt.unit u ON u.id = c.unit_id
        WHERE NOT c.issued AND c.list_id IS NOT NULL AND c.state = 1 AND (c.expires_at IS NULL OR c.expires_at > $1) AND c.unit_id = ANY ($2) AND ($3::uuid IS NULL OR c.list_id = $3) AND c.id <> $4
          AND NOT {AccountReach.Farther("c.id", "$1", "$5")}
        """;

    /// <summary>The next ones that wait, by unit and user name.</summary>
    public Task<List<Waiting>> NextAsync(Guid? list, CancellationToken ct) =>
        db.Connection.RowsAsync($"SELECT c.id, c.user_name, c.display_name, u.name {From} ORDER BY u.name_folded, u.id, c.user_name LIMIT {Most}", r => new Waiting(new AccountId(r.GetGuid(0)), r.GetString(1), r.GetString(2), r.GetString(3)), ct, Values(list));

    public Task<long> CountAsync(Guid? list, CancellationToken ct) => db.Connection.ValueAsync<long>($"SELECT count(*) {From}", ct, Values(list));

    private object?[] Values(Guid? list) => [db.Clock.GetUtcNow(), db.Scope.Units.Select(unit => unit.Value).ToArray(), list, db.Visitor!.Account.Value, AccountReach.MayGive(db)];

    public async Task<Outcome<Slips>> RunAsync(Input input, CancellationToken ct)
    {
        List<Slip> slips = [];
        var outcome = await db.OnceAsync(input.Intent, "account.issue-slips", input, async () =>
        {
            var next = await NextAsync(input.List, ct);
            if (next.Count == 0) return (Outcome<Issued>)Problems.NoSlipsWait();
            var passwords = new (string Plain, string Hash)[next.Count];
            Parallel.For(0, next.Count, i => passwords[i] = Passwords.Suggest() is var plain ? (plain, Passwords.Hash(plain)) : default);
            foreach (var account in next) db.Tell(new AccountReissued(account.Id));
            await db.SaveChangesAsync(ct);
            await db.Connection.RunAsync("SELECT pt.issue_secret(a, h, s, $4) FROM unnest($1::uuid[], $2::text[], $3::text[]) t(a, h, s)", ct,
                next.Select(account => account.Id.Value).ToArray(), passwords.Select(one => one.Hash).ToArray(), next.Select(_ => db.Clock.NewGuid().ToString("N")).ToArray(), db.Clock.GetUtcNow());
            slips = [.. next.Zip(passwords, (account, password) => new Slip(account, password.Plain))];
            // What is kept for a second sending holds no password.
            return new Issued(slips.Count);
        }, ct);
        return outcome.Done ? new Slips(slips) : outcome.As<Slips>();
    }
}
