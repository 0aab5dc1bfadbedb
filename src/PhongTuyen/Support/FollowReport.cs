using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Support;

/// <summary>Who reported something adds a word, which opens again what was answered or closed, or says that it is done.</summary>
public sealed class FollowReport(Db db, SupportSettings settings, TimeProvider clock)
{
    /// <param name="Intent">Made by the sender.</param>
    public sealed record Input(Guid Intent, Guid Report, [property: Most(SupportReport.WhatMost)] string? Text);

    public Task<Outcome<Nothing>> AddAsync(Input input, CancellationToken ct) => db.OnceAsync<Nothing>(input.Intent, "support.add", input, async () =>
    {
        if (await OwnAsync(input.Report, ct) is not { } report) return Refusals.NotFound();
        var text = SupportRules.Read(input.Text, "text");
        if (!text.Done) return text.As<Nothing>();
        var reopened = report.State is ReportState.Answered or ReportState.Closed;
        if (reopened) (report.State, report.DueAt) = (report.TakenBy is null ? ReportState.New : ReportState.Taken, clock.GetUtcNow().AddHours(settings.AnswerHours));
        var step = AnswerReport.Step(db, report, EntryKind.Added, text.Value);
        db.Tell(new ReportAdded(report.Id, reopened));
        await db.SaveChangesAsync(ct);
        await SendReport.TellTeamAsync(db, report.Id, step, "notice.support-added", new() { ["due"] = Words.Show(report.DueAt) }, ct);
        return Nothing.Value;
    }, ct);

    /// <summary>It is done, answered or not.</summary>
    public Task<Outcome<Nothing>> CloseAsync(Guid id, CancellationToken ct) => db.WholeAsync<Nothing>(async () =>
    {
        if (await OwnAsync(id, ct) is not { } report) return Refusals.NotFound();
        if (report.State == ReportState.Closed) return Nothing.Value;
        report.State = ReportState.Closed;
        AnswerReport.Step(db, report, EntryKind.Closed, null);
        db.Tell(new ReportClosed(id));
        await db.SaveChangesAsync(ct);
        return Nothing.Value;
    }, ct);

    private async Task<SupportReport?> OwnAsync(Guid id, CancellationToken ct)
    {
        await AnswerReport.LockAsync(db, id, ct);
        return await db.FindAsync<SupportReport>([id], ct) is { } report && report.AccountId == db.Visitor!.Account ? report : null;
    }
}
