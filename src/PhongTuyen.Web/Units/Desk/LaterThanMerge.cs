using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Units;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Units.Desk;

/// <summary>What stands in the way of taking a merge of units back, each with its page. Of what the visitor does not see (a manager of units need not see persons) only the kind is said, and how many.</summary>
internal sealed class LaterThanMerge(Db db, Screen screen)
{
    /// <param name="listed">Writes down who is named.</param>
    public async Task<List<Dependent>> OfAsync(IReadOnlyList<Problem> problems, UnitId here, Func<IEnumerable<PersonId>, Task> listed, CancellationToken ct)
    {
        var later = problems.Select(problem => (Problem: problem, What: UnmergeUnit.Later.Read(problem.Field)!)).Where(one => one.What is not null).ToList();
        var persons = await NamesAsync("SELECT id, coalesce(name, code, '?') FROM pt.person WHERE id = ANY ($1)", later.Select(one => one.What.Person?.Value), ct);
        if (persons.Count > 0) await listed(persons.Keys.Select(person => new PersonId(person)));
        var others = await NamesAsync("""
            SELECT id, display_name FROM pt.account WHERE id = ANY ($1) UNION ALL SELECT g.id, a.display_name FROM pt.account_grant g JOIN pt.account a ON a.id = g.account_id WHERE g.id = ANY ($1)
            UNION ALL SELECT id, paper FROM pt.reorganisation_act WHERE id = ANY ($1) UNION ALL SELECT id, file_name FROM pt.import_run WHERE id = ANY ($1) UNION ALL SELECT id, title FROM pt.paper_batch WHERE id = ANY ($1)
            """, later.Select(one => one.What.Person is null ? one.What.Id : null), ct);
        var accounts = (await db.Connection.RowsAsync("SELECT id, account_id FROM pt.account_grant WHERE id = ANY ($1)", r => (r.GetGuid(0), new AccountId(r.GetGuid(1))), ct, (object)Ids(later.Select(one => one.What.Id)))).ToDictionary();
        var units = (await db.Connection.RowsAsync("SELECT id, name FROM pt.unit WHERE id = ANY ($1)", r => (r.GetInt32(0), r.GetString(1)), ct, (object)later.Select(one => one.What.Number ?? here.Value).Append(here.Value).Distinct().ToArray())).ToDictionary();

        Dependent? Shown(UnmergeUnit.Later what) => what switch
        {
            { Person: { } person } => persons.TryGetValue(person.Value, out var name) ? new(name, what switch { { Kind: "stay", Id: { } id } => Links.Stay(new StayId(id)), { Kind: "case", Id: { } id } => Links.Case(new CaseId(id)), _ => Links.Person(person) }) : null,
            { Kind: "unit", Number: { } unit } => new(units.GetValueOrDefault(unit, "?"), Links.Unit(new UnitId(unit))),
            { Kind: "room" or "bed" } => new(units[here.Value], Links.Rooms(here)),
            { Kind: "facility" or "licence" } => new(units[here.Value], Links.Facility(here)),
            { Id: { } id } when others.TryGetValue(id, out var name) => new(name, what.Kind switch { "account" => Links.Account(new AccountId(id)), "grant" => Links.Account(accounts[id]), "import" => Links.Import(new ImportId(id)), "batch" => Links.Batch(id), _ => Links.UnitActsDone }),
            _ => null,
        };
        var all = later.ConvertAll(one => (one.Problem, one.What.Kind, Shown: Shown(one.What)));
        return [.. all.Where(one => one.Shown is not null).Select(one => one.Shown! with { Why = screen.Say(one.Problem) }).Distinct(),
            .. all.Where(one => one.Shown is null).GroupBy(one => (one.Problem.Code, one.Kind)).Select(of => new Dependent(screen.Say("unit.later-unseen", ("n", of.Count())), Links.Unit(here)) { Why = screen.Say(of.First().Problem) })];
    }

    private async Task<Dictionary<Guid, string>> NamesAsync(string sql, IEnumerable<Guid?> ids, CancellationToken ct) =>
        (await db.Connection.RowsAsync(sql, r => (r.GetGuid(0), r.GetString(1)), ct, (object)Ids(ids))).ToDictionary();

    private static Guid[] Ids(IEnumerable<Guid?> ids) => [.. ids.OfType<Guid>().Distinct()];
}
