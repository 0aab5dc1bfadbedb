using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PhongTuyen.Data;
using PhongTuyen.Formats.Files;
using PhongTuyen.Kernel;
using PhongTuyen.People;

namespace PhongTuyen.Web.Shared;

/// <summary>What every page of staff does alike: shows refusals at their fields, answers 404 for what is not there or not the visitor's, keeps the trace of what was seen.</summary>
public abstract class HousePage(Db db) : PageModel
{
    private readonly HashSet<PersonId> shown = [];
    private Screen? screen;

    protected Db Db => db;

    public Screen S => screen ??= HttpContext.RequestServices.GetRequiredService<Screen>();

    /// <summary>The id of a form, made when it is drawn: sent twice, it is done once.</summary>
    [BindProperty]
    public Guid Intent { get; set; }

    public IReadOnlyList<Problem> Refused { get; private set; } = [];

    /// <summary>What an act that was to be taken back, or done, met: each record with why.</summary>
    public IReadOnlyList<Dependent> InTheWay { get; private set; } = [];

    /// <summary>Who acts again has read what the act before did: its note does not stand above the answer to this one.</summary>
    public override void OnPageHandlerExecuting(Microsoft.AspNetCore.Mvc.Filters.PageHandlerExecutingContext context)
    {
        if (!HttpMethods.IsPost(Request.Method)) return;
        TempData.Remove("done");
        TempData.Remove("undo");
        TempData.Remove("refused");
    }

    protected CancellationToken Ct => HttpContext.RequestAborted;

    /// <summary>A fresh id for the form that is drawn now.</summary>
    protected void NewIntent() => Intent = Db.Clock.NewGuid();

    /// <summary>Draws the page again with its refusals: each at its field, all in the summary, what was typed still there.</summary>
    protected PageResult Refuse(IReadOnlyList<Problem> problems, string prefix = "Form")
    {
        Refused = problems;
        foreach (var problem in problems.Where(problem => problem.Field is not null)) ModelState.AddModelError($"{(prefix.Length > 0 ? prefix + "." : "")}{char.ToUpperInvariant(problem.Field![0])}{problem.Field[1..]}", S.Say(problem));
        Response.StatusCode = problems.Count > 0 ? problems[0].Status : StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    protected PageResult Refuse(Problem problem) => Refuse([problem]);

    /// <summary>The same of an act over many records: those that stood in its way are listed, each with its page. The fields of the problems are ids of records.</summary>
    /// <param name="find">The record of such an id; null where the visitor does not see it.</param>
    protected PageResult RefuseMany(IReadOnlyList<Problem> problems, Func<Guid, Dependent?> find) =>
        RefuseMany(problems[0], problems.Select(problem => Guid.TryParse(problem.Field, out var id) && find(id) is { } one ? one with { Why = S.Say(problem) } : null).OfType<Dependent>());

    /// <summary>The same where the page itself says what stands in the way.</summary>
    protected PageResult RefuseMany(Problem problem, IEnumerable<Dependent> inTheWay)
    {
        InTheWay = [.. inTheWay];
        return Refuse([problem.At(null)], "");
    }

    /// <summary>The same where the page finds them itself.</summary>
    protected void StandInTheWay(IReadOnlyList<Dependent> them) => InTheWay = them;

    /// <summary>Writes down who stands in such a list, and finds them by the ids of their records.</summary>
    /// <param name="sql">Of the ids $1: id, persons, the name.</param>
    protected async Task<Dictionary<Guid, (PersonId Person, string Shown)>> DependentsAsync(string list, IEnumerable<Problem> problems, string sql)
    {
        Guid[] ids = [.. problems.Select(problem => Guid.TryParse(problem.Field, out var id) ? id : Guid.Empty).Where(id => id != Guid.Empty)];
        Db.ChangeTracker.Clear();
        var found = await Db.Connection.RowsAsync(sql, r => (Id: r.GetGuid(0), Persons: r.GetFieldValue<Guid[]>(1), Shown: r.GetString(2)), Ct, (object)ids);
        if (found.Count > 0) await ListedAsync(list, found.SelectMany(one => one.Persons).Distinct().Select(person => new PersonId(person)));
        return found.ToDictionary(one => one.Id, one => (new PersonId(one.Persons[0]), one.Shown));
    }

    /// <summary>Not there, or not within the visitor's area: one answer for both, and the trace that it was asked for.</summary>
    protected async Task<IActionResult> NotHereAsync(string kind, object id)
    {
        Db.ChangeTracker.Clear();
        Db.Tell(new AskedNotShown(kind, id.ToString() ?? ""));
        await Db.SaveChangesAsync(Ct);
        return NotFound();
    }

    /// <summary>Writes into the audit who was shown. The page is drawn only when this is committed.</summary>
    protected async Task SeenAsync<TEvent>(TEvent seen, string? purpose = null) where TEvent : IEvent
    {
        Db.Tell(seen, purpose);
        await Db.SaveChangesAsync(Ct);
    }

    /// <summary>The page shows this person, however it comes to be drawn: opened, or once more with a refusal. Said where the person is loaded; <see cref="KeepTraceAsync"/> writes it.</summary>
    protected void Shows(PersonId person) => shown.Add(person);

    /// <summary>Writes into the audit whom the page shows. Called when it is to be drawn, before the commit; who is sent on to another page, or away, has seen nobody.</summary>
    internal async Task KeepTraceAsync()
    {
        if (shown.Count == 0) return;
        if (HttpMethods.IsPost(Request.Method)) Db.ChangeTracker.Clear(); // what a refused act had begun is not saved with the trace
        foreach (var person in shown) Db.Tell(new PersonSeen(person));
        await Db.SaveChangesAsync(Ct);
    }

    /// <summary>A list with these persons was shown.</summary>
    protected Task ListedAsync(string list, IEnumerable<PersonId> persons) => SeenAsync(new PersonsListed([.. persons], list));

    /// <summary>A list that names nobody who is recorded leaves as a file.</summary>
    /// <param name="list">As in <see cref="ListTaken"/>.</param>
    protected async Task<IActionResult> TakenAsync<TRow>(string list, ListFile<TRow> file, IAsyncEnumerable<TRow> rows, string? form)
    {
        var sent = await file.WriteAsync(rows, form, HttpContext);
        await SeenAsync(new ListTaken([], list, file.Rows));
        return sent;
    }

    /// <summary>A file that somebody sent, as it was sent: nothing in it runs, and it never passes for a page of ours.</summary>
    /// <param name="drawn">A picture that one of our pages draws; else it is saved under the name.</param>
    protected FileContentResult AsSent(byte[] content, FileKind kind, string name, bool drawn = false)
    {
        Response.Headers.ContentSecurityPolicy = "sandbox";
        return drawn && kind != FileKind.Pdf ? File(content, SentFile.TypeOf(kind)) : File(content, SentFile.TypeOf(kind), $"{name}.{SentFile.Ending(kind)}");
    }

    protected async Task<List<byte[]>> ReadAsync(IEnumerable<IFormFile> files)
    {
        var read = new List<byte[]>();
        foreach (var file in files)
        {
            using var bytes = new MemoryStream();
            await file.CopyToAsync(bytes, Ct);
            read.Add(bytes.ToArray());
        }
        return read;
    }

    /// <summary>Goes on to another page and says there what was done.</summary>
    /// <param name="text">Key of the sentence.</param>
    protected RedirectResult Done(string address, string text, params ReadOnlySpan<(string Name, object? Value)> details)
    {
        TempData["done"] = S.Say(text, details);
        return Redirect(address);
    }

    /// <summary>
    /// One form after the other on one page: whether the next one is drawn by this very request, as the page's script asks (Islands/in-place.ts). Else the redirect leads to it, with what it shall begin with.
    /// </summary>
    /// <param name="done">From <see cref="Done"/>.</param>
    /// <param name="kept">What the next form begins with.</param>
    protected bool BeginsAnew(RedirectResult done, object? kept)
    {
        if (Request.Headers["Pt-In-Place"] != "1")
        {
            TempData["kept"] = kept is null ? null : JsonSerializer.Serialize(new KeptForm(done.Url, JsonSerializer.SerializeToElement(kept)));
            return false;
        }
        ModelState.Clear();
        Db.ChangeTracker.Clear();
        NewIntent();
        return true;
    }

    private sealed record KeptForm(string Address, JsonElement Form);

    /// <summary>What the form before left for this one.</summary>
    protected T? Kept<T>() where T : class => TempData["kept"] is string kept && JsonSerializer.Deserialize<KeptForm>(kept) is { } form && form.Address == Request.Path + Request.QueryString ? form.Form.Deserialize<T>() : null;

    /// <summary>The same, with an act that takes it back: a form of one button, sent to <paramref name="undo"/>.</summary>
    protected RedirectResult DoneWithUndo(string address, string text, string undo, params ReadOnlySpan<(string Name, object? Value)> details)
    {
        TempData["undo"] = undo;
        return Done(address, text, details);
    }

    /// <summary>Goes on to another page and says there what was refused: the page that asked is not, or no longer, the visitor's.</summary>
    protected RedirectResult RefusedAt(string address, Problem problem)
    {
        TempData["refused"] = S.Say(problem);
        return Redirect(address);
    }
}
