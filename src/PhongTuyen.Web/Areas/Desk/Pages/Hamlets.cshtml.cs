using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Areas;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Areas.Desk;

/// <summary>A commune keeps the list of its hamlets and residential groups: adds, renames, closes, takes back. Others only read it, because addresses everywhere are written with it.</summary>
public sealed class HamletsModel(Db db, AreaStore areas, HamletsOfCommune list, KeepHamlets keep) : HousePage(db)
{
    [BindProperty]
    public HamletFields Form { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public AreaId? Commune { get; set; }

    public AreaRow Here { get; private set; } = null!;
    public IReadOnlyList<AreaRow> Above { get; private set; } = [];
    public IReadOnlyList<Hamlet> Standing { get; private set; } = [];
    public IReadOnlyList<Hamlet> Closed { get; private set; } = [];
    public bool Own => Db.Scope.Covers(default, areas.Book.Keys(Here.Id));
    public bool MayKeep => Own && S.May(PhongTuyen.Accounts.Permission.EnterData) && Here.ValidOn(S.Today);

    public async Task<IActionResult> OnGetAsync(int? edit)
    {
        if (Commune is null && !ModelState.ContainsKey(nameof(Commune))) return Redirect(OwnAddress());
        if (!await LoadAsync()) return await NotHereAsync("area", Commune ?? default);
        if (Standing.FirstOrDefault(hamlet => hamlet.Id == edit) is { } asked) Form = HamletFields.Of(asked);
        return Page();
    }

    public async Task<IActionResult> OnGetFileAsync(string? form)
    {
        if (!await LoadAsync()) return await NotHereAsync("area", Commune ?? default);
        return await new ListFile<Hamlet>(S, $"{S["hamlets.title"]}, {Here.Name}")
            .With("hamlets.name", hamlet => hamlet.Name, 28).With("hamlets.households", hamlet => hamlet.Households).With("hamlets.since", hamlet => hamlet.ValidFrom).With("areas.until", hamlet => hamlet.ValidTo)
            .WriteAsync([.. Standing, .. Closed], form, HttpContext);
    }

    public async Task<IActionResult> OnPostSaveAsync()
    {
        if (!await LoadAsync() || !Own) return await NotHereAsync("area", Commune ?? default);
        if (!ModelState.IsValid) return Refuse([]);
        if (Form.Kind is not { } kind) return Refuse(Refusals.Required("kind"));
        if (Form.Count().Refused(out var fault)) return Refuse(fault);
        var households = Form.Count().Value;
        if (Form.Id == 0)
        {
            var added = await keep.RunAsync(new KeepHamlets.Add(Intent, Here.Id, kind, Form.Name, households), Ct);
            return added.Done ? Done(Links.HamletsOf(Here.Id), "hamlets.added", ("name", Hamlet.FullName(kind, Form.Name))) : Refuse(added.Problems);
        }
        if (!IsOfHere(Form.Id)) return await NotHereAsync("hamlet", Form.Id);
        var changed = await keep.RunAsync(new KeepHamlets.Change(Intent, Form.Id, Form.BaseVersion, kind, Form.Name, households), Ct);
        return changed.Done ? Done(Links.HamletsOf(Here.Id), "hamlets.saved", ("name", Hamlet.FullName(kind, Form.Name))) : Refuse(changed.Problems);
    }

    public async Task<IActionResult> OnPostCloseAsync(int hamlet)
    {
        if (!await LoadAsync() || !Own || Standing.FirstOrDefault(one => one.Id == hamlet) is not { } asked) return await NotHereAsync("hamlet", hamlet);
        var outcome = await keep.EndAsync(hamlet, Ct);
        return outcome.Done ? DoneWithUndo(Links.HamletsOf(Here.Id), "hamlets.closed", $"{Links.HamletsOf(Here.Id)}?handler=Reopen&hamlet={new AreaId(hamlet)}", ("name", asked.Name)) : Refuse(outcome.Problems);
    }

    public async Task<IActionResult> OnPostReopenAsync(int hamlet)
    {
        if (!await LoadAsync() || !Own || Closed.FirstOrDefault(one => one.Id == hamlet) is not { } asked) return await NotHereAsync("hamlet", hamlet);
        var outcome = await keep.ReopenAsync(hamlet, Ct);
        return outcome.Done ? Done(Links.HamletsOf(Here.Id), "hamlets.reopened", ("name", asked.Name)) : Refuse(outcome.Problems);
    }

    /// <summary>The visitor's one commune, else the area in which they choose one.</summary>
    private string OwnAddress() => Db.Scope switch
    {
        { Provinces.Count: 0, Districts.Count: 0, Communes: [var commune] } => Links.HamletsOf(commune),
        { Provinces.Count: 0, Districts: [var district] } => Links.Area(district, S.Today),
        { Provinces: [{ Value: not 0 } province], Districts.Count: 0 } => Links.Area(province, S.Today),
        _ => Links.Areas,
    };

    private async Task<bool> LoadAsync()
    {
        if (Commune is not { } id || areas.Book.Find(id) is not { Level: AreaLevel.Commune } here) return false;
        Here = here;
        Above = [.. new[] { areas.Book.Keys(id).Province, areas.Book.Keys(id).District }.Where(above => above.Value != 0).Select(above => areas.Book.Find(above)!)];
        var hamlets = await list.FindAsync(id, Ct);
        Standing = [.. hamlets.Where(hamlet => hamlet.ValidTo is null)];
        Closed = [.. hamlets.Where(hamlet => hamlet.ValidTo is not null)];
        return true;
    }

    private bool IsOfHere(int hamlet) => Standing.Any(one => one.Id == hamlet);
}
