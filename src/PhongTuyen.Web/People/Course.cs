using PhongTuyen.Kernel;
using PhongTuyen.People.Contract;

namespace PhongTuyen.Web.People;

/// <summary>How the screens say and show what modules tell of a person: sentences, signs, colours, addresses.</summary>
public static class Course
{
    /// <summary>A sentence whose details may be choices or texts themselves; what is not known says so.</summary>
    public static string Say(Screen s, string key, IEnumerable<(string Name, object? Value)> details) => s.Say(key, [.. details.Select(detail => (detail.Name, (object?)(detail.Value switch
    {
        null => s["form.unknown"],
        Enum choice => s[$"word.{choice.GetType().Name}.{choice}"],
        TextKey text => s[text.Key],
        var other => other,
    })))]);

    public static string? Address(string subject, Guid id) => subject switch
    {
        "stay" => Links.Stay(new StayId(id)),
        "case" => Links.Case(new CaseId(id)),
        "decision" => Links.Decision(id),
        "correction" => Links.Correction(id),
        _ => null,
    };

    public static string Kind(Tone tone) => tone switch { Tone.Ok => "ok", Tone.Watch => "watch", Tone.Urgent => "urgent", _ => "info" };

    public static string Icon(string kind) => kind switch
    {
        "stay.arrived" or "stay.expected" => "arrow-in",
        "stay.ended" => "arrow-out",
        "stay.arrived-home" or "stay-home" => "house",
        "stay.absence" => "alert",
        "stay.reopened" => "undo",
        "stay.replanned" => "calendar",
        "stay.decision" => "file",
        "stay" => "bed",
        "result" or "result-ct" => "test",
        "share.given" or "share.ended" or "share.returned" => "eye",
        "person.entered" => "person-plus",
        "person.corrected" or "case.corrected" or "stay.corrected" or "correction-asked" or "correction-approved" or "correction-refused" => "edit",
        "correction-undone" => "undo",
        _ when kind.StartsWith("transfer", StringComparison.Ordinal) => "transfer",
        _ when kind.StartsWith("case", StringComparison.Ordinal) => "virus",
        _ => "info",
    };

    /// <summary>The entries by their days, newest first; those whose day nobody knows stand last, under no day.</summary>
    public static IEnumerable<(DateOnly? Day, IReadOnlyList<TimelineEntry> Entries)> ByDay(IEnumerable<TimelineEntry> entries) => entries
        .GroupBy(entry => entry.DayUnknown ? (DateOnly?)null : entry.At.LocalDay())
        .OrderByDescending(day => day.Key ?? DateOnly.MinValue)
        .Select(day => (day.Key, (IReadOnlyList<TimelineEntry>)[.. day.OrderByDescending(entry => entry.At).ThenBy(entry => entry.Kind, StringComparer.Ordinal)]));
}
