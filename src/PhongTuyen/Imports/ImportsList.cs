using System.Globalization;
using Npgsql;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Imports;

/// <summary>The tabs of the list: each import stands under exactly one.</summary>
public enum ImportStage
{
    /// <summary>Not taken in yet: columns, check, preview, running.</summary>
    Open = 1,
    Done = 2,
    Undone = 3,
    Failed = 4,
}

/// <summary>What narrows the list of imports.</summary>
public sealed record ImportFilter
{
    public ImportStage? Stage { get; init; }
    /// <summary>Beginnings of words of the file's name, with or without marks.</summary>
    public string? Text { get; init; }
    /// <summary>Only what the visitor sent.</summary>
    public bool Mine { get; init; }
    /// <summary>Only where rows have to be mended.</summary>
    public bool WithRejected { get; init; }
}

/// <summary>The imports of the visitor's scope, newest first.</summary>
public sealed class ImportsList(Db db)
{
    public const int Page = 50;

    public sealed record Row(ImportId Id, string FileName, string ByName, string UnitName, DateTimeOffset CreatedAt, ImportState State, int Read, int Accepted, int Duplicate, int Rejected, int Findings);

    /// <param name="More">The key behind which the next page begins; null on the last one.</param>
    public sealed record Found(IReadOnlyList<Row> Rows, string? More);

    private const string Stage = "CASE i.state WHEN 3 THEN 2 WHEN 5 THEN 3 WHEN 6 THEN 4 ELSE 1 END";

    /// <param name="behind">Moment and id of the last row of the page before.</param>
    public async Task<Found> FindAsync(ImportFilter filter, string? behind, CancellationToken ct, int page = Page)
    {
        var cut = behind?.Split('_') is [var ticks, var id] && Clock.OfTicks(ticks) is { } at && ImportId.TryParse(id, out var last)
            ? (At: at, Id: last) : ((DateTimeOffset At, ImportId Id)?)null;
        var rows = await db.Connection.RowsAsync($"""
            SELECT i.id, i.file_name, coalesce(a.display_name, '?'), u.name, i.created_at, i.state, i.read, i.accepted, i.duplicate, i.rejected, i.findings
            FROM pt.import_run i JOIN pt.unit u ON u.id = i.unit_id LEFT JOIN pt.account a ON a.id = i.account_id
            WHERE ($1::int = 0 OR {Stage} = $1) AND ($2::uuid IS NULL OR i.account_id = $2) AND (NOT $3 OR i.rejected > 0) AND ($4::timestamptz IS NULL OR (i.created_at, i.id) < ($4, $5))
              AND NOT EXISTS (SELECT 1 FROM unnest($6::text[]) word WHERE position(' ' || word IN ' ' || translate(regexp_replace(normalize(lower(i.file_name COLLATE "vi-x-icu"), NFD), '[\u0300-\u036f]', '', 'g'), 'đ.-_', 'd   ')) = 0)
            ORDER BY i.created_at DESC, i.id DESC LIMIT {page + 1}
            """, Read, ct, (int)(filter.Stage ?? 0), filter.Mine ? db.Visitor!.Account.Value : null, filter.WithRejected, cut?.At, cut?.Id.Value, VietnameseText.Tokens(filter.Text));
        return new Found([.. rows.Take(page)], rows.Count > page ? string.Create(CultureInfo.InvariantCulture, $"{rows[page - 1].CreatedAt.UtcTicks}_{rows[page - 1].Id}") : null);
    }

    /// <summary>How many stand under each tab, and of all.</summary>
    public async Task<IReadOnlyDictionary<ImportStage, int>> CountAsync(CancellationToken ct) =>
        (await db.Connection.RowsAsync($"SELECT {Stage}, count(*)::int FROM pt.import_run i GROUP BY 1", r => ((ImportStage)r.GetInt32(0), r.GetInt32(1)), ct)).ToDictionary(pair => pair.Item1, pair => pair.Item2);

    private static Row Read(NpgsqlDataReader r) => new(new ImportId(r.GetGuid(0)), r.GetString(1), r.GetString(2), r.GetString(3), r.GetFieldValue<DateTimeOffset>(4), (ImportState)r.GetInt16(5),
        r.GetInt32(6), r.GetInt32(7), r.GetInt32(8), r.GetInt32(9), r.GetInt32(10));
}
