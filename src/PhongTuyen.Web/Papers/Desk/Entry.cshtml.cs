using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Areas;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Papers;
using PhongTuyen.Web.People;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Papers.Desk;

/// <summary>One paper that was typed, for its unit: looked through, corrected, and taken into the register; or sent back, or known to be there already.</summary>
public sealed class EntryModel(Db db, BatchesList batches, TakePaper take, PaperFilesList files, PaperSeals seals, PersonHeads heads, AreaStore areas) : HousePage(db), IPaperForm
{
    public sealed class BackFields
    {
        public string? Why { get; set; }
    }

    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty]
    public PaperFields Form { get; set; } = new();

    [BindProperty]
    public BackFields Back { get; set; } = new();

    /// <summary>The person of the same number was looked at and is somebody else.</summary>
    [BindProperty]
    public bool AnotherPerson { get; set; }

    public PaperBatch Batch { get; private set; } = null!;
    public PaperContent Paper { get; private set; } = new();
    public PaperState State { get; private set; }
    public int No { get; private set; }
    /// <summary>From which it was typed.</summary>
    public PaperPicture? Picture { get; private set; }
    /// <summary>Whom it became, where the visitor sees them.</summary>
    public PersonHead? Head { get; private set; }
    /// <summary>Has the same number.</summary>
    public PersonHead? Same { get; private set; }
    public bool SameNumber { get; private set; }
    /// <summary>The number is known in another area.</summary>
    public bool Elsewhere { get; private set; }
    public bool Doubtful => Refused.Any(problem => problem.Field is not null);
    public bool Typing => false;

    public async Task<IActionResult> OnGetAsync()
    {
        if (await LoadAsync() is not { } entry) return await NotHereAsync("paper", Id);
        NewIntent();
        Form = PaperFields.Of(Paper, entry.Version);
        await SeenAsync(new PapersSeen(Batch.Id));
        return Page();
    }

    public async Task<IActionResult> OnPostTakeAsync()
    {
        if (await LoadAsync() is null) return await NotHereAsync("paper", Id);
        if (!ModelState.IsValid) return Refuse([]);
        var outcome = await take.RunAsync(new TakePaper.Input(Id, Form.BaseVersion, Form.Read(areas, S.Today), Form.AsOnPaper, AnotherPerson), Ct);
        if (!outcome.Done) return outcome.Problem.Status == StatusCodes.Status404NotFound ? await NotHereAsync("paper", Id) : await DrawAsync(outcome.Problems);
        if (outcome.Value.State == PaperState.Taken) return await OnAsync("papers.was-taken", ("n", No), ("name", VietnameseText.Clean(Form.Name)));
        await OfferAsync(outcome.Value.Problems);
        return await DrawAsync(outcome.Value.Problems);
    }

    public async Task<IActionResult> OnPostReturnAsync(int version)
    {
        if (await LoadAsync() is null) return await NotHereAsync("paper", Id);
        var outcome = await take.ReturnAsync(new TakePaper.Back(Id, version, Back.Why), Ct);
        return await AnswerAsync(outcome, "papers.was-sent-back");
    }

    public async Task<IActionResult> OnPostDuplicateAsync(int version)
    {
        if (await LoadAsync() is null) return await NotHereAsync("paper", Id);
        return await AnswerAsync(await take.DuplicateAsync(Id, version, Ct), "papers.was-duplicate");
    }

    private async Task<IActionResult> AnswerAsync(Outcome<Nothing> outcome, string done)
    {
        if (outcome.Done) return await OnAsync(done, ("n", No));
        if (outcome.Problem.Status == StatusCodes.Status404NotFound) return await NotHereAsync("paper", Id);
        ModelState.Clear();
        var drawn = await DrawAsync(outcome.Problems, "Back");
        Form = PaperFields.Of(Paper, Form.BaseVersion);
        return drawn;
    }

    /// <summary>To the next one that waits: a batch is gone through from one to the next.</summary>
    private async Task<IActionResult> OnAsync(string done, params (string Name, object? Value)[] details)
    {
        var next = await Db.Connection.ValueAsync<Guid?>("SELECT id FROM pt.paper_entry WHERE batch_id = $1 AND state = 1 ORDER BY no < $2, no LIMIT 1", Ct, Batch.Id, No);
        return Done(next is { } id ? Links.PaperEntry(id) : Links.Batch(Batch.Id), done, details);
    }

    /// <summary>The page once more, with what was refused; whoever reads it has seen the paper.</summary>
    private async Task<IActionResult> DrawAsync(IReadOnlyList<Problem> problems, string prefix = "Form")
    {
        Db.ChangeTracker.Clear();
        if (await LoadAsync() is not { } entry) return await NotHereAsync("paper", Id);
        // What the attempt found out stands with the entry: the next press is about that.
        Form.BaseVersion = entry.Version;
        if (problems[0].Code == Refusals.Changed().Code)
        {
            ModelState.Clear();
            Form = PaperFields.Of(Paper, entry.Version);
        }
        await SeenAsync(new PapersSeen(Batch.Id));
        return Refuse(problems, prefix);
    }

    private async Task OfferAsync(IReadOnlyList<Problem> problems)
    {
        Elsewhere = problems.Any(problem => problem.Code == PhongTuyen.People.Problems.SameNumberElsewhere().Code);
        if (problems.FirstOrDefault(problem => PhongTuyen.People.Problems.Offered(problem) is not null) is not { } known || PhongTuyen.People.Problems.Offered(known) is not { } id) return;
        (Same, SameNumber) = (await heads.OfAsync(id, Ct), known.Code == PhongTuyen.People.Problems.SameNumber(id).Code);
        if (Same is not null) await ListedAsync(SameNumber ? "same-number" : "alike", [id]);
    }

    private async Task<PaperEntry?> LoadAsync()
    {
        if (await batches.EntryOfUnitAsync(Id, Ct) is not { } entry || await batches.OfUnitAsync(entry.BatchId, Ct) is not { } batch) return null;
        (Batch, Paper, State, No) = (batch, seals.Open(entry), entry.State, entry.No);
        Picture = entry.FileId is null ? null : PaperPicture.Of(S, await files.OfBatchAsync(batch.Id, Ct), entry.FileId, Links.PaperFiles(batch.Id));
        if (entry.PersonId is { } person && (Head = await heads.OfAsync(person, Ct)) is not null) Shows(person);
        return entry;
    }
}
