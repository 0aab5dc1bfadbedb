using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.People.Matching;

/// <summary>The records that are one person, and the merges that say so.</summary>
public sealed class PersonRecords(Db db)
{
    /// <param name="Root">Stands for the person.</param>
    /// <param name="All">With it.</param>
    public sealed record Group(PersonId Root, IReadOnlyList<PersonId> All);

    public sealed record Merge(Guid Id, PersonId Kept, PersonId Joined, string KeptName, string JoinedName, DateTimeOffset At, string By, string Unit, string? Reason, DateTimeOffset? SplitAt, string? SplitBy, string? SplitReason);

    /// <summary>Null where the visitor sees no such record.</summary>
    public async Task<Group?> OfAsync(PersonId record, CancellationToken ct)
    {
        var all = await db.Connection.RowsAsync("SELECT o.id, o.same_as IS NULL FROM pt.person o WHERE o.id = ANY (pt.records_of($1)) ORDER BY o.id",
            r => (Id: new PersonId(r.GetGuid(0)), Root: r.GetBoolean(1)), ct, record.Value);
        return all.Count == 0 ? null : new Group(all.Find(one => one.Root).Id, [.. all.Select(one => one.Id)]);
    }

    /// <summary>Null where the visitor does not see both records.</summary>
    public async Task<Merge?> MergeAsync(Guid id, CancellationToken ct) => (await AskAsync("m.id = $1", ct, id)).FirstOrDefault();

    /// <summary>All merges of these records, undone ones too, the oldest first.</summary>
    public Task<List<Merge>> MergesAsync(IReadOnlyList<PersonId> records, CancellationToken ct) => AskAsync("m.kept_id = ANY ($1) OR m.joined_id = ANY ($1)", ct, (object)records.Select(record => record.Value).ToArray());

    private Task<List<Merge>> AskAsync(string which, CancellationToken ct, params object?[] values) => db.Connection.RowsAsync($"""
        SELECT m.id, m.kept_id, m.joined_id, coalesce(k.name, k.code, '?'), coalesce(j.name, j.code, '?'), m.merged_at, coalesce(a.display_name, '?'), coalesce(u.name, ''), m.reason, m.split_at, b.display_name, m.split_reason
        FROM pt.person_merge m JOIN pt.person k ON k.id = m.kept_id JOIN pt.person j ON j.id = m.joined_id LEFT JOIN pt.account a ON a.id = m.merged_by LEFT JOIN pt.account b ON b.id = m.split_by LEFT JOIN pt.unit u ON u.id = m.unit_id
        WHERE {which} ORDER BY m.merged_at, m.id
        """, r => new Merge(r.GetGuid(0), new(r.GetGuid(1)), new(r.GetGuid(2)), r.GetString(3), r.GetString(4), r.GetFieldValue<DateTimeOffset>(5), r.GetString(6), r.GetString(7), r.Text(8), r.Maybe<DateTimeOffset>(9), r.Text(10), r.Text(11)), ct, values);

    /// <summary>Which record stands for each, by the merges that hold, the oldest first: the one that a merge keeps stands for all that the other stood for.</summary>
    public static IReadOnlyDictionary<PersonId, PersonId> Roots(IReadOnlyList<PersonId> records, IReadOnlyList<(PersonId Kept, PersonId Joined)> merges)
    {
        var roots = records.ToDictionary(record => record);
        foreach (var (kept, joined) in merges)
        {
            var (root, gone) = (roots[kept], roots[joined]);
            foreach (var record in records)
                if (roots[record] == gone) roots[record] = root;
        }
        return roots;
    }
}
