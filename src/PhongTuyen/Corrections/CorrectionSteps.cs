using System.Text.Json;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Corrections;

/// <summary>Writes down what happened to requests, and tells who has to know.</summary>
internal static class CorrectionSteps
{
    public static Task AddAsync(Db db, PersonId person, Guid request, CorrectionStepKind kind, string? text, CancellationToken ct) => AddAsync(db, [(person, request)], kind, text, ct);

    public static Task AddAsync(Db db, IReadOnlyCollection<(PersonId Person, Guid Request)> requests, CorrectionStepKind kind, string? text, CancellationToken ct) => db.Connection.RunAsync("""
        INSERT INTO pt.correction_step (person_id, request_id, id, kind, unit_id, account_id, name, text, at) SELECT x.person, x.request, x.id, $4, $5, $6, $7, $8::text, $9 FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) x(person, request, id)
        """, ct, requests.Select(one => one.Person.Value).ToArray(), requests.Select(one => one.Request).ToArray(), requests.Select(_ => db.Clock.NewGuid()).ToArray(), (short)kind, db.Visitor!.Unit.Value, db.Visitor.Account.Value, db.Visitor.DisplayName, text, db.Clock.GetUtcNow());

    /// <param name="asker">Who asked; else who has it in their list.</param>
    /// <param name="text">Key of the sentence.</param>
    public static Task TellAsync(Db db, IReadOnlyCollection<Correction> requests, bool asker, string text, CancellationToken ct) => requests.Count == 0 ? Task.CompletedTask : db.Connection.RunAsync("SELECT pt.correction_tell($1, $2, $3, $4, $5, $6)", ct,
        requests.Select(one => one.Id).ToArray(), asker, db.Clock.NewGuid().ToString(), text, JsonSerializer.Serialize(new Dictionary<string, string> { ["day"] = Words.Show(requests.First().AskedAt) }), db.Clock.GetUtcNow());

    /// <summary>The state of those that stand as they were read.</summary>
    public static Task TurnAsync(Db db, IReadOnlyCollection<Guid> ids, CorrectionState state, CancellationToken ct) => db.Connection.RunAsync("""
        UPDATE pt.correction_request SET state = $2, decided_at = CASE WHEN $2 = 4 THEN $3 END, decided_by = CASE WHEN $2 = 4 THEN $4::uuid END, applied = NULL, version = version + 1 WHERE id = ANY ($1)
        """, ct, ids.ToArray(), (short)state, db.Clock.GetUtcNow(), db.Visitor!.Account.Value);
}
