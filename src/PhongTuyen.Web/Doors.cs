using PhongTuyen.Accounts;

namespace PhongTuyen.Web;

/// <summary>What a door asks for, to look and to do.</summary>
public sealed record Door(Permission Look, Permission Do)
{
    public static readonly Door Anyone = new(Permission.Anyone, Permission.Anyone);
    /// <summary>One's own account, help, notices, reports of what does not work; also for volunteers.</summary>
    public static readonly Door SignedIn = new(Permission.SignedIn, Permission.SignedIn);
    public static readonly Door Staff = new(Permission.Staff, Permission.Staff);

    /// <summary>The page's list is taken as a file, which is to look at it for a purpose.</summary>
    public bool OfList { get; init; }

    /// <param name="act">The act of the page that is asked for; null or empty: what it does by default.</param>
    public Permission For(string method, string? act = null) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || OfList && string.Equals(act, TakingIt, StringComparison.OrdinalIgnoreCase) ? Look : Do;

    private const string TakingIt = "File";
}

/// <summary>
/// Who may open what: one table, module × face, for pages and API groups alike; a page may ask for more than its folder. What is not in the
/// table is closed: a test walks through every route.
/// </summary>
public static class Doors
{
    private static readonly Dictionary<string, Door> Table = new(StringComparer.Ordinal)
    {
        ["Accounts/Citizen"] = Door.Anyone,
        ["Accounts/Citizen/SignOut"] = Door.SignedIn,
        ["Accounts/Desk"] = new(Permission.ManageAccounts, Permission.ManageAccounts),
        ["Accounts/Desk/Own"] = Door.SignedIn,
        ["Accounts/Desk/Password"] = Door.SignedIn,
        ["Accounts/Desk/Stopped"] = Door.SignedIn,
        ["Accounts/Desk/Passkeys"] = Door.SignedIn,
        ["Accounts/Desk/SecondFactor"] = Door.SignedIn,
        ["Areas/Desk"] = Door.Staff,
        ["Areas/Desk/Hamlets"] = new(Permission.SeePersons, Permission.EnterData),
        ["Areas/Desk/Link"] = new(Permission.ManageAreas, Permission.ManageAreas),
        ["Areas/Desk/Links"] = new(Permission.ManageAreas, Permission.ManageAreas),
        ["Areas/Desk/Reform"] = new(Permission.Operate, Permission.Operate),
        ["Audit/Desk"] = new(Permission.Operate, Permission.Operate),
        ["Corrections/Desk"] = new(Permission.SeePersons, Permission.EnterData),
        ["Corrections/Desk/New"] = new(Permission.EnterData, Permission.EnterData),
        ["Cases/Desk"] = new(Permission.SeePersons, Permission.EnterData),
        ["Cases/Desk/Index"] = new(Permission.SeePersons, Permission.SeePersons),
        ["Help/Desk"] = Door.SignedIn,
        ["Help/Citizen"] = Door.Anyone,
        ["Imports/Desk"] = new(Permission.Import, Permission.Import),
        ["Lab/Desk"] = new(Permission.SeePersons, Permission.EnterData),
        ["Notices/Desk"] = Door.SignedIn,
        ["Oversight/Desk"] = new(Permission.Staff, Permission.ManageAccounts),
        ["Oversight/Desk/New"] = new(Permission.ManageAccounts, Permission.ManageAccounts),
        ["Oversight/Desk/Officer"] = new(Permission.ManageAccounts, Permission.ManageAccounts),
        ["Oversight/Desk/Unit"] = new(Permission.Staff, Permission.EnterData),
        ["Papers/Desk"] = new(Permission.EnterData, Permission.EnterData),
        ["Papers/Desk/Queue"] = new(Permission.TypePapers, Permission.TypePapers),
        ["Papers/Desk/Session"] = new(Permission.TypePapers, Permission.TypePapers),
        ["Papers/Desk/Type"] = new(Permission.TypePapers, Permission.TypePapers),
        ["Papers/Desk/Again"] = new(Permission.TypePapers, Permission.TypePapers),
        ["People/Desk"] = new(Permission.SeePersons, Permission.EnterData),
        ["People/Desk/Search"] = new(Permission.SeePersons, Permission.SeePersons),
        // Who watches whom is for those who answer for it, not for colleagues.
        ["People/Desk/Looked"] = new(Permission.SeeEntries, Permission.SeeEntries),
        ["People/Desk/Openings"] = new(Permission.SeeEntries, Permission.JudgeEntries),
        ["People/Desk/Seal"] = new(Permission.SealPersons, Permission.SealPersons),
        ["People/Desk/Seals"] = new(Permission.SealPersons, Permission.SealPersons),
        ["People/Desk/Lists"] = new(Permission.SeeEntries, Permission.JudgeEntries),
        ["People/Desk/Shares"] = new(Permission.SeePersons, Permission.EnterData),
        ["People/Desk/Share"] = new(Permission.EnterData, Permission.EnterData),
        ["People/Desk/Open"] = new(Permission.EnterData, Permission.EnterData),
        ["People/Desk/Numbers"] = new(Permission.SeePersons, Permission.SeePersons),
        ["People/Desk/Findings"] = new(Permission.SeePersons, Permission.EnterData),
        ["People/Desk/Matches"] = new(Permission.EnterData, Permission.EnterData),
        ["People/Desk/Match"] = new(Permission.EnterData, Permission.EnterData),
        ["People/Desk/Split"] = new(Permission.EnterData, Permission.EnterData),
        ["Policies/Desk"] = Door.Staff,
        ["Quarantine/Desk"] = new(Permission.SeePersons, Permission.EnterData),
        ["Quarantine/Desk/Stays"] = new(Permission.SeePersons, Permission.SeePersons),
        ["Quarantine/Desk/Facilities"] = new(Permission.SeeFigures, Permission.ManageFacility),
        ["Quarantine/Desk/Facility"] = new(Permission.SeeFigures, Permission.ManageFacility),
        ["Quarantine/Desk/FacilityEdit"] = new(Permission.ManageFacility, Permission.ManageFacility),
        ["Quarantine/Desk/Rooms"] = new(Permission.ManageFacility, Permission.ManageFacility),
        ["Quarantine/Desk/Entries"] = new(Permission.SeeEntries, Permission.SeeEntries),
        ["Reporting/Board"] = new(Permission.SeeFigures, Permission.SeeFigures),
        ["Reporting/Desk"] = Door.SignedIn,
        // Who watches whom is for those who answer for it.
        ["Supervision/Desk"] = new(Permission.SeeEntries, Permission.SeeEntries),
        ["Supervision/Desk/Operator"] = new(Permission.SeeEntries, Permission.JudgeEntries),
        ["Support/Citizen"] = Door.Anyone,
        ["Support/Desk"] = Door.SignedIn,
        ["Support/Desk/Contacts"] = new(Permission.ManageUnits, Permission.ManageUnits),
        ["Support/Desk/Queue"] = new(Permission.SeeReports, Permission.SeeReports),
        ["Support/Desk/Report"] = new(Permission.SeeReports, Permission.AnswerReports),
        ["Units/Desk"] = new(Permission.ManageAccounts, Permission.ManageUnits),
        ["Units/Desk/Act"] = new(Permission.ManageUnits, Permission.ManageUnits),
        ["Units/Desk/New"] = new(Permission.ManageUnits, Permission.ManageUnits),
        ["Worklists/Desk"] = new(Permission.SeePersons, Permission.EnterData),
        // API groups
        ["Api/Health"] = Door.Anyone,
        ["Api/Description"] = Door.Staff,
        ["Api/Entry"] = Door.SignedIn,
        // Names of areas are public, and whoever types an address needs them.
        ["Api/Areas"] = Door.SignedIn,
        ["Api/Units"] = Door.Staff,
        ["Api/Figures"] = new(Permission.SeeFigures, Permission.SeeFigures),
        ["Api/Imports"] = new(Permission.Import, Permission.Import),
        ["Api/Quarantine"] = new(Permission.SeePersons, Permission.EnterData),
        ["Api/People"] = new(Permission.SeePersons, Permission.EnterData),
        ["Api/Noop"] = Door.Anyone,
    };

    /// <summary>The door of a page: its own line, else that of its folder; null where there is none, and then it is closed.</summary>
    /// <param name="path"><c>Quarantine/Desk/Stays</c>.</param>
    public static Door? Of(string path)
    {
        for (var key = path; key.Length > 0; key = key.Contains('/', StringComparison.Ordinal) ? key[..key.LastIndexOf('/')] : "")
            if (Table.TryGetValue(key, out var door)) return door;
        return null;
    }

    public static IReadOnlyDictionary<string, Door> All => Table;
}
