using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Areas;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Areas.Desk;

/// <summary>One doubtful row: which old communes went as a whole into which new one, or that the row says nothing.</summary>
public sealed class LinkModel(Db db, AreaLinkFindings findings, SettleAreaLink settle, AreaStore areas) : HousePage(db)
{
    public static readonly DateOnly LastOld = AreaBook.TwoLevelsFrom.AddDays(-1);

    public sealed class Fields
    {
        /// <summary>Of the proposed old communes those that are meant.</summary>
        public List<int> Olds { get; set; } = [];
        /// <summary>Another old commune than the proposed ones.</summary>
        public AreaId? Old { get; set; }
        public string? OldText { get; set; }
        /// <summary>The proposed new commune that is meant; 0 for another one.</summary>
        public int Into { get; set; }
        public AreaId? New { get; set; }
        public string? NewText { get; set; }
        public string? Reason { get; set; }
    }

    [BindProperty]
    public Fields Form { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public int Id { get; set; }

    public AreaLinkFindings.Finding Row { get; private set; } = null!;
    public IReadOnlyList<AreaRow> Olds { get; private set; } = [];
    public IReadOnlyList<AreaRow> News { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await LoadAsync()) return await NotHereAsync("area-link", Id);
        // Where one side has a single answer it is chosen already.
        if (Olds is [var old]) Form.Olds = [old.Id.Value];
        if (News is [var one]) Form.Into = one.Id.Value;
        return Page();
    }

    public async Task<IActionResult> OnPostLinkAsync()
    {
        if (!await LoadAsync()) return await NotHereAsync("area-link", Id);
        if (!ModelState.IsValid) return Refuse([]);
        var other = AreaPick.ReadOrNone(areas, Form.Old, Form.OldText, LastOld, "oldText");
        var into = Form.Into != 0 ? new AreaId(Form.Into) : AreaPick.Read(areas, Form.New, Form.NewText, AreaBook.TwoLevelsFrom, "newText");
        if (!other.Done || !into.Done) return Refuse([.. other.Problems, .. into.Problems]);
        var olds = Form.Olds.Select(id => new AreaId(id)).Concat(other.Value is { } one ? [one] : []).Distinct().ToList();
        var outcome = await settle.RunAsync(new SettleAreaLink.Link(Intent, Id, olds, into.Value, Form.Reason), Ct);
        return outcome.Done ? Done(Links.AreaLinks, "area-links.linked", ("old", string.Join(", ", olds.Select(NameOf))), ("new", NameOf(into.Value))) : Refuse(outcome.Problems);
    }

    public async Task<IActionResult> OnPostAsideAsync()
    {
        if (!await LoadAsync()) return await NotHereAsync("area-link", Id);
        var outcome = await settle.RunAsync(new SettleAreaLink.SetAside(Intent, Id, Form.Reason), Ct);
        return outcome.Done ? Done(Links.AreaLinks, "area-links.set-aside", ("old", Row.OldText)) : Refuse(outcome.Problems);
    }

    public string PathOf(AreaRow row) => areas.Book.Path(row.Id);

    private string NameOf(AreaId id) => areas.Book.Find(id)?.Name ?? "";

    private async Task<bool> LoadAsync()
    {
        if (await findings.OneAsync(Id, Ct) is not { } row) return false;
        (Row, Olds, News) = (row, Proposed(row.OldCandidates, row.OldText, LastOld), Proposed(row.NewCandidates, row.NewText, AreaBook.TwoLevelsFrom));
        return true;
    }

    /// <summary>What the row may mean on one side: its candidates, the bearer of the code it writes, and what its words name.</summary>
    private List<AreaRow> Proposed(IReadOnlyList<AreaId> candidates, string text, DateOnly day)
    {
        var (code, words) = text.Split(' ', 2) is [var first, var rest] ? (first, rest) : ("", text);
        var match = areas.Matcher.MatchText(words, day).Match;
        var named = match.Verdict == AreaVerdict.One ? [match.Area] : match.Candidates;
        return [.. candidates.Concat(areas.Book.ByCode(code, day) is { } bearer ? [bearer.Id] : []).Concat(named).Distinct().Select(id => areas.Book.Find(id)!).Where(row => row.ValidOn(day) && row.Level == AreaLevel.Commune).Take(12)];
    }
}
