using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Reporting;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Audit.Desk;

/// <summary>Who did what on a day, in the visitor's units. Names accounts, never persons.</summary>
public sealed class TrailModel(Db db, ActsTrail trail, Words words) : HousePage(db)
{
    [BindProperty(SupportsGet = true)]
    public DateOnly? Day { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Who { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Act { get; set; }

    public DateOnly Shown { get; private set; }
    public ActsTrail.Found Found { get; private set; } = new([], null);
    public bool Paged { get; private set; }
    /// <summary>Whether an account was asked for that is not there or not the visitor's.</summary>
    public bool WhoUnknown { get; private set; }
    /// <summary>Every act that has a word, in the order of the words.</summary>
    public IReadOnlyList<(string Act, string Word)> Acts => [.. words.Of(S.Language).Where(text => text.Key.StartsWith("act.", StringComparison.Ordinal)).Select(text => (text.Key["act.".Length..], text.Value)).OrderBy(pair => pair.Value, StringComparer.Create(System.Globalization.CultureInfo.GetCultureInfo("vi-VN"), ignoreCase: true))];
    public bool Narrowed => Who is not null || Act is not null;

    public async Task OnGetAsync(Guid? behind)
    {
        (Shown, Who, Act, Paged) = (Day ?? S.Today, VietnameseText.Clean(Who), VietnameseText.Clean(Act), behind is not null);
        var account = Who is null ? null : await trail.AccountAsync(Who, Ct);
        WhoUnknown = Who is not null && account is null;
        if (!WhoUnknown) Found = await trail.FindAsync(Shown, account, Act, behind, Ct);
    }

    public string Address(DateOnly day, string? who, string? act, Guid? behind = null) => Links.With($"{Links.Trail}?day={day:yyyy-MM-dd}", ("who", who), ("act", act), ("behind", behind?.ToString()));

    /// <summary>Where the subject of an act can be seen by whoever operates the installation; persons never.</summary>
    public static string? LinkOf(ActsTrail.Row row) => row.SubjectKind switch
    {
        "account" when AccountId.TryParse(row.SubjectId, out var id) => Links.Account(id),
        "unit" when UnitId.TryParse(row.SubjectId, out var id) => Links.Unit(id),
        "area-link" when AreaId.TryParse(row.SubjectId, out var id) => Links.AreaLink(id.Value),
        _ => null,
    };
}
