using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Areas;
using PhongTuyen.Corrections;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Corrections.Desk;

/// <summary>Asks for a correction of a record, with what proves it.</summary>
[RequestSizeLimit(MostRequest), RequestFormLimits(MultipartBodyLengthLimit = MostRequest)]
public sealed class NewModel(Db db, AskCorrection ask, PersonView view, AreaStore areas, CorrectionSettings settings) : HousePage(db)
{
    // A file that is too large is answered by a sentence on this page.
    private const long MostRequest = 100L * 1024 * 1024;

    [BindProperty]
    public CorrectionFields Form { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public PersonId Id { get; set; }

    public PersonView.Full Full { get; private set; } = null!;
    public int FileMegabytes => settings.FileMegabytes;
    public int FilesMost => settings.FilesMost;
    /// <summary>The same request, where the visitor may see it.</summary>
    public Guid? Same { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await LoadAsync()) return await NotHereAsync("person", Id);
        NewIntent();
        Form = CorrectionFields.Of(Full, areas, S.Language);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await LoadAsync()) return await NotHereAsync("person", Id);
        if (!ModelState.IsValid) return Refuse([]);
        var read = await Form.ReadAsync(Db, areas, Full, S.Language, Ct);
        if (!read.Done) return Refuse(read.Problems);
        var (wishes, fields) = read.Value;
        var outcome = await ask.RunAsync(new AskCorrection.Input(Intent, Id, wishes, Form.Haste, Form.Why, Form.Paper, await FilesAsync()), Ct);
        if (outcome.Done) return Done(Links.Correction(outcome.Value), "correction.was-asked");
        if (outcome.Problem.Status == StatusCodes.Status404NotFound) return await NotHereAsync("person", Id);
        if (outcome.Problem.Details.TryGetValue("id", out var same) && Guid.TryParse(same, out var id) && id != Guid.Empty) Same = id;
        return Refuse([.. outcome.Problems.Select(problem => problem.Field?.Split('.') is ["wishes", var index, _] && int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var i) && i < fields.Count ? problem.At(fields[i]) : problem)]);
    }

    /// <summary>One more than may be is enough to say so.</summary>
    private async Task<IReadOnlyList<AskCorrection.File>> FilesAsync() => [.. (await ReadAsync(Form.Files.Take(settings.FilesMost + 1))).Select(content => new AskCorrection.File(content))];

    private async Task<bool> LoadAsync()
    {
        if (await view.OfAsync(Id, Ct) is not { } found) return false;
        Full = found;
        Shows(Id);
        return true;
    }
}
