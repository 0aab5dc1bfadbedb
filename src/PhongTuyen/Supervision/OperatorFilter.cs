using PhongTuyen.Kernel;

namespace PhongTuyen.Supervision;

/// <summary>Tabs that exclude each other; all adds those without signs.</summary>
public enum SupervisionTab
{
    /// <summary>Has a day with signs that nobody has looked at.</summary>
    Waiting,
    /// <summary>All were looked at, and one is to be made clear.</summary>
    ToClear,
    /// <summary>All were looked at and found ordinary.</summary>
    Looked,
    All,
}

/// <summary>Of which kind of look there was any.</summary>
public enum SightKind
{
    Opened,
    Searches,
    Numbers,
    Lists,
    Files,
    Stops,
    Emergencies,
    NotShown,
}

/// <summary>Which operators are looked at, and over which days.</summary>
/// <param name="Unit">0: all of the visitor's.</param>
public sealed record OperatorFilter(DateOnly First, DateOnly Last, SupervisionTab Tab = SupervisionTab.Waiting, UnitId Unit = default, AccountId? Account = null, SightKind? Kind = null);
