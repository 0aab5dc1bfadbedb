using PhongTuyen.Kernel;

namespace PhongTuyen.Units;

/// <summary>A unit was made.</summary>
public sealed record UnitMade(UnitId Unit, UnitId? Parent, UnitKind Kind) : IEvent
{
    public static string Act => "unit.made";
    public IReadOnlyList<PersonId> Persons => [];
    public (string, string) Subject => ("unit", Unit.ToString());
}

/// <summary>A unit's name, place or telephone was changed, or it was closed.</summary>
public sealed record UnitChanged(UnitId Unit, bool Closed) : IEvent
{
    public static string Act => "unit.changed";
    public IReadOnlyList<PersonId> Persons => [];
    public (string, string) Subject => ("unit", Unit.ToString());
}

/// <summary>A unit was taken out of the one that it had been merged into: what had moved is its own again.</summary>
public sealed record UnitUnmerged(UnitId Unit, UnitId From, int Stays, int Accounts, int Cases, IReadOnlyList<PersonId> Persons) : IEvent
{
    public static string Act => "unit.unmerged";
    public (string, string) Subject => ("unit", Unit.ToString());
}

/// <summary>A unit that an import made was merged into another: its persons belong to that one now.</summary>
public sealed record UnitMerged(UnitId Unit, UnitId Into, int Stays, int Accounts, int Cases, IReadOnlyList<PersonId> Persons) : IEvent
{
    public static string Act => "unit.merged";
    public (string, string) Subject => ("unit", Unit.ToString());
}
