using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Areas;

public enum AreaFindingState
{
    Open = 0,
    Linked = 1,
    SetAside = 2,
}

/// <summary>
/// Rows of the source of links that contradict the lists of units, for a person to look at: about two hundred in all. Whoever looks after
/// a province, a district or the whole country sees those whose written place is theirs.
/// </summary>
public sealed class AreaLinkFindings(Db db, AreaStore areas)
{
    public const int Page = 50;
    internal static readonly DateOnly LastOld = AreaBook.TwoLevelsFrom.AddDays(-1);

    /// <param name="OldText">As the source has it: code, name, district, province.</param>
    public sealed record Finding(int Id, string OldText, string NewText, AreaLinkFault Fault, IReadOnlyList<AreaId> OldCandidates, IReadOnlyList<AreaId> NewCandidates, AreaFindingState State, DateTimeOffset? DecidedAt, string? Reason)
    {
        /// <summary>The old province where it can be read, else the new one; null where neither can.</summary>
        public AreaId? Province { get; init; }
        /// <summary>Where the row says that it lies: what a scope is compared with.</summary>
        internal IReadOnlyList<AreaKeys> Places { get; init; } = [];
    }

    /// <param name="More">The number behind which the next page begins; null on the last one.</param>
    public sealed record Found(IReadOnlyList<Finding> Rows, int? More, IReadOnlyDictionary<AreaFindingState, int> Counts, IReadOnlyList<AreaId> Provinces);

    public async Task<Found> FindAsync(AreaFindingState state, AreaId? province, AreaLinkFault? fault, int behind, CancellationToken ct)
    {
        var mine = (await ReadAsync("true", 0, ct)).Where(Covers).ToList();
        var narrowed = mine.Where(finding => (province is null || finding.Province == province) && (fault is null || finding.Fault == fault)).ToList();
        var rows = narrowed.Where(finding => finding.State == state && finding.Id > behind).Take(Page + 1).ToList();
        return new Found([.. rows.Take(Page)], rows.Count > Page ? rows[Page - 1].Id : null, narrowed.CountBy(finding => finding.State).ToDictionary(),
            [.. mine.Select(finding => finding.Province).OfType<AreaId>().Distinct().OrderBy(id => areas.Book.Find(id)!.Code, StringComparer.Ordinal)]);
    }

    /// <summary>Null where it is not there or does not lie in the visitor's area.</summary>
    public async Task<Finding?> OneAsync(int id, CancellationToken ct) => (await ReadAsync("id = $1", id, ct)).FirstOrDefault(Covers);

    /// <summary>Old communes of which nothing is known yet: addresses there stay as they are.</summary>
    public Task<int> MissingAsync(CancellationToken ct) => db.Connection.ValueAsync<int>("""
        SELECT count(*)::int FROM pt.area a WHERE a.level = 3 AND a.source = 1 AND a.valid_from <= $1 AND a.valid_to >= $1 AND NOT EXISTS (SELECT 1 FROM pt.area_link l WHERE l.old_id = a.id)
        """, ct, LastOld);

    private bool Covers(Finding finding) => db.Scope.Provinces.Contains(AreaStore.Country) || finding.Places.Any(place => db.Scope.Covers(default, place));

    private async Task<List<Finding>> ReadAsync(string where, int id, CancellationToken ct)
    {
        var rows = await db.Connection.RowsAsync($"SELECT id, old_text, new_text, fault, old_candidates, new_candidates, state, decided_at, reason FROM pt.area_link_finding WHERE $1 >= 0 AND {where} ORDER BY id",
            r => new Finding(r.GetInt32(0), r.GetString(1), r.GetString(2), Enum.Parse<AreaLinkFault>(r.GetString(3)), Ids(r.GetFieldValue<int[]>(4)), Ids(r.GetFieldValue<int[]>(5)), (AreaFindingState)r.GetInt16(6), r.Maybe<DateTimeOffset>(7), r.Text(8)), ct, id);
        var known = new Dictionary<(string, DateOnly), AreaId?>();
        return [.. rows.Select(row => Placed(row, known))];
    }

    /// <summary>Reads the written province and district on both sides.</summary>
    private Finding Placed(Finding row, Dictionary<(string, DateOnly), AreaId?> known)
    {
        var (old, now) = (row.OldText.Split(", "), row.NewText.Split(", "));
        var ends = new[]
        {
            old.Length > 2 ? Read($"{old[^2]}, {old[^1]}", LastOld) ?? Read(old[^1], LastOld) : null,
            now.Length > 1 ? Read(now[^1], AreaBook.TwoLevelsFrom) : null,
        };
        var places = ends.OfType<AreaId>().Select(areas.Book.Keys).ToList();
        return row with { Places = places, Province = places.Count > 0 ? places[0].Province : null };

        AreaId? Read(string text, DateOnly day)
        {
            if (known.TryGetValue((text, day), out var found)) return found;
            var match = areas.Matcher.MatchText(text, day).Match;
            return known[(text, day)] = match.Verdict == AreaVerdict.One ? match.Area : null;
        }
    }

    private static AreaId[] Ids(int[] ids) => [.. ids.Select(AreaId.Of)];
}
