using Npgsql;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Units;

/// <summary>
/// Merges a unit that an import made, and nobody has confirmed yet, into the one that it really is. Stays, cases, ties, accounts and units
/// below move over; the old name stays known, so that the next list with it finds the right unit. What was moved is kept, so that <see cref="UnmergeUnit"/> puts it back.
/// </summary>
public sealed class MergeUnit(Db db, TimeProvider clock)
{
    /// <param name="Intent">Made by the sender.</param>
    public sealed record Input(Guid Intent, UnitId Id, UnitId Into);

    public sealed record Moved(int Stays, int Accounts, int Cases);

    public Task<Outcome<Moved>> RunAsync(Input input, CancellationToken ct) => db.OnceAsync(input.Intent, "unit.merge", input, () => MergeAsync(input, ct), ct);

    private async Task<Outcome<Moved>> MergeAsync(Input input, CancellationToken ct)
    {
        if (!db.Scope.Units.Contains(input.Id) || !db.Scope.Units.Contains(input.Into)) return Refusals.NotFound();
        if (input.Id == input.Into) return Problems.MergeWithItself();
        if (await WhyNotAsync(input, ct) is { } refusal) return refusal;
        try
        {
            var moved = await db.Connection.RowAsync("SELECT persons, stays, accounts, cases FROM pt.unit_merged($1, $2, $3, $4)",
                r => (Persons: r.GetFieldValue<Guid[]>(0), Counts: new Moved(r.GetInt32(1), r.GetInt32(2), r.GetInt32(3))), ct, input.Intent, input.Id.Value, input.Into.Value, clock.GetUtcNow());
            if (moved.Persons is null) return Refusals.NotFound();
            db.Tell(new UnitMerged(input.Id, input.Into, moved.Counts.Stays, moved.Counts.Accounts, moved.Counts.Cases, [.. moved.Persons.Select(person => new PersonId(person))]));
            await db.SaveChangesAsync(ct);
            return moved.Counts;
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.ForeignKeyViolation)
        {
            return Problems.HasRooms(); // somebody has set it up as a facility of its own, or it has places by decision
        }
    }

    private async Task<Problem?> WhyNotAsync(Input input, CancellationToken ct)
    {
        var (made, into, below) = await db.Connection.RowAsync("""
            SELECT EXISTS (SELECT 1 FROM pt.unit WHERE id = $1 AND import_id IS NOT NULL AND NOT verified AND valid_to IS NULL), EXISTS (SELECT 1 FROM pt.unit WHERE id = $2 AND valid_to IS NULL),
              EXISTS (WITH RECURSIVE up AS (SELECT id, parent_id FROM pt.unit WHERE id = $2 UNION ALL SELECT u.id, u.parent_id FROM pt.unit u JOIN up ON u.id = up.parent_id) SELECT 1 FROM up WHERE id = $1)
            """, r => (r.GetBoolean(0), r.GetBoolean(1), r.GetBoolean(2)), ct, input.Id.Value, input.Into.Value);
        return !made ? Problems.NotMadeByImport() : !into ? Problems.NotOne("into") : below ? Problems.MergeBelowItself() : null;
    }
}
