using System.Runtime.InteropServices;
using System.Security.Cryptography;
using PhongTuyen.Kernel;

namespace PhongTuyen.Data;

/// <summary>What somebody may see through one door: the union of the grants whose roles open it. A list in each tree, because a merger leaves a unit with several subtrees.</summary>
/// <param name="Units">Units, each written out down to the leaves.</param>
/// <param name="Provinces">Provinces; with 0 (not known) for the whole country.</param>
/// <param name="Names">Whether persons are shown; otherwise figures only.</param>
public sealed record Scope(IReadOnlyList<UnitId> Units, IReadOnlyList<AreaId> Provinces, IReadOnlyList<AreaId> Districts, IReadOnlyList<AreaId> Communes, bool Names)
{
    /// <summary>Nobody sees nothing.</summary>
    public static readonly Scope Nobody = new([], [], [], [], false);

    /// <summary>
    /// The SQL for "lies in the scope of this request", for a column of a list: each part of the scope is read once a statement,
    /// where <c>pt.in_scope</c> would read it anew for every row.
    /// </summary>
    /// <param name="unit">The column of the unit.</param>
    /// <param name="areas">Before the columns of the area: <c>u.</c>, <c>t.to_</c>.</param>
    public static string Test(string unit, string areas) => $"""
        ({areas}province_id = ANY ((SELECT pt.ints('pt.provinces'))::int[]) OR {areas}district_id = ANY ((SELECT pt.ints('pt.districts'))::int[])
         OR {areas}commune_id = ANY ((SELECT pt.ints('pt.communes'))::int[]) OR {unit} = ANY ((SELECT pt.ints('pt.units'))::int[])) IS TRUE
        """;

    /// <summary>Whether it is made of areas; else of units alone.</summary>
    public bool HasAreas => Provinces.Count + Districts.Count + Communes.Count > 0;

    /// <summary>So many that what they add to a page is looked for among the newest of all, not unit by unit.</summary>
    public bool ManyUnits => Units.Count >= 100;

    /// <summary>A name that no other scope has; for what is kept by scope.</summary>
    public string Mark
    {
        get
        {
            int[] numbers = [.. Provinces.Select(id => id.Value), -1, .. Districts.Select(id => id.Value), -2, .. Communes.Select(id => id.Value), -3, .. Units.Select(id => id.Value)];
            return Convert.ToBase64String(SHA256.HashData(MemoryMarshal.AsBytes(numbers.AsSpan())));
        }
    }

    public bool Covers(UnitId unit, AreaKeys area) =>
        Units.Contains(unit) || Provinces.Contains(area.Province) || Districts.Contains(area.District) || Communes.Contains(area.Commune);

    public bool Covers(IScoped row) => Covers(row.UnitId, new AreaKeys(row.ProvinceId, row.DistrictId, row.CommuneId));
}

/// <summary>What the counters stood at: how often they were folded, and the differences behind that.</summary>
public readonly record struct FiguresStamp(long Version, long Waiting, long Last);

/// <summary>Who is asking, as the database knows them at this request.</summary>
public sealed record Visitor
{
    public required AccountId Account { get; init; }
    /// <summary>Of a program, its key. Null for work done later in somebody's name.</summary>
    public required Guid? Session { get; init; }
    /// <summary>What the key of a program opens; null for people.</summary>
    public IReadOnlyList<string>? Doors { get; init; }
    public required string UserName { get; init; }
    public required string DisplayName { get; init; }
    /// <summary>The unit in whose name things are done.</summary>
    public required UnitId Unit { get; init; }
    public required Language Language { get; init; }
    public required bool MustChangePassword { get; init; }
    public required bool SecondFactor { get; init; }
    /// <summary>All roles that are in force now, whether they open this door or not.</summary>
    public required IReadOnlyList<int> Roles { get; init; }
    public required Scope Scope { get; init; }
    /// <summary>How many notices wait, up to 99.</summary>
    public required int Unread { get; init; }
    /// <summary>What the figures stood at when the request entered.</summary>
    public required FiguresStamp Figures { get; init; }
    /// <summary>How often a unit had had its first stay in an area when the request entered.</summary>
    public required long Reach { get; init; }
}
