using PhongTuyen.Kernel;

namespace PhongTuyen.Oversight;

/// <summary>On which days data are due, and at which moment of them.</summary>
/// <param name="Since">The first of them.</param>
/// <param name="Until">None falls behind it.</param>
/// <param name="At">By the wall clock of Viet Nam.</param>
/// <param name="Ended">None falls due behind it.</param>
public sealed record DutyDays(DutyRhythm Rhythm, DateOnly Since, DateOnly? Until, TimeOnly At, DateTimeOffset? Ended)
{
    /// <summary>No two days of any rhythm lie further apart.</summary>
    private const int Farthest = 31;

    public DateTimeOffset Moment(DateOnly day) => day.AtLocal(At);

    public bool Falls(DateOnly day) => day >= Since && !(day > Until) && !(Moment(day) > Ended) && Rhythm switch
    {
        DutyRhythm.Once => day == Since,
        DutyRhythm.Daily => true,
        DutyRhythm.Workdays => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday),
        DutyRhythm.Weekly => day.DayOfWeek == Since.DayOfWeek,
        DutyRhythm.Monthly => day.Day == Math.Min(Since.Day, DateTime.DaysInMonth(day.Year, day.Month)),
        _ => false,
    };

    /// <summary>The first at or behind a day; null: none any more.</summary>
    public DateOnly? OnOrAfter(DateOnly day) => Find(day < Since ? Since : day, 1);

    /// <summary>The last at or before a day; null: none yet.</summary>
    public DateOnly? OnOrBefore(DateOnly day)
    {
        var last = Until < day ? Until.Value : day;
        if (Ended is { } ended && ended.LocalDay() < last) last = ended.LocalDay();
        return Find(Rhythm is DutyRhythm.Once && last > Since ? Since : last, -1);
    }

    /// <summary>The last whose moment has come.</summary>
    public DateOnly? Last(DateTimeOffset now) => OnOrBefore(now.LocalDay()) is { } day && Moment(day) > now ? OnOrBefore(day.AddDays(-1)) : OnOrBefore(now.LocalDay());

    /// <summary>The first whose moment is still to come.</summary>
    public DateOnly? Next(DateTimeOffset now) => OnOrAfter(now.LocalDay()) is { } day && Moment(day) <= now ? OnOrAfter(day.AddDays(1)) : OnOrAfter(now.LocalDay());

    /// <summary>What people look at first: what is due today, else what was due last, else what will be.</summary>
    public DateOnly? Current(DateTimeOffset now) => Falls(now.LocalDay()) ? now.LocalDay() : Last(now) ?? Next(now);

    private DateOnly? Find(DateOnly from, int step)
    {
        for (var i = 0; i <= Farthest; i++)
            if (from.AddDays(i * step) is var day && Falls(day)) return day;
        return null;
    }
}
