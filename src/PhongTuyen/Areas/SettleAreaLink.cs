using Npgsql;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Areas;

/// <summary>
/// A person decides about a row of links that nobody should believe: which old communes went as a whole into which new one, or that the row
/// says nothing. It moves no record: from then on an old address is read that way. The tables of areas are open to the jobs role only, so
/// the decision is written through it, in the midst of the visitor's own transaction, which holds the audit row.
/// </summary>
public sealed class SettleAreaLink(Db db, Database database, AreaStore areas, AreaLinkFindings findings, TimeProvider clock)
{
    /// <param name="Intent">Made by the sender.</param>
    /// <param name="Olds">Communes of the last day of three levels; more than one where they had been merged before.</param>
    /// <param name="New">A commune of the first day of two levels.</param>
    public sealed record Link(Guid Intent, int Finding, IReadOnlyList<AreaId> Olds, AreaId New, string? Reason);

    public sealed record SetAside(Guid Intent, int Finding, string? Reason);

    public Task<Outcome<Nothing>> RunAsync(Link input, CancellationToken ct) => db.OnceAsync(input.Intent, "area.settle-link", input, async () =>
    {
        if (await findings.OneAsync(input.Finding, ct) is null) return Refusals.NotFound();
        if (Check(input) is { } fault) return fault;
        return await DecideAsync(input.Finding, AreaFindingState.Linked, VietnameseText.Clean(input.Reason), input.New, async (connection, now) =>
        {
            foreach (var old in input.Olds)
            {
                // As a whole into one: what the source says of its parts does not hold any more.
                await connection.RunAsync("DELETE FROM pt.area_link WHERE old_id = $1", ct, old.Value);
                await connection.RunAsync("INSERT INTO pt.area_link (old_id, new_id, partial, how, decided_by, decided_at) VALUES ($1, $2, false, $3, $4, $5)", ct, old.Value, input.New.Value, (short)AreaLinkHow.Person, db.Visitor!.Account.Value, now);
            }
        }, ct);
    }, ct);

    public Task<Outcome<Nothing>> RunAsync(SetAside input, CancellationToken ct) => db.OnceAsync(input.Intent, "area.set-link-aside", input, async () =>
    {
        if (await findings.OneAsync(input.Finding, ct) is null) return Refusals.NotFound();
        if (VietnameseText.Clean(input.Reason) is not { } reason) return Refusals.ReasonNeeded("reason");
        return await DecideAsync(input.Finding, AreaFindingState.SetAside, reason, null, (_, _) => Task.CompletedTask, ct);
    }, ct);

    private Problem? Check(Link input)
    {
        if (input.Olds.Count == 0) return Refusals.Required("olds");
        if (areas.Book.Find(input.New) is not { Level: AreaLevel.Commune } into || !into.ValidOn(AreaBook.TwoLevelsFrom)) return AreaProblems.NotANewCommune();
        foreach (var id in input.Olds)
        {
            // Five island districts had no commune and became special zones themselves.
            var whole = areas.Book.Find(id) is { } old && old.ValidOn(AreaLinkFindings.LastOld) && (old.Level == AreaLevel.Commune || (old.Level == AreaLevel.District && areas.Book.Children(id, AreaLinkFindings.LastOld).Count == 0));
            if (!whole) return AreaProblems.NotAnOldCommune();
            if (!db.Scope.Provinces.Contains(AreaStore.Country) && !db.Scope.Covers(default, areas.Book.Keys(id)) && !db.Scope.Covers(default, areas.Book.Keys(input.New))) return Refusals.NotFound();
        }
        return null;
    }

    private async Task<Outcome<Nothing>> DecideAsync(int finding, AreaFindingState state, string? reason, AreaId? into, Func<NpgsqlConnection, DateTimeOffset, Task> write, CancellationToken ct)
    {
        db.Tell(new AreaLinkSettled(finding, into));
        await db.SaveChangesAsync(ct);
        await using var connection = await database.Jobs.OpenConnectionAsync(ct);
        await using (var transaction = await connection.BeginTransactionAsync(ct))
        {
            var now = clock.GetUtcNow();
            var before = await connection.RowAsync("SELECT decided_by, decided_at FROM pt.area_link_finding WHERE id = $1 FOR UPDATE", r => (By: r.Maybe<Guid>(0), At: r.Maybe<DateTimeOffset>(1)), ct, finding);
            if (before.By is { } by) await TakeBackAsync(connection, by, before.At!.Value, ct);
            await write(connection, now);
            await connection.RunAsync("UPDATE pt.area_link_finding SET state = $2, decided_by = $3, decided_at = $4, reason = $5 WHERE id = $1", ct, finding, (short)state, db.Visitor!.Account.Value, now, reason);
            await transaction.CommitAsync(ct);
        }
        await areas.ReadAsync(connection, ct);
        return Nothing.Value;
    }

    /// <summary>What an earlier decision about the same row had written goes, and what the shipped list said of those communes stands again.</summary>
    private async Task TakeBackAsync(NpgsqlConnection connection, Guid by, DateTimeOffset at, CancellationToken ct)
    {
        var olds = await connection.RowsAsync("DELETE FROM pt.area_link WHERE decided_by = $1 AND decided_at = $2 RETURNING old_id", r => new AreaId(r.GetInt32(0)), ct, by, at);
        foreach (var (old, link) in olds.SelectMany(old => AreaLists.Links.From(areas.Book.Find(old)!.Code).Select(link => (old, link))))
            if (areas.Book.ByCode(link.NewCode, AreaBook.TwoLevelsFrom) is { } now)
                await connection.RunAsync("INSERT INTO pt.area_link (old_id, new_id, partial, how) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING", ct, old.Value, now.Id.Value, link.Kind == AreaLinkKind.Partial, (short)link.How);
    }
}
