using System.Globalization;
using Npgsql;
using PhongTuyen.Areas;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People.Contract;

namespace PhongTuyen.Cases;

/// <summary>What a list of cases is about. Everything stands in the page's address, so that a list can be sent and kept.</summary>
public sealed record CaseFilter
{
    /// <summary>The tab: one class; null: all of them.</summary>
    public CaseClass? Class { get; init; }
    public CaseOutcome? Outcome { get; init; }
    public string? Disease { get; init; }
    /// <summary>Responsible unit; empty: the whole scope.</summary>
    public UnitId Unit { get; init; }
    /// <summary>Where the case is counted.</summary>
    public AreaKeys Area { get; init; }
    /// <summary>Reported on this day or later …</summary>
    public DateOnly? From { get; init; }
    /// <summary>… and on this day or before.</summary>
    public DateOnly? To { get; init; }
    /// <summary>Only those whose day of report is not known.</summary>
    public bool Undated { get; init; }
    /// <summary>0 not known, 1 none … 5 critical.</summary>
    public short? Severity { get; init; }
    public ImportId? Import { get; init; }
    public bool OldestFirst { get; init; }
}

/// <summary>
/// Cases of the visitor's scope by the day of report, by key and never by offset. Each subtree of the scope gives its first rows from one
/// range of an index, and these are merged: the cost depends on the page, not on how many cases there are.
/// </summary>
public sealed class CasesList(Db db, AreaStore areas)
{
    public const int Page = 30;

    public sealed record Row(CaseId Id, PersonId Person, string Shown, BirthDate Birth, Sex Sex, string Disease, string? Code, CaseClass Class, CaseOutcome Outcome, DateOnly? OutcomeOn, short Severity, DateOnly? OnsetOn, DateOnly? ReportedOn, string UnitName, AreaKeys Area)
    {
        /// <summary>The record is sealed and the visitor not named for it.</summary>
        public bool Sealed => Shown.Length == 0;
    }

    /// <param name="More">The key behind which the next page begins; null at the end.</param>
    public sealed record Found(IReadOnlyList<Row> Rows, string? More);

    /// <param name="behind">Key of the last row of the page before.</param>
    public async Task<Found> FindAsync(CaseFilter filter, string? behind, CancellationToken ct, int page = Page)
    {
        var query = new CaseQuery(filter, areas.Families.Sources(filter.Area.Lowest()), db.Scope, db.Clock.Today(), behind);
        var rows = await ManyRoots.RowsAsync(db, query.Near(page + 1), query.Sql(page + 1), page + 1, Read, query.Values, ct);
        return new Found([.. rows.Take(page)], rows.Count > page ? Key(rows[page - 1]) : null);
    }

    /// <summary>The whole list.</summary>
    public IAsyncEnumerable<Row> AllAsync(CaseFilter filter, CancellationToken ct = default) => EveryPage.OfAsync<Row>(async behind =>
    {
        var found = await FindAsync(filter, behind, ct, EveryPage.Rows);
        return (found.Rows, found.More);
    });

    /// <summary>How many cases of an import stand in the visitor's list, by class.</summary>
    public async Task<IReadOnlyDictionary<CaseClass, long>> CountAsync(ImportId import, CancellationToken ct) => (await db.Connection.RowsAsync(
        "SELECT classification, count(*) FROM pt.case_record WHERE import_id = $1 AND pt.in_scope(unit_id, province_id, district_id, commune_id) GROUP BY 1",
        r => (Class: (CaseClass)r.GetInt16(0), N: r.GetInt64(1)), ct, import.Value)).ToDictionary(of => of.Class, of => of.N);

    private static string Key(Row row) => $"{row.ReportedOn?.DayNumber.ToString(CultureInfo.InvariantCulture) ?? "-"}_{row.Id}";

    private static Row Read(NpgsqlDataReader r) => new(new CaseId(r.GetGuid(0)), new PersonId(r.GetGuid(1)), r.GetString(2), new BirthDate(r.Maybe<DateOnly>(3), (BirthPrecision)r.GetInt16(4)), (Sex)r.GetInt16(5), r.GetString(6), r.Text(7),
        (CaseClass)r.GetInt16(8), (CaseOutcome)r.GetInt16(9), r.Maybe<DateOnly>(10), r.GetInt16(11), r.Maybe<DateOnly>(12), r.Maybe<DateOnly>(13), r.GetString(14), new AreaKeys(new(r.GetInt32(15)), new(r.GetInt32(16)), new(r.GetInt32(17))));
}
