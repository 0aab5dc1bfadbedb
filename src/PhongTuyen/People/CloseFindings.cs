using Microsoft.EntityFrameworkCore;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.People;

/// <summary>Closes findings: mended, or left as they are for a reason; and opens them again.</summary>
public sealed class CloseFindings(Db db, TimeProvider clock)
{
    public const int Most = 200;
    public const int ReasonMost = 300;

    /// <param name="State"><see cref="FindingState.Open"/> takes the closing back, for a reason too.</param>
    public sealed record Input(Guid Intent, IReadOnlyList<Guid> Ids, FindingState State, [property: Most(ReasonMost)] string? Reason);

    private const string Kind = "findings.close-list", BackKind = "findings.open-list";

    /// <param name="Ids">Those that were changed.</param>
    /// <param name="As">What they became.</param>
    public sealed record Closed(IReadOnlyList<Guid> Ids, FindingState As, DateTimeOffset At);

    /// <summary>What the visitor closed together and can still open again.</summary>
    public Task<List<OwnAct>> MineAsync(CancellationToken ct) => db.OwnActsAsync<Closed>(Kind, BackKind, closed => closed.As == FindingState.Open ? null : closed.Ids.Count, ct);

    public Task<Outcome<Closed>> RunAsync(Input input, CancellationToken ct) => db.OnceAsync(input.Intent, Kind, input, async () =>
    {
        if (input.Ids.Count is 0 or > Most) return Problems.ChooseFindings(Most);
        var reason = VietnameseText.Clean(input.Reason);
        if (reason is null) return Refusals.ReasonNeeded("reason");
        var findings = await db.Set<PersonFinding>().Where(f => input.Ids.Contains(f.Id)).ToListAsync(ct);
        // One that is not there or not the visitor's refuses all: half of a choice is no answer.
        if (findings.Count != input.Ids.Distinct().Count()) return Refusals.NotFound();
        var changing = findings.FindAll(finding => finding.State != input.State);
        if (input.State == FindingState.Open && await FoundAnewAsync(changing, ct) is { Count: > 0 } anew) changing.RemoveAll(finding => anew.Contains(finding.Id));
        var now = clock.ToTheMicrosecond();
        await SetAsync(changing, input.State, reason, now, ct);
        return (Outcome<Closed>)new Closed([.. changing.Select(finding => finding.Id)], input.State, now);
    }, ct);

    /// <summary>What the visitor closed together is open again. All or none: what was decided anew or found anew since is named by its id in <see cref="Problem.Field"/>.</summary>
    /// <param name="of">The intent with which they were closed.</param>
    public Task<Outcome<TakenBack>> UndoAsync(Guid intent, Guid of, string reason, CancellationToken ct) => db.OnceAsync(intent, BackKind, new { of, reason }, async () =>
    {
        if (await db.AnsweredAsync<Closed>(of, Kind, ct) is not { As: not FindingState.Open } closed) return Refusals.NotFound();
        var findings = await db.Set<PersonFinding>().Where(f => closed.Ids.Contains(f.Id)).ToListAsync(ct);
        if (findings.Count != closed.Ids.Count) return Refusals.NotFound();
        var anew = await FoundAnewAsync(findings, ct);
        var depends = new List<Problem>();
        foreach (var finding in findings)
            if (finding.State != closed.As || finding.ClosedBy != db.Visitor!.Account || finding.ClosedAt != closed.At) depends.Add(Refusals.ChangedSince().At(finding.Id.ToString()));
            else if (anew.Contains(finding.Id)) depends.Add(Problems.FoundAnew().At(finding.Id.ToString()));
        if (depends.Count > 0) return (List<Problem>)[Refusals.DependsOn(depends.Count), .. depends];
        await SetAsync(findings, FindingState.Open, reason, default, ct);
        return (Outcome<TakenBack>)new TakenBack(of, findings.Count);
    }, ct);

    private async Task SetAsync(IReadOnlyList<PersonFinding> findings, FindingState state, string? reason, DateTimeOffset now, CancellationToken ct)
    {
        var open = state == FindingState.Open;
        foreach (var finding in findings)
        {
            (finding.State, finding.Reason, finding.ClosedAt, finding.ClosedBy) = (state, open ? null : reason, open ? null : now, open ? null : db.Visitor!.Account);
            db.Tell(new FindingClosed(finding.PersonId, finding.Id, finding.State), open ? reason : null);
        }
        await db.SaveChangesAsync(ct);
    }

    /// <summary>Those of which the same was found once more since: that one is open, and one is enough.</summary>
    private async Task<HashSet<Guid>> FoundAnewAsync(List<PersonFinding> closed, CancellationToken ct) => [.. await db.Connection.RowsAsync("""
        SELECT f.id FROM pt.person_finding f WHERE f.id = ANY ($1) AND f.person_id = ANY ($2)
          AND EXISTS (SELECT 1 FROM pt.person_finding o WHERE o.person_id = f.person_id AND o.subject_id = f.subject_id AND o.kind = f.kind AND o.subject_kind <> 'import' AND o.state = 0)
        """, r => r.GetGuid(0), ct, closed.Select(finding => finding.Id).ToArray(), closed.Select(finding => finding.PersonId.Value).ToArray())];
}
