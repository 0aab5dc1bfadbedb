using System.Text.Json;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Worklists;

/// <summary>Acts on work, with what was done to each item.</summary>
public sealed class WorkActView(Db db)
{
    /// <summary>So many of one's own are shown, the newest.</summary>
    public const int MostMine = 30;

    /// <param name="Items">To how many something was done.</param>
    public sealed record Row(Guid Id, string List, WorkActKind Kind, string? ToName, string? Decision, string? Note, DateTimeOffset DoneAt, string DoneName, DateTimeOffset? UndoneAt, int Items);

    /// <param name="Shown">Null: about nobody, or somebody whom the visitor does not see.</param>
    /// <param name="Problem">Why nothing was done to it.</param>
    public sealed record One(Guid Id, PersonId? Person, string? Shown, WorkState StateBefore, string? OwnerNameBefore, Problem? Problem);

    private const string Columns = "a.id, a.list, a.kind, a.to_name, a.decision, a.note, a.done_at, a.done_name, a.undone_at, (SELECT count(*)::int FROM pt.worklist_act_item i WHERE i.act_id = a.id AND i.problem IS NULL) FROM pt.worklist_act a";

    public Task<Row?> OfAsync(Guid id, CancellationToken ct) => db.Connection.RowAsync<Row?>($"SELECT {Columns} WHERE a.id = $1", Read, ct, id);

    /// <summary>The visitor's own, newest first.</summary>
    public Task<List<Row>> MineAsync(CancellationToken ct) => db.Connection.RowsAsync($"SELECT {Columns} WHERE a.done_by = $1 ORDER BY a.done_at DESC, a.id DESC LIMIT {MostMine}", Read, ct, db.Visitor!.Account.Value);

    public Task<List<One>> ItemsAsync(Guid id, CancellationToken ct) => db.Connection.RowsAsync("""
        SELECT i.id, i.person_id, CASE WHEN p.id IS NOT NULL THEN coalesce(p.name, p.code, '?') END, i.state_before, i.owner_name_before, i.problem
        FROM pt.worklist_act_item i LEFT JOIN pt.person p ON p.id = i.person_id WHERE i.act_id = $1 ORDER BY i.problem IS NULL, p.name_key, i.id
        """, r => new One(r.GetGuid(0), r.Maybe<Guid>(1) is { } person ? new PersonId(person) : null, r.Text(2), (WorkState)r.GetInt16(3), r.Text(4), r.Text(5) is { } problem ? JsonSerializer.Deserialize<Problem>(problem) : null), ct, id);

    private static Row Read(Npgsql.NpgsqlDataReader r) => new(r.GetGuid(0), r.GetString(1), (WorkActKind)r.GetInt16(2), r.Text(3), r.Text(4), r.Text(5), r.GetFieldValue<DateTimeOffset>(6), r.GetString(7), r.Maybe<DateTimeOffset>(8), r.GetInt32(9));
}
