namespace PhongTuyen.Bench.Pages;

/// <summary>Fifty people at work: each asks for a page, reads for two seconds, and asks for the next. What a person waits for, where fifty clients without pause measure how much there is to give.</summary>
internal static class PeopleAtWork
{
    public static readonly TimeSpan Reading = TimeSpan.FromSeconds(2);

    /// <summary>Goes on until it is over. Answers the milliseconds of each page, and how many were not answered with 200.</summary>
    public static async Task<(ILookup<string, double> Times, int Failed)> RunAsync(PagesRun.Stand stand, CancellationToken over)
    {
        var (times, failed, next) = (new List<(string Page, double Ms)>(), 0, -1);
        await Task.WhenAll(Enumerable.Range(0, LoadClient.Clients).Select(async one =>
        {
            try
            {
                await Task.Delay(Reading * one / LoadClient.Clients, over);
                while (true)
                {
                    var n = Interlocked.Increment(ref next);
                    var probe = stand.Probes[n % stand.Probes.Count];
                    var (ms, bad) = await stand.Client.OneAsync(stand.Client.Of(probe, n / stand.Probes.Count, stand.Sessions), over);
                    lock (times) times.Add((probe.Name, ms));
                    if (bad) Interlocked.Increment(ref failed);
                    await Task.Delay(Reading, over);
                }
            }
            catch (OperationCanceledException)
            {
                // over
            }
        }));
        return (times.ToLookup(time => time.Page, time => time.Ms), failed);
    }
}
