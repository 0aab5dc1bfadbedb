using Microsoft.EntityFrameworkCore;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.People;

/// <summary>Closes findings: mended, or left as they are for a reason; and opens them again.</summary>
public sealed class CloseFindings(Db db, TimeProvider clock)
{
    public const int Most = 200;
    public const int ReasonMost = 300;

    /// <param name="State"><see cref="FindingState.Open"/> takes the closing back.</param>
    public sealed record Input(Guid Intent, IReadOnlyList<Guid> Ids, FindingState State, [property: Most(ReasonMost)] string? Reason);

    /// <returns>How many were changed.</returns>
    public Task<Outcome<int>> RunAsync(Input input, CancellationToken ct) => db.OnceAsync(input.Intent, "findings.close", input, async () =>
    {
        if (input.Ids.Count is 0 or > Most) return Problems.ChooseFindings(Most);
        var reason = VietnameseText.Clean(input.Reason);
        if (input.State != FindingState.Open && reason is null) return Refusals.ReasonNeeded("reason");
        var findings = await db.Set<PersonFinding>().Where(f => input.Ids.Contains(f.Id)).ToListAsync(ct);
        // One that is not there or not the visitor's refuses all: half of a choice is no answer.
        if (findings.Count != input.Ids.Distinct().Count()) return Refusals.NotFound();
        var changing = findings.FindAll(finding => finding.State != input.State);
        if (input.State == FindingState.Open && await FoundAnewAsync(changing, ct) is { Count: > 0 } anew) changing.RemoveAll(finding => anew.Contains(finding.Id));
        foreach (var finding in changing)
        {
            var open = input.State == FindingState.Open;
            (finding.State, finding.Reason) = (input.State, open ? null : reason);
            finding.ClosedAt = open ? null : clock.GetUtcNow();
            finding.ClosedBy = open ? null : db.Visitor!.Account;
            db.Tell(new FindingClosed(finding.PersonId, finding.Id, finding.State));
        }
        await db.SaveChangesAsync(ct);
        return (Outcome<int>)changing.Count;
    }, ct);

    /// <summary>Those of which the same was found once more since: that one is open, and one is enough.</summary>
    private async Task<HashSet<Guid>> FoundAnewAsync(List<PersonFinding> closed, CancellationToken ct) => [.. await db.Connection.RowsAsync("""
        SELECT f.id FROM pt.person_finding f WHERE f.id = ANY ($1) AND f.person_id = ANY ($2)
          AND EXISTS (SELECT 1 FROM pt.person_finding o WHERE o.person_id = f.person_id AND o.subject_id = f.subject_id AND o.kind = f.kind AND o.subject_kind <> 'import' AND o.state = 0)
        """, r => r.GetGuid(0), ct, closed.Select(finding => finding.Id).ToArray(), closed.Select(finding => finding.PersonId.Value).ToArray())];
}
