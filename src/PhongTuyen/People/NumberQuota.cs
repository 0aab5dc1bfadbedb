using System.Threading.RateLimiting;
using PhongTuyen.Kernel;

namespace PhongTuyen.People;

public enum NumberUse
{
    /// <summary>Asking whether and for whom a number is recorded beyond one's own area.</summary>
    LookUp,
    /// <summary>The same, of rows of lists.</summary>
    Lists,
    /// <summary>Seeing a sealed number in full.</summary>
    Unmask,
}

/// <summary>How often numbers may be asked for. Each asking is in the audit; the bound makes trying them out in bulk pointless.</summary>
public sealed record NumberSettings : ISettings
{
    public static string Section => "Numbers";

    /// <summary>How often an hour one account may find out that a number is recorded elsewhere, or look somebody up by it. 1 to 10000.</summary>
    public int LookUpsAnHour { get; set; } = 60;

    /// <summary>How many rows of its lists an hour may meet numbers that are recorded elsewhere; a list that meets more is not checked to its end, and nothing is said of its rows. 1 to 1000000.</summary>
    public int ElsewhereInListsAnHour { get; set; } = 1000;

    /// <summary>How often an hour one account may see sealed numbers in full. 1 to 10000.</summary>
    public int UnmaskedAnHour { get; set; } = 200;

    public IEnumerable<string> Faults()
    {
        if (LookUpsAnHour is < 1 or > 10000) yield return $"Numbers:LookUpsAnHour must be 1 to 10000, not {LookUpsAnHour}.";
        if (ElsewhereInListsAnHour is < 1 or > 1_000_000) yield return $"Numbers:ElsewhereInListsAnHour must be 1 to 1000000, not {ElsewhereInListsAnHour}.";
        if (UnmaskedAnHour is < 1 or > 10000) yield return $"Numbers:UnmaskedAnHour must be 1 to 10000, not {UnmaskedAnHour}.";
    }
}

/// <summary>Counts, per account, the askings of the last hour.</summary>
public sealed class NumberQuota(NumberSettings settings) : IDisposable
{
    private readonly PartitionedRateLimiter<(AccountId Account, NumberUse Use)> limiter = PartitionedRateLimiter.Create<(AccountId Account, NumberUse Use), (AccountId, NumberUse)>(asked =>
        RateLimitPartition.GetSlidingWindowLimiter(asked, of => new SlidingWindowRateLimiterOptions
        {
            PermitLimit = Most(settings, of.Item2),
            Window = TimeSpan.FromHours(1),
            SegmentsPerWindow = 12,
        }));

    /// <returns>False: so many that this account has to wait.</returns>
    public bool Take(AccountId account, NumberUse use, int times = 1)
    {
        if (times > Most(settings, use)) return false;
        using var lease = limiter.AttemptAcquire((account, use), times);
        return lease.IsAcquired;
    }

    private static int Most(NumberSettings settings, NumberUse use) => use switch { NumberUse.LookUp => settings.LookUpsAnHour, NumberUse.Lists => settings.ElsewhereInListsAnHour, _ => settings.UnmaskedAnHour };

    public void Dispose() => limiter.Dispose();
}
