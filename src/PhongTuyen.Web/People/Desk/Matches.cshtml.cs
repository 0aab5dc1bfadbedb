using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Accounts;
using PhongTuyen.Areas;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People;
using PhongTuyen.People.Matching;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.People.Desk;

/// <summary>Pairs of records that may be one person: the likeliest first; what is plainly two persons is decided together, what may be one is opened.</summary>
public sealed class MatchesModel(Db db, MatchesList matches, DecideMatches decide, Matcher matcher, AreaStore areas, TakeList taken, ListRequests requests) : TakenPage<MatchesList.Row>(db, taken, requests)
{
    public sealed class Fields
    {
        public string? Reason { get; set; }
    }

    [BindProperty]
    public Fields Form { get; set; } = new();

    [BindProperty]
    public List<Guid> Ids { get; set; } = [];

    [BindProperty(SupportsGet = true)]
    public MatchState Show { get; set; }

    /// <summary>Only those with this among their reasons.</summary>
    [BindProperty(SupportsGet = true)]
    public MatchReason? Because { get; set; }

    public MatchesList.Found Found { get; private set; } = new([], null);
    public MatchRules Rules { get; private set; } = null!;

    public static readonly IReadOnlyList<MatchState> Tabs = [MatchState.Open, MatchState.Same, MatchState.Different];

    /// <summary>What a clerk looks for: not every reason tells kinds of pairs apart.</summary>
    public static readonly IReadOnlyList<MatchReason> Kinds = [MatchReason.NumberSame, MatchReason.PhoneSame, MatchReason.BirthSame, MatchReason.BirthYearDigit, MatchReason.NameWithoutMarks, MatchReason.NameMarks, MatchReason.NameOrder, MatchReason.NamePart, MatchReason.NameDiffers, MatchReason.HouseholdSame];

    /// <summary>What the visitor decided together and can still take back.</summary>
    public TakeBack Mine { get; private set; } = new([]);

    public async Task OnGetAsync(string? behind) => await LoadAsync(behind);

    public async Task<IActionResult> OnPostAsync()
    {
        var outcome = await decide.RunAsync(new DecideMatches.Input(Intent, Ids, Different: true, Form.Reason), Ct);
        if (outcome.Done) return DoneWithUndo(Address(Show, Because, null), "matches.different-now", $"{Links.Matches}?handler=Undo&of={Intent}", ("n", outcome.Value.Ids.Count));
        if (outcome.Problem.Status == StatusCodes.Status404NotFound) return await NotHereAsync("match", string.Join(' ', Ids));
        await LoadAsync(null);
        return Refuse(outcome.Problems);
    }

    public async Task<IActionResult> OnPostUndoAsync([FromQuery] Guid of)
    {
        var outcome = await decide.UndoAsync(Intent, of, S["form.undo-reason"], Ct);
        if (outcome.Done) return Done(Links.Matches, "matches.open-again", ("n", outcome.Value.Count));
        if (outcome.Problem.Status == StatusCodes.Status404NotFound) return await NotHereAsync("match", of);
        await LoadAsync(null);
        var found = await DependentsAsync("matches", outcome.Problems, """
            SELECT m.id, ARRAY[p.id, o.id], coalesce(p.name, p.code, '?') || ' – ' || coalesce(o.name, o.code, '?') FROM pt.person_match m JOIN pt.person p ON p.id = m.person_id JOIN pt.person o ON o.id = m.other_id WHERE m.id = ANY ($1)
            """);
        return RefuseMany(outcome.Problems, id => found.TryGetValue(id, out var pair) ? new Dependent(pair.Shown, Links.Match(id)) : null);
    }

    private async Task LoadAsync(string? behind)
    {
        await ReadListAsync();
        Rules = await matcher.RulesAsync(Ct);
        Found = await matches.FindAsync(Show, Because, behind, Ct);
        if (S.May(Permission.EnterData)) Mine = TakeBack.Of("matches.mine", await decide.MineAsync(Ct), Links.Matches + "?handler=Undo");
        await AskedAsync();
        await ListedAsync("matches", Found.Rows.SelectMany(row => new[] { row.One.Id, row.Other.Id }).Distinct());
    }

    protected override Task<IActionResult?> ReadListAsync()
    {
        if (!Tabs.Contains(Show)) Show = MatchState.Open;
        return base.ReadListAsync();
    }

    public override string Here => Address(Show, Because, null);

    protected override string ListName => "matches";

    protected override IAsyncEnumerable<MatchesList.Row> EveryRow() => EveryPage.OfAsync<MatchesList.Row>(async behind =>
    {
        var found = await matches.FindAsync(Show, Because, behind, Ct, EveryPage.Rows);
        return (found.Rows, found.More);
    });

    protected override IReadOnlyList<PersonId> PersonsIn(MatchesList.Row row) => [row.One.Id, row.Other.Id];

    protected override ListFile<MatchesList.Row> Columns() => MatchColumns.File(S, PlaceOf);

    protected override Task ShowListAsync() => LoadAsync(null);

    public static string Address(MatchState show, MatchReason? because, string? behind) =>
        Links.With(Links.Matches, ("show", show == MatchState.Open ? null : show.ToString()), ("because", because?.ToString()), ("behind", string.IsNullOrEmpty(behind) ? null : behind));

    public string? PlaceOf(AreaKeys keys) => keys.Known ? areas.Book.Path(keys.Lowest()) : null;

    /// <summary>How sure the score is, in a word.</summary>
    public static string Sureness(MatchRules rules, double score) => score >= rules.Certain ? "certain" : score >= rules.Likely ? "likely" : "possible";
}
