using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Corrections;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Corrections.Desk;

/// <summary>What the visitor's unit asked to have corrected, and what became of it.</summary>
public sealed class IndexModel(Db db, CorrectionReader reader, CorrectionWords words, TakeList taken, ListRequests requests) : TakenPage<CorrectionReader.Row>(db, taken, requests)
{
    public CorrectionReader.Found Found { get; private set; } = new([], null);
    public CorrectionState? State { get; private set; }
    public bool Paged { get; private set; }

    public async Task<IActionResult> OnGetAsync(string? behind)
    {
        if (await ReadListAsync() is { } answer) return answer;
        await ShowAsync(Place(behind));
        return Page();
    }

    private static (DateTimeOffset At, Guid Id)? Place(string? behind) => behind?.Split('_') is [var ticks, var id] && Clock.OfTicks(ticks) is { } at && Guid.TryParse(id, out var guid) ? (at, guid) : null;

    protected override Task<IActionResult?> ReadListAsync()
    {
        var asked = new FilterQuery(Request.Query);
        State = asked.Word<CorrectionState>("state");
        return Task.FromResult<IActionResult?>(asked.Faults.Count > 0 ? Refuse(asked.Faults, "") : null);
    }

    private async Task ShowAsync((DateTimeOffset At, Guid Id)? place)
    {
        Paged = place is not null;
        Found = await reader.AskedAsync(State, place, Ct);
        await AskedAsync();
        await ListedAsync("corrections", Found.Rows.Where(row => row.Shown is not null).Select(row => row.Person));
    }

    public override string Here => Address(State);

    protected override string ListName => "corrections";

    protected override IAsyncEnumerable<CorrectionReader.Row> EveryRow() => EveryPage.OfAsync<CorrectionReader.Row>(async behind =>
    {
        var found = await reader.AskedAsync(State, Place(behind), Ct, EveryPage.Rows);
        return (found.Rows, found.More is { } more ? Key(more) : null);
    });

    protected override IReadOnlyList<PersonId> PersonsIn(CorrectionReader.Row row) => row.Shown is null ? [] : [row.Person];

    protected override ListFile<CorrectionReader.Row> Columns() => new ListFile<CorrectionReader.Row>(S, S["correction.asked-title"])
        .With("person.name", row => row.Shown ?? S["worklist.not-shown"], 28).With("correction.fields", row => Fields(row), 40).With("correction.state", row => S.Word(row.State)).With("correction.decides", row => row.ToUnit, 32)
        .With("correction.asked-at", row => row.AskedAt).With("correction.asked-by", row => row.AskedName, 24).With("correction.decided-at", row => row.DecidedAt);

    protected override Task ShowListAsync() => ShowAsync(null);

    public string Fields(CorrectionReader.Row row) => string.Join(", ", row.Fields.Select(field => words.Name(field, S.Language)));

    public static string Address(CorrectionState? state, (DateTimeOffset At, Guid Id)? behind = null) =>
        Links.With(Links.Corrections, ("state", state?.ToString()), ("behind", behind is { } key ? Key(key) : null));

    private static string Key((DateTimeOffset At, Guid Id) row) => string.Create(CultureInfo.InvariantCulture, $"{row.At.UtcTicks}_{row.Id}");
}
