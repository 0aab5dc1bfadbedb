using PhongTuyen.Web.Shared;
using PhongTuyen.Web.Worklists.Desk;

namespace PhongTuyen.Web.Worklists;

/// <summary>A list of work as a file.</summary>
internal static class WorkColumns
{
    public static ListFile<ListModel.TakenItem> File(Screen s, string list) => new ListFile<ListModel.TakenItem>(s, s["worklist.list-" + list])
        .With("person.name", one => one.Row.Person is null ? null : one.Row.Shown ?? s["worklist.not-shown"], 28).With("person.birth", one => one.Row.Shown is null ? null : one.Row.Birth.ToString()).With("worklist.what", one => one.Line, 48).With("worklist.unit", one => one.Row.UnitName, 32)
        .With("worklist.urgency", one => s.Word(one.Row.Urgency)).With("worklist.why", one => s.Say("worklist.reason-" + one.Row.Reason, [.. one.Row.ReasonDetails.Select(detail => (detail.Key, (object?)detail.Value))]), 40)
        .With("worklist.state", one => s.Word(one.Row.State)).With("worklist.owner", one => one.Row.OwnerName, 24).With("worklist.posted", one => one.Row.PostedAt).With("worklist.due", one => one.Row.DueAt).With("worklist.closed", one => one.Row.ClosedAt);
}
