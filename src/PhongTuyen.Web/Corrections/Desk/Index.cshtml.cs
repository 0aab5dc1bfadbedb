using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Corrections;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Corrections.Desk;

/// <summary>What the visitor's unit asked to have corrected, and what became of it.</summary>
public sealed class IndexModel(Db db, CorrectionReader reader, CorrectionWords words) : HousePage(db)
{
    public CorrectionReader.Found Found { get; private set; } = new([], null);
    public CorrectionState? State { get; private set; }
    public bool Paged { get; private set; }

    public async Task<IActionResult> OnGetAsync(string? behind)
    {
        var asked = new FilterQuery(Request.Query);
        State = asked.Word<CorrectionState>("state");
        if (asked.Faults.Count > 0) return Refuse(asked.Faults, "");
        var place = behind?.Split('_') is [var ticks, var id] && Clock.OfTicks(ticks) is { } at && Guid.TryParse(id, out var guid) ? (at, guid) : ((DateTimeOffset, Guid)?)null;
        Paged = place is not null;
        Found = await reader.AskedAsync(State, place, Ct);
        await ListedAsync("corrections", Found.Rows.Where(row => row.Shown is not null).Select(row => row.Person));
        return Page();
    }

    public string Fields(CorrectionReader.Row row) => string.Join(", ", row.Fields.Select(field => words.Name(field, S.Language)));

    public static string Address(CorrectionState? state, (DateTimeOffset At, Guid Id)? behind = null) =>
        Links.With(Links.Corrections, ("state", state?.ToString()), ("behind", behind is { } key ? string.Create(CultureInfo.InvariantCulture, $"{key.At.UtcTicks}_{key.Id}") : null));
}
