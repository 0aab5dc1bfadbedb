using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace PhongTuyen.Kernel;

/// <summary>Work that comes again as long as the program runs, first at its start. A fault is logged and costs this turn only.</summary>
/// <param name="every">From the beginning of one turn to that of the next; a turn that takes longer is followed at once.</param>
/// <param name="failed">What did not happen, as a sentence for the log, without its full stop.</param>
/// <param name="level">A warning where the next turn makes good what this one missed.</param>
public abstract class RecurringWork(TimeSpan every, string failed, TimeProvider clock, ILogger log, LogLevel level = LogLevel.Error) : BackgroundService
{
    protected TimeProvider Clock => clock;

    protected abstract Task TurnAsync(CancellationToken ct);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(every, clock);
        do
        {
            try
            {
                await TurnAsync(stoppingToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                log.Log(level, fault, "{Failed}; it is tried again.", failed);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
