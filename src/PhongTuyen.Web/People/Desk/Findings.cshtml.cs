using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Accounts;
using PhongTuyen.Areas;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.People.Desk;

/// <summary>What has to be mended in the records of the visitor's scope: by kind, page by page; lines are closed together with one reason.</summary>
public sealed class FindingsModel(Db db, FindingsList findings, SharesList shares, CloseFindings close, AreaStore areas, Words words, TakeList taken, ListRequests requests) : TakenPage<FindingsList.Row>(db, taken, requests)
{
    private const string Texts = "finding.";

    public sealed class Fields
    {
        public string? Reason { get; set; }
    }

    [BindProperty]
    public Fields Form { get; set; } = new();

    [BindProperty]
    public List<Guid> Ids { get; set; } = [];

    [BindProperty]
    public FindingState? Act { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Kind { get; set; }

    public FindingsList.Found Found { get; private set; } = new([], null);
    /// <summary>With whom each is shared, and what was answered.</summary>
    public ILookup<Guid, SharesList.OfFinding> Shared { get; private set; } = Array.Empty<SharesList.OfFinding>().ToLookup(one => one.Finding);
    /// <summary>What the visitor decided together and can still take back.</summary>
    public TakeBack Mine { get; private set; } = new([]);
    /// <summary>Kinds that the program knows, with their sentences.</summary>
    public IReadOnlyList<(string Value, string Word)> Kinds => [.. words.Of(S.Language).Where(text => text.Key.StartsWith(Texts, StringComparison.Ordinal)).Select(text => (text.Key[Texts.Length..], text.Value)).OrderBy(kind => kind.Value, StringComparer.Ordinal)];

    public async Task OnGetAsync(string? behind) => await LoadAsync(behind);

    public async Task<IActionResult> OnPostAsync()
    {
        // A form without a button of ours says nothing: it is not taken for the first that there is.
        if (Act is not { } act || !Enum.IsDefined(act)) return await RefuseAsync([(ModelState.IsValid ? Refusals.Required("act") : Refusals.NotOneOf("act")).At(null)]);
        var outcome = await close.RunAsync(new CloseFindings.Input(Intent, Ids, act, Form.Reason), Ct);
        if (outcome.Done) return DoneWithUndo(Address(Kind, null), "findings.closed", $"{Links.Findings}?handler=Undo&of={Intent}", ("n", outcome.Value.Ids.Count));
        if (outcome.Problem.Status == StatusCodes.Status404NotFound) return await NotHereAsync("finding", string.Join(' ', Ids));
        return await RefuseAsync(outcome.Problems);
    }

    private async Task<IActionResult> RefuseAsync(IReadOnlyList<Problem> problems)
    {
        await LoadAsync(null);
        return Refuse(problems);
    }

    public async Task<IActionResult> OnPostUndoAsync([FromQuery] Guid of)
    {
        var outcome = await close.UndoAsync(Intent, of, S["form.undo-reason"], Ct);
        if (outcome.Done) return Done(Links.Findings, "findings.open-again", ("n", outcome.Value.Count));
        if (outcome.Problem.Status == StatusCodes.Status404NotFound) return await NotHereAsync("finding", of);
        await LoadAsync(null);
        var found = await DependentsAsync("findings", outcome.Problems, "SELECT f.id, ARRAY[p.id], coalesce(p.name, p.code, '?') FROM pt.person_finding f JOIN pt.person p ON p.id = f.person_id WHERE f.id = ANY ($1)");
        return RefuseMany(outcome.Problems, id => found.TryGetValue(id, out var one) ? new Dependent(one.Shown, Links.Person(one.Person)) : null);
    }

    private async Task LoadAsync(string? behind)
    {
        Found = await findings.FindAsync(string.IsNullOrEmpty(Kind) ? null : Kind, behind, Ct);
        Shared = (await shares.OfFindingsAsync(Found.Rows, Ct)).ToLookup(one => one.Finding);
        if (S.May(Permission.EnterData)) Mine = TakeBack.Of("findings.mine", await close.MineAsync(Ct), Links.Findings + "?handler=Undo");
        await AskedAsync();
        await ListedAsync("findings", Found.Rows.Select(row => row.Person));
    }

    public override string Here => Address(Kind, null);

    protected override string ListName => "findings";

    protected override IAsyncEnumerable<FindingsList.Row> EveryRow() => EveryPage.OfAsync<FindingsList.Row>(async behind =>
    {
        var found = await findings.FindAsync(string.IsNullOrEmpty(Kind) ? null : Kind, behind, Ct, EveryPage.Rows);
        return (found.Rows, found.More);
    });

    protected override IReadOnlyList<PersonId> PersonsIn(FindingsList.Row row) => [row.Person];

    protected override ListFile<FindingsList.Row> Columns() => new ListFile<FindingsList.Row>(S, S["findings.title"])
        .With("person.name", row => row.Shown, 28).With("person.sex", row => S.Word(row.Sex)).With("person.birth", row => row.Birth.ToString()).With("findings.kind", row => S["finding." + row.Kind], 40)
        .With("findings.where", row => row.UnitName, 32).With("cases.area", row => PlaceOf(row.Area), 40).With("findings.at", row => row.FoundAt);

    protected override Task ShowListAsync() => LoadAsync(null);

    public static string Address(string? kind, string? behind) => Links.With(Links.Findings, ("kind", string.IsNullOrEmpty(kind) ? null : kind), ("behind", string.IsNullOrEmpty(behind) ? null : behind));

    public static string Where(FindingsList.Row row) => row.SubjectKind switch
    {
        "case" => Links.Case(new CaseId(row.SubjectId)),
        "stay" => Links.Stay(new StayId(row.SubjectId)),
        _ => Links.Person(row.Person),
    };

    public string? PlaceOf(AreaKeys keys) => keys.Known ? areas.Book.Path(keys.Commune.Value != 0 ? keys.Commune : keys.District.Value != 0 ? keys.District : keys.Province) : null;
}
