using Npgsql;

namespace PhongTuyen.Data;

/// <summary>The keys <c>k.key</c> of the subtrees of a scope.</summary>
/// <param name="Value">The parameter that holds them; null: none, the range names its one.</param>
internal readonly record struct RootKeys(string? Value, int Count);

/// <summary>
/// The first rows of a list whose scope has many subtrees, each of them a range of one index. To read a whole page of each would be 700 pages for one. So of each only its
/// first rows are read, without what they show: the last that a page can hold of these bounds the page, and only the few subtrees that reach before it are read up to there.
/// </summary>
internal static class ManyRoots
{
    /// <param name="keys">Of the subtrees; the ranges name each <c>k.key</c>.</param>
    /// <param name="by">The column by which the list is kept, before its id.</param>
    /// <param name="alias">Of the table in the ranges.</param>
    /// <param name="most">Rows of a page, and one more.</param>
    /// <param name="select">A range in its order, in brackets: its columns (null: all that are shown), a further test, and how many rows.</param>
    public static string First(RootKeys keys, string by, bool oldestFirst, string alias, int most, Func<string?, string, int, string> select)
    {
        // Of two or three a page each is as quick as asking twice.
        if (keys.Count <= 3) return $"(SELECT x.* FROM unnest({keys.Value}::int[]) k(key) CROSS JOIN LATERAL {select(null, "", most)} x)";
        var reached = $"{(oldestFirst ? "<=" : ">=")} (SELECT {by}, id FROM bound)";
        return $"""
            (WITH heads AS MATERIALIZED (SELECT k.key, x.{by}, x.id FROM unnest({keys.Value}::int[]) k(key) CROSS JOIN LATERAL {select($"{alias}.{by}, {alias}.id", "", (2 * most / keys.Count) + 1)} x),
               bound AS MATERIALIZED {Bound("heads", by, oldestFirst, most)}
             SELECT x.* FROM (SELECT DISTINCT key FROM heads WHERE ({by}, id) {reached}) k CROSS JOIN LATERAL {select(null, $" AND ({alias}.{by}, {alias}.id) {reached}", most)} x)
            """;
    }

    /// <summary>A page of what these ranges give, each row once.</summary>
    public static string Page(IReadOnlyList<string> ranges, string by, bool oldestFirst, int most) => $"""
        SELECT DISTINCT ON ({by}, id) * FROM ({string.Join("\n UNION ALL ", ranges)}) every ORDER BY {(oldestFirst ? $"{by}, id" : $"{by} DESC, id DESC")} LIMIT {most}
        """;

    /// <summary>
    /// How far back the newest rows of hundreds of units are looked for among those of all units: such a scope mostly holds a good part of them, and a page is filled after some
    /// dozens. Whoever holds little of it has gone through the rows of these days for nothing, so they are few.
    /// </summary>
    private const int NearDays = 3;

    /// <summary>Where the rows begin that lie near, of a page that begins at this moment.</summary>
    public static DateTimeOffset Since(DateTimeOffset begins, DateTimeOffset now)
    {
        var from = begins < now ? begins : now;
        return from - DateTimeOffset.MinValue > TimeSpan.FromDays(NearDays) ? from.AddDays(-NearDays) : DateTimeOffset.MinValue;
    }

    /// <inheritdoc cref="Since(DateTimeOffset, DateTimeOffset)"/>
    public static DateOnly Since(DateOnly begins, DateOnly today) => DateOnly.FromDayNumber(Math.Max(0, Math.Min(begins.DayNumber, today.DayNumber) - NearDays));

    /// <summary>
    /// The page where the rows of the last days fill it; else, and only then, every subtree is asked. In two questions: what is not needed of one that holds both takes the database as long to make ready as the page takes.
    /// </summary>
    /// <param name="near">Asks for the newest of the last days; null: they are not looked at first.</param>
    /// <param name="every">Asks for the newest of all.</param>
    public static async Task<List<T>> RowsAsync<T>(Db db, string? near, string every, int most, Func<NpgsqlDataReader, T> read, IReadOnlyList<object?> values, CancellationToken ct)
    {
        if (near is not null && await db.Connection.RowsAsync(near, read, ct, [.. values]) is var rows && rows.Count == most) return rows;
        return await db.Connection.RowsAsync(every, read, ct, [.. values]);
    }

    /// <summary>The last row that a page of these can hold; behind everything where they do not fill one.</summary>
    public static string Bound(string rows, string by, bool oldestFirst, int most)
    {
        var order = oldestFirst ? $"{by}, id" : $"{by} DESC, id DESC";
        return $"""
            (SELECT {by}, id FROM ((SELECT {by}, id FROM {rows} ORDER BY {order} OFFSET {most - 1} LIMIT 1) UNION ALL SELECT {(oldestFirst ? "'infinity', 'ffffffff-ffff-ffff-ffff-ffffffffffff'" : "'-infinity', '00000000-0000-0000-0000-000000000000'")}) last ORDER BY {order} LIMIT 1)
            """;
    }
}
