using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Data;
using PhongTuyen.Formats.Sheets;
using PhongTuyen.Imports;
using PhongTuyen.Kernel;
using PhongTuyen.Web.Shared;
using PhongTuyen.Web.Units;

namespace PhongTuyen.Web.Imports.Desk;

/// <summary>
/// Sends a list, or takes an empty one to fill in. The request may be larger than a list may be: what is too large is answered by a sentence
/// on this page and not by the server's refusal.
/// </summary>
[RequestSizeLimit(MostRequest), RequestFormLimits(MultipartBodyLengthLimit = MostRequest)]
public sealed class UploadModel(Db db, UploadList upload) : HousePage(db)
{
    private const long MostRequest = 220L * 1024 * 1024;

    public sealed class Fields
    {
        public ListAbout About { get; set; }
        public UnitId? Unit { get; set; }
        public string? UnitText { get; set; }
        public string? Sheet { get; set; }
        public LegacyLetters? Letters { get; set; }
        public IFormFile? File { get; set; }
    }

    [BindProperty]
    public Fields Form { get; set; } = new();

    /// <summary>Whether there is nothing to choose: the visitor works for one unit.</summary>
    public bool OneUnit => Db.Scope.Units.Count == 1;

    /// <summary>Where the list goes if nothing else is chosen.</summary>
    public string OwnName { get; private set; } = "";

    public static int MostMegabytes => SheetLimits.FileBytes / (1024 * 1024);

    public async Task OnGetAsync(string? about)
    {
        NewIntent();
        await LoadAsync();
        Form = new Fields { About = Enum.TryParse<ListAbout>(about, out var of) && Enum.IsDefined(of) ? of : ListAbout.Recognised, Unit = Own, UnitText = OwnName };
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        if (!ModelState.IsValid) return Refuse([]);
        if (Form.File is not { Length: > 0 } file) return Refuse(Form.File is null ? PhongTuyen.Imports.Problems.NoFile() : SheetProblems.Empty().At("file"));
        var unit = OneUnit ? Own : await UnitPick.ReadAsync(Db, Form.Unit, Form.UnitText, "unitText", Ct);
        if (!unit.Done) return Refuse(unit.Problems);
        await using var content = file.OpenReadStream();
        var outcome = await upload.RunAsync(new UploadList.Input(new ImportId(Intent), file.FileName, unit.Value, Form.Sheet) { About = Form.About, Letters = Form.Letters }, content, Ct);
        if (outcome.Done) return Redirect(Links.Import(outcome.Value));
        NewIntent(); // another file is another import
        ModelState.Remove(nameof(Intent));
        return Refuse([.. outcome.Problems.Select(problem => problem.Field is null ? problem.At("file") : problem)]);
    }

    /// <summary>An empty list.</summary>
    public async Task<IActionResult> OnGetTemplateAsync(ListAbout about)
    {
        if (!Enum.IsDefined(about) || about == ListAbout.Recognised) return NotFound();
        var stream = new MemoryStream();
        await ListTemplates.WriteAsync(about, stream, S["upload.template.sheet"], Ct);
        stream.Position = 0;
        return File(stream, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", S[$"upload.template.{about}.file"] + ".xlsx");
    }

    private UnitId Own => Db.Scope.Units.Contains(Db.Visitor!.Unit) ? Db.Visitor.Unit : Db.Scope.Units.Count > 0 ? Db.Scope.Units[0] : default;

    private async Task LoadAsync() => OwnName = await Db.Connection.ValueAsync<string>("SELECT name FROM pt.unit WHERE id = $1", Ct, Own.Value) ?? "";
}
