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
        var roots = filter.Unit.Value != 0 || filter.Owner is not null || filter.Tab == WorkTab.Mine ? [] : await RootsAsync(ct);
        var (beginning, first) = Beginning(filter.Tab);
        // What lies behind the key is asked for of its own urgency: of the less urgent all comes.
        List<Start> starts = filter.Tab == WorkTab.Done ? [new(filter.Urgency, moment, id)]
            : [.. Enum.GetValues<Urgency>().Where(one => (int)one >= from && (filter.Urgency ?? one) == one).Select(one => (int)one == from ? new Start(one, moment, id) : new Start(one, beginning, first))];
        if (starts.Count == 0) return new Found([], null);
        var rows = new List<Row>();
        // From few places all are asked for at once; from many the less urgent only where the more urgent do not fill the page.
        foreach (var some in roots.Sum(root => root.Keys.Length) <= Few ? [starts] : starts.Select(start => new List<Start> { start }))
        {
            rows.AddRange(await RangeAsync(filter, roots, some, page + 1, ct));
            if (rows.Count > page) break;
        }
        return new Found([.. rows.Take(page)], rows.Count > page ? KeyOf(rows[page - 1], filter.Tab) : null);
    }

    private const int Few = 3;

    /// <summary>Where the rows of an urgency begin on this page.</summary>
    private sealed record Start(Urgency? Urgency, DateTimeOffset At, Guid Id);

    /// <summary>Items of the visitor's scope by their records, whatever tab they stand in.</summary>
    public Task<List<Row>> OfAsync(string list, IReadOnlyList<Guid> ids, CancellationToken ct) =>
        db.Connection.RowsAsync(Shown($"SELECT {Columns} FROM pt.worklist_item w WHERE w.list = $1 AND w.id = ANY ($2)", "w.urgency, w.due_at, w.id"), Read, ct, list, ids.ToArray());

    private async Task<List<Row>> RangeAsync(WorkFilter filter, IReadOnlyList<(string Column, int[] Keys)> roots, IReadOnlyList<Start> starts, int most, CancellationToken ct)
    {
        var done = filter.Tab == WorkTab.Done;
        var (by, order, beyond) = done ? ("closed_at", "closed_at DESC, id DESC", "<") : ("due_at", "due_at, id", ">");
        var values = new List<object?> { filter.List };
        string Value(object value)
        {
            values.Add(value);
            return $"${values.Count}";
        }
        var narrowed = "";
        if (filter.Tab == WorkTab.Late) narrowed += $" AND w.due_at <= {Value(clock.GetUtcNow())}";
        if (filter.Tab is WorkTab.Free or WorkTab.Mine or WorkTab.Others) narrowed += $" AND w.due_at > {Value(clock.GetUtcNow())}";
        if (filter.Tab == WorkTab.Others) narrowed += $" AND w.owner_id <> {Value(db.Visitor!.Account.Value)}";
        if (filter.Above) narrowed += " AND w.told_above_at IS NOT NULL";
        if (filter.Tab == WorkTab.Mine && filter.Owner is { } other && other != db.Visitor!.Account) return [];
        var owner = filter.Tab == WorkTab.Mine ? db.Visitor!.Account : filter.Owner;
        var places = roots.Select(root => (root.Column, Keys: new RootKeys(Value(root.Keys), root.Keys.Length))).ToList();
        var single = owner is { } holder ? $"w.owner_id = {Value(holder.Value)}" + (filter.Unit.Value == 0 ? "" : $" AND w.unit_id = {Value(filter.Unit.Value)}") : filter.Unit.Value != 0 ? $"w.unit_id = {Value(filter.Unit.Value)}" : null;
        var ranges = new List<string>();
        foreach (var start in starts)
        {
            var here = $"{(start.Urgency is { } urgency ? $" AND w.urgency = {Value((short)urgency)}" : "")}{narrowed} AND (w.{by}, w.id) {beyond} ({Value(start.At)}, {Value(start.Id)})";
            foreach (var state in States(filter.Tab))
            {
                string Select(string root, int? limit = null, string? columns = null, string further = "") =>
                    $"(SELECT {columns ?? Columns} FROM pt.worklist_item w WHERE {root} AND w.list = $1 AND {state}{here}{further} ORDER BY w.{order.Replace(", ", ", w.", StringComparison.Ordinal)} LIMIT {limit ?? most})";
                if (single is not null) ranges.Add(Select(single));
                else
                    foreach (var (column, keys) in places)
                        ranges.Add(ManyRoots.First(keys, by, !done, "w", most, (columns, further, limit) => Select($"w.{column} = k.key{(column is "commune_id" or "district_id" ? $" AND w.{column} <> 0" : "")}", limit, columns, further)));
            }
        }
        if (ranges.Count == 0) return [];
        var (sort, page) = (done ? order : $"urgency, {order}", string.Join("\n UNION ALL ", ranges));
        return await db.Connection.RowsAsync(Shown($"SELECT DISTINCT ON ({sort.Replace(" DESC", "", StringComparison.Ordinal)}) * FROM ({page}) every ORDER BY {sort} LIMIT {most}", $"w.{sort.Replace(", ", ", w.", StringComparison.Ordinal)}"), Read, ct, [.. values]);
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

    /// <summary>Where the lists of the scope begin: each item lies under one of them.</summary>
    private async Task<IReadOnlyList<(string Column, int[] Keys)>> RootsAsync(CancellationToken ct)
    {
        string[] columns = ["province_id", "district_id", "commune_id", "unit_id"];
        var keys = await db.Connection.RowAsync("SELECT provinces, districts, communes, units FROM pt.worklist_roots()", r => columns.Select((_, i) => r.GetFieldValue<int[]>(i)).ToList(), ct);
        return [.. columns.Select((column, i) => (column, keys![i])).Where(root => root.Item2.Length > 0)];
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
