using System.Text.Json;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Support;

/// <summary>The team takes a report of its area, gives it back, answers it and closes it.</summary>
public sealed class AnswerReport(Db db, TimeProvider clock)
{
    /// <param name="Intent">Made by the sender.</param>
    /// <param name="Close">Nothing more is expected; who reported may still open it again.</param>
    public sealed record Input(Guid Intent, Guid Report, [property: Most(SupportReport.WhatMost)] string? Text, bool Close);

    /// <summary>Takes it, also out of the hands of a colleague, or gives it back.</summary>
    /// <param name="version">The version that the page showed: of two who take it at once, the second learns that it is taken.</param>
    public Task<Outcome<Nothing>> TakeAsync(Guid id, int version, bool taken, CancellationToken ct) => db.WholeAsync<Nothing>(async () =>
    {
        if (await OfTeamAsync(id, ct) is not { } report) return Refusals.NotFound();
        if (report.Version != version) return taken && report.State == ReportState.Taken && report.TakenBy == db.Visitor!.Account ? Nothing.Value : Refusals.Changed();
        if (report.State == ReportState.Closed) return Problems.Closed();
        if (taken) TakeOver(report);
        else if (report.State == ReportState.Taken) (report.State, report.TakenBy, report.TakenName) = (ReportState.New, null, null);
        else return Nothing.Value;
        Step(db, report, taken ? EntryKind.Taken : EntryKind.GivenBack, null);
        db.Tell(new ReportTaken(id, GivenBack: !taken));
        await db.SaveChangesAsync(ct);
        return Nothing.Value;
    }, ct);

    /// <summary>Answers it, and takes it where nobody has. Who reported is told in the program.</summary>
    public Task<Outcome<Nothing>> AnswerAsync(Input input, CancellationToken ct) => db.OnceAsync<Nothing>(input.Intent, "support.answer", input, async () =>
    {
        if (await OfTeamAsync(input.Report, ct) is not { } report) return Refusals.NotFound();
        var text = SupportRules.Read(input.Text, "text");
        if (!text.Done) return text.As<Nothing>();
        if (report.State == ReportState.Closed) return Problems.Closed();
        var late = report.State < ReportState.Answered && report.DueAt < clock.GetUtcNow();
        if (report.TakenBy is null) TakeOver(report);
        report.State = input.Close ? ReportState.Closed : ReportState.Answered;
        var step = Step(db, report, EntryKind.Answered, text.Value);
        if (input.Close) Step(db, report, EntryKind.Closed, null);
        db.Tell(new ReportAnswered(report.Id, late));
        if (input.Close) db.Tell(new ReportClosed(report.Id));
        await db.SaveChangesAsync(ct);
        await db.Connection.RunAsync("SELECT pt.tell_reporter($1, $2, $3, $4, $5, $6)", ct, $"support/{step}", report.Id, "notice.support-answered",
            JsonSerializer.Serialize(new Dictionary<string, string> { ["day"] = Words.Show(report.ReportedAt) }), $"/desk/support/mine/{report.Id}", clock.GetUtcNow());
        return Nothing.Value;
    }, ct);

    /// <summary>Closes what was answered.</summary>
    public Task<Outcome<Nothing>> CloseAsync(Guid id, CancellationToken ct) => db.WholeAsync<Nothing>(async () =>
    {
        if (await OfTeamAsync(id, ct) is not { } report) return Refusals.NotFound();
        if (report.State == ReportState.Closed) return Nothing.Value;
        if (report.State != ReportState.Answered) return Problems.NotAnswered();
        report.State = ReportState.Closed;
        Step(db, report, EntryKind.Closed, null);
        db.Tell(new ReportClosed(id));
        await db.SaveChangesAsync(ct);
        return Nothing.Value;
    }, ct);

    /// <summary>Who acts on a report at the same time waits here.</summary>
    internal static Task LockAsync(Db db, Guid id, CancellationToken ct) => db.Connection.RunAsync("SELECT 1 FROM pt.support_report WHERE id = $1 FOR NO KEY UPDATE", ct, id);

    /// <summary>What was done, to be saved with it.</summary>
    internal static Guid Step(Db db, SupportReport report, EntryKind kind, string? text)
    {
        var step = new SupportEntry { Id = db.Clock.NewGuid(), ReportId = report.Id, Kind = kind, AccountId = db.Visitor!.Account, Name = db.Visitor.DisplayName, Text = text, At = db.Clock.GetUtcNow() };
        db.Add(step);
        return step.Id;
    }

    private void TakeOver(SupportReport report) => (report.State, report.TakenBy, report.TakenName) = (ReportState.Taken, db.Visitor!.Account, db.Visitor.DisplayName);

    /// <summary>A report that the row policy shows to who sent it is not therefore the team's.</summary>
    private async Task<SupportReport?> OfTeamAsync(Guid id, CancellationToken ct)
    {
        await LockAsync(db, id, ct);
        return await db.FindAsync<SupportReport>([id], ct) is { } report && db.Scope.Covers(report.UnitId, report.Area) ? report : null;
    }
}
