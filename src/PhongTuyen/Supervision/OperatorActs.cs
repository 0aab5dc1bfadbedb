using System.Globalization;
using System.Text.Json;
using Npgsql;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Supervision;

/// <summary>One operator of the visitor's units: the days with their figures and findings, and the looks themselves in order.</summary>
public sealed class OperatorActs(Db db)
{
    public const int Page = 50;

    // The persons of an act that are named; a list of many is counted.
    private const int MostNamed = 3;

    /// <param name="Name">Null where the account is not of the visitor's units.</param>
    public sealed record Operator(AccountId Id, string? Name, string? UserName, UnitId Unit, string UnitName);

    /// <param name="Found">What supervisors found of it, newest first.</param>
    public sealed record Day(DateOnly On, OperatorsList.Sums Sums, int? Usual, int? Median, IReadOnlyList<Sign> Signs, bool Waits, DayVerdict Verdict, IReadOnlyList<Finding> Found);

    public sealed record Finding(Guid Id, DayVerdict Verdict, string? Note, DateTimeOffset At, string By, DateTimeOffset? UndoneAt);

    /// <param name="Shown">Null: the visitor does not see the person.</param>
    public sealed record Named(PersonId Id, string? Shown);

    /// <param name="Subject">Of a list: which one.</param>
    /// <param name="Persons">How many were shown or touched.</param>
    /// <param name="Rows">Of a file.</param>
    /// <param name="Field">What was shown in full.</param>
    public sealed record Act(Guid Id, DateTimeOffset At, string Did, string Subject, int Persons, IReadOnlyList<Named> Named, string? Purpose, int? Rows, string? Field);

    /// <param name="More">The key behind which the next page begins.</param>
    public sealed record Found(IReadOnlyList<Act> Acts, string? More);

    /// <summary>Null where there is no such account in the visitor's units, and nothing that it did in the name of one.</summary>
    public Task<Operator?> OfAsync(AccountId account, UnitId unit, CancellationToken ct) => db.Connection.RowAsync<Operator?>("""
        SELECT $1::uuid, a.display_name, a.user_name, u.id, u.name FROM pt.unit u LEFT JOIN pt.account a ON a.id = $1
        WHERE u.id = $2 AND u.id IN (SELECT unnest(pt.ints('pt.units'))) AND (a.unit_id = u.id OR EXISTS (SELECT 1 FROM pt.supervision_day d WHERE d.unit_id = u.id AND d.account_id = $1))
        """, r => new Operator(new AccountId(r.GetGuid(0)), r.Text(1), r.Text(2), new UnitId(r.GetInt32(3)), r.GetString(4)), ct, account.Value, unit.Value);

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<Day>> DaysAsync(AccountId account, UnitId unit, DateOnly first, DateOnly last, CancellationToken ct)
    {
        object[] of = [unit.Value, account.Value, first, last];
        var findings = (await db.Connection.RowsAsync("SELECT day, id, verdict, note, found_at, found_name, undone_at FROM pt.supervision_finding WHERE unit_id = $1 AND account_id = $2 AND day >= $3 AND day <= $4 ORDER BY found_at DESC, id DESC",
            r => (Day: r.GetFieldValue<DateOnly>(0), Finding: new Finding(r.GetGuid(1), (DayVerdict)r.GetInt16(2), r.Text(3), r.GetFieldValue<DateTimeOffset>(4), r.GetString(5), r.Maybe<DateTimeOffset>(6))), ct, of)).ToLookup(one => one.Day, one => one.Finding);
        return await db.Connection.RowsAsync("""
            SELECT day, 1, opened, persons, most, elsewhere, searches, numbers, lists, listed, files, file_rows, stops, emergencies, not_shown, usual[1], median[1], signs, waits, verdict
            FROM pt.supervision_day WHERE unit_id = $1 AND account_id = $2 AND day >= $3 AND day <= $4 ORDER BY day DESC
            """, r => r.GetFieldValue<DateOnly>(0) is var day ? new Day(day, OperatorsList.ReadSums(r, 1), r.Maybe<int>(15), r.Maybe<int>(16), OperatorsList.SignsOf(r.GetString(17)), r.GetBoolean(18), (DayVerdict)r.GetInt16(19), [.. findings[day]]) : null!, ct, of);
    }

    /// <summary>The looks of those days, newest first. A person is named only where the visitor sees them.</summary>
    public async Task<Found> ActsAsync(AccountId account, UnitId unit, DateOnly first, DateOnly last, SightKind? kind, string? behind, CancellationToken ct)
    {
        var end = last.AddDays(1).AtLocal();
        var (before, id) = behind?.Split('_') is [var ticks, var key] && Clock.OfTicks(ticks) is { } moment && moment < end && Guid.TryParse(key, out var guid) ? (moment, guid) : (end, Guid.Empty);
        var acts = await db.Connection.RowsAsync($"""
            SELECT e.id, e.at, e.act, e.subject_id, cardinality(e.persons), e.persons[1:{MostNamed}], e.purpose, e.detail FROM pt.audit_event e
            WHERE e.unit_id = $1 AND e.account_id = $2 AND e.at >= $3 AND (e.at, e.id) < ($4, $5) AND e.act = ANY ($6) ORDER BY e.at DESC, e.id DESC LIMIT {Page + 1}
            """, r => (Act: Read(r), Persons: r.GetFieldValue<Guid[]>(5)), ct, unit.Value, account.Value, first.AtLocal(), before, id, ActsOf(kind));
        var page = acts.Take(Page).ToList();
        Guid[] asked = [.. page.Where(one => one.Act.Persons <= MostNamed).SelectMany(one => one.Persons).Distinct()];
        var seen = asked.Length == 0 ? [] : (await db.Connection.RowsAsync("SELECT id, coalesce(name, code, '?') FROM pt.person WHERE id = ANY ($1)", r => (Id: r.GetGuid(0), Shown: r.GetString(1)), ct, (object)asked)).ToDictionary(one => one.Id, one => one.Shown);
        return new Found([.. page.Select(one => one.Act with { Named = one.Act.Persons > MostNamed ? [] : [.. one.Persons.Select(person => new Named(new PersonId(person), seen.GetValueOrDefault(person)))] })],
            acts.Count > Page ? string.Create(CultureInfo.InvariantCulture, $"{page[^1].Act.At.UtcTicks}_{page[^1].Act.Id}") : null);
    }

    private static string[] ActsOf(SightKind? kind) => kind switch
    {
        null => [.. Enum.GetValues<SightKind>().SelectMany(one => ActsOf(one))],
        SightKind.Opened => ["person.seen", "correction.evidence-seen"],
        SightKind.Searches => ["person.searched", "person.looked-up", "person.met-elsewhere"],
        SightKind.Numbers => ["person.unmasked"],
        SightKind.Lists => ["person.listed", "import.rows-seen"],
        SightKind.Files => ["list.taken"],
        SightKind.Stops => ["account.looks-stopped"],
        SightKind.Emergencies => ["person.opened", "person.opening-asked"],
        _ => ["asked.not-shown"],
    };

    private static Act Read(NpgsqlDataReader r)
    {
        using var detail = JsonDocument.Parse(r.GetString(7));
        return new Act(r.GetGuid(0), r.GetFieldValue<DateTimeOffset>(1), r.GetString(2), r.GetString(3), r.GetInt32(4), [], r.Text(6),
            detail.RootElement.TryGetProperty("Rows", out var rows) && rows.TryGetInt32(out var n) ? n : null, detail.RootElement.TryGetProperty("Field", out var field) ? field.GetString() : null);
    }
}
