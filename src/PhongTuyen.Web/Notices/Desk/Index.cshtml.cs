using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Data;
using PhongTuyen.Notices;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Notices.Desk;

/// <summary>The visitor's notices: those that were not read first. To open one is to read it.</summary>
public sealed class IndexModel(Db db, NoticeBoard board) : HousePage(db)
{
    [BindProperty(SupportsGet = true)]
    public string? Show { get; set; }

    public bool Read => Show == "read";
    public NoticeBoard.Found Found { get; private set; } = new([], null);
    public (int Unread, int Read) Counts { get; private set; }
    public bool Paged { get; private set; }

    public async Task OnGetAsync(string? behind)
    {
        var place = Place(behind);
        Paged = place is not null;
        Counts = await board.CountsAsync(Ct);
        Found = await board.MineAsync(Read, place, Ct);
    }

    public async Task<IActionResult> OnPostOpenAsync(Guid id)
    {
        var link = await board.ReadAsync(id, Ct);
        if (!link.Done) return await NotHereAsync("notice", id);
        return Redirect(link.Value is { } to && Url.IsLocalUrl(to) ? to : Links.Notices);
    }

    public async Task<IActionResult> OnPostAllAsync()
    {
        await board.ReadAllAsync(Ct);
        return Done(Links.Notices, "notices.all-read");
    }

    public string Older => $"{Links.Notices}?show={(Read ? "read" : "unread")}&behind={string.Create(CultureInfo.InvariantCulture, $"{Found.More!.Value.At.UtcTicks}.{Found.More.Value.Id}")}";

    private static (DateTimeOffset, Guid)? Place(string? behind) =>
        behind?.Split('.') is [var ticks, var id] && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < DateTimeOffset.MaxValue.UtcTicks && Guid.TryParse(id, out var row) ? (new DateTimeOffset(at, TimeSpan.Zero), row) : null;
}
