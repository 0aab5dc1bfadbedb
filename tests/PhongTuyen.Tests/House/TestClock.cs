namespace PhongTuyen.Tests.House;

/// <summary>A clock that stands at 20 August 2021, 10:00 in Viet Nam, until a test moves it; timers run in real time.</summary>
public sealed class TestClock : TimeProvider
{
    private long ticks = new DateTimeOffset(2021, 8, 20, 3, 0, 0, TimeSpan.Zero).UtcTicks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Add(ref ticks, 10), TimeSpan.Zero); // ids of one moment stay in order

    public void Advance(TimeSpan by) => Interlocked.Add(ref ticks, by.Ticks);
}
