using PhongTuyen.Data;

namespace PhongTuyen.Worklists;

/// <summary>How many items of the scope stand in each tab: from counters, so that it costs the same whatever their number.</summary>
public sealed class WorkCounts(Db db, TimeProvider clock)
{
    /// <summary>Of one list.</summary>
    public sealed record Counts(long Late, long Free, long Mine, long Others, long Waiting, long Done)
    {
        public static readonly Counts None = new(0, 0, 0, 0, 0, 0);

        public long Of(WorkTab tab) => tab switch { WorkTab.Late => Late, WorkTab.Free => Free, WorkTab.Mine => Mine, WorkTab.Others => Others, WorkTab.Waiting => Waiting, _ => Done };

        /// <summary>What is still to be done.</summary>
        public long Open => Late + Free + Mine + Others + Waiting;

        public long All => Open + Done;
    }

    /// <summary>Narrowed as the list is, but for its tab.</summary>
    public async Task<Counts> OfAsync(WorkFilter filter, CancellationToken ct) =>
        (await ReadAsync(filter.List, filter.Unit.Value == 0 ? null : filter.Unit.Value, filter.Owner?.Value, (short?)filter.Urgency, ct)).GetValueOrDefault(filter.List, Counts.None);

    /// <summary>Of every list that has anything in the scope.</summary>
    public Task<Dictionary<string, Counts>> AllAsync(CancellationToken ct) => ReadAsync(null, null, null, null, ct);

    private async Task<Dictionary<string, Counts>> ReadAsync(string? list, int? unit, Guid? owner, short? urgency, CancellationToken ct)
    {
        var rows = await db.Connection.RowsAsync("SELECT list, state, late, mine, n FROM pt.worklist_counts($1::text, $2::int, $3::uuid, $4::smallint, $5)",
            r => (List: r.GetString(0), State: (WorkState)r.GetInt16(1), Late: r.GetBoolean(2), Mine: r.GetBoolean(3), N: r.GetInt64(4)), ct, list, unit, owner, urgency, clock.GetUtcNow());
        return rows.GroupBy(row => row.List).ToDictionary(same => same.Key, same =>
        {
            long Sum(Func<WorkState, bool> state, bool late, bool mine = false) => same.Where(row => row.Mine == mine && row.Late == late && state(row.State)).Sum(row => row.N);
            var mine = Sum(state => state == WorkState.Taken, late: false, mine: true);
            return new Counts(Sum(state => state <= WorkState.Taken, late: true), Sum(state => state == WorkState.Free, late: false), mine, Sum(state => state == WorkState.Taken, late: false) - mine,
                Sum(state => state == WorkState.Waiting, late: false), Sum(state => state >= WorkState.Done, late: false));
        });
    }
}
