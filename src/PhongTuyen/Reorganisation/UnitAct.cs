using System.Text.Json;
using PhongTuyen.Kernel;
using PhongTuyen.Units;

namespace PhongTuyen.Reorganisation;

/// <summary>What is asked of the tree of units. Which of the fields count, the kind says.</summary>
/// <param name="Unit">The unit concerned; where one is made, the unit above it.</param>
public sealed record UnitAct(ActKind Kind, UnitId Unit)
{
    /// <summary>The unit above from then on, or the one that takes it over.</summary>
    public UnitId? Into { get; init; }
    /// <summary>Of a new unit.</summary>
    [Most(20)]
    public string? Code { get; init; }
    /// <summary>The name from then on.</summary>
    [Most(PhongTuyen.Units.Unit.NameMost)]
    public string? Name { get; init; }
    public UnitKind? NewKind { get; init; }
    /// <summary>Where a new unit stands.</summary>
    public AreaKeys Area { get; init; } = AreaKeys.Unknown;
    /// <summary>What goes out of a unit that is divided.</summary>
    public IReadOnlyList<UnitPart> Parts { get; init; } = [];

    /// <summary>The units that it names, but for the one under which another is made: two may be made there at once.</summary>
    internal IEnumerable<UnitId> Named => Kind switch
    {
        ActKind.Make => [],
        ActKind.Merge when Into is { } into => [Unit, into],
        ActKind.Divide => [Unit, .. Parts.SelectMany(part => part.Below)],
        _ => [Unit],
    };

    internal string Write() => JsonSerializer.Serialize(this);

    internal static UnitAct Read(string content) => JsonSerializer.Deserialize<UnitAct>(content)!;
}

/// <summary>A new unit that goes out of another, with those who work there and what lay below.</summary>
/// <param name="Accounts">Of the divided unit; their roles over it become roles over the new one.</param>
public sealed record UnitPart([property: Most(20)] string Code, [property: Most(PhongTuyen.Units.Unit.NameMost)] string Name, AreaKeys Area, IReadOnlyList<AccountId> Accounts, IReadOnlyList<UnitId> Below);

/// <summary>What an act on units changed: the way back.</summary>
internal sealed record UnitsDone(IReadOnlyList<UnitId> Made, IReadOnlyList<UnitBefore> Before, IReadOnlyList<AccountBefore> Accounts, IReadOnlyList<Guid> Ended, IReadOnlyList<Guid> Given)
{
    public string Write() => JsonSerializer.Serialize(this);

    public static UnitsDone Read(string done) => JsonSerializer.Deserialize<UnitsDone>(done)!;
}

/// <summary>A unit as it was before.</summary>
internal sealed record UnitBefore(UnitId Id, UnitId? Parent, string Name, UnitKind Kind, DateOnly? ValidTo);

/// <summary>Where an account worked before, and where it works since.</summary>
internal sealed record AccountBefore(AccountId Id, UnitId Unit, UnitId Into);
