using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Papers;
using PhongTuyen.Web.Accounts;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Papers.Desk;

/// <summary>One batch for its unit: how far it is, what was typed and what keeps it from being taken.</summary>
public sealed class BatchModel(Db db, BatchesList batches, GivePapers give, TakePaper take, TakeBackPapers takeBack, PaperReader reader, TypingList typing, PaperFilesList files) : HousePage(db)
{
    /// <param name="Faults">Of one that waits: what cannot be read of it.</param>
    public sealed record Row(BatchesList.Entry Entry, IReadOnlyList<Problem> Faults);

    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public PaperBatch Shown { get; private set; } = null!;
    public BatchesList.Counts Counts { get; private set; } = new(0, 0, 0, 0, 0);
    public int Files { get; private set; }
    /// <summary>From which nobody typed.</summary>
    public int FilesLeft { get; private set; }
    public PaperState? State { get; private set; }
    public IReadOnlyList<Row> Entries { get; private set; } = [];
    public string? More { get; private set; }
    public IReadOnlyList<TypingList.Operator> Operators { get; private set; } = [];
    /// <summary>What the visitor took into the register at one press and can still take back.</summary>
    public TakeBack Mine { get; private set; } = new([]);
    /// <summary>Of the sample that is typed twice.</summary>
    public (int Typed, int Waiting, int Undecided) Sample { get; private set; }
    /// <summary>The last day of who types; null: can type for the unit no more.</summary>
    public DateOnly? Until { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        var asked = new FilterQuery(Request.Query);
        return await LoadAsync(asked) ? asked.Faults.Count > 0 ? Refuse(asked.Faults, "") : Page() : await NotHereAsync("paper-batch", Id);
    }

    private async Task<bool> LoadAsync(FilterQuery asked)
    {
        State = asked.Word<PaperState>("state");
        var behind = asked.Number("behind", short.MaxValue);
        if (await batches.OfUnitAsync(Id, Ct) is not { } batch) return false;
        Shown = batch;
        Counts = await batches.CountsAsync(Id, Ct);
        if ((await batches.VolunteersAsync(batch.UnitId, Ct)).FirstOrDefault(one => one.Id == batch.AccountId) is { } volunteer) Until = LastDay.Of(volunteer.Until);
        Mine = TakeBack.Of("papers.mine", await takeBack.MineAsync(Id, Ct), Links.Handler(Links.Batch(Id), "TakeBack"));
        Operators = await typing.OfBatchAsync(batch, Ct);
        (Files, FilesLeft) = await files.CountAsync(Id, Ct);
        Sample = await typing.SampleAsync(Id, Ct);
        if (asked.Faults.Count > 0) return true;
        var (rows, more) = await batches.EntriesAsync(Id, State, behind ?? 0, Ct);
        var entries = new List<Row>();
        foreach (var row in rows) entries.Add(new Row(row, row.State == PaperState.Waiting ? (await reader.ReadAsync(row.Paper, false, Ct)).Problems : []));
        Entries = entries;
        More = more is { } no ? Links.With(Links.Batch(Id), ("state", State?.ToString()), ("behind", no.ToString(CultureInfo.InvariantCulture))) : null;
        await SeenAsync(new PapersSeen(Id));
        return true;
    }

    public Task<IActionResult> OnPostCloseAsync() => CloseAsync(true, "papers.was-closed");

    public Task<IActionResult> OnPostReopenAsync() => CloseAsync(false, "papers.was-reopened");

    public async Task<IActionResult> OnPostTakeAllAsync()
    {
        var outcome = await take.AllAsync(Intent, Id, Ct);
        if (!outcome.Done) return outcome.Problem.Status == StatusCodes.Status404NotFound ? await NotHereAsync("paper-batch", Id) : RefusedAt(Links.Batch(Id), outcome.Problem);
        var (taken, here) = (outcome.Value, Links.Batch(Id));
        var details = new (string, object?)[] { ("taken", taken.Taken), ("duplicate", taken.Duplicate), ("left", taken.Left) };
        return taken.Papers.Count > 0 ? DoneWithUndo(here, "papers.taken-all", $"{Links.Handler(here, "TakeBack")}&of={Intent}", details) : Done(here, "papers.taken-all", details);
    }

    /// <summary>What was taken at one press waits again.</summary>
    public async Task<IActionResult> OnPostTakeBackAsync([FromQuery] Guid of)
    {
        var outcome = await takeBack.RunAsync(new(Intent, of, S["form.undo-reason"]), Ct);
        if (outcome.Done) return Done(Links.Batch(Id), "papers.taken-back", ("n", outcome.Value.Count));
        Db.ChangeTracker.Clear();
        if (outcome.Problem.Status == StatusCodes.Status404NotFound || !await LoadAsync(new FilterQuery(Request.Query))) return await NotHereAsync("paper-batch", Id);
        var papers = await Db.Connection.RowsAsync("SELECT id, no FROM pt.paper_entry WHERE batch_id = $1", r => (Id: r.GetGuid(0), No: r.GetInt32(1)), Ct, Id);
        return RefuseMany(outcome.Problems, id => papers.Find(paper => paper.Id == id) is { No: > 0 } paper ? new Dependent(S.Say("papers.no", ("n", paper.No)), Links.PaperEntry(id)) : null);
    }

    private async Task<IActionResult> CloseAsync(bool closed, string done)
    {
        var outcome = await give.CloseAsync(Id, closed, Ct);
        return outcome.Done ? closed ? DoneWithUndo(Links.Batch(Id), done, Links.Handler(Links.Batch(Id), "Reopen")) : Done(Links.Batch(Id), done)
            : outcome.Problem.Status == StatusCodes.Status404NotFound ? await NotHereAsync("paper-batch", Id) : RefusedAt(Links.Batch(Id), outcome.Problem);
    }
}
