using Microsoft.EntityFrameworkCore;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People.Contract;

namespace PhongTuyen.People;

/// <summary>A person moves to another household, leaves theirs, or two households become one (chuyển hộ, tách hộ, gộp hộ); each can be taken back by who did it.</summary>
public sealed class MoveHousehold(Db db, TimeProvider clock)
{
    private const string Kind = "household.move";

    /// <param name="With">In whose household they live from now on; null: in none.</param>
    /// <param name="Everybody">All of the person's household that the visitor sees, not the person alone.</param>
    public sealed record Input(Guid Intent, PersonId Person, PersonId? With, bool Everybody);

    /// <summary>Where a person lived before.</summary>
    public sealed record Was(PersonId Person, Guid? Household, bool Head);

    /// <param name="Before">Everybody whose household became another, and the one who had none.</param>
    public sealed record Moved(Guid? To, int Count, IReadOnlyList<Was> Before);

    public Task<Outcome<Moved>> RunAsync(Input input, CancellationToken ct) => db.OnceAsync(input.Intent, Kind, input, async () =>
    {
        if (await db.Set<Person>().FirstOrDefaultAsync(p => p.Id == input.Person, ct) is not { } person) return Refusals.NotFound();
        var movers = input.Everybody && person.HouseholdId is { } all ? await db.Set<Person>().Where(p => p.HouseholdId == all).OrderByDescending(p => p.Id == person.Id).ToListAsync(ct) : [person];
        if (input.With is not { } id) return person.HouseholdId is null ? Problems.NoHousehold() : await MoveAsync(null, [person], [], false, ct);
        if (await db.Set<Person>().FirstOrDefaultAsync(p => p.Id == id, ct) is not { } with) return Refusals.NotFound();
        if (with.Id == person.Id || (with.HouseholdId is not null && with.HouseholdId == person.HouseholdId)) return Problems.SameHousehold();
        // A household that comes whole brings its head where there is none; one person alone comes as a member.
        var brings = input.Everybody && !with.HouseholdHead && (with.HouseholdId is not { } house || !await db.Set<Person>().AnyAsync(p => p.HouseholdId == house && p.HouseholdHead, ct));
        return await MoveAsync(with.HouseholdId ?? clock.NewGuid(), movers, with.HouseholdId is null ? [with] : [], brings, ct);
    }, ct);

    /// <param name="of">The intent with which they moved.</param>
    public Task<Outcome<Moved>> UndoAsync(Guid intent, Guid of, CancellationToken ct) => db.OnceAsync(intent, "household.move-back", of, async () =>
    {
        if (await db.AnsweredAsync<Moved>(of, Kind, ct) is not { } moved) return Refusals.NotFound();
        var ids = moved.Before.Select(was => was.Person).ToList();
        var persons = (await db.Set<Person>().Where(p => ids.Contains(p.Id)).ToListAsync(ct)).ToDictionary(p => p.Id);
        if (persons.Count < ids.Count || persons.Values.Any(p => p.HouseholdId != moved.To)) return Problems.HouseholdChanged();
        var homes = moved.Before.Select(was => was.Household).ToList();
        var headed = await db.Set<Person>().Where(p => p.HouseholdId != null && homes.Contains(p.HouseholdId) && p.HouseholdHead && !ids.Contains(p.Id)).Select(p => p.HouseholdId).ToListAsync(ct);
        foreach (var was in moved.Before) (persons[was.Person].HouseholdId, persons[was.Person].HouseholdHead) = (was.Household, was.Head && !headed.Contains(was.Household)); // somebody became the head meanwhile
        db.Tell(new HouseholdsChanged(ids));
        await db.SaveChangesAsync(ct);
        return (Outcome<Moved>)moved;
    }, ct);

    /// <param name="joined">Had no household of their own; the others come to them.</param>
    /// <param name="brings">Who is the head among the movers stays it.</param>
    private async Task<Outcome<Moved>> MoveAsync(Guid? to, List<Person> movers, List<Person> joined, bool brings, CancellationToken ct)
    {
        List<Person> changed = [.. movers, .. joined];
        var ids = changed.Select(p => p.Id.Value).Distinct().ToArray();
        if (await db.Connection.ValueAsync<long>($"SELECT count(DISTINCT person_id) FROM pt.person_scope WHERE person_id = ANY ($1) AND until IS NULL AND because NOT IN {Ties.OnlySight}", ct, (object)ids) < ids.Length) return OnlySeen.Problem();
        var moved = new Moved(to, movers.Count, [.. changed.Select(p => new Was(p.Id, p.HouseholdId, p.HouseholdHead))]);
        foreach (var person in changed) person.HouseholdId = to;
        foreach (var person in movers) person.HouseholdHead &= brings;
        db.Tell(new HouseholdsChanged([.. changed.Select(p => p.Id)]));
        await db.SaveChangesAsync(ct);
        return moved;
    }
}
