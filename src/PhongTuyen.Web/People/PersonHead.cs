using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People.Contract;

namespace PhongTuyen.Web.People;

/// <summary>The head of every page about one person: who it is and where they stand now.</summary>
public sealed record PersonHead(PersonId Id, string Shown, BirthDate Birth, Sex Sex, string? Code, IReadOnlyList<PersonStanding> Standings)
{
    /// <summary>"Nữ, 72 tuổi, sinh 1949".</summary>
    public string About(Screen s) => About(s, Sex, Birth);

    public static string About(Screen s, Sex sex, BirthDate birth) => string.Join(", ", new[]
    {
        sex == Sex.Unknown ? null : s.Word(sex),
        birth.AgeOn(s.Today) is { } age ? s.Say("person.age", ("n", age)) : null,
        birth.From is null ? s["person.no-birth"] : s.Say("person.born", ("birth", birth)),
    }.Where(part => part is not null));
}

/// <summary>Reads heads of persons of the visitor's scope, with what each module says of them now.</summary>
public sealed class PersonHeads(Db db, IEnumerable<IPersonStanding> modules)
{
    /// <summary>Null where the visitor sees no such person.</summary>
    public async Task<PersonHead?> OfAsync(PersonId id, CancellationToken ct)
    {
        var head = await db.Connection.RowAsync("SELECT coalesce(name, code, '?'), birth, birth_precision, sex, code, joined OR same_as IS NOT NULL FROM pt.person WHERE id = $1",
            r => (Head: new PersonHead(id, r.GetString(0), new BirthDate(r.Maybe<DateOnly>(1), (BirthPrecision)r.GetInt16(2)), (Sex)r.GetInt16(3), r.Text(4), []), Merged: r.GetBoolean(5)), ct, id.Value);
        return head.Head is null ? null : head.Head with { Standings = [.. (await StandingsAsync(head.Merged ? await db.RecordsOfAsync(id, ct) : [id], ct)).SelectMany(standing => standing)] };
    }

    /// <summary>What the modules say of these persons now, in their order.</summary>
    public async Task<ILookup<PersonId, PersonStanding>> StandingsAsync(IReadOnlyList<PersonId> persons, CancellationToken ct)
    {
        var questions = new Questions(db.Connection);
        var all = AskStandings(questions, persons);
        await questions.AnswerAsync(ct);
        return all().ToLookup(standing => standing.Person);
    }

    /// <summary>The same among other questions.</summary>
    public Func<IEnumerable<PersonStanding>> AskStandings(Questions questions, IReadOnlyList<PersonId> persons)
    {
        var parts = persons.Count == 0 ? [] : modules.OrderBy(module => module.Order).Select(module => module.Ask(questions, persons)).ToList();
        return () => parts.SelectMany(part => part);
    }
}
