using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Papers;
using PhongTuyen.Web.Accounts;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Papers.Desk;

/// <summary>Gives papers to a volunteer, or changes what was said of them; also who types them.</summary>
public sealed class NewModel(Db db, GivePapers give, BatchesList batches) : HousePage(db)
{
    public sealed class Fields
    {
        public int BaseVersion { get; set; }
        public string? Title { get; set; }
        public AccountId? Volunteer { get; set; }
        public AccountId? Second { get; set; }
        public int? Percent { get; set; }
        public int? Papers { get; set; }
        public string? Place { get; set; }
        public DateOnly? Due { get; set; }
        public string? Note { get; set; }
    }

    /// <summary>Null: a new batch.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? Id { get; set; }

    [BindProperty]
    public Fields Form { get; set; } = new();

    public PaperBatch? Batch { get; private set; }
    public IReadOnlyList<BatchesList.Volunteer> Volunteers { get; private set; } = [];

    /// <summary>Each with the last day; who has the papers now stays to be chosen behind theirs.</summary>
    public IEnumerable<(string Value, string Word)> Choices =>
    [
        .. Volunteers.Select(one => (one.Id.ToString(), S.Say("papers.volunteer-until", ("name", one.Name), ("user", one.UserName), ("day", LastDay.Of(one.Until))))),
        .. Batch is { } batch && Volunteers.All(one => one.Id != batch.AccountId) ? new[] { (batch.AccountId.ToString(), S.Say("papers.volunteer-over", ("name", batch.AccountName))) } : [],
    ];

    public IEnumerable<(string Value, string Word)> SecondChoices =>
    [
        .. Volunteers.Select(one => (one.Id.ToString(), S.Say("papers.volunteer-until", ("name", one.Name), ("user", one.UserName), ("day", LastDay.Of(one.Until))))),
        .. Batch is { SecondAccountId: { } second } batch && Volunteers.All(one => one.Id != second) ? new[] { (second.ToString(), S.Say("papers.volunteer-over", ("name", batch.SecondName))) } : [],
    ];

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await LoadAsync()) return await NotHereAsync("paper-batch", Id!);
        NewIntent();
        if (Batch is { } batch) Form = new Fields { BaseVersion = batch.Version, Title = batch.Title, Volunteer = batch.AccountId, Second = batch.SecondAccountId, Percent = 100 / batch.SecondEvery, Papers = batch.Papers, Place = batch.Place, Due = batch.Due, Note = batch.Note };
        else if (Volunteers is [var only]) Form.Volunteer = only.Id;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await LoadAsync()) return await NotHereAsync("paper-batch", Id!);
        if (!ModelState.IsValid) return Refuse([]);
        var outcome = await give.RunAsync(new GivePapers.Input(Intent, Id ?? Intent, Id is null ? 0 : Form.BaseVersion, Form.Title, Form.Place, Form.Papers, Form.Note, Form.Due, Form.Volunteer) { Second = Form.Second, Percent = Form.Percent }, Ct);
        if (outcome.Done) return Done(Links.Batch(outcome.Value), Id is null ? "papers.given" : "papers.changed", ("title", Form.Title));
        return outcome.Problem.Status == StatusCodes.Status404NotFound ? await NotHereAsync("paper-batch", Id ?? Intent) : Refuse(outcome.Problems);
    }

    private async Task<bool> LoadAsync()
    {
        if (Id is { } id && (Batch = await batches.OfUnitAsync(id, Ct)) is null) return false;
        Volunteers = await batches.VolunteersAsync(Batch?.UnitId ?? Db.Visitor!.Unit, Ct);
        return true;
    }
}
