using System.Text.Json;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Policies;
using PhongTuyen.Worklists.Contract;

namespace PhongTuyen.Worklists;

/// <summary>Posts work and moves it on, for the modules whose records it is about.</summary>
public sealed class WorkItems(Db db, IPolicyBook policies, TimeProvider clock) : IWork
{
    private const short Open = 0;

    public async Task PostAsync(IReadOnlyList<WorkPost> posts, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        foreach (var same in posts.GroupBy(post => (post.List, post.Kind)))
        {
            var rows = same.Select(post => (Post: post, Times: Times(post.List, post.Urgency, post.Area, now))).ToList();
            var posted = await db.Connection.ValueAsync<int>("SELECT pt.worklist_post($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)", ct,
                rows.Select(row => row.Post.Id).ToArray(), same.Key.List, same.Key.Kind, rows.Select(row => row.Post.Person?.Value).ToArray(), rows.Select(row => row.Post.Unit.Value).ToArray(),
                rows.Select(row => row.Post.Area.Province.Value).ToArray(), rows.Select(row => row.Post.Area.District.Value).ToArray(), rows.Select(row => row.Post.Area.Commune.Value).ToArray(), db.Visitor!.Unit.Value,
                rows.Select(row => (short)row.Post.Urgency).ToArray(), rows.Select(row => row.Post.Reason).ToArray(), rows.Select(row => JsonSerializer.Serialize(row.Post.Details)).ToArray(),
                rows.Select(row => row.Times.Due).ToArray(), rows.Select(row => row.Times.Above).ToArray(), rows.Select(row => row.Times.Rule).ToArray(), now);
            if (posted == 0 && !db.Scope.Names) throw new InvalidOperationException("Work of persons is posted by whoever may see persons.");
        }
    }

    public Task WaitAsync(string list, IReadOnlyList<Guid> ids, CancellationToken ct) => TurnAsync(list, ids, (short)WorkState.Waiting, null, ct);

    public Task DoneAsync(string list, IReadOnlyList<Guid> ids, CancellationToken ct) => TurnAsync(list, ids, (short)WorkState.Done, null, ct);

    public Task DropAsync(string list, IReadOnlyList<Guid> ids, CancellationToken ct) => TurnAsync(list, ids, (short)WorkState.Dropped, null, ct);

    public Task OpenAsync(string list, IReadOnlyList<Guid> ids, CancellationToken ct) => TurnAsync(list, ids, Open, null, ct);

    public Task OpenAnewAsync(string list, Guid id, Urgency urgency, AreaKeys area, CancellationToken ct) => TurnAsync(list, [id], Open, Times(list, urgency, area, clock.GetUtcNow()), ct);

    public Task<bool> MoveAsync(string list, Guid id, UnitId unit, AreaKeys area, Urgency urgency, CancellationToken ct)
    {
        var (due, above, _) = Times(list, urgency, area, clock.GetUtcNow());
        return db.Connection.ValueAsync<bool>("SELECT pt.worklist_move($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)", ct, id, list, unit.Value, area.Province.Value, area.District.Value, area.Commune.Value, due, above, db.Visitor!.DisplayName, clock.GetUtcNow());
    }

    private Task TurnAsync(string list, IReadOnlyList<Guid> ids, short state, (DateTimeOffset Due, DateTimeOffset Above, string Rule)? anew, CancellationToken ct) => ids.Count == 0 ? Task.CompletedTask : db.Connection.RunAsync(
        "SELECT pt.worklist_turn($1, $2, $3, $4::timestamptz, $5::timestamptz, $6, $7)", ct, ids.ToArray(), list, state, anew?.Due, anew?.Above, db.Visitor!.DisplayName, clock.GetUtcNow());

    /// <summary>By the edition in force there; a province whose own edition leaves the list out has the times of the last one that knows it.</summary>
    private (DateTimeOffset Due, DateTimeOffset Above, string Rule) Times(string list, Urgency urgency, AreaKeys area, DateTimeOffset now)
    {
        var policy = policies.For<WorkTerms>(area.Lowest(), now.LocalDay(), "");
        if (policy?.Of(list) is null) policy = policies.All<WorkTerms>().LastOrDefault(edition => edition.Of(list) is not null) ?? throw new InvalidOperationException($"No policy says by when the list '{list}' is to be done.");
        var terms = policy.Of(list)!;
        var due = terms.Due(urgency, now);
        return (due, terms.Above(due), policy.Name());
    }
}
