using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Areas;
using PhongTuyen.Data;
using PhongTuyen.Formats.Cards;
using PhongTuyen.Papers;
using PhongTuyen.Web.People;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Papers.Desk;

/// <summary>A second volunteer types the papers of the sample, one after the other, and sees nothing of the first typing.</summary>
public sealed class AgainModel(Db db, TypeAgain type, PaperFilesList files, AreaStore areas) : HousePage(db), IPaperForm
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    /// <summary>The paper that the form was drawn for.</summary>
    [BindProperty]
    public Guid Entry { get; set; }

    [BindProperty]
    public PaperFields Form { get; set; } = new();

    public PaperBatch Batch { get; private set; } = null!;
    public IReadOnlyList<TypeAgain.Due> Due { get; private set; } = [];
    /// <summary>The paper in hand; null: none is to be typed again now.</summary>
    public TypeAgain.Due? Now { get; private set; }
    /// <summary>The file from which it was typed the first time.</summary>
    public PaperPicture? Picture => Now is { File: { } kind } now ? new([new(now.Entry, Links.With(Links.Handler(Links.TypeAgain(Id), "File"), ("entry", now.Entry.ToString())), null, kind, S.Say("papers.no", ("n", now.No)))], now.Entry) : null;
    /// <summary>The form was filled from this card.</summary>
    public ScannedCard? Scanned { get; private set; }
    public bool Doubtful => Refused.Any(problem => problem.Field is not null);
    public bool Typing => true;

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await LoadAsync()) return await NotHereAsync("paper-batch", Id);
        NewIntent();
        if (Kept<PaperFields>() is { } kept) Form = kept;
        return Page();
    }

    /// <summary>Of a paper that waits to be typed again, and no other.</summary>
    public async Task<IActionResult> OnGetFileAsync(Guid entry)
    {
        if (await files.OpenAgainAsync(Id, entry, Ct) is not { } found) return await NotHereAsync("paper", entry);
        await SeenAsync(new PaperFileSeen(Id, found.Id, []));
        return AsSent(found.Content, found.Kind, $"to-{found.Id.ToString("N")[^6..]}", drawn: true);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await LoadAsync()) return await NotHereAsync("paper-batch", Id);
        if (CardReader.IsScan(Form.Name)) return Scan();
        this.Part(Form, areas);
        if (!ModelState.IsValid) return Refuse([]);
        var no = Due.FirstOrDefault(due => due.Entry == Entry)?.No;
        var outcome = await type.RunAsync(new TypeAgain.Input(Intent, Id, Entry, Form.Unclear, Form.Read(areas, S.Today), Form.AsOnPaper), Ct);
        if (outcome.Done) return await OnAsync(no is null ? Redirect(Links.TypeAgain(Id)) : Done(Links.TypeAgain(Id), "again.kept", ("n", no)));
        return outcome.Problem.Status == StatusCodes.Status404NotFound ? await NotHereAsync("paper-batch", Id) : Refuse(outcome.Problems);
    }

    /// <summary>The next paper: at once, or behind the redirect.</summary>
    private async Task<IActionResult> OnAsync(RedirectResult done)
    {
        var next = Form.Next();
        if (!BeginsAnew(done, next.Keep ? next : null)) return done;
        (Form, Entry) = (next, default);
        return await LoadAsync() ? Page() : done;
    }

    private IActionResult Scan()
    {
        var read = this.Scan(Form, areas);
        if (!read.Done) return Refuse([read.Problem.At("name")]);
        Scanned = read.Value;
        return Page();
    }

    private async Task<bool> LoadAsync()
    {
        if (await type.BatchAsync(Id, Ct) is not { } batch) return false;
        Batch = batch;
        Due = await type.DueAsync(Id, Ct);
        Now = Due.FirstOrDefault(due => due.Entry == Entry) ?? (Due is [var first, ..] ? first : null);
        return true;
    }
}
