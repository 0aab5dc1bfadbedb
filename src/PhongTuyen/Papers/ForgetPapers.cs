using Microsoft.Extensions.Logging;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Papers;

/// <summary>Forgets what was typed of papers that were taken into the register some time ago, and the files from which it was typed.</summary>
public sealed class ForgetPapers(Database database, PaperSettings settings, TimeProvider clock, ILogger<ForgetPapers> log) : RecurringWork(TimeSpan.FromHours(1), "What was typed of old papers could not be forgotten", clock, log)
{
    protected override Task TurnAsync(CancellationToken ct) => RunAsync(ct);

    /// <returns>How many papers.</returns>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        await using var connection = await database.Jobs.OpenConnectionAsync(ct);
        var settled = Clock.GetUtcNow().AddDays(-settings.KeepDays);
        await connection.ValueAsync<int>("SELECT pt.forget_paper_files($1, $2)", ct, settled, Clock.GetUtcNow().AddDays(-settings.FileDays));
        return await connection.ValueAsync<int>("SELECT pt.forget_papers($1)", ct, settled);
    }
}
