using PhongTuyen.Kernel;

namespace PhongTuyen.Papers;

/// <summary>Papers were given to a volunteer, given to another, or what is said of them was changed.</summary>
public sealed record PapersGiven(Guid Batch, UnitId Unit, AccountId Volunteer) : IEvent
{
    public static string Act => "papers.given";
    public IReadOnlyList<PersonId> Persons => [];
    public (string, string) Subject => ("paper-batch", Batch.ToString());
}

/// <summary>A batch was closed: who typed it sees it no more; or opened again.</summary>
public sealed record PapersClosed(Guid Batch, bool Closed) : IEvent
{
    public static string Act => "papers.closed";
    public IReadOnlyList<PersonId> Persons => [];
    public (string, string) Subject => ("paper-batch", Batch.ToString());
}

/// <summary>Scans or photographs of papers were added to a batch.</summary>
public sealed record PaperFilesAdded(Guid Batch, int Files) : IEvent
{
    public static string Act => "papers.files-added";
    public IReadOnlyList<PersonId> Persons => [];
    public (string, string) Subject => ("paper-batch", Batch.ToString());
}

/// <summary>A file was taken out of a batch before anybody typed from it.</summary>
public sealed record PaperFileTakenOut(Guid Batch, Guid File) : IEvent
{
    public static string Act => "papers.file-taken-out";
    public IReadOnlyList<PersonId> Persons => [];
    public (string, string) Subject => ("paper-file", File.ToString());
}

/// <summary>A file of a batch was opened, by who types from it or by the unit. Who stands on it is known once a person was made of it.</summary>
public sealed record PaperFileSeen(Guid Batch, Guid File, IReadOnlyList<PersonId> Persons) : ISight
{
    public static string Act => "papers.file-seen";
    public (string, string) Subject => ("paper-file", File.ToString());
    public bool Opens => true;
}

/// <summary>A paper was typed, or what was typed was corrected by who typed it.</summary>
public sealed record PaperTyped(Guid Entry, Guid Batch, PaperState State) : IEvent
{
    public static string Act => "papers.typed";
    public IReadOnlyList<PersonId> Persons => [];
    public (string, string) Subject => ("paper", Entry.ToString());
}

/// <summary>A second volunteer typed a paper of the sample.</summary>
public sealed record PaperTypedAgain(Guid Entry, Guid Batch) : IEvent
{
    public static string Act => "papers.typed-again";
    public IReadOnlyList<PersonId> Persons => [];
    public (string, string) Subject => ("paper", Entry.ToString());
}

/// <summary>The unit decided which of two values of a paper holds.</summary>
public sealed record PaperDecided(Guid Entry, int Fields) : IEvent
{
    public static string Act => "papers.decided";
    public IReadOnlyList<PersonId> Persons => [];
    public (string, string) Subject => ("paper", Entry.ToString());
}

/// <summary>Staff of the unit looked through what was typed.</summary>
public sealed record PapersSeen(Guid Batch) : IEvent
{
    public static string Act => "papers.seen";
    public IReadOnlyList<PersonId> Persons => [];
    public (string, string) Subject => ("paper-batch", Batch.ToString());
}

/// <summary>Papers that were taken into the register at one press wait again; the persons made of them are gone.</summary>
public sealed record PapersTakenBack(Guid Batch, int Papers, IReadOnlyList<PersonId> Persons) : IEvent
{
    public static string Act => "papers.taken-back";
    public (string, string) Subject => ("paper-batch", Batch.ToString());
}

/// <summary>A paper was taken into the register, found to be there already, or sent back.</summary>
public sealed record PaperSettled(Guid Entry, PaperState State, PersonId? Person) : IEvent
{
    public static string Act => "papers.settled";
    public IReadOnlyList<PersonId> Persons => Person is { } person ? [person] : [];
    public (string, string) Subject => ("paper", Entry.ToString());
}
