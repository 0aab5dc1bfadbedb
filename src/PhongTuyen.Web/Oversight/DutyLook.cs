using PhongTuyen.Oversight;

namespace PhongTuyen.Web.Oversight;

/// <summary>How a duty is said and shown.</summary>
public static class DutyLook
{
    public static (string Kind, string Icon) Of(DutyStanding standing) => standing switch { DutyStanding.Delivered => ("ok", "check"), DutyStanding.DeliveredLate => ("watch", "check"), DutyStanding.Waiting => ("info", "clock"), _ => ("urgent", "alert") };

    /// <summary>Hằng tuần, thứ Sáu, trước 16:00.</summary>
    public static string Rhythm(Screen s, DutyDays days) => s.Say($"duty.rhythm-{days.Rhythm}", ("time", days.At), ("day", days.Since), ("n", days.Since.Day), ("weekday", s[$"duty.weekday-{(int)days.Since.DayOfWeek}"]));

    /// <summary>How long it is late, or was.</summary>
    /// <param name="at">When it was supplied; null: it was not.</param>
    public static string Late(Screen s, DateTimeOffset moment, DateTimeOffset? at)
    {
        var late = (at ?? s.Now) - moment;
        return late.TotalHours < 1 ? s.Say("duty.late-minutes", ("n", Math.Max(1, (int)late.TotalMinutes))) : late.TotalDays < 2 ? s.Say("duty.late-hours", ("n", (int)late.TotalHours)) : s.Say("duty.late-days", ("n", (int)late.TotalDays));
    }
}
