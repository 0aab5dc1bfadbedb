using System.Text.Json;
using PhongTuyen.Kernel;
using PhongTuyen.Units;

namespace PhongTuyen.Reorganisation;

/// <summary>What is asked of the tree of areas: a province goes from three levels to two by the shipped list of links, or areas change by the lines of a resolution; and what becomes of the units there.</summary>
/// <param name="Province">The province as it stands before the day; null where lines say what changes.</param>
/// <param name="Lines">Lines of a resolution, in the form of the shipped lists.</param>
/// <param name="Steps">What becomes of units, in this order.</param>
public sealed record AreaReform(AreaId? Province, IReadOnlyList<ReformLine> Lines, IReadOnlyList<ReformStep> Steps)
{
    public string Write() => JsonSerializer.Serialize(this);

    internal static AreaReform Read(string content) => JsonSerializer.Deserialize<AreaReform>(content)!;

    /// <summary>What a form carries from its preview to the act, as <see cref="Write"/> made it. Null: somebody has changed it.</summary>
    public static AreaReform? ReadForm(string? content)
    {
        try
        {
            return content is not null && JsonSerializer.Deserialize<AreaReform>(content) is { Lines: { } lines, Steps: { } steps } read
                && lines.All(line => line is { Code: not null, Into: { } into } && !into.Contains(null!) && Enum.IsDefined(line.Level)) && steps.All(step => step is { Code: not null, Areas: { } areas } && !areas.Contains(null!)) ? read : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>A line of a resolution: the area as it is from that day on.</summary>
/// <param name="Name">With its kind; null where it ends.</param>
/// <param name="Into">Codes of what it goes into; more than one: it is divided, and nothing follows by itself.</param>
public sealed record ReformLine(string Code, AreaLevel Level, string? Name, string? Parent, IReadOnlyList<string> Into);

/// <summary>What becomes of one unit (phân công lại).</summary>
/// <param name="Code">Of the unit.</param>
/// <param name="Kind">Null: it stands on as it is, and only looks after other areas.</param>
/// <param name="Into">Code of the unit above from then on, or of the successor.</param>
/// <param name="Areas">Codes of the new areas that those who work there look after: whoever of them has a role over an area that ended gets the same over these.</param>
public sealed record ReformStep(string Code, ActKind? Kind, string? Into, string? Name, UnitKind? NewKind, IReadOnlyList<string> Areas)
{
    /// <summary>The code of a unit that is made under the named one.</summary>
    public string? NewCode { get; init; }
}

/// <summary>What a reform changes, as its preview and its answer say it.</summary>
/// <param name="Whole">Areas that went over as a whole, old and new.</param>
/// <param name="Divided">Communes of which parts went to several places: nothing follows, a person decides.</param>
/// <param name="Unknown">Communes that end and of which nothing is known.</param>
/// <param name="Units">Standing units that get another place.</param>
/// <param name="Left">Standing units whose area ended without a successor as a whole.</param>
/// <param name="Grants">Roles given over new areas by the mapping.</param>
/// <param name="Apart">What is written under communes that were divided, or of which nothing is known: figures of it cannot be restated under the new areas.</param>
/// <param name="All">What is written under the provinces concerned.</param>
public sealed record ReformReport(IReadOnlyList<(AreaId Old, AreaId New)> Whole, IReadOnlyList<AreaId> Divided, IReadOnlyList<AreaId> Unknown, int Units, int Hamlets, IReadOnlyList<UnitId> Left, int Steps, int Grants, ReachChange Reach,
    ReachChange.Inside Apart, ReachChange.Inside All);

/// <summary>What it changed: the way back.</summary>
internal sealed record ReformDone(IReadOnlyList<int> Made, IReadOnlyList<int> Ended, IReadOnlyList<UnitsDone> Steps, IReadOnlyList<Guid> Given)
{
    public string Write() => JsonSerializer.Serialize(this);

    public static ReformDone Read(string done) => JsonSerializer.Deserialize<ReformDone>(done)!;
}
