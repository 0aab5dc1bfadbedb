using PhongTuyen.Kernel;

namespace PhongTuyen.Quarantine.Contract;

/// <summary>A stay ended: left, discharged, transferred, died, lost.</summary>
public sealed record StayEnded(PersonId Person, StayId Stay, UnitId Unit, StayClass Class, string Disease, StayEnd How, DateOnly? On) : IEvent
{
    public static string Act => "stay.ended";
    public IReadOnlyList<PersonId> Persons => [Person];
    public (string, string) Subject => ("stay", Stay.ToString());
}

/// <summary>An end that was entered by mistake was taken back; how and when the stay was said to have ended.</summary>
public sealed record StayReopened(PersonId Person, StayId Stay, UnitId Unit, StayClass Class, string Disease, StayEnd How, DateOnly? On) : IEvent
{
    public static string Act => "stay.reopened";
    public IReadOnlyList<PersonId> Persons => [Person];
    public (string, string) Subject => ("stay", Stay.ToString());
}

/// <summary>A clinical severity was recorded.</summary>
public sealed record SeverityChanged(PersonId Person, StayId Stay, string Disease, Severity Severity) : IEvent
{
    public static string Act => "stay.severity";
    public IReadOnlyList<PersonId> Persons => [Person];
    public (string, string) Subject => ("stay", Stay.ToString());
}
