namespace PhongTuyen.Kernel;

/// <summary>Time is an input: <see cref="TimeProvider"/> everywhere, dates as people in Viet Nam count them.</summary>
public static class Clock
{
    /// <summary>Asia/Ho_Chi_Minh: UTC+7, without summer time since 1975.</summary>
    public static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Ho_Chi_Minh");

    public static DateOnly Today(this TimeProvider clock) => clock.GetUtcNow().LocalDay();

    /// <summary>The day in Viet Nam on which this moment falls.</summary>
    public static DateOnly LocalDay(this DateTimeOffset moment) => DateOnly.FromDateTime(moment.Local());

    public static DateTime Local(this DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, Zone).DateTime;

    /// <summary>The moment, in UTC, at which a wall clock in Viet Nam shows this.</summary>
    public static DateTimeOffset AtLocal(this DateOnly day, TimeOnly time = default)
    {
        var local = day.ToDateTime(time);
        return new DateTimeOffset(local, Zone.GetUtcOffset(local)).ToUniversalTime();
    }

    /// <summary>Forms know minutes: what was typed for the very minute in which the earlier thing happened did not happen before it.</summary>
    public static DateTimeOffset Since(this DateTimeOffset typed, DateTimeOffset earlier) => typed < earlier && earlier - typed < TimeSpan.FromMinutes(1) ? earlier : typed;
}
