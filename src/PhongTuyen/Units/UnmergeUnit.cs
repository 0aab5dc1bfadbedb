using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Units;

/// <summary>
/// Takes a unit out of the one that it was merged into: every record that moved is where it was. By who merged it, whole or not at all, and only while nothing came since of which nobody could say
/// under which of the two it belongs: nothing was entered under either, nothing that moved was changed, and no act, merge or closing builds upon the two.
/// </summary>
public sealed class UnmergeUnit(Db db, TimeProvider clock)
{
    /// <summary>So many of what stands in the way are listed; how many there are is said.</summary>
    public const int MostListed = 200;

    /// <param name="Of">The intent with which it was merged.</param>
    public sealed record Input(Guid Intent, Guid Of, string Reason);

    /// <param name="Unit">The one that stands again.</param>
    public sealed record Parted(UnitId Unit, UnitId From, int Stays, int Accounts, int Cases);

    /// <summary>Something that builds upon a merge, as a refusal names it in <see cref="Problem.Field"/>.</summary>
    /// <param name="Kind">A word of <c>word.entry.</c></param>
    /// <param name="Id">Of the record; null where it has a number.</param>
    /// <param name="Person">Whom it is about; the page says their name only to who sees them.</param>
    public sealed record Later(string Kind, Guid? Id, PersonId? Person, int? Number)
    {
        public override string ToString() => $"{Kind}/{Id}/{Person?.Value}/{Number}";

        public static Later? Read(string? field) => field?.Split('/') is [var kind, var id, var person, var number]
            ? new Later(kind, Guid.TryParse(id, out var record) ? record : null, Guid.TryParse(person, out var about) ? new PersonId(about) : null, int.TryParse(number, out var no) ? no : null) : null;
    }

    /// <summary>Merges of the visitor's own into this unit, or of it into another, that were not taken back; counted are the stays that moved.</summary>
    public Task<List<OwnAct>> MineAsync(UnitId unit, CancellationToken ct) => db.Connection.RowsAsync("""
        SELECT m.id, m.merged_at, m.stays, u.name FROM pt.unit_merge m JOIN pt.unit u ON u.id = m.unit_id
         WHERE (m.unit_id = $1 OR m.into_id = $1) AND m.merged_by = $2 AND m.undone_at IS NULL ORDER BY m.no DESC LIMIT 20
        """, r => new OwnAct(r.GetGuid(0), r.GetFieldValue<DateTimeOffset>(1), r.GetInt32(2), r.GetString(3)), ct, unit.Value, db.Visitor!.Account.Value);

    public Task<Outcome<Parted>> RunAsync(Input input, CancellationToken ct) => db.OnceAsync(input.Intent, "unit.unmerge", input, async () =>
    {
        if (await LaterAsync(input.Of, ct) is { Count: > 0 } depends) return depends;
        var back = await db.Connection.RowAsync("SELECT unit, from_unit, persons, stays, accounts, cases FROM pt.unit_unmerged($1, $2)",
            r => (Persons: r.GetFieldValue<Guid[]>(2), Parted: new Parted(new UnitId(r.GetInt32(0)), new UnitId(r.GetInt32(1)), r.GetInt32(3), r.GetInt32(4), r.GetInt32(5))), ct, input.Of, clock.GetUtcNow());
        if (back.Persons is null) return Refusals.NotFound();
        var parted = back.Parted;
        db.Tell(new UnitUnmerged(parted.Unit, parted.From, parted.Stays, parted.Accounts, parted.Cases, [.. back.Persons.Select(person => new PersonId(person))]), VietnameseText.Clean(input.Reason));
        await db.SaveChangesAsync(ct);
        return (Outcome<Parted>)parted;
    }, ct);

    private async Task<List<Problem>> LaterAsync(Guid merge, CancellationToken ct)
    {
        var later = await db.Connection.RowsAsync($"SELECT kind, why, id, person, unit, count(*) OVER ()::int FROM pt.unit_merge_later($1) ORDER BY why, kind, id, unit LIMIT {MostListed}",
            r => (What: new Later(r.GetString(0), r.Maybe<Guid>(2), r.Maybe<Guid>(3) is { } person ? new PersonId(person) : null, r.Maybe<int>(4)), Why: r.GetString(1), All: r.GetInt32(5)), ct, merge);
        return later.Count == 0 ? [] : [Refusals.DependsOn(later[0].All), .. later.Select(one => (one.Why switch
        {
            "changed" => Problems.MovedOn(one.What.Kind),
            "entered" => Problems.EnteredSince(one.What.Kind),
            "closed" => Problems.StandsClosed(),
            _ => Problems.BuiltUpon(one.What.Kind),
        }).At(one.What.ToString()))];
    }
}
