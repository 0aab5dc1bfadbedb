using System.Text.Json;
using Microsoft.Extensions.Logging;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Policies;

namespace PhongTuyen.Supervision;

/// <summary>Counts what was sealed, by operator, unit and day, and says of each day that changed what is out of the ordinary.</summary>
public sealed class SupervisionWorker(Database database, IPolicyBook policies, SupervisionSettings settings, TimeProvider clock, ILogger<SupervisionWorker> log) : RecurringWork(TimeSpan.FromSeconds(1), "Looks at persons could not be counted (they are, once that works again)", clock, log, LogLevel.Warning)
{
    /// <summary>So many seals are counted in one transaction: what had waited for days is taken in steps.</summary>
    private const int Seals = 500;

    /// <summary>So many days are judged at a time.</summary>
    private const int Batch = 500;

    /// <summary>A row of the audit that comes later than this counts its person once more.</summary>
    private const int PersonDays = 10;

    private DateTimeOffset judged = DateTimeOffset.MinValue;
    private DateOnly forgotten;

    protected override async Task TurnAsync(CancellationToken ct)
    {
        await FoldAsync(ct);
        if (Clock.GetUtcNow() - judged < TimeSpan.FromSeconds(settings.JudgeSeconds)) return;
        judged = Clock.GetUtcNow();
        await JudgeAsync(ct);
        if (forgotten == Clock.Today()) return;
        forgotten = Clock.Today();
        await using var connection = await database.Jobs.OpenConnectionAsync(ct);
        await connection.RunAsync("SELECT pt.supervision_forget($1, $2)", ct, forgotten.AddDays(-PersonDays), forgotten.AddDays(-settings.KeepDays));
    }

    /// <summary>Counts all that is sealed and judges all that changed.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        await FoldAsync(ct);
        await JudgeAsync(ct);
    }

    private async Task FoldAsync(CancellationToken ct)
    {
        await using var connection = await database.Jobs.OpenConnectionAsync(ct);
        while (await connection.ValueAsync<int>("SELECT pt.supervision_fold($1)", ct, Seals) == Seals) { }
    }

    private sealed record Due(int Unit, Guid Account, DateOnly Day, int Version, AreaId Area, OperatorDay Figures);

    private async Task JudgeAsync(CancellationToken ct)
    {
        await using var connection = await database.Jobs.OpenConnectionAsync(ct);
        for (var n = Batch; n == Batch;)
        {
            await connection.RunAsync("SELECT pt.supervision_base($1, $2)", ct, Batch, settings.UsualDays);
            var due = await connection.RowsAsync("""
                SELECT d.unit_id, d.account_id, d.day, d.version, coalesce(nullif(u.commune_id, 0), nullif(u.district_id, 0), u.province_id, 0), ARRAY[d.opened, d.searches, d.numbers, d.listed, d.files, d.file_rows], d.usual, d.usual_days, d.median, d.median_days,
                  d.persons, d.most, d.elsewhere, d.hours, d.unit_hours, d.stops, d.emergencies, d.not_shown
                FROM pt.supervision_day d LEFT JOIN pt.unit u ON u.id = d.unit_id WHERE d.judged_version < d.version AND d.based ORDER BY d.day, d.unit_id, d.account_id LIMIT $1
                """, r => new Due(r.GetInt32(0), r.GetGuid(1), r.GetFieldValue<DateOnly>(2), r.GetInt32(3), new AreaId(r.GetInt32(4)),
                    new OperatorDay(r.GetFieldValue<int[]>(5), Medians(r, 6), r.GetInt32(7), Medians(r, 8), r.GetInt32(9), r.GetInt32(10), r.GetInt32(11), r.GetInt32(12), r.GetFieldValue<int[]>(13), r.IsDBNull(14) ? null : r.GetFieldValue<int[]>(14), r.GetInt32(15), r.GetInt32(16), r.GetInt32(17))), ct, Batch);
            n = due.Count;
            if (n == 0) return;
            var signs = due.ConvertAll(one => SupervisionRules.Signs(one.Figures, TermsOf(one)));
            // What was counted meanwhile is judged in the next turn.
            await connection.RunAsync("""
                UPDATE pt.supervision_day d SET judged_version = x.version, signs = x.signs, score = x.score
                FROM unnest($1::int[], $2::uuid[], $3::date[], $4::int[], $5::text[], $6::int[]) x(unit, account, day, version, signs, score) WHERE d.unit_id = x.unit AND d.account_id = x.account AND d.day = x.day
                """, ct, due.Select(one => one.Unit).ToArray(), due.Select(one => one.Account).ToArray(), due.Select(one => one.Day).ToArray(), due.Select(one => one.Version).ToArray(),
                signs.Select(some => JsonSerializer.Serialize(some)).ToArray(), signs.Select(SupervisionRules.Score).ToArray());
        }
    }

    /// <summary>A row of the audit that is older than the first edition is judged by it: one wrong clock does not hold up all others.</summary>
    private SupervisionTerms TermsOf(Due one) => policies.For<SupervisionTerms>(one.Area, one.Day, "") ?? policies.All<SupervisionTerms>()[0];

    /// <summary>Null where there was no day.</summary>
    private static int[]? Medians(Npgsql.NpgsqlDataReader r, int column) => r.IsDBNull(column) || r.GetFieldValue<int?[]>(column) is not { } some || some.Contains(null) ? null : [.. some.Select(one => one!.Value)];
}
