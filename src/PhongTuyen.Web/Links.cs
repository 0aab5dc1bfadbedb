using PhongTuyen.Kernel;
using PhongTuyen.Reorganisation;

namespace PhongTuyen.Web;

/// <summary>Addresses of pages, so that no page spells another's. A test follows each.</summary>
public static class Links
{
    public const string Home = "/desk/reporting";
    public const string SignIn = "/sign-in";
    public const string SignInCode = "/sign-in-code";
    public const string SignOut = "/sign-out";
    public const string Language = "/language";
    public const string Look = "/look";
    public const string Own = "/desk/accounts/own";
    public const string Password = "/desk/accounts/password";
    public const string LooksStopped = "/desk/accounts/stopped";
    public const string Passkeys = "/desk/accounts/passkeys";
    public const string SecondFactor = "/desk/accounts/second-factor";
    public const string Board = "/board";
    public const string Day = "/desk/quarantine/day";
    public const string Stays = "/desk/quarantine/stays";
    public const string Transfers = "/desk/quarantine/transfers";
    public const string Facilities = "/desk/quarantine/facilities";
    public const string Entries = "/desk/quarantine/entries";
    public const string Admit = "/desk/quarantine/admit";
    public const string Search = "/desk/people/search";
    public const string LookUp = "/desk/people/search?beyond=true";
    public const string OpenPerson = "/desk/people/open";
    public const string Openings = "/desk/people/openings";
    public const string Seals = "/desk/people/seals";
    public const string Shares = "/desk/people/shares";
    public static string Share(PersonId person) => $"/desk/people/share/{person}";
    public static string ShareFinding(PersonId person, Guid finding) => $"{Share(person)}?finding={finding}";
    public static string Seal(PersonId person) => $"/desk/people/seal/{person}";
    public const string ListRequests = "/desk/people/lists";
    public const string Supervision = "/desk/supervision";
    public static string SupervisedOperator(AccountId account, UnitId unit) => $"{Supervision}/operator/{account}/{unit}";
    public const string NewPerson = "/desk/people/new";
    public const string Findings = "/desk/people/findings";
    public const string Matches = "/desk/people/matches";
    public static string Match(Guid id) => $"/desk/people/match/{id}";
    public static string SplitPerson(Guid merge) => $"/desk/people/split/{merge}";
    public const string Cases = "/desk/cases";
    public const string Papers = "/desk/papers";
    public const string NewBatch = "/desk/papers/new";
    public const string PaperQueue = "/desk/papers/queue";
    public const string TypingSession = "/desk/papers/session";
    public static string EditBatch(Guid id) => $"{NewBatch}/{id}";
    public static string Batch(Guid id) => $"{Papers}/batch/{id}";
    public static string PaperEntry(Guid id) => $"{Papers}/entry/{id}";
    public static string TypeAgain(Guid batch) => $"{Papers}/again/{batch}";
    public static string ComparePapers(Guid batch) => $"{Papers}/compare/{batch}";
    public static string TypePaper(Guid batch, Guid? entry = null, Guid? file = null) => With($"{Papers}/type/{batch}", ("entry", entry?.ToString()), ("fileId", file?.ToString()));
    public static string PaperFiles(Guid batch) => $"{Papers}/files/{batch}";
    /// <summary>A file of a batch, from the page that shows it.</summary>
    public static string PaperFile(string page, Guid file) => With(Handler(page, "File"), ("file", file.ToString()));
    public const string Worklists = "/desk/worklists";
    public static string Worklist(string name) => $"{Worklists}/list?of={name}";
    public static string WorkAct(Guid id) => $"{Worklists}/act/{id}";
    public const string Corrections = "/desk/corrections";
    public static string AskCorrection(PersonId person) => $"{Corrections}/new/{person}";
    public static string Correction(Guid id) => $"{Corrections}/request/{id}";
    public const string Imports = "/desk/imports";
    public const string Upload = "/desk/imports/upload";
    public const string Areas = "/desk/areas";
    public const string AreaLinks = "/desk/areas/links";
    public const string AreaReform = "/desk/areas/reform";
    public const string Hamlets = "/desk/areas/hamlets";
    public const string Trail = "/desk/audit/trail";
    public const string Units = "/desk/units";
    public const string Accounts = "/desk/accounts";
    public const string Guests = "/desk/accounts/guests";
    public const string AccountLists = "/desk/accounts/lists";
    public const string Slips = "/desk/accounts/slips";
    public const string Coverage = "/desk/accounts/coverage";
    public const string CoveragePaper = "/desk/accounts/coverage-paper";
    public const string Duties = "/desk/oversight";
    public const string NewDuty = "/desk/oversight/new";
    public const string Notices = "/desk/notices";
    public const string Policies = "/desk/policies";
    public const string Operation = "/desk/audit";
    public const string Help = "/desk/help";
    public const string Guide = "/guide";
    public const string Support = "/support";
    public const string MyReports = "/desk/support";
    public const string ReportQueue = "/desk/support/queue";
    public const string SupportContacts = "/desk/support/contacts";

    public static string Person(PersonId id) => $"/desk/people/person/{id}";
    /// <summary>One after the other.</summary>
    public static string NewPersons(PersonId? with) => With(NewPerson, ("with", with?.ToString()), ("series", "true"));
    public static string NewRelative(PersonId of) => $"{NewPerson}?with={of}";
    public static string EditPerson(PersonId id) => $"/desk/people/edit/{id}";
    public static string Household(PersonId id) => $"/desk/people/household/{id}";
    public static string Numbers(PersonId id) => $"/desk/people/numbers/{id}";
    public static string Looked(PersonId id) => $"/desk/people/looked/{id}";
    public static string Stay(StayId id) => $"/desk/quarantine/stay/{id}";
    /// <param name="paper">A paper whose day and reason the form begins with.</param>
    public static string AdmitPerson(PersonId id, Guid? paper = null) => With($"{Admit}/{id}", ("paper", paper?.ToString()));
    public static string Facility(UnitId id) => $"/desk/quarantine/facility/{id}";
    public static string FacilityEdit(UnitId id) => $"/desk/quarantine/facility-edit/{id}";
    public static string Rooms(UnitId id) => $"/desk/quarantine/rooms/{id}";
    public static string Decision(Guid id) => $"/desk/quarantine/decision/{id}";
    public static string Case(CaseId id) => $"/desk/cases/case/{id}";
    public static string HandOver(CaseId id) => $"/desk/cases/hand-over/{id}";
    public static string NewCase(PersonId person) => $"/desk/cases/new/{person}";
    public static string NewResult(PersonId person) => $"/desk/lab/new/{person}";
    public static string WithdrawResult(ResultId id) => $"/desk/lab/withdraw/{id}";
    /// <summary>Open transfers of one unit, at either end.</summary>
    public static string TransfersOf(UnitId id) => $"{Transfers}?unit={id}";
    /// <summary>The houses that a figure of free places is made of.</summary>
    /// <param name="scope">As a board has it: <c>area/214</c>.</param>
    /// <param name="figure">Key of the figure: <c>free-icu</c>.</param>
    public static string FacilitiesOf(string scope, string figure) => $"{Facilities}?scope={Uri.EscapeDataString(scope)}&figure={figure}";
    public static string Import(ImportId id) => $"/desk/imports/import/{id}";
    public static string ImportRows(ImportId id, string what) => $"/desk/imports/rows/{id}?what={what}";
    public static string Area(AreaId id, DateOnly day) => $"{Areas}?at={id}&day={day:yyyy-MM-dd}";
    public static string HamletsOf(AreaId commune) => $"{Hamlets}/{commune}";
    public static string AreaLink(int finding) => $"/desk/areas/link/{new AreaId(finding)}";
    public static string Unit(UnitId id) => $"/desk/units/unit/{id}";
    public static string UnitsUnder(UnitId id) => $"{Units}?under={id}";
    public const string UnitActs = "/desk/units/acts";
    public const string UnitActsDone = "/desk/units/acts?show=done";
    public static string UnitAct(UnitId id) => $"/desk/units/act/{id}";
    public static string UnitAct(UnitId id, ActKind kind) => $"{UnitAct(id)}?kind={kind}";
    public static string NewUnit(UnitId parent) => $"/desk/units/new/{parent}";
    public static string AccountsOf(UnitId id) => $"{Accounts}?unit={id}";
    public static string HandOverAccount(AccountId id) => $"/desk/accounts/hand-over/{id}";
    public static string HandoverPaper(Guid id) => $"/desk/accounts/handover-paper/{id}";
    public static string Duty(Guid id) => $"{Duties}/duty/{id}";
    public static string DutyPaper(Guid id) => $"{Duties}/paper/{id}";
    public static string DutyOfUnit(Guid id, UnitId unit) => $"{Duties}/unit/{id}/{unit}";
    public static string DutyOfficer(Guid id, UnitId unit) => $"{Duties}/officer/{id}/{unit}";
    public static string Account(AccountId id) => $"/desk/accounts/account/{id}";
    public static string AccountKeys(AccountId id) => $"/desk/accounts/keys/{id}";
    public static string AccountList(Guid id) => $"/desk/accounts/list/{id}";
    public static string SlipsOf(Guid list) => $"{Slips}?list={list}";
    public static string NewAccount(UnitId unit) => $"/desk/accounts/new/{unit}";
    public static string Policy(string name) => $"/desk/policies/policy/{name}";
    public static string HelpChapter(string chapter) => $"/desk/help/chapter/{chapter}";

    /// <summary>A report of something that does not work.</summary>
    /// <param name="screen">Name of the page that it is about: <c>Quarantine/Desk/Stay</c>.</param>
    /// <param name="trace">What the page of a fault says.</param>
    public static string NewReport(string? screen, string? trace = null) => With("/desk/support/new", ("screen", screen), ("trace", trace));
    public static string MyReport(Guid id) => $"/desk/support/mine/{id}";
    public static string ReportOfTeam(Guid id) => $"/desk/support/report/{id}";

    /// <summary>A page with what narrows it, in this order; what is null is left out.</summary>
    public static string With(string page, params IEnumerable<(string Name, string? Value)> parts)
    {
        var query = string.Join('&', parts.Where(part => part.Value is not null).Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value!)}"));
        return query.Length == 0 ? page : $"{page}{(page.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{query}";
    }

    /// <summary>An act of a page, or another form of it: the address of the page and the name of the handler.</summary>
    public static string Handler(string page, string name) => $"{page}{(page.Contains('?', StringComparison.Ordinal) ? '&' : '?')}handler={name}";

    /// <summary>The page of this program from which a form was sent; null if that cannot be told.</summary>
    public static string? CameFrom(HttpRequest request) =>
        Uri.TryCreate(request.Headers.Referer, UriKind.Absolute, out var from) && from.Authority == request.Host.Value ? Local(from.PathAndQuery) : null;

    /// <summary>
    /// An address that came from outside, where it is one of this house; else null. Only a path of printable ASCII without a backslash: browsers leave tabs
    /// and line breaks out and read a backslash as a slash, so that what looks like a path could name another host. Everything else is percent-encoded.
    /// </summary>
    public static string? Local(string? address) =>
        address is ['/', ..] and not ['/', '/', ..] && address.All(letter => letter is > ' ' and < '\u007f' and not '\\') ? address : null;
}
