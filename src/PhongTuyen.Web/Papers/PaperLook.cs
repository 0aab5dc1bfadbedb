using PhongTuyen.Papers;

namespace PhongTuyen.Web.Papers;

/// <summary>How papers are said and shown.</summary>
public static class PaperLook
{
    public static (string Kind, string Icon) Of(PaperState state) => state switch { PaperState.Taken => ("ok", "check"), PaperState.Duplicate => ("info", "users"), PaperState.Unclear => ("watch", "alert"), _ => ("info", "clock") };

    /// <summary>Name, else what else was typed: somebody has to be found again.</summary>
    public static string Who(Screen s, PaperContent paper, PaperState state = PaperState.Waiting) => paper.Name ?? paper.Phone ?? paper.AreaText ?? s[state == PaperState.Taken && paper.Empty ? "papers.forgotten-short" : "papers.nothing-read"];
}
