using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.People.Contract;

/// <summary>
/// The records of one person (hồ sơ đã gộp). A merge moves nothing: every stay, case and result stays with the record under which it was written. Whoever asks what a person has asks for all records.
/// </summary>
public static class Records
{
    /// <summary>All records of the person whose record this is; itself where there is no other.</summary>
    public static async Task<IReadOnlyList<PersonId>> RecordsOfAsync(this Db db, PersonId record, CancellationToken ct) =>
        [.. (await db.Connection.ValueAsync<Guid[]>("SELECT pt.records_of($1)", ct, record.Value))!.Select(id => new PersonId(id))];

    /// <summary>Those of these records that the visitor sees.</summary>
    public static async Task<HashSet<PersonId>> VisibleAsync(this Db db, IReadOnlyCollection<PersonId> records, CancellationToken ct) =>
        records.Count == 0 ? [] : [.. await db.Connection.RowsAsync("SELECT id FROM pt.person WHERE id = ANY ($1)", r => new PersonId(r.GetGuid(0)), ct, records.Select(record => record.Value).ToArray())];

    /// <summary>The record that stands for the person: the one whose page shows all.</summary>
    public static async Task<PersonId> RootOfAsync(this Db db, PersonId record, CancellationToken ct) =>
        await db.Connection.ValueAsync<Guid?>("SELECT same_as FROM pt.person WHERE id = $1", ct, record.Value) is { } root ? new PersonId(root) : record;
}

/// <summary>Two records were said to be one person. Heard when it is so already.</summary>
/// <param name="Kept">The record that stands for the person now.</param>
/// <param name="Records">All of them.</param>
public sealed record PersonsMerged(Guid Merge, PersonId Kept, PersonId Joined, IReadOnlyList<PersonId> Records) : IEvent
{
    public static string Act => "person.merged";
    public IReadOnlyList<PersonId> Persons => Records;
    public (string, string) Subject => ("person", Kept.ToString());
}

/// <summary>A merge was undone: its records are two persons again. Heard when it is so already.</summary>
/// <param name="Records">All that were one person.</param>
public sealed record PersonsSplit(Guid Merge, PersonId Kept, PersonId Joined, IReadOnlyList<PersonId> Records) : IEvent
{
    public static string Act => "person.split";
    public IReadOnlyList<PersonId> Persons => Records;
    public (string, string) Subject => ("person", Kept.ToString());
}

/// <summary>Two records that are alike were looked at: one person, or two; or the decision was taken back.</summary>
public sealed record MatchesDecided(IReadOnlyList<Guid> Matches, IReadOnlyList<PersonId> Persons, string As) : IEvent
{
    public static string Act => "match.decided";
    public (string, string) Subject => ("match", Matches.Count == 1 ? Matches[0].ToString() : "list");
}
