using PhongTuyen.Kernel;

namespace PhongTuyen.Areas;

/// <summary>
/// Which rows of the list of old and new communes can be believed: a row counts by its codes only where code, name and province agree with the lists; else by province and
/// name, with marks first; else it goes to a person. Codes of the source are wrong in more than 400 rows, some of them pointing to a
/// commune of the same name in another province.
/// </summary>
internal sealed class AreaLinkCheck(AreaBook book, IReadOnlyDictionary<string, string> provinces)
{
    private static readonly DateOnly LastOld = AreaBook.TwoLevelsFrom.AddDays(-1);
    private readonly AreaMatcher matcher = new(book);
    private readonly Dictionary<string, Dictionary<string, AreaLinkHow>> accepted = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AreaLinkRow> rows = new(StringComparer.Ordinal);
    private readonly HashSet<string> divided = new(StringComparer.Ordinal);
    private readonly List<(AreaLinkRow Row, AreaRow Old, string NewCode)> hints = [];

    public List<AreaLinkFinding> Findings { get; } = [];

    public void Add(AreaLinkRow row)
    {
        var (old, oldHow, olds) = Old(row);
        var (now, newHow, news) = New(row);
        // A code of another name: between 2022 and 2025 a merged commune took over the code of one of its parts, so that part went here too.
        var coded = book.ByCode(row.OldCode, LastOld);
        if (coded is not null && coded != old && now is not null) hints.Add((row, coded, now.Code));
        if (old is null)
        {
            Findings.Add(new AreaLinkFinding(row, AreaLinkFault.OldUnknown, coded is null ? olds : [coded.Id, .. olds.Where(id => id != coded.Id)]));
            return;
        }
        var fault = now is null ? AreaLinkFault.NewUnknown
            : provinces.GetValueOrDefault(ProvinceOf(old).Code) != ProvinceOf(now).Code ? AreaLinkFault.OtherProvince : (AreaLinkFault?)null;
        rows[old.Code] = row;
        // A row that cannot be read may hide a part of the commune: until a person has looked, what else is known of it is not the whole.
        if (fault is not null || IsPartial(row.Note)) divided.Add(old.Code);
        if (fault is { } found) Findings.Add(new AreaLinkFinding(row, found, news));
        else
        {
            var how = oldHow == AreaLinkHow.Code && newHow == AreaLinkHow.Code ? AreaLinkHow.Code : AreaLinkHow.Name;
            if (!accepted.TryGetValue(old.Code, out var same)) accepted[old.Code] = same = new Dictionary<string, AreaLinkHow>(StringComparer.Ordinal);
            if (!same.TryGetValue(now!.Code, out var before) || how < before) same[now.Code] = how;
        }
    }

    /// <summary>What can be believed; a crossed pair cannot.</summary>
    public List<AreaLink> Links()
    {
        // A hint alone makes no link; one that contradicts a link says that the commune was divided.
        foreach (var (row, old, now) in hints)
            if (accepted.TryGetValue(old.Code, out var links) && !links.ContainsKey(now) && divided.Add(old.Code))
                Findings.Add(new AreaLinkFinding(row, AreaLinkFault.CodeOfAnother, [old.Id]));
        List<AreaLink> all = [.. accepted.OrderBy(old => old.Key, StringComparer.Ordinal).SelectMany(old => old.Value.Select(now =>
            new AreaLink(old.Key, now.Key, old.Value.Count > 1 || divided.Contains(old.Key) ? AreaLinkKind.Partial : AreaLinkKind.Full, now.Value)))];
        foreach (var code in AreaLinkCrossings.Find(book, all).Order(StringComparer.Ordinal))
        {
            all.RemoveAll(link => link.OldCode == code);
            Findings.Add(new AreaLinkFinding(rows[code], AreaLinkFault.Crossed, [book.ByCode(code, LastOld)!.Id]));
        }
        return all;
    }

    private (AreaRow? Row, AreaLinkHow How, IReadOnlyList<AreaId> Candidates) Old(AreaLinkRow row)
    {
        if (row.OldName.Length == 0) return IslandDistrict(row);
        if (book.ByCode(row.OldCode, LastOld) is { Level: AreaLevel.Commune } coded && SameName(coded, row.OldName) && InProvince(coded, row.OldProvince, LastOld))
            return (coded, AreaLinkHow.Code, []);
        var match = matcher.Match(row.OldProvince, row.OldDistrict, row.OldName, LastOld);
        return match.Verdict == AreaVerdict.One && !match.How.HasFlag(AreaHow.OtherDate) ? (book.Find(match.Area), AreaLinkHow.Name, []) : (null, AreaLinkHow.Name, match.Candidates);
    }

    /// <summary>The source leaves the old side empty for the five island districts, which had no communes and became special zones.</summary>
    private (AreaRow?, AreaLinkHow, IReadOnlyList<AreaId>) IslandDistrict(AreaLinkRow row)
    {
        var same = book.Rows.Where(area => area.Level == AreaLevel.District && area.ValidOn(LastOld) && SameName(area, row.NewName) && book.Children(area.Id, LastOld).Count == 0).ToList();
        return (same is [var only] ? only : null, AreaLinkHow.Name, [.. same.Select(area => area.Id)]);
    }

    private (AreaRow? Row, AreaLinkHow How, IReadOnlyList<AreaId> Candidates) New(AreaLinkRow row)
    {
        if (book.ByCode(row.NewCode, AreaBook.TwoLevelsFrom) is { Level: AreaLevel.Commune } coded && SameName(coded, row.NewName)
            && AreaKinds.TypeOf(row.NewName) == AreaKinds.TypeOf(coded.Name) && InProvince(coded, row.NewProvince, AreaBook.TwoLevelsFrom))
            return (coded, AreaLinkHow.Code, []);
        var match = matcher.Match(row.NewProvince, null, row.NewName, AreaBook.TwoLevelsFrom);
        return match.Verdict == AreaVerdict.One && (match.How & (AreaHow.OtherDate | AreaHow.OtherType)) == 0 ? (book.Find(match.Area), AreaLinkHow.Name, [])
            : (null, AreaLinkHow.Name, match.Verdict == AreaVerdict.One ? [match.Area] : match.Candidates);
    }

    // The code already says which unit; the type may have changed since 2021.
    private static bool SameName(AreaRow area, string name) =>
        AreaNameKey.Of(AreaSpelling.Bare(area.Name)).Loose == AreaNameKey.Of(AreaSpelling.Bare(name)).Loose;

    private bool InProvince(AreaRow area, string province, DateOnly day) =>
        book.Names.Named(AreaLevel.Province, province, day, day, marks: true).Any(named => book.Rows[named.Row] == ProvinceOf(area));

    private AreaRow ProvinceOf(AreaRow area) => book.Rows[book.At(book.Index(area.Id), AreaLevel.Province)];

    private static bool IsPartial(string? note) => note is not null
        && (VietnameseText.Fold(note) is var folded && (folded.Contains("mot phan", StringComparison.Ordinal) || folded.Contains("partial", StringComparison.Ordinal)));
}
