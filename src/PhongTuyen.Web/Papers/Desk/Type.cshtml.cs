using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Areas;
using PhongTuyen.Data;
using PhongTuyen.Formats.Cards;
using PhongTuyen.Papers;
using PhongTuyen.Web.People;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Papers.Desk;

/// <summary>A volunteer types one paper after the other, by the keyboard alone, and corrects their own that nobody has settled yet.</summary>
public sealed class TypeModel(Db db, TypePaper type, BatchesList batches, PaperFilesList files, PaperSeals seals, AreaStore areas) : HousePage(db), IPaperForm
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    /// <summary>The one that is corrected; null: a new one.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? Entry { get; set; }

    /// <summary>The file from which it is typed; null: a paper in hand.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? FileId { get; set; }

    [BindProperty]
    public PaperFields Form { get; set; } = new();

    private IReadOnlyList<PaperFilesList.Row> all = [];

    public PaperBatch Batch { get; private set; } = null!;
    public int Typed { get; private set; }
    /// <summary>Of the paper that is typed now.</summary>
    public int No { get; private set; }
    public string? Returned { get; private set; }
    /// <summary>Null: the batch has no files, or the paper was typed from none.</summary>
    public PaperPicture? Picture { get; private set; }
    public IReadOnlyList<BatchesList.Entry> Own { get; private set; } = [];
    /// <summary>The form was filled from this card.</summary>
    public ScannedCard? Scanned { get; private set; }
    public bool Doubtful => Refused.Any(problem => problem.Field is not null);
    public bool Typing => true;
    public bool FromFile => Entry is null && all.Count > 0;
    /// <summary>One after the other on one page; a correction leads away from its own address.</summary>
    public string? InPlaceHere => Entry is null ? "" : null;

    public async Task<IActionResult> OnGetAsync()
    {
        if (await LoadAsync() is not { } entry) return await NotHereAsync("paper-batch", Id);
        NewIntent();
        if (Entry is null && Kept<PaperFields>() is { } kept) Form = kept;
        if (entry.Open is { } open) Form = PaperFields.Of(seals.Open(open), open.Version);
        return Page();
    }

    public async Task<IActionResult> OnGetFileAsync(Guid file)
    {
        if (await type.BatchAsync(Id, Ct) is null || await files.OpenAsync(Id, file, Ct) is not { } found) return await NotHereAsync("paper-file", file);
        await SeenAsync(new PaperFileSeen(Id, file, found.Persons));
        return AsSent(found.Content, found.Kind, $"to-{file.ToString("N")[^6..]}", drawn: true);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (await LoadAsync() is null) return await NotHereAsync("paper-batch", Id);
        if (CardReader.IsScan(Form.Name)) return Scan();
        this.Part(Form, areas);
        if (!ModelState.IsValid) return Refuse([]);
        var outcome = await type.RunAsync(new TypePaper.Input(Intent, Id, Entry, Form.BaseVersion, Form.Unclear, Form.Read(areas, S.Today), Form.AsOnPaper) { File = FileId }, Ct);
        if (outcome.Done) return await OnAsync(Done(Links.TypePaper(Id, file: NextFile), Form.Unclear ? "papers.kept-unclear" : "papers.kept", ("n", outcome.Value.No)));
        return outcome.Problem.Status == StatusCodes.Status404NotFound ? await NotHereAsync("paper-batch", Id) : Refuse(outcome.Problems);
    }

    /// <summary>From which the next one is typed.</summary>
    private Guid? NextFile => Form.SameFile || FileId is null ? FileId : PaperFilesList.Next([.. all.Select(file => file.Id == FileId ? file with { Papers = file.Papers + 1 } : file)], FileId);

    /// <summary>The next paper: at once, or behind the redirect.</summary>
    private async Task<IActionResult> OnAsync(RedirectResult done)
    {
        var next = Form.Next();
        if (Entry is not null || !BeginsAnew(done, next.Keep ? next : null)) return done;
        (Form, FileId) = (next, NextFile);
        return await LoadAsync() is null ? done : Page();
    }

    private IActionResult Scan()
    {
        var read = this.Scan(Form, areas);
        if (!read.Done) return Refuse([read.Problem.At("name")]);
        Scanned = read.Value;
        return Page();
    }

    /// <summary>Null: the batch, or the entry, is not the visitor's to type.</summary>
    private async Task<(PaperEntry? Open, bool Found)?> LoadAsync()
    {
        if (await type.BatchAsync(Id, Ct) is not { } batch) return null;
        var open = Entry is { } id ? await type.OwnAsync(Id, id, Ct) : null;
        if (open is null && Entry is not null) return null;
        Batch = batch;
        (Typed, var next) = await batches.ProgressAsync(Id, Ct);
        (No, Returned) = (open?.No ?? next, open is null ? null : seals.Open(open).Returned);
        Own = await batches.OwnAsync(Id, Ct);
        all = await files.OfBatchAsync(Id, Ct);
        if (HttpMethods.IsGet(Request.Method) && FileId is null && !Request.Query.ContainsKey("fileId")) FileId = PaperFilesList.Next(all, null);
        Picture = Entry is not null ? PaperPicture.Of(S, all, open?.FileId, Links.TypePaper(Id)) : all.Count == 0 ? null
            : PaperPicture.Choose(S, all, FileId, Links.TypePaper(Id), "paper-form", file => Links.TypePaper(Id, file: file));
        return (open, true);
    }
}
