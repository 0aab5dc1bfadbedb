using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Corrections;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Web.Shared;
using PhongTuyen.Worklists;

namespace PhongTuyen.Web.Corrections.Desk;

/// <summary>One request: what is asked for beside what the record says, what proves it, and the acts of both sides.</summary>
public sealed class RequestModel(Db db, CorrectionReader reader, DecideCorrection decide, FollowCorrection follow, SeeAskedNumbers numbers, CorrectionWords words, WorkItemsList items, ActOnWork act) : HousePage(db)
{
    public sealed class DecideFields
    {
        public int Version { get; set; }
        public int PersonVersion { get; set; }
        public bool Despite { get; set; }
        public bool Mended { get; set; }
        public string? Reason { get; set; }
    }

    public sealed class AskFields
    {
        public int Version { get; set; }
        public string? Question { get; set; }
    }

    public sealed class AnswerFields
    {
        public string? Text { get; set; }
    }

    public sealed class NumberFields
    {
        public string? Purpose { get; set; }
    }

    [BindProperty]
    public DecideFields Decide { get; set; } = new();

    [BindProperty]
    public AskFields Ask { get; set; } = new();

    [BindProperty]
    public AnswerFields Answer { get; set; } = new();

    [BindProperty]
    public NumberFields Full { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public CorrectionReader.Full Shown { get; private set; } = null!;
    /// <summary>Where it stands in the list of who decides; null: not the visitor's list.</summary>
    public WorkItemsList.Row? Item { get; private set; }
    /// <summary>Numbers in full, by the place of their field.</summary>
    public IReadOnlyDictionary<int, SeeAskedNumbers.Seen> Numbers { get; private set; } = new Dictionary<int, SeeAskedNumbers.Seen>();

    public bool Conflict => Shown.Fields.Any(one => one.Changed);
    public bool HasOther => Shown.Fields.Any(one => one.Asked.Field == CorrectedField.Other);
    public bool HasNumbers => Shown.Fields.Any(one => one.Asked.Field is CorrectedField.Document or CorrectedField.Phone);
    public bool Own => Shown.Correction.AskedBy == Db.Visitor!.Account;

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await LoadAsync()) return await NotHereAsync("correction", Id);
        NewIntent();
        return Page();
    }

    /// <summary>A file that proves it: to be saved, never drawn within a page of ours.</summary>
    public async Task<IActionResult> OnGetFileAsync(Guid file)
    {
        if (await reader.FileAsync(file, Ct) is not { } found) return await NotHereAsync("evidence", file);
        await SeenAsync(new EvidenceSeen(found.Person, file));
        return AsSent(found.Content, found.Kind, $"minh-chung-{file.ToString("N")[^6..]}");
    }

    public Task<IActionResult> OnPostApproveAsync() => DecidedAsync(approve: true, "correction.was-approved");

    public Task<IActionResult> OnPostRefuseAsync() => DecidedAsync(approve: false, "correction.was-refused");

    private async Task<IActionResult> DecidedAsync(bool approve, string done) =>
        await AnsweredAsync(await decide.RunAsync(new DecideCorrection.Input(Intent, Id, Decide.Version, Decide.PersonVersion, approve, Decide.Despite, Decide.Mended, Decide.Reason), Ct), done, "Decide", undo: true);

    public async Task<IActionResult> OnPostAskBackAsync() => await AnsweredAsync(await decide.AskBackAsync(Intent, Id, Ask.Version, Ask.Question, Ct), "correction.was-asked-back", "Ask");

    public async Task<IActionResult> OnPostSendOnAsync(int version) => await AnsweredAsync(await decide.SendOnAsync(Id, version, Ct), "correction.was-sent-on", "", gone: true);

    public async Task<IActionResult> OnPostUndoAsync() => await AnsweredAsync(await decide.UndoAsync(Id, Ct), "correction.was-undone", "");

    public async Task<IActionResult> OnPostAnswerAsync() => await AnsweredAsync(await follow.AnswerAsync(new(Intent, Id, Answer.Text), Ct), "correction.was-answered", "Answer");

    public async Task<IActionResult> OnPostWithdrawAsync() => await AnsweredAsync(await follow.WithdrawAsync(Id, Ct), "correction.was-withdrawn", "");

    /// <summary>The visitor takes it, out of a colleague's hands too.</summary>
    public async Task<IActionResult> OnPostTakeAsync(int item) =>
        await AnsweredAsync(await act.RunAsync(new ActOnWork.Input(Intent, AskCorrection.List, WorkActKind.Give, [new(Id, item)], Db.Visitor!.Account, null, null), Ct), "correction.was-taken", "");

    public async Task<IActionResult> OnPostNumbersAsync()
    {
        var outcome = await numbers.RunAsync(Id, Full.Purpose, Ct);
        if (!outcome.Done && outcome.Problem.Status == StatusCodes.Status404NotFound || !await LoadAsync()) return await NotHereAsync("correction", Id);
        if (!outcome.Done) return Refuse(outcome.Problems, "Full");
        Numbers = outcome.Value;
        NewIntent();
        ModelState.Clear();
        return Page();
    }

    public string Show(FieldCorrectionPart part, int i) => Numbers.TryGetValue(i, out var full)
        ? (part switch { FieldCorrectionPart.Before => full.Before, FieldCorrectionPart.Now => full.Now, _ => full.After }) ?? S["correction.nothing"]
        : words.Show(Shown.Fields[i].Asked.Field, part switch { FieldCorrectionPart.Before => Shown.Fields[i].Asked.Before, FieldCorrectionPart.Now => Shown.Fields[i].Now, _ => Shown.Fields[i].Asked.After }, S.Language);

    private async Task<IActionResult> AnsweredAsync<T>(Outcome<T> outcome, string done, string prefix, bool undo = false, bool gone = false)
    {
        if (outcome.Done) return undo ? DoneWithUndo(Links.Correction(Id), done, Links.Handler(Links.Correction(Id), "Undo")) : Done(gone ? Links.Worklist(AskCorrection.List) : Links.Correction(Id), done);
        Db.ChangeTracker.Clear();
        if (outcome.Problem.Status == StatusCodes.Status404NotFound || !await LoadAsync()) return await NotHereAsync("correction", Id);
        return Refuse(outcome.Problems, prefix);
    }

    private async Task<bool> LoadAsync()
    {
        if (await reader.OfAsync(Id, Ct) is not { } found) return false;
        Shown = found;
        Item = (await items.OfAsync(AskCorrection.List, [Id], Ct)).FirstOrDefault();
        (Decide.Version, Decide.PersonVersion, Ask.Version) = (found.Correction.Version, found.PersonVersion, found.Correction.Version);
        foreach (var name in new[] { "Decide.Version", "Decide.PersonVersion", "Ask.Version" }) ModelState.Remove(name);
        if (found.Name is not null) Shows(found.Correction.Person);
        return true;
    }
}

/// <summary>Which of the three values of a field.</summary>
public enum FieldCorrectionPart
{
    Before,
    Now,
    After,
}
