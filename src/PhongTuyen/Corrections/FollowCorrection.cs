using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Worklists.Contract;

namespace PhongTuyen.Corrections;

/// <summary>Who asked for a correction answers what they were asked back, or withdraws it.</summary>
public sealed class FollowCorrection(Db db, CorrectionReader reader, IWork work)
{
    /// <param name="Intent">Made by the sender.</param>
    public sealed record Input(Guid Intent, Guid Id, [property: Most(Correction.ReasonMost)] string? Text);

    public Task<Outcome<Guid>> AnswerAsync(Input input, CancellationToken ct) => db.OnceAsync(input.Intent, "correction.answer", input, async () =>
    {
        if (await AskedHereAsync(input.Id, ct) is not { } request) return Refusals.NotFound();
        if (VietnameseText.Clean(input.Text) is not { } text) return Refusals.Required("text");
        if (request.State != CorrectionState.AskedBack) return Problems.NotAsked();
        await CorrectionSteps.TurnAsync(db, [request.Id], CorrectionState.Open, ct);
        await CorrectionSteps.AddAsync(db, request.Person, request.Id, CorrectionStepKind.Answered, text, ct);
        var urgency = (Urgency)await db.Connection.ValueAsync<short>("SELECT urgency FROM pt.correction_request WHERE id = $1", ct, request.Id);
        await work.OpenAnewAsync(AskCorrection.List, request.Id, urgency, request.ToArea, ct);
        await CorrectionSteps.TellAsync(db, [request], asker: false, "notice.correction-answered", ct);
        db.Tell(new CorrectionMoved(request.Person, request.Id, CorrectionStepKind.Answered));
        await db.SaveChangesAsync(ct);
        return (Outcome<Guid>)request.Id;
    }, ct);

    public Task<Outcome<Guid>> WithdrawAsync(Guid id, CancellationToken ct) => db.WholeAsync<Guid>(async () =>
    {
        if (await AskedHereAsync(id, ct) is not { } request) return Refusals.NotFound();
        if (request.State == CorrectionState.Withdrawn) return id;
        if (!request.IsOpen) return Problems.Decided();
        await CorrectionSteps.TurnAsync(db, [id], CorrectionState.Withdrawn, ct);
        await CorrectionSteps.AddAsync(db, request.Person, id, CorrectionStepKind.Withdrawn, null, ct);
        await work.DropAsync(AskCorrection.List, [id], ct);
        db.Tell(new CorrectionMoved(request.Person, id, CorrectionStepKind.Withdrawn));
        await db.SaveChangesAsync(ct);
        return id;
    }, ct);

    /// <summary>A request of the visitor's own unit: colleagues of who asked may answer, too.</summary>
    private async Task<Correction?> AskedHereAsync(Guid id, CancellationToken ct) =>
        await reader.FindAsync(id, toChange: true, ct) is { } request && (request.AskedBy == db.Visitor!.Account || request.Unit == db.Visitor.Unit) ? request : null;
}
