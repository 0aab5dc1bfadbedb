using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.People.Desk;

/// <summary>Who looked at a person: opened the record, saw numbers, had the person in a list or took one away; all of it or of one day.</summary>
public sealed class LookedModel(Db db, PersonHeads heads) : HousePage(db)
{
    [BindProperty(SupportsGet = true)]
    public PersonId Id { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? Day { get; set; }

    [BindProperty(SupportsGet = true)]
    public LookKind What { get; set; }

    public PersonHead Head { get; private set; } = null!;
    public IReadOnlyList<WhoLooked.Look> Looks { get; private set; } = [];
    /// <summary>There are older ones behind the last of the page.</summary>
    public bool More { get; private set; }
    public bool Paged { get; private set; }
    public bool Narrowed => Day is not null || What != LookKind.All;

    public async Task<IActionResult> OnGetAsync(string? behind)
    {
        if (await heads.OfAsync(Id, Ct) is not { } head) return await NotHereAsync("person", Id);
        Head = head;
        // What an address asks for that is no kind or no day is not asked for.
        if (!Enum.IsDefined(What)) What = LookKind.All;
        var (questions, place) = (new Questions(Db.Connection), Place(behind));
        var found = questions.AskWhoLooked(Id, What, Day, place);
        await questions.AnswerAsync(Ct);
        (Looks, More, Paged) = ([.. found.Take(WhoLooked.Page)], found.Count > WhoLooked.Page, place is not null);
        await SeenAsync(new LooksSeen(Id));
        return Page();
    }

    public string Here => Links.With(Links.Looked(Id), ("Day", Day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)), ("What", What == LookKind.All ? null : What.ToString()));

    public string Older => Links.With(Here, ("behind", string.Create(CultureInfo.InvariantCulture, $"{Looks[^1].At.UtcTicks}.{Looks[^1].Id}")));

    private static (DateTimeOffset, Guid)? Place(string? behind) => behind?.Split('.') is [var ticks, var id] && Clock.OfTicks(ticks) is { } at && Guid.TryParse(id, out var row) ? (at, row) : null;
}
