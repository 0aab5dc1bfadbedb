using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Formats.Sheets;
using PhongTuyen.Kernel;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Accounts.Desk;

/// <summary>Sends a list of people who shall have accounts, or takes an empty one to fill in; the lists sent before.</summary>
public sealed class ListsModel(Db db, SendAccountList send) : HousePage(db)
{
    public sealed class Fields
    {
        public IFormFile? File { get; set; }
    }

    public sealed record Sent(Guid Id, string FileName, int Rows, DateTimeOffset At, DateTimeOffset? MadeAt, int Accounts, int Waiting);

    [BindProperty]
    public Fields Form { get; set; } = new();

    public IReadOnlyList<Sent> Before { get; private set; } = [];

    /// <summary>Slips that wait in the visitor's units, of whichever list.</summary>
    public long Waiting { get; private set; }

    public async Task OnGetAsync([FromServices] IssueSlips slips)
    {
        NewIntent();
        await LoadAsync();
        Waiting = await slips.CountAsync(null, Ct);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!ModelState.IsValid)
        {
            await LoadAsync();
            return Refuse([]);
        }
        var outcome = await SendAsync();
        if (outcome.Done) return Redirect(Links.AccountList(outcome.Value));
        await LoadAsync();
        NewIntent(); // another file is another list
        ModelState.Remove(nameof(Intent));
        return Refuse([.. outcome.Problems.Select(problem => problem.Field is null ? problem.At("file") : problem)]);
    }

    private async Task<Outcome<Guid>> SendAsync()
    {
        if (Form.File is not { Length: > 0 } file) return Form.File is null ? Refusals.Required("file") : SheetProblems.Empty();
        await using var content = file.OpenReadStream();
        return await send.RunAsync(new SendAccountList.Input(Intent, file.FileName), content, Ct);
    }

    /// <summary>An empty list, whose headers are matched by themselves when it comes back.</summary>
    public Task<FileStreamResult> OnGetTemplateAsync() => new ListFile<string>(S, S["account-lists.template-file"])
        .With("account.display-name", text => text, 28).With("account.unit", text => text, 32).With("account.role", text => text, 20).With("account.user-name", text => text, 20)
        .With("account.place", text => text, 20).With("account.position", text => text, 24).With("account.email", text => text, 28).With("account.until", text => text).WriteAsync([], "xlsx", HttpContext);

    private async Task LoadAsync() => Before = await Db.Connection.RowsAsync("""
        SELECT l.id, l.file_name, l.row_count, l.created_at, l.made_at, (SELECT count(*)::int FROM pt.account a WHERE a.list_id = l.id), (SELECT count(*)::int FROM pt.account a WHERE a.list_id = l.id AND NOT a.issued)
        FROM pt.account_list l ORDER BY l.created_at DESC LIMIT 20
        """, r => new Sent(r.GetGuid(0), r.GetString(1), r.GetInt32(2), r.GetFieldValue<DateTimeOffset>(3), r.Maybe<DateTimeOffset>(4), r.GetInt32(5), r.GetInt32(6)), Ct);
}
