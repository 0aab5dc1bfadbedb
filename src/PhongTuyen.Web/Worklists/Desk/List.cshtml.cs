using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People;
using PhongTuyen.Web.Shared;
using PhongTuyen.Worklists;
using PhongTuyen.Worklists.Contract;

namespace PhongTuyen.Web.Worklists.Desk;

/// <summary>One list: its tabs, page by page; lines are chosen, looked at ahead, and given, handed back or decided together.</summary>
public sealed class ListModel(Db db, IEnumerable<IWorklist> lists, WorkItemsList items, WorkCounts counts, WorkersOf workers, ActOnWork act, TakeList taken, ListRequests requests) : TakenPage<ListModel.TakenItem>(db, taken, requests)
{
    public sealed class Fields
    {
        /// <summary>Take, Give, HandBack, or the name of a decision.</summary>
        public string? What { get; set; }
        public AccountId? To { get; set; }
        public string? Note { get; set; }
    }

    /// <param name="Line">What it is about; null where the visitor does not see the person.</param>
    public sealed record TakenItem(WorkItemsList.Row Row, string? Line);

    [BindProperty]
    public Fields Form { get; set; } = new();

    /// <summary>An item and the version that was shown: <c>id_version</c>.</summary>
    [BindProperty]
    public List<string?> Picks { get; set; } = [];

    public IWorklist List { get; private set; } = null!;
    public WorkFilter Filter { get; private set; } = null!;
    public WorkCounts.Counts Counts { get; private set; } = WorkCounts.Counts.None;
    public WorkItemsList.Found Found { get; private set; } = new([], null);
    public IReadOnlyDictionary<Guid, string> Lines { get; private set; } = new Dictionary<Guid, string>();
    public IReadOnlyList<WorkersOf.Row> Workers { get; private set; } = [];
    public bool Paged { get; private set; }
    public string? UnitName { get; private set; }
    /// <summary>What the chosen lines would become; null: nothing was looked at ahead.</summary>
    public ActOnWork.Forecast? Ahead { get; private set; }
    /// <summary>The page shows the lines that were chosen, to be given to somebody.</summary>
    public bool Chosen { get; private set; }
    /// <summary>Whose items the list is narrowed to.</summary>
    public string? OwnerName => Filter.Owner is null ? null : Found.Rows.Select(row => row.OwnerName).FirstOrDefault(name => name is not null) ?? S["worklist.owner"];

    public async Task<IActionResult> OnGetAsync(string? behind)
    {
        if (await ReadListAsync() is { } answer) return answer;
        NewIntent();
        await LoadAsync(behind);
        return Page();
    }

    /// <summary>What would happen to each; nothing is done.</summary>
    public async Task<IActionResult> OnPostLookAsync()
    {
        if (await ReadListAsync() is { } answer) return answer;
        // Whom to give it to is asked once it is known which lines: of those who could do them.
        if (Form is { What: "Give", To: null } && Input().Picks is { Count: > 0 } picks)
        {
            await LoadAsync(null, [.. picks.Select(pick => pick.Id)]);
            if (Found.Rows.Count != picks.DistinctBy(pick => pick.Id).Count()) return await NotHereAsync("work", string.Join(' ', Picks));
            Workers = await workers.OfAsync([.. Found.Rows.Select(row => row.Unit)], Ct);
            return Page();
        }
        var outcome = await act.PreviewAsync(Input(), Ct);
        if (!outcome.Done) return await RefusedAsync(outcome.Problems);
        NewIntent();
        ModelState.Remove(nameof(Intent));
        Ahead = outcome.Value;
        await LoadAsync(null, [.. Ahead.Items.Select(one => one.Id)]);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (await ReadListAsync() is { } answer) return answer;
        var outcome = await act.RunAsync(Input(), Ct);
        return outcome.Done ? DoneWithUndo(WorkAddress.Of(Filter), "worklist.done-n", Links.Handler(Links.WorkAct(outcome.Value.Act), "Undo"), ("n", outcome.Value.Done), ("left", outcome.Value.Left)) : await RefusedAsync(outcome.Problems);
    }

    public IReadOnlyList<(string Value, string Word, bool NeedsNote)> Whats =>
        [("Take", S["worklist.take"], false), ("Give", S["worklist.give"], false), ("HandBack", S["worklist.hand-back"], false), .. List.Decisions.Select(decision => (decision.Name, S[$"worklist.decide-{List.Name}-{decision.Name}"], decision.NeedsNote))];

    public string WhatWord => Whats.FirstOrDefault(what => what.Value == Form.What).Word ?? "";

    public static string Pick(WorkItemsList.Row row) => string.Create(CultureInfo.InvariantCulture, $"{row.Id}_{row.Version}");

    private ActOnWork.Input Input() => new(Intent, List.Name, Form.What switch { "Take" or "Give" => WorkActKind.Give, "HandBack" => WorkActKind.HandBack, _ => WorkActKind.Decide },
        [.. Picks.OfType<string>().Select(pick => pick.Split('_')).Where(parts => parts.Length == 2 && Guid.TryParse(parts[0], out _) && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out _)).Select(parts => new ActOnWork.Pick(Guid.Parse(parts[0]), int.Parse(parts[1], CultureInfo.InvariantCulture)))],
        Form.What == "Take" ? Db.Visitor!.Account : Form.To, Form.What is "Take" or "Give" or "HandBack" ? null : Form.What, Form.Note);

    private async Task<IActionResult> RefusedAsync(IReadOnlyList<Problem> problems)
    {
        if (problems[0].Status == StatusCodes.Status404NotFound) return await NotHereAsync("work", string.Join(' ', Picks));
        Db.ChangeTracker.Clear();
        await LoadAsync(null);
        return Refuse(problems);
    }

    /// <summary>What the address asks for; an answer where it cannot be given.</summary>
    protected override async Task<IActionResult?> ReadListAsync()
    {
        var name = Request.Query["of"].ToString();
        if (lists.FirstOrDefault(one => name.Length == 0 || one.Name == name) is not { } list) return await NotHereAsync("list", name);
        List = list;
        (Filter, var chosen) = WorkAddress.Read(list.Name, Request.Query, out var faults);
        if (faults.Count > 0) return Refuse(faults, "");
        if (Filter.Unit.Value != 0 && (UnitName = await Db.Connection.ValueAsync<string>("SELECT name FROM pt.unit WHERE id = $1 AND pt.in_scope(id, province_id, district_id, commune_id)", Ct, Filter.Unit.Value)) is null) return await NotHereAsync("unit", Filter.Unit);
        Counts = await counts.OfAsync(Filter, Ct);
        // Where nothing was chosen: what is late, then one's own, then what nobody has.
        if (!chosen) Filter = Filter with { Tab = new[] { WorkTab.Late, WorkTab.Mine, WorkTab.Free, WorkTab.Others, WorkTab.Waiting }.FirstOrDefault(tab => Counts.Of(tab) > 0, WorkTab.Free) };
        return null;
    }

    /// <param name="only">Those that were chosen; null: the page of the list.</param>
    private async Task LoadAsync(string? behind, IReadOnlyList<Guid>? only = null)
    {
        Paged = behind is not null;
        Chosen = only is not null;
        Found = only is null ? await items.FindAsync(Filter, behind, Ct) : new(await items.OfAsync(List.Name, only, Ct), null);
        Lines = await LinesOfAsync(Found.Rows);
        await AskedAsync();
        await ListedAsync("work", Found.Rows.Where(row => row.Shown is not null).Select(row => row.Person).OfType<PersonId>());
    }

    public override string Here => WorkAddress.Of(Filter);

    protected override string ListName => "work";

    protected override IAsyncEnumerable<TakenItem> EveryRow() => EveryPage.OfAsync<TakenItem>(async behind =>
    {
        var found = await items.FindAsync(Filter, behind, Ct, EveryPage.Rows);
        var lines = await LinesOfAsync(found.Rows);
        return ([.. found.Rows.Select(row => new TakenItem(row, lines.GetValueOrDefault(row.Id)))], found.More);
    });

    /// <summary>Of a sealed record's item nothing is told.</summary>
    private Task<IReadOnlyDictionary<Guid, string>> LinesOfAsync(IReadOnlyList<WorkItemsList.Row> rows) => List.LinesAsync([.. rows.Where(row => row.Shown is not null || row.Person is null).Select(row => row.Id)], S.Language, Ct);

    protected override IReadOnlyList<PersonId> PersonsIn(TakenItem row) => row.Row is { Shown: not null, Person: { } person } ? [person] : [];

    protected override ListFile<TakenItem> Columns() => WorkColumns.File(S, List.Name);

    protected override Task ShowListAsync() => LoadAsync(null);
}
