using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Worklists;

/// <summary>Who could do the work of some units: the choice when work is given.</summary>
public sealed class WorkersOf(Db db, TimeProvider clock)
{
    public const int Most = 200;

    /// <param name="Units">Of those asked for, in how many.</param>
    public sealed record Row(AccountId Account, string Name, string Unit, int Units);

    /// <summary>Those who could do all of it first.</summary>
    public Task<List<Row>> OfAsync(IReadOnlyCollection<UnitId> units, CancellationToken ct) => db.Connection.RowsAsync($"""
        SELECT account_id, name, unit, cardinality(able) FROM pt.worklist_able($1, $2, $3) ORDER BY cardinality(able) DESC, unit, name, account_id LIMIT {Most}
        """, r => new Row(new AccountId(r.GetGuid(0)), r.GetString(1), r.GetString(2), r.GetInt32(3)), ct, units.Select(unit => unit.Value).Distinct().ToArray(), ActOnWork.Doing, clock.GetUtcNow());
}
