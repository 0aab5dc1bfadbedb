namespace PhongTuyen.Kernel;

/// <summary>Time is an input: <see cref="TimeProvider"/> everywhere, dates as people in Viet Nam count them.</summary>
public static class Clock
{
    /// <summary>Asia/Ho_Chi_Minh: UTC+7, without summer time since 1975.</summary>
    public static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Ho_Chi_Minh");

    private static readonly DateOnly First = new(1800, 1, 1), Last = new(2300, 1, 1);

    public static DateOnly Today(this TimeProvider clock) => clock.GetUtcNow().LocalDay();

    /// <summary>Now, as the database keeps it: what is compared later with what was written.</summary>
    public static DateTimeOffset ToTheMicrosecond(this TimeProvider clock) => clock.GetUtcNow() is var now ? now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond)) : default;

    /// <summary>The day in Viet Nam on which this moment falls.</summary>
    public static DateOnly LocalDay(this DateTimeOffset moment) => DateOnly.FromDateTime(moment.Local());

    public static DateTime Local(this DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, Zone).DateTime;

    /// <summary>The moment, in UTC, at which a wall clock in Viet Nam shows this.</summary>
    public static DateTimeOffset AtLocal(this DateOnly day, TimeOnly time = default)
    {
        // Addresses may hold any day; beyond these the zone has no meaning.
        var local = (day < First ? First : day > Last ? Last : day).ToDateTime(time);
        return new DateTimeOffset(local, Zone.GetUtcOffset(local)).ToUniversalTime();
    }

    /// <summary>A moment out of an address, where it may be anything; null: it is none.</summary>
    public static DateTimeOffset? OfTicks(string? ticks) =>
        long.TryParse(ticks, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var count) && count <= DateTimeOffset.MaxValue.UtcTicks ? new DateTimeOffset(count, TimeSpan.Zero) : null;

    /// <summary>Forms know minutes: what was typed for the very minute in which the earlier thing happened did not happen before it.</summary>
    public static DateTimeOffset Since(this DateTimeOffset typed, DateTimeOffset earlier) => typed < earlier && earlier - typed < TimeSpan.FromMinutes(1) ? earlier : typed;
}
