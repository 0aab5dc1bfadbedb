using Microsoft.EntityFrameworkCore;
using Npgsql;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Accounts;

/// <summary>Makes accounts of the rows of a list that are in order; the others wait to be mended. They sign in only when their slips are handed out (<see cref="IssueSlips"/>).</summary>
public sealed class MakeListedAccounts(Db db, CheckAccountList check, TimeProvider clock)
{
    /// <param name="Intent">Made by the sender.</param>
    public sealed record Input(Guid Intent, Guid List);

    /// <summary>Read = made + known + rejected.</summary>
    public sealed record Made(int Read, int New, int Known, int Rejected);

    public Task<Outcome<Made>> RunAsync(Input input, CancellationToken ct) => db.OnceAsync(input.Intent, "account.list-make", input, async () =>
    {
        if (await db.FindAsync<AccountList>([input.List], ct) is not { } list) return (Outcome<Made>)Refusals.NotFound();
        var rows = await check.RunAsync(list.Listed(), ct);
        var (now, made) = (clock.GetUtcNow(), new List<AccountId>());
        foreach (var row in rows.Where(row => row.Standing == ListedStanding.New))
        {
            var account = new Account
            {
                Id = clock.New<AccountId>(), UserName = row.UserName, DisplayName = row.Listed.Name, UnitId = row.Unit, Position = VietnameseText.Clean(row.Listed.Position), Email = VietnameseText.Clean(row.Listed.Email),
                ExpiresAt = row.Until, CreatedAt = now, CreatedBy = db.Visitor!.Account, ListId = list.Id,
            };
            db.Add(account);
            db.Tell(new AccountMade(account.Id, account.UnitId));
            if (row.Area is { } area) Give(account, row.Role, null, area);
            if (row.Area is null || row.AlsoUnit) Give(account, row.Role, row.Unit, null);
            made.Add(account.Id);
        }
        var answer = new Made(rows.Count, made.Count, rows.Count(row => row.Standing == ListedStanding.Known), rows.Count(row => row.Standing == ListedStanding.Rejected));
        list.MadeAt = now;
        db.Tell(new AccountListMade(list.Id, answer.New, answer.Known, answer.Rejected));
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException clash) when (clash.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return Refusals.Changed(); // somebody took one of the names meanwhile: the next look says which
        }
        await db.Connection.RunAsync("SELECT pt.write_rights($1)", ct, (object)made.Select(account => account.Value).ToArray());
        return answer;

        void Give(Account account, Role role, UnitId? unit, AreaId? area) => GiveRole.Add(db, new GiveRole.Input(clock.NewGuid(), account.Id, role, unit, area, null, account.ExpiresAt), now);
    }, ct);

    /// <summary>Takes back what was made of the list and whose slips nobody has got. Answers how many.</summary>
    public Task<Outcome<int>> UndoAsync(Guid id, CancellationToken ct) => db.WholeAsync<int>(async () =>
    {
        if (await db.FindAsync<AccountList>([id], ct) is not { } list) return Refusals.NotFound();
        var gone = await db.Connection.RowsAsync("SELECT * FROM pt.take_back_accounts($1)", r => r.GetGuid(0), ct, id);
        if (gone.Count == 0) return Problems.ListNothingToTakeBack();
        db.Tell(new AccountListUndone(id, gone.Count));
        await db.SaveChangesAsync(ct);
        return gone.Count;
    }, ct);
}
