using PhongTuyen.Kernel;

namespace PhongTuyen.Areas;

/// <summary>A name as it was written, and the level that it was written for.</summary>
internal readonly record struct AreaWritten(AreaLevel Level, string Text)
{
    /// <summary>The names that were written at all, from the province down.</summary>
    public static IReadOnlyList<AreaWritten> Of(string? province, string? district, string? commune)
    {
        var written = new List<AreaWritten>(3);
        if (VietnameseText.Clean(province) is { } first) written.Add(new(AreaLevel.Province, first));
        if (VietnameseText.Clean(district) is { } second) written.Add(new(AreaLevel.District, second));
        if (VietnameseText.Clean(commune) is { } third) written.Add(new(AreaLevel.Commune, third));
        return written;
    }
}

/// <summary>
/// The names of one address against the tree of one day. Every written name must be that of the unit or of what it lies in; of several
/// units, one is chosen only where it fits at least as well in every name and better in one.
/// </summary>
internal sealed class AreaJoin
{
    private sealed record Fit(int Row, int[] Misfits);

    private readonly AreaBook book;
    private readonly IReadOnlyList<AreaWritten> written;
    private readonly Dictionary<int, int>[] hits;
    private readonly int target;

    /// <param name="day">The day whose tree is used.</param>
    /// <param name="asked">The day that the answer is for.</param>
    public AreaJoin(AreaBook book, IReadOnlyList<AreaWritten> written, DateOnly day, DateOnly asked)
    {
        (this.book, this.written, target) = (book, written, written.Count - 1);
        // Who writes marks in one name means their absence in another: "Thanh An" beside "Vĩnh Thạnh" is not "Thạnh An".
        var marks = written.Any(name => AreaSpelling.HasMarks(name.Text));
        hits = [.. written.Select(name => book.Names.Named(name.Level, name.Text, day, asked, marks).ToDictionary(named => named.Row, named => named.Misfit))];
    }

    /// <summary>Whether the unit lies under the written names above the lowest one.</summary>
    public bool LiesUnder(int row) => Enumerable.Range(0, target).All(i => hits[i].ContainsKey(book.At(row, written[i].Level)));

    /// <summary>The units that bear the lowest name just as it was written.</summary>
    public IEnumerable<int> AsWritten() => hits[target].Where(hit => hit.Value == 0).Select(hit => hit.Key);

    public AreaMatch Match()
    {
        var fits = Fits([.. Enumerable.Range(0, written.Count)]);
        if (fits.Count == 0) return Diagnose();
        var best = fits.FindAll(fit => !fits.Exists(other => Better(other, fit)));
        if (best.Count > 1) return AreaMatch.Not(AreaVerdict.Ambiguous, AreaReason.SameName, written[target].Text, Ids(best));
        for (var i = 0; i < written.Count; i++)
            if (Rivals(best[0], i) is { Count: > 0 } rivals)
                return AreaMatch.Not(AreaVerdict.Impossible, AreaReason.Contradiction, written[i].Text, Ids(best).Concat(rivals.Select(Id)));
        return AreaMatch.One(Id(best[0].Row), How(best[0].Misfits));
    }

    private List<Fit> Fits(int[] fields)
    {
        var fits = new List<Fit>();
        foreach (var (row, misfit) in hits[fields[^1]])
        {
            var misfits = new int[fields.Length];
            misfits[^1] = misfit;
            if (Enumerable.Range(0, fields.Length - 1).All(i => hits[fields[i]].TryGetValue(book.At(row, written[fields[i]].Level), out misfits[i])))
                fits.Add(new Fit(row, misfits));
        }
        return fits;
    }

    /// <summary>Units of the same province that fit this name better, where the chosen one fits it badly: then either the name or the place is wrong.</summary>
    private List<int> Rivals(Fit chosen, int field)
    {
        var level = written[field].Level;
        if (chosen.Misfits[field] is 0 or AreaNamed.ByOtherName || level == AreaLevel.Province) return [];
        var own = book.At(chosen.Row, level);
        var province = book.At(chosen.Row, AreaLevel.Province);
        return [.. hits[field].Where(hit => hit.Value < chosen.Misfits[field] && hit.Key != own && book.At(hit.Key, AreaLevel.Province) == province)
            .Select(hit => hit.Key).Order()];
    }

    private AreaMatch Diagnose()
    {
        var known = Enumerable.Range(0, written.Count).Where(i => hits[i].Count > 0).ToArray();
        if (known.Length < written.Count)
            return AreaMatch.Not(AreaVerdict.Unmatched, AreaReason.UnknownName, written[Array.FindLastIndex(hits, field => field.Count == 0)].Text,
                known.Length == 0 ? [] : Ids(Fits(known)));
        // Where the names do exist: first the lowest with as many as possible of those above it, then it alone.
        int[][] partly = written.Count == 3 ? [[1, 2], [0, 2], [2], [0, 1]] : [[target]];
        return AreaMatch.Not(AreaVerdict.Impossible, AreaReason.WrongParent, written[target].Text, partly.SelectMany(fields => Ids(Fits(fields))));
    }

    private static bool Better(Fit one, Fit other)
    {
        var better = false;
        for (var i = 0; i < one.Misfits.Length; i++)
        {
            if (one.Misfits[i] > other.Misfits[i]) return false;
            better |= one.Misfits[i] < other.Misfits[i];
        }
        return better;
    }

    private static AreaHow How(int[] misfits) => misfits.Aggregate(AreaHow.AsWritten, (how, misfit) => how
        | (misfit >= AreaNamed.OtherType ? AreaHow.OtherType : 0)
        | (misfit % AreaNamed.OtherType) switch { 0 => AreaHow.AsWritten, AreaNamed.ByOtherName => AreaHow.OtherName, _ => AreaHow.OtherSpelling });

    private AreaId Id(int row) => book.Rows[row].Id;

    private IEnumerable<AreaId> Ids(IEnumerable<Fit> fits) => fits.OrderBy(fit => fit.Misfits.Sum()).ThenBy(fit => fit.Row).Select(fit => Id(fit.Row));
}
