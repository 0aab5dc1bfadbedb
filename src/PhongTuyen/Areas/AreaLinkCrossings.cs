using PhongTuyen.Kernel;

namespace PhongTuyen.Areas;

/// <summary>
/// Two communes of one name that the source has exchanged: every code and name agrees, and still both are wrong. What gives them away is
/// their company: each goes where only communes of the other's district go.
/// </summary>
internal static class AreaLinkCrossings
{
    /// <summary>The old codes of all crossed pairs.</summary>
    public static HashSet<string> Find(AreaBook book, IReadOnlyList<AreaLink> links)
    {
        var day = AreaBook.TwoLevelsFrom.AddDays(-1);
        var communes = links.Where(link => link.Kind == AreaLinkKind.Full).Select(link => (link.NewCode, Old: book.ByCode(link.OldCode, day)))
            .Where(link => link.Old is { Level: AreaLevel.Commune }).Select(link => (link.NewCode, Old: link.Old!)).ToList();
        var company = communes.ToLookup(link => link.NewCode, link => link.Old);
        return [.. communes.GroupBy(link => AreaNameKey.Of(AreaSpelling.Bare(link.Old.Name)).Tone).SelectMany(same =>
            from one in same
            from other in same
            where one.Old.Parent != other.Old.Parent && one.NewCode != other.NewCode
                && GoesWith(one.NewCode, one.Old, other.Old) && GoesWith(other.NewCode, other.Old, one.Old)
            select one.Old.Code)];

        bool GoesWith(string newCode, AreaRow commune, AreaRow other)
        {
            var others = company[newCode].Where(row => row.Code != commune.Code).ToList();
            return others.Count > 0 && others.TrueForAll(row => row.Parent == other.Parent);
        }
    }
}
