using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Worklists.Contract;

namespace PhongTuyen.Corrections;

/// <summary>The list of requests that a unit has to decide.</summary>
public sealed class CorrectionWorklist(Db db, CorrectionReader reader, CorrectionChanges changes, DecideCorrection decide, CorrectionWords words) : IWorklist
{
    public const string Approve = "approve", Refuse = "refuse";

    public string Name => AskCorrection.List;

    public IReadOnlyList<WorkDecision> Decisions { get; } = [new(Approve, NeedsNote: false), new(Refuse, NeedsNote: true)];

    public async Task<IReadOnlyDictionary<Guid, string>> LinesAsync(IReadOnlyList<Guid> ids, Language language, CancellationToken ct) =>
        (await reader.FindAsync(ids, toChange: false, ct)).ToDictionary(request => request.Id, request => string.Join("; ", request.Content.Fields.Select(field => words.Line(field, language))));

    public async Task<IReadOnlyDictionary<Guid, Problem>> DecideAsync(string decision, IReadOnlyList<Guid> ids, string? note, CancellationToken ct)
    {
        var requests = await reader.FindAsync(ids, toChange: true, ct);
        var left = ids.Except(requests.Select(one => one.Id)).ToDictionary(id => id, _ => Refusals.NotFound());
        foreach (var request in requests)
            if (!request.IsOpen) left[request.Id] = Problems.Decided();
            else if (request.AskedBy == db.Visitor!.Account) left[request.Id] = Problems.OwnRequest();
        List<Correction> rest = [.. requests.Where(one => !left.ContainsKey(one.Id))];
        if (decision == Refuse) await decide.RefuseAsync(rest, note!, ct);
        else await ApproveAsync(rest, left, note, ct);
        return left;
    }

    private async Task ApproveAsync(IReadOnlyList<Correction> requests, Dictionary<Guid, Problem> left, string? note, CancellationToken ct)
    {
        var persons = await PersonNow.ReadAsync(db, requests.Select(one => one.Person).ToHashSet(), ct);
        var tied = await decide.TiedAsync([.. persons.Keys], ct);
        var (approved, done) = (new List<(Correction, List<AppliedField>)>(), new HashSet<PersonId>());
        foreach (var request in requests)
        {
            var hindrance = persons.GetValueOrDefault(request.Person) is not { } now || !tied.Contains(request.Person) ? People.Contract.OnlySeen.Problem()
                : request.Content.Fields.Any(field => field.Address is not null || field.Field == CorrectedField.Other) ? Problems.NotInBulk()
                : done.Contains(request.Person) ? Problems.OnceEach()
                : changes.Conflicts(now, request.Content.Fields).Any() ? Problems.Conflict() : null;
            if (hindrance is not null) left[request.Id] = hindrance;
            else if (done.Add(request.Person)) approved.Add((request, changes.Apply(persons[request.Person], request.Content.Fields)));
        }
        if (approved.Count > 0) await decide.ApprovedAsync(approved, note, ct);
    }

    public async Task DecidedAsync(string decision, IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        if (decision == Approve) await decide.AlikeAnewAsync(await reader.FindAsync(ids, toChange: false, ct), ct);
    }

    public async Task<IReadOnlyDictionary<Guid, Problem>> UndoAsync(string decision, IReadOnlyList<Guid> ids, CancellationToken ct) => await decide.TakeBackAsync(await reader.FindAsync(ids, toChange: true, ct), ct);
}
