namespace PhongTuyen.Areas;

/// <summary>
/// From written names to exactly one unit, or to the reason why not. It never guesses: where two units fit equally well, or the names
/// contradict each other, a person is asked. Without <paramref name="links"/> an address of three levels is not understood after 30 June 2025.
/// </summary>
public sealed partial class AreaMatcher(AreaBook book, AreaLinks? links = null)
{
    /// <summary>Days around the day asked for in which names and borders of other days are still accepted: three years, because files and
    /// habits outlive decrees.</summary>
    public const int Window = 1096;

    public const int MostCandidates = 20;

    /// <summary>The unit of the lowest level that a name is given for. Levels in between may be left out.</summary>
    /// <param name="asOf">The day whose units are meant; the answer is valid on it.</param>
    public AreaMatch Match(string? province, string? district, string? commune, DateOnly asOf) =>
        Match(AreaWritten.Of(province, district, commune), book.DayOf(asOf));

    private AreaMatch Match(IReadOnlyList<AreaWritten> written, DateOnly day)
    {
        if (written.Count == 0) return AreaMatch.Not(AreaVerdict.Unmatched, AreaReason.Nothing, null, []);
        var match = new AreaJoin(book, written, day, day).Match();
        if (match.Verdict == AreaVerdict.Ambiguous || (match.Verdict == AreaVerdict.One && !match.How.HasFlag(AreaHow.OtherType))) return match;
        var other = OldAddress(written, day) ?? OnOtherDay(written, day, match.Verdict == AreaVerdict.One);
        if (match.Verdict != AreaVerdict.One) return other is null || (other.Verdict, match.Verdict) == (AreaVerdict.Impossible, AreaVerdict.Impossible) ? match : other;
        if (other is null || other.Verdict == AreaVerdict.Impossible || other.Area == match.Area) return match;
        // A xã today, a phường of that name on another day, and a phường was written: only a person knows which.
        return AreaMatch.Not(AreaVerdict.Ambiguous, AreaReason.SameName, written[^1].Text, [match.Area, .. other.Verdict == AreaVerdict.One ? [other.Area] : other.Candidates]);
    }

    /// <summary>The second try: as the units lay before or after a change nearby, brought back to the day by the code where it still stands.</summary>
    private AreaMatch? OnOtherDay(IReadOnlyList<AreaWritten> written, DateOnly day, bool sameType)
    {
        foreach (var other in NearbyDays(day))
        {
            var match = new AreaJoin(book, written, other, day).Match();
            if (match.Verdict != AreaVerdict.One || (sameType && match.How.HasFlag(AreaHow.OtherType))) continue;
            var version = book.VersionOn(book.Index(match.Area), day);
            return version >= 0 ? AreaMatch.One(book.Rows[version].Id, match.How | AreaHow.OtherDate)
                : AreaMatch.Not(AreaVerdict.Unmatched, AreaReason.OtherDay, written[^1].Text, [match.Area]);
        }
        return null;
    }

    /// <summary>One day of each other state of the tree within the window, the nearest first.</summary>
    private IEnumerable<DateOnly> NearbyDays(DateOnly day)
    {
        var states = new List<(int Distance, DateOnly Day)>();
        for (var i = 0; i < book.Turns.Count; i++)
        {
            var last = i + 1 < book.Turns.Count ? book.Turns[i + 1].AddDays(-1) : DateOnly.MaxValue;
            if (book.Turns[i] > day) states.Add((book.Turns[i].DayNumber - day.DayNumber, book.Turns[i]));
            else if (last < day) states.Add((day.DayNumber - last.DayNumber, last));
        }
        return states.Where(state => state.Distance <= Window).OrderBy(state => state.Distance).Select(state => state.Day);
    }
}
