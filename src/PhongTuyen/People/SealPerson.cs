using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People.Contract;

namespace PhongTuyen.People;

/// <summary>
/// Seals a record (niêm phong hồ sơ): from then on only those who are named for it see the person, among those who would see them anyhow. Names others, takes a name back, and lifts the seal.
/// </summary>
public sealed class SealPerson(Db db)
{
    public const int ReasonMost = 300;
    /// <summary>So many may be named: more is no seal.</summary>
    public const int KeysMost = 30;

    /// <param name="Keys">Who is named for it besides the visitor.</param>
    public sealed record Input(Guid Intent, PersonId Person, [property: Most(ReasonMost)] string? Reason, IReadOnlyList<AccountId> Keys);

    public Task<Outcome<Guid>> RunAsync(Input input, CancellationToken ct) => db.OnceAsync(input.Intent, "person.seal", input, async () =>
    {
        if (!await db.TiedAsync(input.Person, ct)) return Refusals.NotFound();
        if (VietnameseText.Clean(input.Reason) is not { Length: >= 5 } reason) return Problems.ReasonOfSeal();
        if ((await db.RecordsOfAsync(input.Person, ct)).Count > 1) return Problems.MergedNotSealed();
        if (input.Keys.Count >= KeysMost) return Problems.TooManyKeys(KeysMost);
        if (await db.Connection.ValueAsync<bool>("SELECT EXISTS (SELECT 1 FROM pt.person_seal WHERE person_id = $1 AND lifted_at IS NULL)", ct, input.Person.Value)) return Problems.SealedAlready();
        var (now, me, candidates) = (db.Clock.GetUtcNow(), db.Visitor!, await db.SealCandidatesAsync(input.Person, ct));
        if (!input.Keys.All(key => candidates.Any(one => one.Id == key))) return Problems.NobodyToName();
        // Whoever treats the person must not lose sight of them over night.
        if (candidates.Where(one => one.Cares).GroupBy(one => one.Unit).FirstOrDefault(unit => !unit.Any(one => one.Id == me.Account || input.Keys.Contains(one.Id))) is { } left) return Problems.NobodyWhoCares(left.First().UnitName);
        await db.Connection.RunAsync("INSERT INTO pt.person_seal (id, person_id, unit_id, reason, sealed_at, sealed_by) VALUES ($1, $2, $3, $4, $5, $6)", ct, input.Intent, input.Person.Value, me.Unit.Value, reason, now, me.Account.Value);
        foreach (var account in input.Keys.Prepend(me.Account).Distinct()) await NameAsync(input.Intent, account, now, ct);
        db.Tell(new PersonSealed(input.Person, input.Intent), reason);
        await db.SaveChangesAsync(ct);
        return (Outcome<Guid>)input.Intent;
    }, ct);

    public Task<Outcome<Nothing>> GiveAsync(Guid seal, AccountId account, CancellationToken ct) => db.WholeAsync<Nothing>(async () =>
    {
        if (await PersonOfAsync(seal, ct) is not { } person) return Refusals.NotFound();
        if (await db.Connection.ValueAsync<long>("SELECT count(*) FROM pt.person_key WHERE seal_id = $1 AND ended_at IS NULL", ct, seal) >= KeysMost) return Problems.TooManyKeys(KeysMost);
        if ((await db.SealCandidatesAsync(person, ct)).All(one => one.Id != account)) return Problems.NobodyToName();
        await NameAsync(seal, account, db.Clock.GetUtcNow(), ct);
        db.Tell(new SealKeyChanged(person, account, Given: true));
        await db.SaveChangesAsync(ct);
        return Nothing.Value;
    }, ct);

    public Task<Outcome<Nothing>> EndAsync(Guid seal, AccountId account, CancellationToken ct) => db.WholeAsync<Nothing>(async () =>
    {
        if (await PersonOfAsync(seal, ct) is not { } person) return Refusals.NotFound();
        // Told while it is seen: the name may be the visitor's own.
        db.Tell(new SealKeyChanged(person, account, Given: false));
        await db.SaveChangesAsync(ct);
        return await db.Connection.RunAsync("UPDATE pt.person_key SET ended_at = $3, ended_by = $4 WHERE seal_id = $1 AND account_id = $2 AND ended_at IS NULL", ct, seal, account.Value, db.Clock.GetUtcNow(), db.Visitor!.Account.Value) == 1 ? Nothing.Value : Refusals.Changed();
    }, ct);

    public Task<Outcome<Nothing>> LiftAsync(Guid seal, string? why, CancellationToken ct) => db.WholeAsync<Nothing>(async () =>
    {
        if (await PersonOfAsync(seal, ct) is not { } person) return Refusals.NotFound();
        if (VietnameseText.Clean(why) is not { Length: >= 5 } reason) return Problems.ReasonOfSeal();
        if (Inputs.TooLong("reason", reason, ReasonMost) is { } tooLong) return tooLong;
        if (await db.Connection.RunAsync("UPDATE pt.person_seal SET lifted_at = $2, lifted_by = $3, lift_reason = $4 WHERE id = $1 AND lifted_at IS NULL", ct, seal, db.Clock.GetUtcNow(), db.Visitor!.Account.Value, reason) == 0) return Refusals.Changed();
        db.Tell(new PersonUnsealed(person, seal), reason);
        await db.SaveChangesAsync(ct);
        return Nothing.Value;
    }, ct);

    /// <summary>Null where there is no such seal in force, or none that is the visitor's to change.</summary>
    private async Task<PersonId?> PersonOfAsync(Guid seal, CancellationToken ct) =>
        await db.Connection.ValueAsync<Guid?>("SELECT person_id FROM pt.person_seal WHERE id = $1 AND lifted_at IS NULL AND pt.holds_seal(id)", ct, seal) is { } person ? new PersonId(person) : null;

    private Task NameAsync(Guid seal, AccountId account, DateTimeOffset now, CancellationToken ct) =>
        db.Connection.RunAsync("INSERT INTO pt.person_key (id, seal_id, account_id, given_at, given_by) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (seal_id, account_id) WHERE ended_at IS NULL DO NOTHING", ct, db.Clock.NewGuid(), seal, account.Value, now, db.Visitor!.Account.Value);
}
