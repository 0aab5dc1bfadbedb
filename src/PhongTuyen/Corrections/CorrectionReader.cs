using Npgsql;
using PhongTuyen.Data;
using PhongTuyen.Formats.Files;
using PhongTuyen.Kernel;
using PhongTuyen.People;

namespace PhongTuyen.Corrections;

/// <summary>Requests as the visitor may see them: those that their units asked for, and those that they decide.</summary>
public sealed class CorrectionReader(Db db, CorrectionSeals seals, PersonSeals numbers, CorrectionChanges changes)
{
    public const int Page = 30;

    public sealed record Step(CorrectionStepKind Kind, string Name, string Unit, string? Text, DateTimeOffset At);

    public sealed record Evidence(Guid Id, FileKind Kind, int Bytes);

    /// <param name="Now">What the record says at this moment.</param>
    /// <param name="Changed">It says neither what it said when this was asked for, nor what it shall say.</param>
    public sealed record Field(FieldCorrection Asked, string? Now, bool Changed);

    /// <param name="Name">Null: the visitor does not see the person, and <paramref name="Fields"/> is empty.</param>
    /// <param name="PersonVersion">Of the record, for the decision.</param>
    /// <param name="Decides">The visitor's unit decides.</param>
    /// <param name="Asks">The visitor's unit asked.</param>
    /// <param name="Mine">The visitor has to do with the person now.</param>
    public sealed record Full(Correction Correction, string? Name, BirthDate Birth, People.Contract.Sex Sex, int PersonVersion, IReadOnlyList<Field> Fields, IReadOnlyList<Step> Steps, IReadOnlyList<Evidence> Files, string UnitName, string ToUnitName, bool Decides, bool Asks, bool Mine);

    /// <summary>A line of what the visitor's unit asked for.</summary>
    public sealed record Row(Guid Id, PersonId Person, string? Shown, IReadOnlyList<CorrectedField> Fields, CorrectionState State, string ToUnit, string AskedName, DateTimeOffset AskedAt, DateTimeOffset? DecidedAt);

    /// <param name="More">The key behind which the next page begins; null at the end.</param>
    public sealed record Found(IReadOnlyList<Row> Rows, (DateTimeOffset At, Guid Id)? More);

    private const string Columns = "r.person_id, r.id, r.unit_id, r.to_unit_id, r.to_province_id, r.to_district_id, r.to_commune_id, r.because, r.state, r.paper, r.asked_at, r.asked_by, r.asked_name, r.decided_at, r.decided_by, r.version, r.content";

    /// <summary>Null: not there, or not the visitor's.</summary>
    internal Task<Correction?> FindAsync(Guid id, bool toChange, CancellationToken ct) => db.Connection.RowAsync<Correction?>($"SELECT {Columns} FROM pt.correction_request r WHERE r.id = $1{(toChange ? " FOR NO KEY UPDATE" : "")}", Read, ct, id);

    internal Task<List<Correction>> FindAsync(IReadOnlyList<Guid> ids, bool toChange, CancellationToken ct) =>
        db.Connection.RowsAsync($"SELECT {Columns} FROM pt.correction_request r WHERE r.id = ANY ($1) ORDER BY r.asked_at, r.id{(toChange ? " FOR NO KEY UPDATE" : "")}", Read, ct, ids.ToArray());

    public async Task<Full?> OfAsync(Guid id, CancellationToken ct)
    {
        if (await FindAsync(id, toChange: false, ct) is not { } correction) return null;
        var questions = new Questions(db.Connection);
        var steps = questions.Ask("SELECT s.kind, s.name, coalesce(u.name, ''), s.text, s.at FROM pt.correction_step s LEFT JOIN pt.unit u ON u.id = s.unit_id WHERE s.person_id = $1 AND s.request_id = $2 ORDER BY s.at, s.id",
            r => new Step((CorrectionStepKind)r.GetInt16(0), r.GetString(1), r.GetString(2), r.Text(3), r.GetFieldValue<DateTimeOffset>(4)), correction.Person.Value, id);
        var files = questions.Ask("SELECT id, kind, bytes FROM pt.correction_evidence WHERE person_id = $1 AND request_id = $2 ORDER BY id", r => new Evidence(r.GetGuid(0), (FileKind)r.GetInt16(1), r.GetInt32(2)), correction.Person.Value, id);
        var ends = questions.Ask($"""
            SELECT coalesce((SELECT name FROM pt.unit WHERE id = r.unit_id), ''), coalesce((SELECT name FROM pt.unit WHERE id = r.to_unit_id), ''), {Scope.Test("r.to_unit_id", "r.to_")}, r.asked_by = $2 OR r.unit_id = $3,
              EXISTS (SELECT 1 FROM pt.person_scope t WHERE t.person_id = r.person_id AND t.until IS NULL AND t.because NOT IN {People.Contract.Ties.OnlySight})
            FROM pt.correction_request r WHERE r.id = $1
            """, r => (Unit: r.GetString(0), To: r.GetString(1), Decides: r.GetBoolean(2), Asks: r.GetBoolean(3), Mine: r.GetBoolean(4)), id, db.Visitor!.Account.Value, db.Visitor.Unit.Value);
        await questions.AnswerAsync(ct);
        var now = await PersonNow.ReadAsync(db, correction.Person, ct);
        var conflicts = now is null || !correction.IsOpen ? [] : changes.Conflicts(now, correction.Content.Fields).ToHashSet();
        return new Full(correction, now?.Person.Shown, now?.Person.BirthDate ?? default, now?.Person.Sex ?? default, now?.Person.Version ?? 0,
            now is null ? [] : [.. correction.Content.Fields.Select(field => new Field(field, now.ValueOf(field, numbers), conflicts.Contains(field)))], steps, now is null ? [] : files, ends[0].Unit, ends[0].To, ends[0].Decides, ends[0].Asks, ends[0].Mine);
    }

    /// <summary>What the visitor's own unit asked for, newest first.</summary>
    public async Task<Found> AskedAsync(CorrectionState? state, (DateTimeOffset At, Guid Id)? behind, CancellationToken ct, int page = Page)
    {
        var rows = await db.Connection.RowsAsync($"""
            SELECT r.id, r.person_id, CASE WHEN p.id IS NOT NULL THEN coalesce(p.name, p.code, '?') END, r.fields, r.state, coalesce(u.name, ''), r.asked_name, r.asked_at, r.decided_at
            FROM (SELECT * FROM pt.correction_request r WHERE r.unit_id = $1 AND ($2::smallint IS NULL OR r.state = $2) AND (r.asked_at, r.id) < ($3, $4) ORDER BY r.asked_at DESC, r.id DESC LIMIT {page + 1}) r
            LEFT JOIN pt.person p ON p.id = r.person_id LEFT JOIN pt.unit u ON u.id = r.to_unit_id ORDER BY r.asked_at DESC, r.id DESC
            """, ReadRow, ct, db.Visitor!.Unit.Value, (short?)state, behind?.At ?? DateTimeOffset.MaxValue, behind?.Id ?? Guid.AllBitsSet);
        return new Found([.. rows.Take(page)], rows.Count > page ? (rows[page - 1].AskedAt, rows[page - 1].Id) : null);
    }

    /// <summary>Of one person, those still open first.</summary>
    public Task<List<Row>> OfPersonAsync(PersonId person, CancellationToken ct) => db.Connection.RowsAsync("""
        SELECT r.id, r.person_id, '', r.fields, r.state, coalesce(u.name, ''), r.asked_name, r.asked_at, r.decided_at
        FROM pt.correction_request r LEFT JOIN pt.unit u ON u.id = r.to_unit_id WHERE r.person_id = $1 ORDER BY r.state > 2, r.asked_at DESC, r.id LIMIT 20
        """, ReadRow, ct, person.Value);

    /// <summary>A file, opened; null: not there, or the visitor does not see the person.</summary>
    public async Task<(PersonId Person, FileKind Kind, byte[] Content)?> FileAsync(Guid id, CancellationToken ct)
    {
        var found = await db.Connection.RowAsync("SELECT e.person_id, e.kind, e.content FROM pt.correction_evidence e JOIN pt.person p ON p.id = e.person_id WHERE e.id = $1", r => (Person: new PersonId(r.GetGuid(0)), Kind: (FileKind)r.GetInt16(1), Content: r.GetFieldValue<byte[]>(2)), ct, id);
        return found.Content is null ? null : (found.Person, found.Kind, seals.OpenFile(id, found.Content));
    }

    private static Row ReadRow(NpgsqlDataReader r) => new(r.GetGuid(0), new PersonId(r.GetGuid(1)), r.Text(2), [.. r.GetFieldValue<short[]>(3).Select(field => (CorrectedField)field)], (CorrectionState)r.GetInt16(4), r.GetString(5), r.GetString(6), r.GetFieldValue<DateTimeOffset>(7), r.Maybe<DateTimeOffset>(8));

    private Correction Read(NpgsqlDataReader r)
    {
        var id = r.GetGuid(1);
        return new Correction(new PersonId(r.GetGuid(0)), id, new UnitId(r.GetInt32(2)), new UnitId(r.GetInt32(3)), new AreaKeys(new(r.GetInt32(4)), new(r.GetInt32(5)), new(r.GetInt32(6))), (AnswerableBecause)r.GetInt16(7), (CorrectionState)r.GetInt16(8), r.Text(9),
            r.GetFieldValue<DateTimeOffset>(10), new AccountId(r.GetGuid(11)), r.GetString(12), r.Maybe<DateTimeOffset>(13), r.Maybe<Guid>(14) is { } by ? new AccountId(by) : null, r.GetInt32(15), seals.Open(id, r.GetFieldValue<byte[]>(16)));
    }
}
