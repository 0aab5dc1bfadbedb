using System.Globalization;
using System.Text.Json;
using Npgsql;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Supervision;

/// <summary>Operators of the visitor's units over some days, the one farthest out of the ordinary first: from counters by day, never from the audit.</summary>
public sealed class OperatorsList(Db db, SupervisionSettings settings)
{
    public const int Page = 30;

    /// <summary>So many days at once.</summary>
    public const int MostDays = 92;

    /// <summary>So many of the days with signs stand beside an operator.</summary>
    private const int Worst = 3;

    /// <summary>What was done, over all days.</summary>
    /// <param name="Persons">Different persons of each day, added up.</param>
    /// <param name="Again">How often one person was opened on one day, at most.</param>
    public sealed record Sums(int Days, int Opened, int Persons, int Again, int Elsewhere, int Searches, int Numbers, int Lists, int Listed, int Files, int FileRows, int Stops, int Emergencies, int NotShown);

    /// <summary>A day with signs.</summary>
    public sealed record SignedDay(DateOnly Day, IReadOnlyList<Sign> Signs, bool Waits, DayVerdict Verdict);

    /// <param name="Name">Null where the account is not of the visitor's units.</param>
    /// <param name="Usual">Records opened on an ordinary day of this operator; null: not known.</param>
    /// <param name="Median">Those of the others of the unit.</param>
    /// <param name="Unreviewed">Openings in an emergency that wait for their review.</param>
    public sealed record Row(AccountId Account, string? Name, string? UserName, UnitId Unit, string UnitName, Sums Sums, int? Usual, int? Median, long Score, DateTimeOffset Last, int Unreviewed, IReadOnlyList<SignedDay> Worst);

    /// <param name="More">The key behind which the next page begins.</param>
    public sealed record Found(IReadOnlyList<Row> Rows, string? More);

    /// <summary>Whether those without signs can be shown: not of thousands of units at once.</summary>
    public bool ShowsAll(OperatorFilter filter) => filter.Unit.Value != 0 || filter.Account is not null || db.Scope.Units.Count <= settings.MostUnits;

    /// <summary>Up to when what was sealed is counted; null: nothing yet.</summary>
    public Task<DateTimeOffset?> UpToAsync(CancellationToken ct) => db.Connection.ValueAsync<DateTimeOffset?>("SELECT up_to FROM pt.supervision_mark", ct);

    /// <summary>How many operators stand in each tab but the last.</summary>
    public async Task<IReadOnlyDictionary<SupervisionTab, long>> CountsAsync(OperatorFilter filter, CancellationToken ct)
    {
        var values = new List<object?> { filter.First, filter.Last };
        var rows = await db.Connection.RowsAsync($"SELECT CASE WHEN k.waits THEN 0 WHEN k.unclear THEN 1 ELSE 2 END, count(*) FROM ({Signed(filter, values)}) k GROUP BY 1", r => ((SupervisionTab)r.GetInt32(0), r.GetInt64(1)), ct, [.. values]);
        return rows.ToDictionary();
    }

    public async Task<Found> FindAsync(OperatorFilter filter, string? behind, CancellationToken ct, int page = Page)
    {
        if (filter.Tab == SupervisionTab.All && !ShowsAll(filter)) return new([], null);
        var values = new List<object?> { filter.First, filter.Last };
        var keys = filter.Tab == SupervisionTab.All ? null : $"SELECT k.unit_id, k.account_id FROM ({Signed(filter, values)}) k WHERE {Of(filter.Tab)}";
        var from = keys is null ? $"pt.supervision_day d WHERE d.day >= $1 AND d.day <= $2{Narrowed(filter, values)}" : $"({keys}) k JOIN pt.supervision_day d USING (unit_id, account_id) WHERE d.day >= $1 AND d.day <= $2";
        var place = "";
        if (behind?.Split('_') is [var score, var account, var unit] && long.TryParse(score, NumberStyles.None, CultureInfo.InvariantCulture, out var points) && Guid.TryParse(account, out var id) && int.TryParse(unit, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            values.AddRange([points, id, number]);
            place = $"WHERE s.score < ${values.Count - 2} OR s.score = ${values.Count - 2} AND (s.account_id, s.unit_id) > (${values.Count - 1}, ${values.Count})";
        }
        var rows = await db.Connection.RowsAsync($"""
            WITH sums AS (
              SELECT d.unit_id, d.account_id, count(*)::int AS days, {string.Join(", ", Columns.Select(column => column == "most" ? "max(d.most) AS most" : $"sum(d.{column})::int AS {column}"))}, sum(d.score) AS score, max(d.last_at) AS last_at, max(d.day) AS newest
              FROM {from} GROUP BY 1, 2{(filter.Kind is { } kind ? $" HAVING sum(d.{ColumnOf(kind)}) > 0" : "")}),
            page AS (SELECT * FROM sums s {place} ORDER BY s.score DESC, s.account_id, s.unit_id LIMIT {page + 1})
            SELECT s.account_id, a.display_name, a.user_name, s.unit_id, coalesce(u.name, ''), s.days, {string.Join(", ", Columns.Select(column => "s." + column))}, n.usual[1], n.median[1], s.score, s.last_at,
              (SELECT count(*)::int FROM pt.person_opening o WHERE o.account_id = s.account_id AND o.unit_id = s.unit_id AND o.reviewed_at IS NULL AND (o.opened_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date BETWEEN $1 AND $2),
              coalesce(w.days, '{Empty}'), coalesce(w.signs, '{Empty}'), coalesce(w.waits, '{Empty}'), coalesce(w.verdicts, '{Empty}')
            FROM page s LEFT JOIN pt.account a ON a.id = s.account_id LEFT JOIN pt.unit u ON u.id = s.unit_id
              LEFT JOIN pt.supervision_day n ON n.unit_id = s.unit_id AND n.account_id = s.account_id AND n.day = s.newest
              LEFT JOIN LATERAL (SELECT array_agg(x.day) AS days, array_agg(x.signs) AS signs, array_agg(x.waits) AS waits, array_agg(x.verdict) AS verdicts FROM (
                SELECT d.day, d.signs, d.waits, d.verdict FROM pt.supervision_day d WHERE d.unit_id = s.unit_id AND d.account_id = s.account_id AND d.day >= $1 AND d.day <= $2 AND (d.score > 0 OR d.verdict > 0)
                ORDER BY d.waits DESC, d.score DESC, d.day DESC LIMIT {Worst}) x) w ON true
            ORDER BY s.score DESC, s.account_id, s.unit_id
            """, Read, ct, [.. values]);
        return new Found([.. rows.Take(page)], rows.Count > page ? string.Create(CultureInfo.InvariantCulture, $"{rows[page - 1].Score}_{rows[page - 1].Account}_{rows[page - 1].Unit.Value}") : null);
    }

    private const string Empty = "{}";

    private static readonly string[] Columns = ["opened", "persons", "most", "elsewhere", "searches", "numbers", "lists", "listed", "files", "file_rows", "stops", "emergencies", "not_shown"];

    private static string ColumnOf(SightKind kind) => kind switch
    {
        SightKind.Opened => "opened",
        SightKind.Searches => "searches",
        SightKind.Numbers => "numbers",
        SightKind.Lists => "lists",
        SightKind.Files => "files",
        SightKind.Stops => "stops",
        SightKind.Emergencies => "emergencies",
        _ => "not_shown",
    };

    private static string Of(SupervisionTab tab) => tab switch
    {
        SupervisionTab.Waiting => "k.waits",
        SupervisionTab.ToClear => "NOT k.waits AND k.unclear",
        _ => "NOT k.waits AND NOT k.unclear",
    };

    /// <summary>Operators with signs on one of the days: few, and found by an index of their own.</summary>
    private static string Signed(OperatorFilter filter, List<object?> values) =>
        $"SELECT d.unit_id, d.account_id, bool_or(d.waits) AS waits, bool_or(d.verdict = {(int)DayVerdict.ToClear}) AS unclear FROM pt.supervision_day d WHERE (d.score > 0 OR d.verdict > 0) AND d.day >= $1 AND d.day <= $2{Narrowed(filter, values)} GROUP BY 1, 2{(filter.Kind is { } kind ? $" HAVING sum(d.{ColumnOf(kind)}) > 0" : "")}";

    private static string Narrowed(OperatorFilter filter, List<object?> values)
    {
        var narrowed = "";
        if (filter.Unit.Value != 0)
        {
            values.Add(filter.Unit.Value);
            narrowed += $" AND d.unit_id = ${values.Count}";
        }
        if (filter.Account is { } account)
        {
            values.Add(account.Value);
            narrowed += $" AND d.account_id = ${values.Count}";
        }
        return narrowed;
    }

    private static Row Read(NpgsqlDataReader r)
    {
        var (days, signs, waits, verdicts) = (r.GetFieldValue<DateOnly[]>(24), r.GetFieldValue<string[]>(25), r.GetFieldValue<bool[]>(26), r.GetFieldValue<short[]>(27));
        return new Row(new AccountId(r.GetGuid(0)), r.Text(1), r.Text(2), new UnitId(r.GetInt32(3)), r.GetString(4), ReadSums(r, 5), r.Maybe<int>(19), r.Maybe<int>(20), r.GetInt64(21), r.GetFieldValue<DateTimeOffset>(22), r.GetInt32(23),
            [.. days.Select((day, i) => new SignedDay(day, SignsOf(signs[i]), waits[i], (DayVerdict)verdicts[i]))]);
    }

    internal static Sums ReadSums(NpgsqlDataReader r, int from) => new(r.GetInt32(from), r.GetInt32(from + 1), r.GetInt32(from + 2), r.GetInt32(from + 3), r.GetInt32(from + 4), r.GetInt32(from + 5), r.GetInt32(from + 6), r.GetInt32(from + 7), r.GetInt32(from + 8),
        r.GetInt32(from + 9), r.GetInt32(from + 10), r.GetInt32(from + 11), r.GetInt32(from + 12), r.GetInt32(from + 13));

    internal static IReadOnlyList<Sign> SignsOf(string signs) => JsonSerializer.Deserialize<List<Sign>>(signs)!;
}
