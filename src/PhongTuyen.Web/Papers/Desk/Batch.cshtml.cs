using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Papers;
using PhongTuyen.Web.Accounts;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Papers.Desk;

/// <summary>One batch for its unit: how far it is, what was typed and what keeps it from being taken.</summary>
public sealed class BatchModel(Db db, BatchesList batches, GivePapers give, TakePaper take, PaperReader reader, TypingList typing) : HousePage(db)
{
    /// <param name="Faults">Of one that waits: what cannot be read of it.</param>
    public sealed record Row(BatchesList.Entry Entry, IReadOnlyList<Problem> Faults);

    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public PaperBatch Shown { get; private set; } = null!;
    public BatchesList.Counts Counts { get; private set; } = new(0, 0, 0, 0, 0);
    public PaperState? State { get; private set; }
    public IReadOnlyList<Row> Entries { get; private set; } = [];
    public string? More { get; private set; }
    public IReadOnlyList<TypingList.Operator> Operators { get; private set; } = [];
    /// <summary>Of the sample that is typed twice.</summary>
    public (int Typed, int Waiting, int Undecided) Sample { get; private set; }
    /// <summary>The last day of who types; null: can type for the unit no more.</summary>
    public DateOnly? Until { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        var asked = new FilterQuery(Request.Query);
        State = asked.Word<PaperState>("state");
        var behind = asked.Number("behind", short.MaxValue);
        if (await batches.OfUnitAsync(Id, Ct) is not { } batch) return await NotHereAsync("paper-batch", Id);
        Shown = batch;
        Counts = await batches.CountsAsync(Id, Ct);
        if ((await batches.VolunteersAsync(batch.UnitId, Ct)).FirstOrDefault(one => one.Id == batch.AccountId) is { } volunteer) Until = LastDay.Of(volunteer.Until);
        Operators = await typing.OfBatchAsync(batch, Ct);
        Sample = await typing.SampleAsync(Id, Ct);
        if (asked.Faults.Count > 0) return Refuse(asked.Faults, "");
        var (rows, more) = await batches.EntriesAsync(Id, State, behind ?? 0, Ct);
        var entries = new List<Row>();
        foreach (var row in rows) entries.Add(new Row(row, row.State == PaperState.Waiting ? (await reader.ReadAsync(row.Paper, false, Ct)).Problems : []));
        Entries = entries;
        More = more is { } no ? Links.With(Links.Batch(Id), ("state", State?.ToString()), ("behind", no.ToString(CultureInfo.InvariantCulture))) : null;
        await SeenAsync(new PapersSeen(Id));
        return Page();
    }

    public Task<IActionResult> OnPostCloseAsync() => CloseAsync(true, "papers.was-closed");

    public Task<IActionResult> OnPostReopenAsync() => CloseAsync(false, "papers.was-reopened");

    public async Task<IActionResult> OnPostTakeAllAsync()
    {
        var outcome = await take.AllAsync(Id, Ct);
        return outcome.Done ? Done(Links.Batch(Id), "papers.taken-all", ("taken", outcome.Value.Taken), ("duplicate", outcome.Value.Duplicate), ("left", outcome.Value.Left)) : await NotHereAsync("paper-batch", Id);
    }

    private async Task<IActionResult> CloseAsync(bool closed, string done)
    {
        var outcome = await give.CloseAsync(Id, closed, Ct);
        return outcome.Done ? closed ? DoneWithUndo(Links.Batch(Id), done, Links.Handler(Links.Batch(Id), "Reopen")) : Done(Links.Batch(Id), done)
            : outcome.Problem.Status == StatusCodes.Status404NotFound ? await NotHereAsync("paper-batch", Id) : RefusedAt(Links.Batch(Id), outcome.Problem);
    }
}
