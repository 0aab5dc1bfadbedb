using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People.Contract;

namespace PhongTuyen.People;

/// <summary>Records and findings that units of the visitor share with others, and that others share with them (hồ sơ chia sẻ).</summary>
public sealed class SharesList(Db db)
{
    public const int Page = 20;

    /// <param name="Person">Null where the visitor does not see the person, as when it is over.</param>
    /// <param name="Name">Who it is about; of a finding also where the person's record is not shared.</param>
    /// <param name="Finding">Its kind; null: the record, or a finding that is not seen any more.</param>
    /// <param name="Unit">The other unit.</param>
    public sealed record Row(Guid Id, PersonId? Person, string? Name, BirthDate Birth, Sex Sex, bool OfFinding, string? Finding, FindingState State, string Unit, string Own, string Purpose, DateTimeOffset At, string? By, DateTimeOffset Ends, bool Ended, DateTimeOffset? EndedAt, bool Returned, string? Answer, DateTimeOffset? AnsweredAt);

    /// <param name="More">The row behind which the next page begins.</param>
    public sealed record Found(IReadOnlyList<Row> Rows, Guid? More);

    /// <summary>The newest first.</summary>
    /// <param name="received">Those that were received, or those that were given.</param>
    /// <param name="ended">Those that are over, or those in force.</param>
    public async Task<Found> FindAsync(bool received, bool ended, Guid? behind, CancellationToken ct)
    {
        var (mine, other) = received ? ("to_unit_id", "unit_id") : ("unit_id", "to_unit_id");
        // A finding is shown with the name that it is about to a unit that does not see the person: by a function, and no further.
        var rows = await db.Connection.RowsAsync($"""
            SELECT s.id, coalesce(p.id, CASE WHEN s.unit_id = ANY ((SELECT pt.ints('pt.units'))::int[]) THEN f.person END), coalesce(p.name, p.code, f.name), coalesce(p.birth, f.birth), coalesce(p.birth_precision, f.birth_precision, 0::smallint), coalesce(p.sex, f.sex, 0::smallint),
              s.finding_id IS NOT NULL, f.kind, coalesce(f.state, 0::smallint), o.name, m.name, s.purpose, s.shared_at, a.display_name, s.ends_at, s.ended, s.ended_at, s.returned, s.answer, s.answered_at
            FROM pt.person_share s JOIN pt.unit o ON o.id = s.{other} JOIN pt.unit m ON m.id = s.{mine} LEFT JOIN pt.account a ON a.id = s.shared_by
              LEFT JOIN pt.person p ON p.id = s.person_id AND s.finding_id IS NULL LEFT JOIN LATERAL pt.shared_finding(s.id) f ON s.finding_id IS NOT NULL
            WHERE s.{mine} = ANY ((SELECT pt.ints('pt.units'))::int[]) AND s.ended = $1 AND ($2::uuid IS NULL OR s.id < $2) ORDER BY s.id DESC LIMIT {Page + 1}
            """, r => new Row(r.GetGuid(0), r.Maybe<Guid>(1) is { } person ? new PersonId(person) : null, r.Text(2), new BirthDate(r.Maybe<DateOnly>(3), (BirthPrecision)r.GetInt16(4)), (Sex)r.GetInt16(5), r.GetBoolean(6), r.Text(7), (FindingState)r.GetInt16(8),
                r.GetString(9), r.GetString(10), r.GetString(11), r.GetFieldValue<DateTimeOffset>(12), r.Text(13), r.GetFieldValue<DateTimeOffset>(14), r.GetBoolean(15), r.Maybe<DateTimeOffset>(16), r.GetBoolean(17), r.Text(18), r.Maybe<DateTimeOffset>(19)), ct, ended, behind);
        return new Found([.. rows.Take(Page)], rows.Count > Page ? rows[Page - 1].Id : null);
    }

    /// <summary>Whom the rows show: the page says so before it is drawn.</summary>
    public Task<List<Guid>> PersonsAsync(IReadOnlyCollection<Row> rows, CancellationToken ct) =>
        db.Connection.RowsAsync("SELECT DISTINCT person_id FROM pt.person_share WHERE id = ANY ($1)", r => r.GetGuid(0), ct, (object)rows.Where(row => row.Name is not null).Select(row => row.Id).ToArray());

    /// <summary>One unit that a finding is shared with, and what it answered.</summary>
    public sealed record OfFinding(Guid Finding, string Unit, DateTimeOffset Ends, bool Ended, string? Answer, DateTimeOffset? AnsweredAt);

    /// <summary>With whom these findings are shared; those that are over only where they were answered.</summary>
    public Task<List<OfFinding>> OfFindingsAsync(IReadOnlyCollection<FindingsList.Row> findings, CancellationToken ct) => db.Connection.RowsAsync("""
        SELECT s.finding_id, u.name, s.ends_at, s.ended, s.answer, s.answered_at FROM pt.person_share s JOIN pt.unit u ON u.id = s.to_unit_id
        WHERE s.person_id = ANY ($1) AND s.finding_id = ANY ($2) AND (NOT s.ended OR s.answer IS NOT NULL) ORDER BY s.id
        """, r => new OfFinding(r.GetGuid(0), r.GetString(1), r.GetFieldValue<DateTimeOffset>(2), r.GetBoolean(3), r.Text(4), r.Maybe<DateTimeOffset>(5)), ct, findings.Select(row => row.Person.Value).ToArray(), findings.Select(row => row.Id).ToArray());

    /// <summary>A finding that is the visitor's to share; null: none.</summary>
    public async Task<string?> KindAsync(PersonId person, Guid finding, CancellationToken ct) =>
        await db.Connection.ValueAsync<string>("SELECT kind FROM pt.person_finding WHERE person_id = $1 AND id = $2 AND state = 0", ct, person.Value, finding);

    /// <summary>With whom a record is shared now.</summary>
    public Task<List<(string Unit, DateTimeOffset Ends)>> OfPersonAsync(PersonId person, CancellationToken ct) => db.Connection.RowsAsync(
        "SELECT u.name, s.ends_at FROM pt.person_share s JOIN pt.unit u ON u.id = s.to_unit_id WHERE s.person_id = $1 AND s.finding_id IS NULL AND NOT s.ended ORDER BY s.ends_at", r => (r.GetString(0), r.GetFieldValue<DateTimeOffset>(1)), ct, person.Value);
}
