using System.Globalization;
using System.Text.Json;
using Npgsql;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People.Contract;
using PhongTuyen.Worklists.Contract;

namespace PhongTuyen.Worklists;

/// <summary>
/// A tab of a list, page by page: what is open by urgency, then by deadline; what is done by when it was. Of each subtree of the scope the first rows of one range of an index;
/// the less urgent are asked for only where the more urgent do not fill the page.
/// </summary>
public sealed class WorkItemsList(Db db, TimeProvider clock)
{
    public const int Page = 30;

    /// <param name="Shown">Name, else code, of the person; null where it is about nobody, and where the visitor does not see them.</param>
    /// <param name="ReasonDetails">What fills the sentence of <paramref name="Reason"/>.</param>
    public sealed record Row(Guid Id, string List, string Kind, PersonId? Person, string? Shown, BirthDate Birth, Sex Sex, UnitId Unit, string UnitName, WorkState State, AccountId? Owner, string? OwnerName, Urgency Urgency, string Reason,
        IReadOnlyDictionary<string, string> ReasonDetails, DateTimeOffset DueAt, DateTimeOffset? ToldAboveAt, DateTimeOffset PostedAt, DateTimeOffset? ClosedAt, string? ChangedName, int Version)
    {
        public bool IsLate(DateTimeOffset now) => State < WorkState.Waiting && DueAt <= now;
    }

    /// <param name="More">The key behind which the next page begins; null at the end.</param>
    public sealed record Found(IReadOnlyList<Row> Rows, string? More);

    private const string Columns = "w.id, w.list, w.kind, w.person_id, w.unit_id, w.state, w.owner_id, w.owner_name, w.urgency, w.reason, w.reason_details, w.due_at, w.told_above_at, w.posted_at, w.closed_at, w.changed_name, w.version";

    /// <param name="behind">Key of the last row of the page before.</param>
    public async Task<Found> FindAsync(WorkFilter filter, string? behind, CancellationToken ct, int page = Page)
    {
        var (from, moment, id) = Key(behind, filter.Tab);
        var rows = new List<Row>();
        foreach (var urgency in filter.Tab == WorkTab.Done ? [filter.Urgency] : Enum.GetValues<Urgency>().Where(one => (int)one >= from && (filter.Urgency ?? one) == one).Select(one => (Urgency?)one))
        {
            // What lies behind the key is asked for once: of the less urgent all comes.
            var here = filter.Tab == WorkTab.Done || (int?)urgency == from;
            rows.AddRange(await RangeAsync(filter, urgency, here ? moment : Beginning(filter.Tab).At, here ? id : Beginning(filter.Tab).Id, page + 1 - rows.Count, ct));
            if (rows.Count > page) break;
        }
        return new Found([.. rows.Take(page)], rows.Count > page ? KeyOf(rows[page - 1], filter.Tab) : null);
    }

    /// <summary>Items of the visitor's scope by their records, whatever tab they stand in.</summary>
    public Task<List<Row>> OfAsync(string list, IReadOnlyList<Guid> ids, CancellationToken ct) =>
        db.Connection.RowsAsync(Shown($"SELECT {Columns} FROM pt.worklist_item w WHERE w.list = $1 AND w.id = ANY ($2)", "w.urgency, w.due_at, w.id"), Read, ct, list, ids.ToArray());

    private async Task<List<Row>> RangeAsync(WorkFilter filter, Urgency? urgency, DateTimeOffset moment, Guid id, int most, CancellationToken ct)
    {
        var (done, scope) = (filter.Tab == WorkTab.Done, db.Scope);
        var (by, order, beyond) = done ? ("closed_at", "w.closed_at DESC, w.id DESC", "<") : ("due_at", "w.due_at, w.id", ">");
        var values = new List<object?> { filter.List, moment, id };
        string Value(object value)
        {
            values.Add(value);
            return $"${values.Count}";
        }
        var narrowed = "";
        if (urgency is { } only) narrowed += $" AND w.urgency = {Value((short)only)}";
        if (filter.Tab == WorkTab.Late) narrowed += $" AND w.due_at <= {Value(clock.GetUtcNow())}";
        if (filter.Tab is WorkTab.Free or WorkTab.Mine or WorkTab.Others) narrowed += $" AND w.due_at > {Value(clock.GetUtcNow())}";
        if (filter.Tab == WorkTab.Others) narrowed += $" AND w.owner_id <> {Value(db.Visitor!.Account.Value)}";
        if (filter.Above) narrowed += " AND w.told_above_at IS NOT NULL";
        if (filter.Tab == WorkTab.Mine && filter.Owner is { } other && other != db.Visitor!.Account) return [];
        var owner = filter.Tab == WorkTab.Mine ? db.Visitor!.Account : filter.Owner;
        string Select(string root, string state, int? limit = null, string? columns = null, string further = "") =>
            $"(SELECT {columns ?? Columns} FROM pt.worklist_item w WHERE {root} AND w.list = $1 AND {state}{narrowed} AND (w.{by}, w.id) {beyond} ($2, $3){further} ORDER BY {order} LIMIT {limit ?? most})";
        var ranges = new List<string>();
        foreach (var state in States(filter.Tab))
        {
            if (owner is { } holder)
                ranges.Add(Select($"w.owner_id = {Value(holder.Value)}" + (filter.Unit.Value == 0 ? "" : $" AND w.unit_id = {Value(filter.Unit.Value)}"), state));
            else if (filter.Unit.Value != 0) ranges.Add(Select($"w.unit_id = {Value(filter.Unit.Value)}", state));
            else
                foreach (var (column, keys) in Roots(scope))
                    ranges.Add(ManyRoots.First(new RootKeys(Value(keys), keys.Length), by, !done, "w", most, (columns, further, limit) => Select($"w.{column} = k.key{(column is "commune_id" or "district_id" ? $" AND w.{column} <> 0" : "")}", state, limit, columns, further)));
        }
        return ranges.Count == 0 ? [] : await db.Connection.RowsAsync(Shown(ManyRoots.Page(ranges, by, !done, most), order), Read, ct, [.. values]);
    }

    /// <summary>As literals: the indexes hold what is open, or what is done.</summary>
    private static string[] States(WorkTab tab) => tab switch
    {
        WorkTab.Late => ["w.state = 0", "w.state = 1"],
        WorkTab.Free => ["w.state = 0"],
        WorkTab.Mine or WorkTab.Others => ["w.state = 1"],
        WorkTab.Waiting => ["w.state = 2"],
        _ => ["w.state >= 3"],
    };

    private static IEnumerable<(string Column, int[] Keys)> Roots(Scope scope)
    {
        if (scope.Provinces.Count > 0) yield return ("province_id", [.. scope.Provinces.Select(area => area.Value)]);
        if (scope.Districts.Count > 0) yield return ("district_id", [.. scope.Districts.Select(area => area.Value)]);
        if (scope.Communes.Count > 0) yield return ("commune_id", [.. scope.Communes.Select(area => area.Value)]);
        if (scope.Units.Count > 0) yield return ("unit_id", [.. scope.Units.Select(unit => unit.Value)]);
    }

    private static string Shown(string page, string order) => $"""
        SELECT {Columns}, CASE WHEN p.id IS NOT NULL THEN coalesce(p.name, p.code, '?') END, p.birth, coalesce(p.birth_precision, 0::smallint), coalesce(p.sex, 0::smallint), coalesce(u.name, '')
        FROM ({page}) w LEFT JOIN pt.person p ON p.id = w.person_id LEFT JOIN pt.unit u ON u.id = w.unit_id ORDER BY {order}
        """;

    private static Row Read(NpgsqlDataReader r) => new(r.GetGuid(0), r.GetString(1), r.GetString(2), r.Maybe<Guid>(3) is { } person ? new PersonId(person) : null, r.Text(17), new BirthDate(r.Maybe<DateOnly>(18), (BirthPrecision)r.GetInt16(19)), (Sex)r.GetInt16(20),
        new UnitId(r.GetInt32(4)), r.GetString(21), (WorkState)r.GetInt16(5), r.Maybe<Guid>(6) is { } owner ? new AccountId(owner) : null, r.Text(7), (Urgency)r.GetInt16(8), r.GetString(9),
        JsonSerializer.Deserialize<Dictionary<string, string>>(r.GetString(10))!, r.GetFieldValue<DateTimeOffset>(11), r.Maybe<DateTimeOffset>(12), r.GetFieldValue<DateTimeOffset>(13), r.Maybe<DateTimeOffset>(14), r.Text(15), r.GetInt32(16));

    private static (DateTimeOffset At, Guid Id) Beginning(WorkTab tab) => tab == WorkTab.Done ? (DateTimeOffset.MaxValue, Guid.AllBitsSet) : (DateTimeOffset.MinValue, Guid.Empty);

    private static string KeyOf(Row row, WorkTab tab) => string.Create(CultureInfo.InvariantCulture, $"{(int)row.Urgency}_{(tab == WorkTab.Done ? row.ClosedAt!.Value : row.DueAt).UtcTicks}_{row.Id}");

    private static (int Urgency, DateTimeOffset At, Guid Id) Key(string? behind, WorkTab tab)
    {
        if (behind?.Split('_') is [var urgency, var ticks, var id] && int.TryParse(urgency, NumberStyles.None, CultureInfo.InvariantCulture, out var from) && Clock.OfTicks(ticks) is { } at && Guid.TryParse(id, out var guid)) return (from, at, guid);
        var (beginning, first) = Beginning(tab);
        return (0, beginning, first);
    }
}
