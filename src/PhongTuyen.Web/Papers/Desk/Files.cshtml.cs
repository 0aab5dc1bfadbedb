using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Data;
using PhongTuyen.Papers;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Papers.Desk;

/// <summary>The scans and photographs of a batch, for its unit: looked at, added to, and taken out while nobody has typed from them.</summary>
[RequestSizeLimit(MostRequest), RequestFormLimits(MultipartBodyLengthLimit = MostRequest)]
public sealed class FilesModel(Db db, BatchesList batches, PaperFilesList files, AddPaperFiles add, PaperSettings settings) : HousePage(db)
{
    private const long MostRequest = (MostMegabytes + 1) * 1024L * 1024;

    /// <summary>Of all files of one sending.</summary>
    public const int MostMegabytes = 120;

    public sealed class Fields
    {
        public List<IFormFile> Files { get; set; } = [];
    }

    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty]
    public Fields Form { get; set; } = new();

    public PaperBatch Batch { get; private set; } = null!;
    public IReadOnlyList<PaperFilesList.Row> Files { get; private set; } = [];
    /// <summary>What became of each file that was sent just now, by its name.</summary>
    public IReadOnlyList<(string Name, AddPaperFiles.One Became)> Sent { get; private set; } = [];
    public AddPaperFiles.Added? Added { get; private set; }
    public int FilesMost => settings.FilesMost;
    public int FileMegabytes => settings.FileMegabytes;

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await LoadAsync()) return await NotHereAsync("paper-batch", Id);
        NewIntent();
        return Page();
    }

    public async Task<IActionResult> OnGetFileAsync(Guid file)
    {
        if (await batches.OfUnitAsync(Id, Ct) is null || await files.OpenAsync(Id, file, Ct) is not { } found) return await NotHereAsync("paper-file", file);
        await SeenAsync(new PaperFileSeen(Id, file, found.Persons));
        return AsSent(found.Content, found.Kind, $"to-{file.ToString("N")[^6..]}", drawn: true);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await LoadAsync()) return await NotHereAsync("paper-batch", Id);
        var outcome = await add.RunAsync(new AddPaperFiles.Input(Intent, Id, await ReadAsync(Form.Files)), Ct);
        NewIntent(); // what is sent now is another sending
        ModelState.Remove(nameof(Intent));
        if (!outcome.Done) return Refuse(outcome.Problems);
        Added = outcome.Value;
        Sent = [.. Form.Files.Zip(Added.Files, (file, became) => (Path.GetFileName(file.FileName), became))];
        await LoadAsync();
        if (Added.Refused == Added.Files.Count) Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    public async Task<IActionResult> OnPostTakeOutAsync(Guid file)
    {
        var outcome = await add.TakeOutAsync(Id, file, Ct);
        return outcome.Done ? Done(Links.PaperFiles(Id), "files.taken-out")
            : outcome.Problem.Status == StatusCodes.Status404NotFound ? await NotHereAsync("paper-file", file) : RefusedAt(Links.PaperFiles(Id), outcome.Problem);
    }

    private async Task<bool> LoadAsync()
    {
        if (await batches.OfUnitAsync(Id, Ct) is not { } batch) return false;
        Batch = batch;
        Files = await files.OfBatchAsync(Id, Ct);
        return true;
    }
}
