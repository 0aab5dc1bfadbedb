using PhongTuyen.Kernel;

namespace PhongTuyen.Oversight;

/// <summary>Data were asked of the units below one, or are not asked any more, or again.</summary>
public sealed record DutyChanged(Guid Duty, UnitId Unit, bool Ended) : IEvent
{
    public static string Act => "duty.changed";
    public IReadOnlyList<PersonId> Persons => [];
    public (string, string) Subject => ("duty", Duty.ToString());
}

/// <summary>Somebody became answerable for what a unit owes, or nobody is any more.</summary>
/// <param name="Account">Null: nobody.</param>
public sealed record DutyOfficerNamed(Guid Duty, UnitId Unit, AccountId? Account) : IEvent
{
    public static string Act => "duty.officer-named";
    public IReadOnlyList<PersonId> Persons => [];
    public (string, string) Subject => ("unit", Unit.ToString());
}

/// <summary>The officers of one duty were named for another as well, or that was taken back.</summary>
public sealed record DutyOfficersCopied(Guid Duty, Guid From, int Units, bool Undone) : IEvent
{
    public static string Act => "duty.officers-copied";
    public IReadOnlyList<PersonId> Persons => [];
    public (string, string) Subject => ("duty", Duty.ToString());
}

/// <summary>A unit supplied what was due on a day, or took that back.</summary>
public sealed record DataDelivered(Guid Duty, UnitId Unit, DateOnly Due, bool Nothing, bool Withdrawn) : IEvent
{
    public static string Act => "duty.delivered";
    public IReadOnlyList<PersonId> Persons => [];
    public (string, string) Subject => ("unit", Unit.ToString());
}

/// <summary>Those answerable for what is missing were told by hand.</summary>
public sealed record DutyUrged(Guid Duty, DateOnly Due, int Told) : IEvent
{
    public static string Act => "duty.urged";
    public IReadOnlyList<PersonId> Persons => [];
    public (string, string) Subject => ("duty", Duty.ToString());
}
