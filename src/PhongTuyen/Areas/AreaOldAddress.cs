using PhongTuyen.Kernel;

namespace PhongTuyen.Areas;

/// <summary>
/// Addresses of three levels on a day that knows two. People go on writing them for years, and they are clear as long as the old commune
/// went into a new one as a whole; so there is no window here.
/// </summary>
public sealed partial class AreaMatcher
{
    private static readonly DateOnly LastOld = AreaBook.TwoLevelsFrom.AddDays(-1);

    private AreaMatch? OldAddress(IReadOnlyList<AreaWritten> written, DateOnly day)
    {
        if (links is null || day < AreaBook.TwoLevelsFrom) return null;
        var join = new AreaJoin(book, written, LastOld, LastOld);
        var old = join.Match();
        // Names of three levels that contradict each other do so today as well.
        var wrong = old.Verdict == AreaVerdict.Impossible ? old : null;
        var olds = (old.Verdict switch { AreaVerdict.One => [old.Area], AreaVerdict.Ambiguous => old.Candidates, _ => [] }).Select(id => book.Find(id)!).ToList();
        return written[^1].Level switch
        {
            AreaLevel.Province => olds is [var province] && links.Province(province.Code) is { } code ? Become(code, day, old.How) : wrong,
            AreaLevel.District => olds.Count == 0 ? wrong
                : AreaMatch.Not(AreaVerdict.Ambiguous, AreaReason.DistrictAbolished, written[^1].Text,
                    olds.SelectMany(district => book.Children(district.Id, LastOld)).SelectMany(c => links.From(c.Code)).SelectMany(link => Ids(link.NewCode, day))),
            _ => Commune(written, day, join, old, olds) ?? wrong,
        };
    }

    private AreaMatch? Commune(IReadOnlyList<AreaWritten> written, DateOnly day, AreaJoin join, AreaMatch old, List<AreaRow> olds)
    {
        var onward = olds.SelectMany(row => links!.From(row.Code)).ToList();
        // A new name under an old district or province: right where part of what lay under it went into that commune.
        var newer = new AreaJoin(book, [written[^1]], day, day).AsWritten()
            .Where(row => links!.To(book.Rows[row].Code).Any(link => book.ByCode(link.OldCode, LastOld) is { } from && join.LiesUnder(book.Index(from.Id))))
            .Select(row => book.Rows[row].Id);
        var all = onward.SelectMany(link => Ids(link.NewCode, day)).Concat(newer).Distinct().ToList();
        if (all.Count == 0)
            return olds.Count == 0 ? null : AreaMatch.Not(AreaVerdict.Unmatched, AreaReason.OtherDay, written[^1].Text, olds.Select(row => row.Id));
        var whole = onward.TrueForAll(link => link.Kind == AreaLinkKind.Full) && olds.TrueForAll(row => links!.From(row.Code).Count > 0);
        return all.Count == 1 && whole ? AreaMatch.One(all[0], (olds.Count == 1 ? old.How : AreaHow.AsWritten) | AreaHow.OldAddress)
            : AreaMatch.Not(AreaVerdict.Ambiguous, whole ? AreaReason.SameName : AreaReason.Divided, written[^1].Text, all);
    }

    private AreaMatch? Become(string code, DateOnly day, AreaHow how) =>
        book.ByCode(code, day) is { } row ? AreaMatch.One(row.Id, how | AreaHow.OldAddress) : null;

    private IEnumerable<AreaId> Ids(string code, DateOnly day) => book.ByCode(code, day) is { } row ? [row.Id] : [];
}
