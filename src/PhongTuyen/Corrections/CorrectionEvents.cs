using PhongTuyen.Kernel;

namespace PhongTuyen.Corrections;

/// <summary>A correction of a person's record was asked for.</summary>
/// <param name="To">The unit that decides.</param>
public sealed record CorrectionAsked(PersonId Person, Guid Request, UnitId To) : IEvent
{
    public static string Act => "correction.asked";
    public IReadOnlyList<PersonId> Persons => [Person];
    public (string, string) Subject => ("correction", Request.ToString());
}

/// <summary>It was approved, with every value that it changed, or refused.</summary>
public sealed record CorrectionDecided(PersonId Person, Guid Request, bool Approved) : IEvent
{
    public static string Act => "correction.decided";
    public IReadOnlyList<PersonId> Persons => [Person];
    public (string, string) Subject => ("correction", Request.ToString());
}

/// <summary>Who asked was asked back, answered, or withdrew the request; or it was sent on.</summary>
public sealed record CorrectionMoved(PersonId Person, Guid Request, CorrectionStepKind Step) : IEvent
{
    public static string Act => "correction.moved";
    public IReadOnlyList<PersonId> Persons => [Person];
    public (string, string) Subject => ("correction", Request.ToString());
}

/// <summary>A decision on a correction was taken back, with every value that is as it was before.</summary>
public sealed record CorrectionUndone(PersonId Person, Guid Request) : IEvent
{
    public static string Act => "correction.undone";
    public IReadOnlyList<PersonId> Persons => [Person];
    public (string, string) Subject => ("correction", Request.ToString());
}

/// <summary>A file that proves a correction was opened.</summary>
public sealed record EvidenceSeen(PersonId Person, Guid Evidence) : ISight
{
    public static string Act => "correction.evidence-seen";
    public IReadOnlyList<PersonId> Persons => [Person];
    public (string, string) Subject => ("person", Person.ToString());
    public bool Opens => true;
}
