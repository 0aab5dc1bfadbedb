using PhongTuyen.Papers;

namespace PhongTuyen.Web.Papers;

/// <summary>How papers are said and shown.</summary>
public static class PaperLook
{
    public static (string Kind, string Icon) Of(PaperState state) => state switch { PaperState.Taken => ("ok", "check"), PaperState.Duplicate => ("info", "users"), PaperState.Unclear => ("watch", "alert"), _ => ("info", "clock") };

    public static string AnHour(Screen s, TypingList.Pace pace) => pace.AnHour is { } papers ? Screen.Show((long)Math.Round(papers)) : s["typing.none"];

    /// <summary>What was decided against them of all that two have typed.</summary>
    public static string Disagreement(Screen s, TypingList.Pace pace) =>
        pace.Disagreement is { } share ? s.Say("typing.disagreement-of", ("share", Math.Round(100 * share, 1)), ("against", pace.Against), ("compared", pace.Compared)) : s["typing.none"];

    /// <summary>What somebody typed in one session, in words.</summary>
    public static string Session(Screen s, TypingList.Pace pace)
    {
        if (pace.Typed == 0) return s["session.nothing"];
        var said = s.Say("session.typed", ("n", pace.Typed), ("unclear", pace.Unclear), ("returned", pace.Returned)) + " " + (pace.AnHour is { } hour ? s.Say("session.an-hour", ("n", (long)Math.Round(hour))) : s["session.no-pace"]);
        return said + " " + (pace.Compared == 0 ? s["session.not-compared"] : s.Say("session.compared", ("compared", pace.Compared), ("against", pace.Against), ("undecided", pace.Undecided)));
    }

    /// <summary>What the form calls a field that is compared.</summary>
    public static string Label(Screen s, string part) => s[part switch { "Name" => "papers.name", "Sex" => "person.sex", "Birth" => "person.birth", "Number" => "papers.number", "Phone" => "person.phone", "AreaText" => "person.area", "Hamlet" => "person.hamlet", "Line" => "person.line", "Came" => "papers.came", _ => "papers.reason" }];

    /// <summary>A value as it was typed.</summary>
    public static string Value(Screen s, PaperCompare.Part part, PaperContent paper) => part.Shown(paper) is not { } typed ? s["form.nothing"] : part.Name == "Sex" ? s.Word(paper.Sex) : typed;

    /// <summary>Name, else what else was typed: somebody has to be found again.</summary>
    public static string Who(Screen s, PaperContent paper, PaperState state = PaperState.Waiting) => paper.Name ?? paper.Phone ?? paper.AreaText ?? s[state == PaperState.Taken && paper.Empty ? "papers.forgotten-short" : "papers.nothing-read"];
}
