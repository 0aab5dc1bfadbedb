using PhongTuyen.Accounts;

namespace PhongTuyen.Web.Shared;

/// <summary>The left navigation, by area of work; each visitor sees the doors that open.</summary>
public static class Navigation
{
    public sealed record Item(string Text, string Icon, string Address, Permission Door, Func<Screen, bool>? Also = null);

    public static readonly IReadOnlyList<(string Text, IReadOnlyList<Item> Items)> Groups =
    [
        ("nav.queue", [new("queue.title", "list", Links.PaperQueue, Permission.TypePapers), new("notices.title", "bell", Links.Notices, Permission.TypePapers), new("nav.help", "help", Links.Help, Permission.TypePapers)]),
        ("nav.figures", [new("nav.board", "board", Links.Board, Permission.SeeFigures)]),
        ("nav.quarantine",
        [
            new("nav.day", "calendar", Links.Day, Permission.EnterData),
            new("nav.stays", "bed", Links.Stays, Permission.SeePersons),
            new("nav.transfers", "transfer", Links.Transfers, Permission.SeePersons),
            new("nav.facilities", "camp", Links.Facilities, Permission.SeeFigures),
            new("nav.entries", "edit", Links.Entries, Permission.SeeEntries),
        ]),
        ("nav.people",
        [
            new("nav.search", "search", Links.Search, Permission.SeePersons),
            new("nav.work", "list", Links.Worklists, Permission.SeePersons),
            new("nav.corrections", "edit", Links.Corrections, Permission.SeePersons),
            new("nav.cases", "virus", Links.Cases, Permission.SeePersons),
            new("nav.imports", "upload", Links.Imports, Permission.Import),
            new("nav.papers", "file", Links.Papers, Permission.EnterData),
            new("nav.findings", "alert", Links.Findings, Permission.SeePersons),
            new("nav.matches", "users", Links.Matches, Permission.EnterData),
            new("nav.shares", "arrow-out", Links.Shares, Permission.SeePersons),
            new("nav.openings", "lock", Links.Openings, Permission.SeeEntries),
            new("nav.seals", "lock", Links.Seals, Permission.SealPersons),
            new("nav.supervision", "eye", Links.Supervision, Permission.SeeEntries),
            new("nav.list-requests", "download", Links.ListRequests, Permission.SeeEntries),
        ]),
        ("nav.organisation",
        [
            new("nav.duties", "clock", Links.Duties, Permission.Staff),
            new("nav.units", "building", Links.Units, Permission.ManageAccounts),
            new("nav.accounts", "users", Links.Accounts, Permission.ManageAccounts),
            new("nav.areas", "map", Links.Areas, Permission.Staff),
            new("nav.policies", "file", Links.Policies, Permission.Staff),
            new("nav.reports", "phone", Links.ReportQueue, Permission.SeeReports),
            new("nav.operation", "shield", Links.Operation, Permission.Operate),
        ]),
    ];

    public static IEnumerable<(string Text, List<Item> Items)> For(Screen screen) =>
        Groups.Select(group => (group.Text, Items: group.Items.Where(item => screen.May(item.Door)).ToList())).Where(group => group.Items.Count > 0);

    /// <summary>Whether the page that is shown lies under this address.</summary>
    public static bool Here(Screen screen, Item item) => screen.Path == item.Address || screen.Path.StartsWith(item.Address + "/", StringComparison.Ordinal);
}
