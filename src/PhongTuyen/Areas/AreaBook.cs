using PhongTuyen.Kernel;

namespace PhongTuyen.Areas;

/// <summary>How many units of each level a day knows.</summary>
public readonly record struct AreaCounts(int Provinces, int Districts, int Communes);

/// <summary>
/// All versions of all units, in memory and never changed: built from the shipped lists or from the rows of the database, and built
/// anew when those change. A day before the first list is answered from the first list: the platform knows no older one.
/// </summary>
public sealed class AreaBook
{
    /// <summary>Districts are abolished and codes get a new meaning (Nghị quyết 203/2025/QH15, Quyết định 19/2025/QĐ-TTg).</summary>
    public static readonly DateOnly TwoLevelsFrom = new(2025, 7, 1);

    private readonly AreaRow[] rows;
    private readonly int[] parents;
    private readonly Dictionary<AreaId, int> byId;
    private readonly ILookup<string, int> byCode;
    private readonly ILookup<int, int> byParent;
    private readonly AreaSearch search;

    /// <exception cref="ArgumentException">A number stands twice, a parent is missing, or a parent does not stand as long as what lies in it.</exception>
    public AreaBook(IEnumerable<AreaRow> rows, IEnumerable<AreaOtherName>? otherNames = null)
    {
        this.rows = [.. rows];
        byId = new Dictionary<AreaId, int>(this.rows.Length);
        for (var i = 0; i < this.rows.Length; i++)
            if (!byId.TryAdd(this.rows[i].Id, i)) throw new ArgumentException($"Area {this.rows[i].Id} stands twice.", nameof(rows));
        parents = Array.ConvertAll(this.rows, ParentOf);
        byCode = Enumerable.Range(0, this.rows.Length).Where(i => this.rows[i].Code.Length > 0).ToLookup(i => this.rows[i].Code, StringComparer.Ordinal);
        byParent = Enumerable.Range(0, this.rows.Length).ToLookup(i => parents[i]);
        Turns = [.. this.rows.Select(row => row.From).Distinct().Order()];
        FirstDay = FirstWholeDay();
        var words = new Dictionary<string, AreaNameKey>(StringComparer.Ordinal);
        var names = Array.ConvertAll(this.rows, row => AreaSpelled.Of(row.Name, words));
        var others = (otherNames ?? []).Select(other => (Other: other, Name: AreaSpelled.Of(other.Name, words)))
            .ToLookup(other => (other.Other.Level, other.Other.Code));
        Names = new AreaNames(this, names, others);
        search = new AreaSearch(this, names, others);
    }

    /// <summary>The first day of the first list. A few units that were made here with an earlier day (a demonstration, an import) make no list of that day.</summary>
    public DateOnly FirstDay { get; }

    public int Count => rows.Length;

    /// <summary>The days on which at least one unit begins: between two of them nothing changes.</summary>
    internal IReadOnlyList<DateOnly> Turns { get; }

    internal AreaNames Names { get; }

    internal IReadOnlyList<AreaRow> Rows => rows;

    /// <summary>The version with that number; null where there is none.</summary>
    public AreaRow? Find(AreaId id) => byId.TryGetValue(id, out var index) ? rows[index] : null;

    /// <summary>Whether any unit bears or bore the code.</summary>
    public bool Knows(string code) => byCode.Contains(code);

    /// <summary>The unit that bears the code on that day.</summary>
    public AreaRow? ByCode(string code, DateOnly asOf)
    {
        var day = DayOf(asOf);
        return byCode[code].Select(i => rows[i]).FirstOrDefault(row => row.ValidOn(day));
    }

    /// <summary>What lies directly in the unit on that day, in the order of codes; of the whole country, the provinces, for 0.</summary>
    public IReadOnlyList<AreaRow> Children(AreaId id, DateOnly asOf)
    {
        var day = DayOf(asOf);
        var parent = id.Value == 0 ? -1 : byId.TryGetValue(id, out var index) ? VersionOn(index, day) : -2;
        return [.. byParent[parent].Select(i => rows[i]).Where(row => row.ValidOn(day)).OrderBy(row => row.Code, StringComparer.Ordinal)];
    }

    /// <summary>All versions of the unit through its renamings, itself included: a scope or a series of figures covers them all.
    /// Never across 1 July 2025; there, <see cref="AreaLinks"/> says what became what.</summary>
    public IReadOnlyList<AreaRow> Versions(AreaId id) => !byId.TryGetValue(id, out var index) ? []
        : rows[index].Code.Length == 0 ? [rows[index]]
        : [.. byCode[rows[index].Code].Where(i => SameUnit(i, index)).Select(i => rows[i])];

    /// <summary>For people: "Xã Phú Dương, Huyện Phú Vang, Tỉnh Thừa Thiên Huế". Communes share names, so a screen never shows one alone.</summary>
    public string Path(AreaId id) => byId.TryGetValue(id, out var index)
        ? string.Join(", ", Ancestry(index).Where(i => rows[i].Level != AreaLevel.Country).Select(i => rows[i].Name)) : "";

    /// <summary>The keys that a row of this area carries; those of its commune for a hamlet.</summary>
    public AreaKeys Keys(AreaId id) => byId.TryGetValue(id, out var index)
        ? new AreaKeys(IdAt(index, AreaLevel.Province), IdAt(index, AreaLevel.District), IdAt(index, AreaLevel.Commune)) : AreaKeys.Unknown;

    public AreaCounts Counts(DateOnly asOf)
    {
        var day = DayOf(asOf);
        Span<int> levels = stackalloc int[1 + (int)AreaLevel.Hamlet];
        foreach (var row in rows)
            if (row.ValidOn(day)) levels[(int)row.Level]++;
        return new AreaCounts(levels[(int)AreaLevel.Province], levels[(int)AreaLevel.District], levels[(int)AreaLevel.Commune]);
    }

    /// <summary>
    /// The units that a person may mean who types this, best first, at most 20: any spelling, with or without types, marks or the
    /// units above, in either order; the last word may be unfinished.
    /// </summary>
    /// <param name="within">Only this unit and what lies in it; 0 or null for the whole country.</param>
    public IReadOnlyList<AreaHit> Search(string? text, DateOnly asOf, AreaId? within = null) =>
        search.Find(text, DayOf(asOf), within is { Value: not 0 } root ? byId.TryGetValue(root, out var index) ? VersionOn(index, DayOf(asOf)) : -2 : -1);

    private DateOnly FirstWholeDay()
    {
        if (rows.Length == 0) return DateOnly.MinValue;
        var top = rows.Min(row => row.Level);
        var tops = Array.FindAll(rows, row => row.Level == top);
        var standing = Turns.Select(day => (Day: day, N: tops.Count(row => row.ValidOn(day)))).ToList();
        return standing.First(turn => turn.N * 2 >= standing.Max(other => other.N)).Day;
    }

    internal DateOnly DayOf(DateOnly asOf) => asOf < FirstDay ? FirstDay : asOf;

    internal int ParentAt(int index) => parents[index];

    internal int Index(AreaId id) => byId[id];

    /// <summary>The unit of that level that this one lies in, or is; -1 where there is none.</summary>
    internal int At(int index, AreaLevel level)
    {
        while (index >= 0 && rows[index].Level > level) index = parents[index];
        return index >= 0 && rows[index].Level == level ? index : -1;
    }

    /// <summary>The version of the same unit on that day; -1 where it does not stand then.</summary>
    internal int VersionOn(int index, DateOnly day)
    {
        if (rows[index].ValidOn(day)) return index;
        foreach (var other in byCode[rows[index].Code])
            if (rows[other].ValidOn(day) && SameUnit(index, other)) return other;
        return -2;
    }

    private bool SameUnit(int one, int other) => one == other
        || (rows[one].Level == rows[other].Level && rows[one].From < TwoLevelsFrom == rows[other].From < TwoLevelsFrom);

    private IEnumerable<int> Ancestry(int index)
    {
        for (; index >= 0; index = parents[index]) yield return index;
    }

    private AreaId IdAt(int index, AreaLevel level) => At(index, level) is >= 0 and var found ? rows[found].Id : default;

    private int ParentOf(AreaRow row)
    {
        if (row.Parent.Value == 0) return -1;
        if (!byId.TryGetValue(row.Parent, out var parent)) throw new ArgumentException($"Area {row.Id} lies in {row.Parent}, which is missing.");
        var above = rows[parent];
        if (above.Level >= row.Level || above.From > row.From || above.To < (row.To ?? DateOnly.MaxValue))
            throw new ArgumentException($"Area {row.Id} ({row.Name}) does not fit into {row.Parent} ({above.Name}).");
        return parent;
    }
}
