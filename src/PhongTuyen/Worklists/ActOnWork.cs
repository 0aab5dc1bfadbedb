using System.Text.Json;
using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Worklists.Contract;

namespace PhongTuyen.Worklists;

public enum WorkActKind
{
    /// <summary>Giao, nhận.</summary>
    Give = 1,
    /// <summary>Trả lại.</summary>
    HandBack = 2,
    /// <summary>Quyết định như nhau.</summary>
    Decide = 3,
}

/// <summary>Gives items to somebody, hands them back or decides them alike: one or many. The preview is the act itself, done and taken back.</summary>
public sealed class ActOnWork(Db db, IEnumerable<IWorklist> lists, WorklistSettings settings, TimeProvider clock)
{
    public const int NoteMost = 300;

    internal static readonly short[] Doing = Roles.With(Permission.EnterData);

    /// <param name="Version">That the page showed: of two who take it at once, the second learns that it is taken.</param>
    public sealed record Pick(Guid Id, int Version);

    /// <param name="To">Who shall have it; of <see cref="WorkActKind.Give"/>.</param>
    /// <param name="Decision">Of <see cref="WorkActKind.Decide"/>: one of the list's.</param>
    public sealed record Input(Guid Intent, string List, WorkActKind Kind, IReadOnlyList<Pick> Picks, AccountId? To, string? Decision, [property: Most(NoteMost)] string? Note);

    /// <summary>What happens to one.</summary>
    /// <param name="OwnerName">Who has it before.</param>
    /// <param name="Problem">Why nothing does; null: it is done.</param>
    public sealed record One(Guid Id, PersonId? Person, WorkState State, string? OwnerName, Problem? Problem);

    /// <param name="ToName">Who has them after it.</param>
    public sealed record Forecast(IReadOnlyList<One> Items, string? ToName);

    /// <param name="Left">To which nothing could be done.</param>
    public sealed record Result(Guid Act, int Done, int Left);

    private sealed record Item(Guid Id, PersonId? Person, int Unit, string UnitName, WorkState State, Guid? Owner, string? OwnerName, int Version, string? ChangedName);

    private sealed record Acted(IReadOnlyList<Item> Items, IReadOnlyDictionary<Guid, Problem> Left, IReadOnlyDictionary<Guid, int> Versions, string? ToName);

    /// <summary>What would happen to each, and to which nothing and why. Nothing is kept.</summary>
    public async Task<Outcome<Forecast>> PreviewAsync(Input input, CancellationToken ct)
    {
        if (Inputs.Faults(input, clock.Today()) is { Count: > 0 } faults) return faults;
        Forecast? seen = null;
        var kept = await db.WholeAsync<Nothing>(async () =>
        {
            var acted = await ActAsync(input, ct);
            if (!acted.Done) return acted.As<Nothing>();
            seen = new Forecast([.. acted.Value.Items.Select(item => new One(item.Id, item.Person, item.State, item.OwnerName, acted.Value.Left.GetValueOrDefault(item.Id)))], acted.Value.ToName);
            return Refusals.Changed();
        }, ct);
        return seen is { } forecast ? forecast : kept.As<Forecast>();
    }

    public Task<Outcome<Result>> RunAsync(Input input, CancellationToken ct) => db.OnceAsync(input.Intent, "work.act", input, async () =>
    {
        var acted = await ActAsync(input, ct);
        if (!acted.Done) return acted.As<Result>();
        var (items, left, versions, toName) = acted.Value;
        if (left.Count == items.Count) return items.Count == 1 ? left.Values.First() : Problems.NothingDone();
        var done = items.Where(item => !left.ContainsKey(item.Id)).ToList();
        PersonId[] persons = [.. done.Select(item => item.Person).OfType<PersonId>().Distinct()];
        if (input.Kind == WorkActKind.Decide) db.Tell(new WorkDecided(input.Intent, done.Count, Undone: false, persons), VietnameseText.Clean(input.Note));
        else db.Tell(new WorkGiven(input.Intent, input.Kind == WorkActKind.Give ? input.To : null, done.Count, Undone: false, persons));
        await db.SaveChangesAsync(ct);
        if (input.Kind == WorkActKind.Decide) await lists.Single(list => list.Name == input.List).DecidedAsync(input.Decision!, [.. done.Select(item => item.Id)], ct);
        await KeepAsync(input, items, left, versions, toName, ct);
        return (Outcome<Result>)new Result(input.Intent, done.Count, left.Count);
    }, ct);

    private async Task<Outcome<Acted>> ActAsync(Input input, CancellationToken ct)
    {
        if (lists.FirstOrDefault(one => one.Name == input.List) is not { } list) return Refusals.NotFound();
        if (input.Picks.Count == 0 || input.Picks.Count > settings.BulkMost) return Problems.ChooseItems(settings.BulkMost);
        var picks = input.Picks.DistinctBy(pick => pick.Id).ToDictionary(pick => pick.Id, pick => pick.Version);
        var items = await ItemsAsync(input.List, [.. picks.Keys], ct);
        // One that is not there or not the visitor's refuses all: half of a choice is no answer.
        if (items.Count != picks.Count) return Refusals.NotFound();
        var left = new Dictionary<Guid, Problem>();
        foreach (var item in items)
            if (item.State >= WorkState.Done) left[item.Id] = Problems.Closed();
            else if (item.Version != picks[item.Id]) left[item.Id] = Problems.Moved(item.OwnerName ?? item.ChangedName ?? "");
        string? toName = null;
        if (input.Kind == WorkActKind.Decide)
        {
            if (list.Decisions.FirstOrDefault(one => one.Name == input.Decision) is not { } decision) return Refusals.NotOneOf("decision");
            var note = VietnameseText.Clean(input.Note);
            if (decision.NeedsNote && note is null) return Refusals.ReasonNeeded("note");
            Guid[] open = [.. items.Select(item => item.Id).Where(id => !left.ContainsKey(id))];
            if (open.Length > 0) foreach (var (id, problem) in await list.DecideAsync(decision.Name, open, note, ct)) left[id] = problem;
        }
        else
        {
            foreach (var item in items.Where(item => item.State == WorkState.Waiting && !left.ContainsKey(item.Id))) left[item.Id] = Problems.Waits();
            if (input.Kind == WorkActKind.Give)
            {
                var to = await ToAsync(input.To, items, left, ct);
                if (!to.Done) return to.As<Acted>();
                toName = to.Value;
            }
            else foreach (var item in items.Where(item => item.Owner is null && !left.ContainsKey(item.Id))) left[item.Id] = Problems.NobodyHasIt();
            await MoveAsync(input.List, [.. items.Select(item => item.Id).Where(id => !left.ContainsKey(id))], input.Kind == WorkActKind.Give ? input.To : null, toName, ct);
        }
        var versions = await db.Connection.RowsAsync("SELECT id, version FROM pt.worklist_item WHERE list = $1 AND id = ANY ($2)", r => (Id: r.GetGuid(0), Version: r.GetInt32(1)), ct, input.List, picks.Keys.ToArray());
        return new Acted(items, left, versions.ToDictionary(one => one.Id, one => one.Version), toName);
    }

    /// <summary>Who shall have them; of those that it cannot be, why.</summary>
    private async Task<Outcome<string>> ToAsync(AccountId? to, IReadOnlyList<Item> items, Dictionary<Guid, Problem> left, CancellationToken ct)
    {
        if (to is not { } account) return Problems.ChooseWho();
        var (name, units) = (db.Visitor!.DisplayName, (HashSet<int>?)null);
        if (account != db.Visitor.Account)
        {
            var able = await db.Connection.RowsAsync("SELECT name, able FROM pt.worklist_able($1, $2, $3) WHERE account_id = $4", r => (Name: r.GetString(0), Units: r.GetFieldValue<int[]>(1)), ct, items.Select(item => item.Unit).Distinct().ToArray(), Doing, clock.GetUtcNow(), account.Value);
            if (able is not [var one]) return Problems.ChooseWho();
            (name, units) = (one.Name, [.. one.Units]);
        }
        foreach (var item in items.Where(item => !left.ContainsKey(item.Id)))
            if (item.Owner == account.Value) left[item.Id] = Problems.TheirsAlready(name);
            else if (units?.Contains(item.Unit) == false) left[item.Id] = Problems.NotAble(name, item.UnitName);
        return name;
    }

    private Task MoveAsync(string list, Guid[] ids, AccountId? to, string? name, CancellationToken ct) => db.Connection.RunAsync("""
        UPDATE pt.worklist_item SET state = CASE WHEN $3::uuid IS NULL THEN 0 ELSE 1 END, owner_id = $3, owner_name = $4::text, handover_id = NULL, changed_at = $5, changed_by = $6, changed_name = $7, version = version + 1 WHERE list = $1 AND id = ANY ($2)
        """, ct, list, ids, to?.Value, name, clock.GetUtcNow(), db.Visitor!.Account.Value, db.Visitor.DisplayName);

    private Task<List<Item>> ItemsAsync(string list, Guid[] ids, CancellationToken ct) => db.Connection.RowsAsync("""
        SELECT w.id, w.person_id, w.unit_id, coalesce((SELECT u.name FROM pt.unit u WHERE u.id = w.unit_id), ''), w.state, w.owner_id, w.owner_name, w.version, w.changed_name FROM pt.worklist_item w WHERE w.list = $1 AND w.id = ANY ($2) ORDER BY w.id FOR NO KEY UPDATE OF w
        """, r => new Item(r.GetGuid(0), r.Maybe<Guid>(1) is { } person ? new PersonId(person) : null, r.GetInt32(2), r.GetString(3), (WorkState)r.GetInt16(4), r.Maybe<Guid>(5), r.Text(6), r.GetInt32(7), r.Text(8)), ct, list, ids);

    private async Task KeepAsync(Input input, IReadOnlyList<Item> items, IReadOnlyDictionary<Guid, Problem> left, IReadOnlyDictionary<Guid, int> versions, string? toName, CancellationToken ct)
    {
        await db.Connection.RunAsync("INSERT INTO pt.worklist_act (id, list, kind, unit_id, province_id, district_id, commune_id, to_id, to_name, decision, note, done_at, done_by, done_name) SELECT $1, $2, $3, u.id, u.province_id, u.district_id, u.commune_id, $5::uuid, $6::text, $7::text, $8::text, $9, $10, $11 FROM pt.unit u WHERE u.id = $4", ct,
            input.Intent, input.List, (short)input.Kind, db.Visitor!.Unit.Value, input.Kind == WorkActKind.Give ? input.To?.Value : null, toName, input.Decision, VietnameseText.Clean(input.Note), clock.GetUtcNow(), db.Visitor.Account.Value, db.Visitor.DisplayName);
        await db.Connection.RunAsync("""
            INSERT INTO pt.worklist_act_item (act_id, id, list, person_id, problem, state_before, owner_before, owner_name_before, version_after)
            SELECT $1, x.id, $2, x.person, x.problem, x.state, x.owner, x.name, x.version FROM unnest($3::uuid[], $4::uuid[], $5::text[], $6::smallint[], $7::uuid[], $8::text[], $9::int[]) x(id, person, problem, state, owner, name, version)
            """, ct, input.Intent, input.List, items.Select(item => item.Id).ToArray(), items.Select(item => item.Person?.Value).ToArray(), items.Select(item => left.GetValueOrDefault(item.Id) is { } problem ? JsonSerializer.Serialize(problem) : null).ToArray(),
            items.Select(item => (short)item.State).ToArray(), items.Select(item => item.Owner).ToArray(), items.Select(item => item.OwnerName).ToArray(), items.Select(item => versions[item.Id]).ToArray());
    }
}
