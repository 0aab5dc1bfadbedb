using System.Globalization;
using Npgsql;
using PhongTuyen.Areas;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People.Contract;
using PhongTuyen.Quarantine.Contract;

namespace PhongTuyen.Quarantine;

/// <summary>What a list of stays is about. Everything stands in the page's address, so that a list can be sent and kept.</summary>
public sealed record StayFilter
{
    /// <summary>The tab: one state, or all of the ended; null: everything but the withdrawn.</summary>
    public StayState? State { get; init; }
    /// <summary>Only these units (a facility); empty: the whole scope.</summary>
    public UnitId Unit { get; init; }
    /// <summary>Only this province, district or commune.</summary>
    public AreaKeys Area { get; init; }
    public StayClass? Class { get; init; }
    public short? Tier { get; init; }
    public Severity? Severity { get; init; }
    public StayPlace? Place { get; init; }
    public StayEnd? EndedAs { get; init; }
    /// <summary>Arrived, or ended, on this day: with <see cref="EndedAs"/> the day of the end.</summary>
    public DateOnly? Day { get; init; }
    public bool ByTransfer { get; init; }
    public bool NotByTransfer { get; init; }
    /// <summary>Planned end on this day …</summary>
    public DateOnly? DueOn { get; init; }
    /// <summary>… or before it.</summary>
    public DateOnly? DueBefore { get; init; }
    public bool WithoutBed { get; init; }
    public bool StartUnknown { get; init; }
    public bool NoPlannedEnd { get; init; }
    public bool Disputed { get; init; }
    public ImportId? Import { get; init; }
}

/// <summary>
/// Stays of the visitor's scope, newest first, by key and never by offset. Each subtree of the scope gives its first rows from one range of
/// an index, and these are merged: the cost depends on the page, not on how many stays there are.
/// </summary>
public sealed class StaysList(Db db, ReachOfUnits reach, AreaStore areas)
{
    public const int Page = 30;

    public sealed record Row(StayId Id, PersonId Person, string Shown, BirthDate Birth, Sex Sex, UnitId Unit, string UnitName, StayPlace Place, StayClass Class, short Tier, Severity Severity, StayState State, StayEnd? EndedAs,
        string? Bed, DateTimeOffset? ArrivedAt, DateTimeOffset? ExpectedAt, DateTimeOffset? EndedAt, DateOnly? PlannedEnd, StayReason Reason, bool Positive, DateTimeOffset ListedAt)
    {
        /// <summary>The record is sealed and the visitor not named for it.</summary>
        public bool Sealed => Shown.Length == 0;
    }

    /// <param name="More">The key behind which the next page begins; null at the end.</param>
    public sealed record Found(IReadOnlyList<Row> Rows, string? More);

    /// <param name="behind">Key of the last row of the page before.</param>
    public async Task<Found> FindAsync(StayFilter filter, string? behind, CancellationToken ct, int page = Page)
    {
        var beyond = StayQuery.AsksUnits(filter, db.Scope) ? await reach.BeyondAsync(db, ct) : [];
        var provinces = StayQuery.LooksNear(filter, db.Scope) ? await reach.ProvincesAsync(db, ct) : [];
        var query = new StayQuery(filter, areas.Families.Sources(filter.Area.Lowest()), db.Scope, beyond, provinces, db.Clock.GetUtcNow(), behind);
        var rows = await ManyRoots.RowsAsync(db, query.Near(page + 1), query.Sql(page + 1), page + 1, Read, query.Values, ct);
        return new Found([.. rows.Take(page)], rows.Count > page ? Key(rows[page - 1]) : null);
    }

    /// <summary>The whole list.</summary>
    public IAsyncEnumerable<Row> AllAsync(StayFilter filter, CancellationToken ct = default) => EveryPage.OfAsync<Row>(async behind =>
    {
        var found = await FindAsync(filter, behind, ct, EveryPage.Rows);
        return (found.Rows, found.More);
    });

    /// <summary>How many stays of an import stand in the visitor's list, by state; those withdrawn since are not among them.</summary>
    public async Task<IReadOnlyDictionary<StayState, long>> CountAsync(ImportId import, CancellationToken ct) => (await db.Connection.RowsAsync(
        "SELECT state, count(*) FROM pt.quarantine_stay WHERE import_id = $1 AND state IN (1, 2, 3, 4, 5) AND pt.in_scope(unit_id, province_id, district_id, commune_id) GROUP BY 1",
        r => (State: (StayState)r.GetInt16(0), N: r.GetInt64(1)), ct, import.Value)).ToDictionary(of => of.State, of => of.N);

    private static string Key(Row row) => $"{(row.ListedAt == DateTimeOffset.MinValue ? "-" : row.ListedAt.UtcTicks.ToString(CultureInfo.InvariantCulture))}_{row.Id}";

    private static Row Read(NpgsqlDataReader r) => new(new StayId(r.GetGuid(0)), new PersonId(r.GetGuid(1)), r.GetString(2), new BirthDate(r.Maybe<DateOnly>(3), (BirthPrecision)r.GetInt16(4)), (Sex)r.GetInt16(5),
        new UnitId(r.GetInt32(6)), r.GetString(7), (StayPlace)r.GetInt16(8), (StayClass)r.GetInt16(9), r.GetInt16(10), (Severity)r.GetInt16(11), (StayState)r.GetInt16(12), (StayEnd?)r.Maybe<short>(13), r.Text(14),
        r.Maybe<DateTimeOffset>(15), r.Maybe<DateTimeOffset>(16), r.Maybe<DateTimeOffset>(17), r.Maybe<DateOnly>(18), (StayReason)r.GetInt16(19), r.GetBoolean(20), r.GetFieldValue<DateTimeOffset>(21));
}
