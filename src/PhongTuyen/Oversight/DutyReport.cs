using Npgsql;
using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Units;
using PhongTuyen.Units.Contract;

namespace PhongTuyen.Oversight;

/// <summary>How a unit stands to what was due on a day: exactly one of these.</summary>
public enum DutyStanding
{
    /// <summary>Quá hạn, chưa có.</summary>
    Late = 0,
    /// <summary>Chưa đến hạn.</summary>
    Waiting = 1,
    /// <summary>Có muộn.</summary>
    DeliveredLate = 2,
    /// <summary>Đúng hạn.</summary>
    Delivered = 3,
}

/// <summary>What narrows the list of one duty.</summary>
public sealed record DutyFilter
{
    /// <summary>Only units that stand in this district (or, where there is none, province); 0: everywhere.</summary>
    public AreaId Area { get; init; }
    public DutyStanding? Standing { get; init; }
    /// <summary>Only units for which nobody is named, or somebody who can do nothing there any more.</summary>
    public bool WithoutOfficer { get; init; }
}

/// <summary>Which of the visitor's units owe which data, who is answerable, who has supplied them and who is late (R32).</summary>
public sealed class DutyReport(Db db, TimeProvider clock)
{
    public const int Page = 30, MostDuties = 100, MostOffered = 200;
    /// <summary>So many days on which something was due are shown of one unit.</summary>
    public const int MostDays = 20;

    private static readonly short[] Entering = Roles.With(Permission.EnterData);

    /// <param name="UnitName">Who asks.</param>
    /// <param name="Own">Whether the visitor may change it.</param>
    public sealed record Duty(Guid Id, UnitId Unit, string UnitName, UnitKind? Kind, string Name, string? Guidance, string Paper, DutyDays Days, bool Own);

    public sealed record Counts(int Late, int Waiting, int DeliveredLate, int Delivered, int WithoutOfficer)
    {
        public static Counts Sum(IEnumerable<Counts> all) =>
            all.Aggregate(new Counts(0, 0, 0, 0, 0), (sum, one) => new(sum.Late + one.Late, sum.Waiting + one.Waiting, sum.DeliveredLate + one.DeliveredLate, sum.Delivered + one.Delivered, sum.WithoutOfficer + one.WithoutOfficer));

        public int All => Late + Waiting + DeliveredLate + Delivered;

        public int Of(DutyStanding? standing) => standing switch
        {
            DutyStanding.Late => Late,
            DutyStanding.Waiting => Waiting,
            DutyStanding.DeliveredLate => DeliveredLate,
            DutyStanding.Delivered => Delivered,
            _ => All,
        };
    }

    /// <param name="Name">Null: where they stand is not known.</param>
    public sealed record District(AreaId Area, string? Name, Counts Counts);

    /// <param name="Officer">Null: nobody is named.</param>
    /// <param name="Able">Whether that account could still enter data there.</param>
    /// <param name="At">When it was supplied; null: it was not.</param>
    public sealed record Row(UnitId Id, string Name, string Code, UnitKind Kind, string? Place, string? Telephone, string? Officer, bool Able, DutyStanding Standing, DateTimeOffset? At, bool Nothing, string? Note);

    /// <param name="Districts">In the order of names; the narrowing is left aside, so that the table stays whole.</param>
    /// <param name="More">The key behind which the next page begins; null on the last one.</param>
    public sealed record Found(IReadOnlyList<District> Districts, IReadOnlyList<Row> Rows, string? More);

    /// <param name="Named">Whether the visitor is answerable, or the unit is just theirs.</param>
    public sealed record Own(Duty Duty, UnitId Unit, string UnitName, bool Named, DateOnly Due, DutyStanding Standing);

    /// <param name="By">Null: somebody of another unit.</param>
    public sealed record Day(DateOnly Due, DutyStanding Standing, Guid? Delivery, DateTimeOffset? At, string? By, bool Nothing, string? Note);

    public sealed record Candidate(AccountId Id, string UserName, string DisplayName, string? Position, string UnitName);

    private const string Columns = "d.id, d.unit_id, a.name, d.kind, d.name, d.guidance, d.paper, d.rhythm, d.since, d.until, d.due_at, d.ended_at, d.unit_id = ANY ($1)";
    private const string Up = "WITH RECURSIVE up AS (SELECT id, parent_id FROM pt.unit WHERE id = $2 UNION ALL SELECT u.id, u.parent_id FROM pt.unit u JOIN up ON u.id = up.parent_id)";
    // Set by a unit of the visitor's, or above them.
    private static readonly string Mine = $"({Scope.Test("d.unit_id", "a.")} OR d.unit_id IN (SELECT id FROM up))";

    /// <summary>Those that ask something of units of the visitor's: set by one of theirs, or above them.</summary>
    /// <param name="ended">Those that have ended, or those in force.</param>
    public async Task<IReadOnlyList<Duty>> DutiesAsync(bool ended, CancellationToken ct)
    {
        var questions = new Questions(db.Connection);
        var duties = AskDuties(questions, ended);
        await questions.AnswerAsync(ct);
        return duties;
    }

    private IReadOnlyList<Duty> AskDuties(Questions questions, bool ended) => questions.Ask($"""
        {Up} SELECT {Columns} FROM pt.oversight_duty d JOIN pt.unit a ON a.id = d.unit_id WHERE {Mine} AND (d.ended_at IS NOT NULL OR coalesce(d.until < $3, false)) = $4
        ORDER BY d.entered_at DESC, d.id LIMIT {MostDuties}
        """, Read, Units, db.Visitor!.Unit.Value, clock.Today(), ended);

    /// <summary>Null where it asks nothing of the visitor's units.</summary>
    public async Task<Duty?> OneAsync(Guid id, CancellationToken ct) =>
        await db.Connection.RowAsync<Duty?>($"{Up} SELECT {Columns} FROM pt.oversight_duty d JOIN pt.unit a ON a.id = d.unit_id WHERE d.id = $3 AND {Mine}", Read, ct, Units, db.Visitor!.Unit.Value, id) is { } duty
            && (duty.Own || (await CountsAsync([(duty, duty.Days.Current(clock.GetUtcNow()) ?? duty.Days.Since)], ct))[0].All > 0) ? duty : null;

    private const string Unit = "u.id, u.name_folded, u.kind, u.valid_from, u.valid_to, u.province_id, u.district_id, u.commune_id, u.covers_area_id";

    // Who of the visitor's units owes what is due on the days asked for, and how each stands. $1 to $3 duties with day and moment, $4 now.
    private static readonly string Every = $"""
        WITH RECURSIVE asked AS (SELECT x.n, d.id AS duty, d.unit_id, d.kind, x.due, x.moment FROM unnest($1::uuid[], $2::date[], $3::timestamptz[]) WITH ORDINALITY x (id, due, moment, n) JOIN pt.oversight_duty d ON d.id = x.id),
        below AS (
          SELECT a.unit_id AS root, {Unit} FROM (SELECT DISTINCT unit_id FROM asked) a JOIN pt.unit u ON u.parent_id = a.unit_id UNION ALL SELECT b.root, {Unit} FROM below b JOIN pt.unit u ON u.parent_id = b.id),
        own AS MATERIALIZED (SELECT u.root, {Unit} FROM below u WHERE {Scope.Test("u.id", "u.")}),
        officers AS MATERIALIZED (SELECT o.duty_id, o.unit_id, o.able @> $4 AS able FROM pt.oversight_officer o WHERE o.duty_id = ANY ($1) AND o.ended_at IS NULL),
        delivered AS MATERIALIZED (SELECT a.n, v.unit_id, v.delivered_at, v.nothing, v.note FROM asked a JOIN pt.oversight_delivery v ON v.duty_id = a.duty AND v.due = a.due AND v.withdrawn_at IS NULL),
        every AS (
          SELECT a.n, u.id, u.name_folded, {CoverageReport.AreaOfUnit} AS area, coalesce(o.able, false) AS able, v.delivered_at, v.nothing, v.note,
            CASE WHEN v.delivered_at <= a.moment THEN 3 WHEN v.unit_id IS NOT NULL THEN 2 WHEN a.moment > $4 THEN 1 ELSE 0 END AS standing
          FROM asked a JOIN own u ON u.root = a.unit_id AND u.valid_from <= a.due AND (u.valid_to IS NULL OR u.valid_to > a.due) AND (a.kind IS NULL OR u.kind = a.kind)
            LEFT JOIN officers o ON o.duty_id = a.duty AND o.unit_id = u.id LEFT JOIN delivered v ON v.n = a.n AND v.unit_id = u.id)
        """;

    private const string Sums = "(count(e.id) FILTER (WHERE e.standing = 0))::int, (count(e.id) FILTER (WHERE e.standing = 1))::int, (count(e.id) FILTER (WHERE e.standing = 2))::int, (count(e.id) FILTER (WHERE e.standing = 3))::int, (count(e.id) FILTER (WHERE NOT e.able))::int";

    /// <summary>How all of the visitor's units stand to each of these, in their order.</summary>
    public async Task<IReadOnlyList<Counts>> CountsAsync(IReadOnlyList<(Duty Duty, DateOnly Due)> asked, CancellationToken ct) => asked.Count == 0 ? [] :
        await db.Connection.RowsAsync($"{Every} SELECT a.n, {Sums} FROM asked a LEFT JOIN every e ON e.n = a.n GROUP BY a.n ORDER BY a.n", r => CountsOf(r, 1), ct, Asked(asked));

    // Every unit is looked at once, for the table of districts (false) and for the page of the list (true): hundreds, of which few lines leave the database.
    private static readonly string Listed = $"""
        {Every}, listed AS MATERIALIZED (SELECT * FROM every)
        SELECT false, e.area, {Sums}, NULL, NULL, NULL, NULL FROM listed e GROUP BY e.area
        UNION ALL
        SELECT true, l.* FROM (SELECT e.area, e.id, e.standing, e.able::int, 0, 0, e.name_folded, e.delivered_at, e.nothing, e.note FROM listed e
          WHERE ($5 = 0 OR e.area = $5) AND ($6 < 0 OR e.standing = $6) AND NOT ($7 AND e.able) AND (e.name_folded, e.id) > ($8, $9) ORDER BY e.name_folded, e.id LIMIT $10) l
        """;

    private sealed record Stand(UnitId Id, string Folded, AreaId Area, DutyStanding Standing, bool Able, DateTimeOffset? At, bool Nothing, string? Note);

    /// <param name="behind">Folded name and id of the last row of the page before.</param>
    public async Task<Found> FindAsync(Duty duty, DateOnly due, DutyFilter filter, string? behind, CancellationToken ct, int page = Page)
    {
        var (after, districts) = (UnitPages.Read(behind), new Dictionary<AreaId, Counts>());
        var listed = (await db.Connection.RowsAsync(Listed, r =>
        {
            var area = new AreaId(r.GetInt32(1));
            if (r.GetBoolean(0)) return new Stand(new UnitId(r.GetInt32(2)), r.GetString(7), area, (DutyStanding)r.GetInt32(3), r.GetInt32(4) == 1, r.Maybe<DateTimeOffset>(8), r.Maybe<bool>(9) ?? false, r.Text(10));
            districts[area] = CountsOf(r, 2);
            return null;
        }, ct, [.. Asked([(duty, due)]), filter.Area.Value, (int?)filter.Standing ?? -1, filter.WithoutOfficer, after.Folded, after.Id.Value, page + 1])).OfType<Stand>().ToList();
        var stands = UnitPages.Cut(listed, page, stand => (stand.Folded, stand.Id), out var more);
        var questions = new Questions(db.Connection);
        var names = CoverageReport.AskNames(questions, districts.Keys);
        var lines = UnitPages.AskLines(questions, [.. stands.Select(stand => (stand.Id, stand.Area))]);
        var officers = questions.Ask("SELECT unit_id, name FROM pt.duty_officers($1, $2, $3)", r => (Unit: new UnitId(r.GetInt32(0)), Name: r.GetString(1)), duty.Id, stands.Select(stand => stand.Id.Value).ToArray(), clock.GetUtcNow());
        await questions.AnswerAsync(ct);
        var officer = officers.ToDictionary(one => one.Unit, one => one.Name);
        return new Found([.. names.Select(area => new District(area.Id, area.Name, districts[area.Id]))],
            [.. stands.Zip(lines, (stand, unit) => new Row(stand.Id, unit.Name, unit.Code, unit.Kind, unit.Place, unit.Telephone, officer.GetValueOrDefault(stand.Id), stand.Able, stand.Standing, stand.At, stand.Nothing, stand.Note))], more);
    }

    /// <param name="Own">What the visitor's own unit owes, and what they are answerable for elsewhere: what is late, else what comes next. The late first.</param>
    /// <param name="Asked">As <see cref="DutiesAsync"/>.</param>
    public sealed record Overview(IReadOnlyList<Own> Own, IReadOnlyList<Duty> Asked);

    public async Task<Overview> OverviewAsync(bool ended, CancellationToken ct)
    {
        var (now, questions) = (clock.GetUtcNow(), new Questions(db.Connection));
        var duties = AskDuties(questions, ended);
        var all = questions.Ask($"""
            {Up}, owed AS (
              SELECT d.id AS duty, o.id AS unit FROM pt.oversight_duty d JOIN pt.unit o ON o.id = $2 WHERE d.unit_id IN (SELECT parent_id FROM up) AND (d.kind IS NULL OR d.kind = o.kind) AND {Scope.Test("o.id", "o.")} AND o.valid_to IS NULL
              UNION SELECT f.duty_id, f.unit_id FROM pt.oversight_officer f WHERE f.account_id = $3 AND f.ended_at IS NULL)
            SELECT {Columns}, u.id, u.name, u.valid_from, EXISTS (SELECT 1 FROM pt.oversight_officer f WHERE f.duty_id = d.id AND f.unit_id = u.id AND f.account_id = $3 AND f.ended_at IS NULL)
            FROM owed w JOIN pt.oversight_duty d ON d.id = w.duty JOIN pt.unit a ON a.id = d.unit_id JOIN pt.unit u ON u.id = w.unit WHERE d.ended_at IS NULL ORDER BY d.entered_at DESC, u.name_folded LIMIT {MostDuties}
            """, r => (Duty: Read(r), Unit: new UnitId(r.GetInt32(13)), Name: r.GetString(14), From: r.GetFieldValue<DateOnly>(15), Named: r.GetBoolean(16)), Units, db.Visitor!.Unit.Value, db.Visitor.Account.Value);
        await questions.AnswerAsync(ct);
        if (all.Count == 0) return new([], duties);
        var days = all.SelectMany(one => new[] { one.Duty.Days.Last(now), one.Duty.Days.Next(now) }.Where(day => day >= one.From).Select(day => (one.Duty.Id, one.Unit, Due: day!.Value))).ToList();
        var delivered = await db.Connection.RowsAsync("""
            SELECT v.duty_id, v.unit_id, v.due, v.delivered_at FROM unnest($1::uuid[], $2::int[], $3::date[]) x (duty, unit, due) JOIN pt.oversight_delivery v ON v.duty_id = x.duty AND v.unit_id = x.unit AND v.due = x.due AND v.withdrawn_at IS NULL
            """, r => (Key: (r.GetGuid(0), new UnitId(r.GetInt32(1)), r.GetFieldValue<DateOnly>(2)), At: r.GetFieldValue<DateTimeOffset>(3)), ct, days.Select(day => day.Id).ToArray(), days.Select(day => day.Unit.Value).ToArray(), days.Select(day => day.Due).ToArray());
        var at = delivered.ToDictionary(one => one.Key, one => one.At);
        return new([.. from one in all
            let own = days.Where(day => (day.Id, day.Unit) == (one.Duty.Id, one.Unit)).Select(day => (day.Due, At: at.TryGetValue(day, out var when) ? when : (DateTimeOffset?)null)).ToList()
            where own.Count > 0
            let chosen = own.Find(day => day.At is null) is { Due.Year: > 1 } open ? open : own[^1]
            let standing = StandingOf(one.Duty.Days.Moment(chosen.Due), chosen.At, now)
            orderby standing is DutyStanding.Late ? 0 : standing is DutyStanding.Waiting ? 1 : 2, one.Duty.Days.Moment(chosen.Due)
            select new Own(one.Duty, one.Unit, one.Name, one.Named, chosen.Due, standing)], duties);
    }

    /// <summary>What one unit owed, and how it stands: the next day on which something is due first, then backwards. Null where it owes nothing, or is not the visitor's.</summary>
    public async Task<IReadOnlyList<Day>?> DaysAsync(Duty duty, UnitId unit, CancellationToken ct)
    {
        if (await OwesAsync(db, duty.Id, unit, ct) is null) return null;
        var now = clock.GetUtcNow();
        var from = await db.Connection.ValueAsync<DateOnly>("SELECT valid_from FROM pt.unit WHERE id = $1", ct, unit.Value);
        var days = new List<DateOnly>();
        for (var day = duty.Days.Next(now) ?? duty.Days.Last(now); day >= from && days.Count < MostDays; day = duty.Days.OnOrBefore(day.Value.AddDays(-1))) days.Add(day.Value);
        var delivered = (await db.Connection.RowsAsync("""
            SELECT v.due, v.id, v.delivered_at, a.display_name, v.nothing, v.note FROM pt.oversight_delivery v LEFT JOIN pt.account a ON a.id = v.delivered_by AND a.unit_id = v.unit_id
            WHERE v.duty_id = $1 AND v.unit_id = $2 AND v.due = ANY ($3) AND v.withdrawn_at IS NULL
            """, r => (Due: r.GetFieldValue<DateOnly>(0), Id: r.GetGuid(1), At: r.GetFieldValue<DateTimeOffset>(2), By: r.Text(3), Nothing: r.GetBoolean(4), Note: r.Text(5)), ct, duty.Id, unit.Value, days.ToArray())).ToDictionary(one => one.Due);
        return [.. days.Select(day => delivered.TryGetValue(day, out var one)
            ? new Day(day, StandingOf(duty.Days.Moment(day), one.At, now), one.Id, one.At, one.By, one.Nothing, one.Note)
            : new Day(day, StandingOf(duty.Days.Moment(day), null, now), null, null, null, false, null))];
    }

    /// <summary>Who is answerable for one of the visitor's units; null: nobody is named.</summary>
    public Task<(AccountId Account, string Name, bool Able)?> OfficerAsync(Guid duty, UnitId unit, CancellationToken ct) => db.Connection.RowAsync<(AccountId, string, bool)?>(
        "SELECT account_id, name, able FROM pt.duty_officers($1, ARRAY[$2], $3)", r => (new AccountId(r.GetGuid(0)), r.GetString(1), r.GetBoolean(2)), ct, duty, unit.Value, clock.GetUtcNow());

    /// <summary>Accounts of the visitor's units that could enter data for this one: those of the unit itself first, by name.</summary>
    public Task<List<Candidate>> CandidatesAsync(UnitId unit, CancellationToken ct) => db.Connection.RowsAsync($"""
        SELECT a.id, a.user_name, a.display_name, a.position, u.name FROM pt.able_for($1, $2, $3) able (id) JOIN pt.account a ON a.id = able.id JOIN pt.unit u ON u.id = a.unit_id
        ORDER BY a.unit_id <> $1, a.display_name COLLATE "vi-x-icu", a.user_name LIMIT {MostOffered}
        """, r => new Candidate(new AccountId(r.GetGuid(0)), r.GetString(1), r.GetString(2), r.Text(3), r.GetString(4)), ct, unit.Value, Entering, clock.GetUtcNow());

    /// <summary>Whether a unit of the visitor's owes this: it lies below who asks, and is of the kind.</summary>
    /// <returns>Where the unit stands; null: it does not.</returns>
    internal static Task<AreaKeys?> OwesAsync(Db db, Guid duty, UnitId unit, CancellationToken ct) => db.Connection.RowAsync<AreaKeys?>($"""
        WITH RECURSIVE up AS (SELECT parent_id FROM pt.unit WHERE id = $2 UNION ALL SELECT u.parent_id FROM pt.unit u JOIN up ON u.id = up.parent_id)
        SELECT u.province_id, u.district_id, u.commune_id FROM pt.oversight_duty d JOIN pt.unit u ON u.id = $2 WHERE d.id = $1 AND d.unit_id IN (SELECT parent_id FROM up) AND (d.kind IS NULL OR d.kind = u.kind) AND {Scope.Test("u.id", "u.")}
        """, r => new AreaKeys(new AreaId(r.GetInt32(0)), new AreaId(r.GetInt32(1)), new AreaId(r.GetInt32(2))), ct, duty, unit.Value);

    private static DutyStanding StandingOf(DateTimeOffset moment, DateTimeOffset? at, DateTimeOffset now) => at is { } when ? when <= moment ? DutyStanding.Delivered : DutyStanding.DeliveredLate : moment > now ? DutyStanding.Waiting : DutyStanding.Late;

    private object[] Asked(IReadOnlyList<(Duty Duty, DateOnly Due)> asked) =>
        [asked.Select(one => one.Duty.Id).ToArray(), asked.Select(one => one.Due).ToArray(), asked.Select(one => one.Duty.Days.Moment(one.Due)).ToArray(), clock.GetUtcNow()];

    private int[] Units => [.. db.Scope.Units.Select(unit => unit.Value)];

    private static Duty Read(NpgsqlDataReader r) => new(r.GetGuid(0), new UnitId(r.GetInt32(1)), r.GetString(2), (UnitKind?)r.Maybe<short>(3), r.GetString(4), r.Text(5), r.GetString(6),
        new DutyDays((DutyRhythm)r.GetInt16(7), r.GetFieldValue<DateOnly>(8), r.Maybe<DateOnly>(9), r.GetFieldValue<TimeOnly>(10), r.Maybe<DateTimeOffset>(11)), r.GetBoolean(12));

    private static Counts CountsOf(NpgsqlDataReader r, int at) => new(r.GetInt32(at), r.GetInt32(at + 1), r.GetInt32(at + 2), r.GetInt32(at + 3), r.GetInt32(at + 4));
}
