using Microsoft.Extensions.Logging;
using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Worklists;

/// <summary>Folds the counters of work lists, and tells the units above of what is not done some time behind its deadline.</summary>
public sealed class WorklistWorker(Database database, TimeProvider clock, ILogger<WorklistWorker> log) : RecurringWork(TimeSpan.FromSeconds(1), "The counters of work lists could not be folded (they stay exact), or units above not told", clock, log, LogLevel.Warning)
{
    /// <summary>Of so many items at a time the units above are told.</summary>
    private const int Batch = 10_000;

    private static readonly short[] Above = Roles.With(Permission.JudgeEntries);

    /// <summary>Each list says it in its own words.</summary>
    private static string TextOf(string list) => $"notice.worklist-late-{list}";

    /// <summary>Counters are folded each second; whether anything is late is asked less often.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(1);

    private DateTimeOffset looked = DateTimeOffset.MinValue;

    protected override async Task TurnAsync(CancellationToken ct)
    {
        if (Clock.GetUtcNow() - looked >= Look) await RunAsync(ct);
        else await FoldAsync(ct);
    }

    private async Task FoldAsync(CancellationToken ct)
    {
        await using var connection = await database.Jobs.OpenConnectionAsync(ct);
        await connection.RunAsync("SELECT pt.worklist_fold()", ct);
    }

    /// <returns>Of how many items the units above were told now.</returns>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        await FoldAsync(ct);
        looked = Clock.GetUtcNow();
        await using var connection = await database.Jobs.OpenConnectionAsync(ct);
        var all = 0;
        for (var told = Batch; told == Batch; all += told)
            told = await connection.ValueAsync<int>("SELECT pt.worklist_tell_above($1, $2, $3, $4, $5)", ct, Above, Batch, Clock.NewGuid().ToString(), Clock.GetUtcNow(), TextOf(""));
        return all;
    }
}
