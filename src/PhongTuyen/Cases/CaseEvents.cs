using PhongTuyen.Kernel;

namespace PhongTuyen.Cases;

/// <summary>A case was recorded.</summary>
public sealed record CaseOpened(PersonId Person, CaseId Case, CaseClass Class, DateOnly? ReportedOn) : IEvent
{
    public static string Act => "case.opened";
    public IReadOnlyList<PersonId> Persons => [Person];
    public (string, string) Subject => ("case", Case.ToString());
}

/// <summary>A case was classified anew, dated, or ended.</summary>
public sealed record CaseChanged(PersonId Person, CaseId Case, CaseClass Class, CaseOutcome Outcome) : IEvent
{
    public static string Act => "case.changed";
    public IReadOnlyList<PersonId> Persons => [Person];
    public (string, string) Subject => ("case", Case.ToString());
}

/// <summary>Another unit is responsible for a case from now on.</summary>
public sealed record CaseHandedOver(PersonId Person, CaseId Case, UnitId From, UnitId To) : IEvent
{
    public static string Act => "case.handed-over";
    public IReadOnlyList<PersonId> Persons => [Person];
    public (string, string) Subject => ("case", Case.ToString());
}

/// <summary>A handing over was a mistake: the unit before is responsible again.</summary>
public sealed record CaseTakenBack(PersonId Person, CaseId Case, UnitId From, UnitId To) : IEvent
{
    public static string Act => "case.taken-back";
    public IReadOnlyList<PersonId> Persons => [Person];
    public (string, string) Subject => ("case", Case.ToString());
}
