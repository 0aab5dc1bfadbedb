using Microsoft.Playwright;

namespace PhongTuyen.Web.Tests.Browser;

/// <summary>Every page and somebody for whom it is made; of a page about one thing, the list from which it is opened.</summary>
/// <param name="Name">Name of its picture.</param>
/// <param name="Path">Where to begin.</param>
/// <param name="Then">Links to follow from there, each the first that fits.</param>
public sealed record Stop(string Name, string Account, string Path, params string[] Then)
{
    /// <summary>The last of a list that begins with the newest: somebody of the demonstration, with numbers, whoever a test has admitted since.</summary>
    private const string Oldest = "main tr:last-child a[data-open]";

    public static readonly IReadOnlyList<Stop> All =
    [
        new("day", "nhap-lieu", Links.Day),
        new("stays", "nhap-lieu", Links.Stays),
        new("stays-filtered", "tinh", Links.Stays + "?state=InHouse&class=Treatment"),
        new("stay", "nhap-lieu", Links.Stays + "?state=InHouse", "main a[data-open]"),
        new("stay-correct", "nhap-lieu", Links.Stays + "?state=InHouse", "main a[data-open]", "main a[href*='/correct/']"),
        new("stay-decision-new", "quan-ly-khu", Links.Stays + "?state=InHouse", "main a[data-open]", "main a[href*='/new-decision/']"),
        new("admit", "nhap-lieu", Links.Admit),
        new("transfers", "nhap-lieu", Links.Transfers),
        new("facilities", "tinh", Links.Facilities),
        new("facility", "nhap-lieu", Links.Facilities, "main a[data-open]"),
        new("facility-edit", "quan-ly-khu", Links.Facilities, "main a[data-open]", "main a[href*='/facility-edit/']"),
        new("rooms", "quan-ly-khu", Links.Facilities, "main a[data-open]", "main a[href*='/rooms/']"),
        new("entries", "quan-ly-khu", Links.Entries),
        new("board", "giam-doc", Links.Board),
        new("board-district", "giam-doc", Links.Board, "main a[data-open]"),
        new("person", "nhap-lieu", Links.Stays + "?state=InHouse", Oldest, "main a[href*='/people/person/']"),
        new("person-edit", "nhap-lieu", Links.Stays + "?state=InHouse", "main a[data-open]", "main a[href*='/people/person/']", "main a[href*='/people/edit/']"),
        new("person-numbers", "nhap-lieu", Links.Stays + "?state=InHouse", Oldest, "main a[href*='/people/person/']", "main a[href*='/people/numbers/']"),
        new("person-household", "nhap-lieu", Links.Stays + "?state=InHouse", "main a[data-open]", "main a[href*='/people/person/']", "main a[href*='/people/household/']"),
        new("person-new", "nhap-lieu", Links.NewPerson),
        new("search", "nhap-lieu", Links.Search),
        new("findings", "tinh", Links.Findings),
        new("cases", "tinh", Links.Cases),
        new("case", "tinh", Links.Cases, "main a[data-open]"),
        new("case-hand-over", "tinh", Links.Cases, "main a[data-open]", "main a[href*='/cases/hand-over/']"),
        new("case-new", "nhap-lieu", Links.Stays + "?state=InHouse", "main a[data-open]", "main a[href*='/people/person/']", "main a[href*='/cases/new/']"),
        new("result-new", "nhap-lieu", Links.Stays + "?state=InHouse", "main a[data-open]", "main a[href*='/people/person/']", "main a[href*='/lab/new/']"),
        new("imports", "nhap-lieu", Links.Imports),
        new("upload", "nhap-lieu", Links.Upload),
        new("units", "quan-tri", Links.Units),
        new("unit", "quan-tri", Links.Units, "main a[href*='/units/unit/']"),
        new("unit-new", "quan-tri", Links.Units, "main a[href*='/units/new/']"),
        new("accounts", "quan-tri", Links.Accounts),
        new("account", "quan-tri", Links.Accounts, "main a[data-open]"),
        new("account-own", "nhap-lieu", Links.Own),
        new("password", "nhap-lieu", Links.Password),
        new("second-factor", "nhap-lieu", Links.SecondFactor),
        new("areas", "tinh", Links.Areas),
        new("hamlets", "tram-y-te", Links.Hamlets),
        new("area-links", "quan-tri", Links.AreaLinks),
        new("policies", "tinh", Links.Policies),
        new("operation", "quan-tri", Links.Operation),
        new("notices", "nhap-lieu", Links.Notices),
        new("help", "nhap-lieu", Links.Help),
        new("help-chapter", "nhap-lieu", Links.Help, "main a[href*='/help/chapter/']"),
        new("not-found", "nhap-lieu", "/desk/nothing-here"),
    ];

    /// <summary>Goes there on a page where the account is signed in.</summary>
    public async Task GoAsync(IPage page)
    {
        await page.GotoAsync(Path);
        foreach (var link in Then)
        {
            var address = await page.Locator(link).First.GetAttributeAsync("href");
            await page.GotoAsync(address!);
        }
    }
}
