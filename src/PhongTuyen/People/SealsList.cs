using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.People;

/// <summary>Sealed records of the visitor's units, and those the visitor is named for; and who could be named.</summary>
public sealed class SealsList(Db db)
{
    public const int Page = 30;

    /// <param name="Person">Null where the visitor does not see the person.</param>
    /// <param name="Mine">Whether it is the visitor's to change.</param>
    public sealed record Row(Guid Id, PersonId? Person, string? Shown, string Unit, string Reason, DateTimeOffset At, string By, string Keys, bool Mine);

    public sealed record Found(IReadOnlyList<Row> Rows, Guid? More);

    public sealed record Holder(AccountId Account, string Name, string Unit, DateTimeOffset At);

    /// <param name="Id">The seal.</param>
    public sealed record Seal(Guid Id, string Reason, DateTimeOffset At, string By, IReadOnlyList<Holder> Holders);

    /// <summary>The newest first.</summary>
    public async Task<Found> FindAsync(Guid? behind, CancellationToken ct)
    {
        var rows = await db.Connection.RowsAsync($"""
            SELECT s.id, p.id, coalesce(p.name, p.code), u.name, s.reason, s.sealed_at, coalesce(a.display_name, '?'),
              coalesce((SELECT string_agg(h.name, ', ') FROM pt.seal_holders(s.id) h), ''), pt.holds_seal(s.id)
            FROM pt.person_seal s JOIN pt.unit u ON u.id = s.unit_id LEFT JOIN pt.account a ON a.id = s.sealed_by LEFT JOIN pt.person p ON p.id = s.person_id
            WHERE s.lifted_at IS NULL AND ($1::uuid IS NULL OR s.id < $1) ORDER BY s.id DESC LIMIT {Page + 1}
            """, r => new Row(r.GetGuid(0), r.Maybe<Guid>(1) is { } person ? new PersonId(person) : null, r.Text(2), r.GetString(3), r.GetString(4), r.GetFieldValue<DateTimeOffset>(5), r.GetString(6), r.GetString(7), r.GetBoolean(8)), ct, behind);
        return new Found([.. rows.Take(Page)], rows.Count > Page ? rows[Page - 1].Id : null);
    }

    /// <summary>The seal in force on a person whom the visitor sees; null: none.</summary>
    public async Task<Seal?> OfAsync(PersonId person, CancellationToken ct)
    {
        var seal = await db.Connection.RowAsync<Seal?>("SELECT s.id, s.reason, s.sealed_at, coalesce(a.display_name, '?') FROM pt.person_seal s LEFT JOIN pt.account a ON a.id = s.sealed_by WHERE s.person_id = $1 AND s.lifted_at IS NULL",
            r => new Seal(r.GetGuid(0), r.GetString(1), r.GetFieldValue<DateTimeOffset>(2), r.GetString(3), []), ct, person.Value);
        return seal is null ? null : seal with
        {
            Holders = await db.Connection.RowsAsync("SELECT account_id, name, unit, given_at FROM pt.seal_holders($1)",
                r => new Holder(new AccountId(r.GetGuid(0)), r.GetString(1), r.GetString(2), r.GetFieldValue<DateTimeOffset>(3)), ct, seal.Id),
        };
    }
}

/// <param name="Cares">The person stays in the account's unit.</param>
public sealed record SealCandidate(AccountId Id, string Name, UnitId Unit, string UnitName, bool Cares);

public static class SealCandidates
{
    /// <summary>Who could be named for a sealed record: those who work for persons in the visitor's unit, and in the units that have to do with the person now.</summary>
    public static Task<List<SealCandidate>> SealCandidatesAsync(this Db db, PersonId person, CancellationToken ct) => db.Connection.RowsAsync("SELECT account_id, name, unit_id, unit, cares FROM pt.seal_candidates($1, $2, $3)",
        r => new SealCandidate(new AccountId(r.GetGuid(0)), r.GetString(1), new UnitId(r.GetInt32(2)), r.GetString(3), r.GetBoolean(4)), ct, person.Value, Roles.With(Permission.SeePersons), db.Clock.GetUtcNow());
}
