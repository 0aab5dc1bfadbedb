using PhongTuyen.Kernel;

namespace PhongTuyen.Support;

/// <summary>Whom to call in a province was set.</summary>
public sealed record ContactChanged(AreaId Province) : IEvent
{
    public static string Act => "support.contact-changed";
    public IReadOnlyList<PersonId> Persons => [];
    public (string, string) Subject => ("area", Province.ToString());
}

/// <summary>A user reported that something does not work.</summary>
public sealed record ReportSent(Guid Report) : IEvent
{
    public static string Act => "support.reported";
    public IReadOnlyList<PersonId> Persons => [];
    public (string, string) Subject => ("support-report", Report.ToString());
}

/// <summary>Who reported something added a word; what was answered or closed is open again.</summary>
public sealed record ReportAdded(Guid Report, bool Reopened) : IEvent
{
    public static string Act => "support.added";
    public IReadOnlyList<PersonId> Persons => [];
    public (string, string) Subject => ("support-report", Report.ToString());
}

/// <summary>Somebody of the team took a report, or gave it back.</summary>
public sealed record ReportTaken(Guid Report, bool GivenBack) : IEvent
{
    public static string Act => "support.taken";
    public IReadOnlyList<PersonId> Persons => [];
    public (string, string) Subject => ("support-report", Report.ToString());
}

/// <summary>A report was answered.</summary>
public sealed record ReportAnswered(Guid Report, bool Late) : IEvent
{
    public static string Act => "support.answered";
    public IReadOnlyList<PersonId> Persons => [];
    public (string, string) Subject => ("support-report", Report.ToString());
}

/// <summary>A report was closed, by the team or by who sent it.</summary>
public sealed record ReportClosed(Guid Report) : IEvent
{
    public static string Act => "support.closed";
    public IReadOnlyList<PersonId> Persons => [];
    public (string, string) Subject => ("support-report", Report.ToString());
}
