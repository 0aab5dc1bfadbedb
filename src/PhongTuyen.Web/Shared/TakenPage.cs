using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People;

namespace PhongTuyen.Web.Shared;

/// <summary>A page whose list may be taken as a file, for a purpose; where it holds more persons than one officer may take alone, a second one is asked.</summary>
public abstract class TakenPage<TRow>(Db db, TakeList taken, ListRequests requests) : HousePage(db), ITakenList
{
    [BindProperty]
    public TakeFields Take { get; set; } = new();

    public ListRequests.Row? Asked { get; private set; }

    public abstract string Here { get; }

    /// <summary>What the list is called in the audit: a word of the texts under <c>looked-list.</c> + this.</summary>
    protected abstract string ListName { get; }

    /// <summary>All rows, as the address narrows them.</summary>
    protected abstract IAsyncEnumerable<TRow> EveryRow();

    /// <summary>Who stands in a row and is shown.</summary>
    protected abstract IReadOnlyList<PersonId> PersonsIn(TRow row);

    protected abstract ListFile<TRow> Columns();

    /// <summary>False where nobody in the rows is recorded: then any number of them leaves.</summary>
    protected virtual bool OfRecords => true;

    /// <summary>What else is to be written down of a file that was taken, in the act of taking it.</summary>
    protected virtual Task TakenAsync(int rows) => Task.CompletedTask;

    /// <summary>Reads what the address asks for; an answer where that cannot be given.</summary>
    protected virtual Task<IActionResult?> ReadListAsync() => Task.FromResult<IActionResult?>(null);

    /// <summary>Loads the list from its beginning: it stands below a refusal.</summary>
    protected abstract Task ShowListAsync();

    public async Task<IActionResult> OnPostFileAsync(string? form)
    {
        if (await ReadListAsync() is { } answer) return answer;
        var file = Columns();
        var outcome = await taken.RunAsync(ListName, Here, Take.Purpose, EveryRow(), PersonsIn, rows => file.WriteAsync(rows, form, HttpContext), Ct, OfRecords);
        if (!outcome.Done) return await NotTakenAsync(outcome.Problems);
        await TakenAsync(file.Rows);
        return outcome.Value;
    }

    public async Task<IActionResult> OnPostAskAsync()
    {
        if (await ReadListAsync() is { } answer) return answer;
        var outcome = await requests.AskAsync(Intent, ListName, Here, Take.Purpose, EveryRow(), Ct, row => PersonsIn(row).Count);
        return outcome.Done ? Done(Here, "take.asked") : await NotTakenAsync(outcome.Problems);
    }

    private async Task<IActionResult> NotTakenAsync(IReadOnlyList<Problem> problems)
    {
        Db.ChangeTracker.Clear();
        await ShowListAsync();
        return Refuse(problems, nameof(Take));
    }

    /// <summary>What the visitor asked a second officer last about this list, and the id of the next form.</summary>
    protected async Task AskedAsync()
    {
        if (Intent == default) NewIntent();
        Asked = await requests.MineAsync(ListName, Here, Ct);
    }
}
