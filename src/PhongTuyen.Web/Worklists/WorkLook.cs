using PhongTuyen.Kernel;
using PhongTuyen.Worklists;
using PhongTuyen.Worklists.Contract;

namespace PhongTuyen.Web.Worklists;

/// <summary>How items of work look, and where their records are.</summary>
public static class WorkLook
{
    public static string Kind(Urgency urgency) => urgency switch { Urgency.Urgent => "urgent", Urgency.Soon => "watch", _ => "info" };

    public static string Icon(Urgency urgency) => urgency switch { Urgency.Urgent => "alert", Urgency.Soon => "clock", _ => "list" };

    /// <summary>The last moment that is not late; of a whole day, the day.</summary>
    public static string Due(DateTimeOffset due) => due.Local().TimeOfDay == TimeSpan.Zero ? Words.Show(due.AddTicks(-1).LocalDay()) : Words.Show(due);

    /// <summary>Where the record behind an item is.</summary>
    public static string Address(string kind, Guid id) => kind switch
    {
        "correction" => Links.Correction(id),
        _ => Links.Worklists,
    };

    /// <summary>What an act did, in words.</summary>
    public static string Said(Screen s, WorkActView.Row act) => act.Kind switch
    {
        WorkActKind.Give => s.Say("worklist.gave", ("name", act.ToName), ("n", act.Items)),
        WorkActKind.HandBack => s.Say("worklist.handed-back", ("n", act.Items)),
        _ => s.Say("worklist.decided", ("what", s[$"worklist.decide-{act.List}-{act.Decision}"]), ("n", act.Items)),
    };
}
