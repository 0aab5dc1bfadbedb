using Microsoft.Extensions.Caching.Memory;
using PhongTuyen.Data;

namespace PhongTuyen.Reporting;

/// <summary>
/// Figures that were read a moment ago. They are given again only while nothing was counted since — the stamp says so, and every
/// request brings it — so what is given is what the counters would say now, and a hundred boards of one province cost one reading.
/// </summary>
public sealed class FigureShelf : IDisposable
{
    // Of single figures, about 60 bytes each.
    private const long Most = 500_000;

    private readonly MemoryCache kept = new(new MemoryCacheOptions { SizeLimit = Most });

    /// <summary>What was asked for. The scope belongs to it: the row policies may answer another visitor otherwise.</summary>
    /// <param name="What">The kind of question, with whatever is not said elsewhere.</param>
    public sealed record Question(string What, FigureScope Of, DateOnly Today, string Scope);

    /// <returns>Null where it is not there or not of this moment.</returns>
    public T? Find<T>(Question question, FiguresStamp stamp) where T : class => kept.Get<Kept>(question) is { } one && one.Stamp == stamp ? (T)one.Figures : null;

    /// <param name="size">How many single figures it holds.</param>
    public void Keep(Question question, FiguresStamp stamp, object figures, long size) =>
        kept.Set(question, new Kept(stamp, figures), new MemoryCacheEntryOptions { Size = size + 10, SlidingExpiration = TimeSpan.FromMinutes(10) });

    public void Dispose() => kept.Dispose();

    private sealed record Kept(FiguresStamp Stamp, object Figures);
}
