using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Areas;
using PhongTuyen.Data;
using PhongTuyen.Formats.Sheets;
using PhongTuyen.Kernel;
using PhongTuyen.Reorganisation;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Areas.Desk;

/// <summary>Changes areas by a resolution, with what becomes of the units there: looked at first, then done, or planned for its day. For those who look after the whole country.</summary>
public sealed class ReformModel(Db db, ReformAreas reform, AreaStore areas) : HousePage(db)
{
    /// <summary>So many names of a kind are shown.</summary>
    public const int Most = 100;

    public sealed class Fields
    {
        public AreaId? Province { get; set; }
        public string? ProvinceText { get; set; }
        public string? Paper { get; set; }
        public DateOnly? On { get; set; }
        /// <summary>Lines of the resolution.</summary>
        public IFormFile? Lines { get; set; }
        /// <summary>What becomes of units.</summary>
        public IFormFile? Units { get; set; }
        /// <summary>What the files said, carried from the preview to the act.</summary>
        public string? Content { get; set; }
        /// <summary>Of what was looked at: anything else is looked at first.</summary>
        public string? Seen { get; set; }
    }

    [BindProperty]
    public Fields Form { get; set; } = new();

    public AreaReform What { get; private set; } = new(null, [], []);
    public ReformReport? Report { get; private set; }
    public IReadOnlyDictionary<UnitId, string> Left { get; private set; } = new Dictionary<UnitId, string>();

    private string Mark => MarkOf(Form.On, What);

    public static string MarkOf(DateOnly? on, AreaReform what) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{on:yyyy-MM-dd}{what.Write()}")));

    private bool Mine => Db.Scope.Provinces.Contains(AreaStore.Country);

    public async Task<IActionResult> OnGetAsync()
    {
        if (!Mine) return await NotHereAsync("reorganisation", "areas");
        Form.On = S.Today;
        NewIntent();
        return Page();
    }

    public async Task<IActionResult> OnPostPreviewAsync()
    {
        if (!Mine) return await NotHereAsync("reorganisation", "areas");
        var input = Read();
        return input.Done && ModelState.IsValid ? await LookAsync(input.Value) : Refuse(input.Done ? [] : input.Problems);
    }

    private async Task<IActionResult> LookAsync(ReformAreas.Input input)
    {
        var preview = await reform.PreviewAsync(input, Ct);
        if (!preview.Done) return Refuse(preview.Problems);
        Report = preview.Value;
        Form.Seen = Mark;
        ModelState.Remove("Form.Seen");
        Left = (await Db.Connection.RowsAsync("SELECT id, name FROM pt.unit WHERE id = ANY ($1) LIMIT $2", r => (Id: new UnitId(r.GetInt32(0)), Name: r.GetString(1)), Ct, Report.Left.Select(unit => unit.Value).ToArray(), Most)).ToDictionary(unit => unit.Id, unit => unit.Name);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!Mine) return await NotHereAsync("reorganisation", "areas");
        var input = Read();
        if (!input.Done || !ModelState.IsValid) return Refuse(input.Done ? [] : input.Problems);
        // Another file, another province or another day than was looked at.
        if (Form.Seen != Mark) return await LookAsync(input.Value);
        var outcome = await reform.RunAsync(input.Value, Ct);
        if (!outcome.Done) return Refuse(outcome.Problems);
        return input.Value.On > S.Today ? Done(Links.UnitActs, "area-reform.planned", ("day", input.Value.On)) : Done(Links.UnitActsDone, "area-reform.done");
    }

    /// <summary>An empty list of either kind, whose headers are matched by themselves when it comes back.</summary>
    public Task<FileStreamResult> OnGetTemplateAsync(string? of) => (of == "lines"
        ? new ListFile<string>(S, S["area-reform.lines"]).With("area-reform.code", text => text).With("area-reform.level", text => text, 10).With("area-reform.name", text => text, 28).With("area-reform.parent", text => text).With("area-reform.into", text => text, 24)
        : new ListFile<string>(S, S["area-reform.units"]).With("area-reform.unit-code", text => text).With("area-reform.act", text => text).With("area-reform.unit-into", text => text).With("area-reform.unit-name", text => text, 32).With("area-reform.areas", text => text, 24).With("area-reform.new-code", text => text))
        .WriteAsync([], "xlsx", HttpContext);

    public string NameOf(AreaId area) => areas.Book.Path(area);

    /// <summary>A part of a whole, in percent to one place.</summary>
    public static decimal Percent(long part, long whole) => whole == 0 ? 0 : Math.Round(100m * part / whole, 1);

    /// <summary>The files that are sent now, and what those sent before said.</summary>
    private Outcome<ReformAreas.Input> Read()
    {
        var faults = new List<Problem>();
        if (Form.Content is not null && AreaReform.ReadForm(Form.Content) is { } kept) What = kept;
        else if (Form.Content is not null) faults.Add(Refusals.NotOneOf("content"));
        What = What with { Lines = File(Form.Lines, "lines", ReformFile.Lines, faults) ?? What.Lines, Steps = File(Form.Units, "units", ReformFile.Steps, faults) ?? What.Steps, Province = null };
        Form.Content = What.Write();
        ModelState.Remove("Form.Content");
        if (What.Lines.Count == 0)
        {
            // The shipped links say what became what on that day.
            var province = AreaPick.Read(areas, Form.Province, Form.ProvinceText, AreaBook.TwoLevelsFrom.AddDays(-1), "provinceText");
            if (province.Done) What = What with { Province = province.Value };
            else faults.AddRange(province.Problems);
        }
        return faults.Count > 0 ? faults : new ReformAreas.Input(Intent, What, Form.Paper, Form.On);
    }

    private static List<T>? File<T>(IFormFile? sent, string field, Func<Stream, string, Outcome<List<T>>> read, List<Problem> faults)
    {
        if (sent is null) return null;
        using var content = sent.OpenReadStream();
        var outcome = sent.Length == 0 ? SheetProblems.Empty() : read(content, sent.FileName);
        if (outcome.Done) return outcome.Value;
        faults.AddRange(outcome.Problems.Select(problem => problem.At(field)));
        return null;
    }
}
