using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace PhongTuyen.Cli.Documents;

/// <summary>The requirements that the five orders make (R1–R37), the pages that answer them, and the tests that say so with <c>[Answers("R13")]</c>.</summary>
public static partial class Requirements
{
    /// <param name="Pages">Pages, or the folders of pages, by name: <c>Quarantine/Desk/Stays</c>, <c>People/Desk</c>; also the API and the command line.</param>
    public sealed record Requirement(string Number, string Name, params string[] Pages);

    public static readonly IReadOnlyList<Requirement> All =
    [
        new("R1", "One account tree: the upper level issues and disables accounts of the lower", "Accounts/Desk", "Units/Desk", "Areas/Desk/Reform", "phongtuyen accounts reset-admin", "phongtuyen areas reform"),
        new("R2", "Account-coverage report with a deadline"),
        new("R3", "Read-only views for leaders and the steering committee", "Reporting/Board"),
        new("R4", "Short-lived, audited data-entry accounts and bulk import", "Accounts/Desk/New", "Accounts/Desk/Account", "Papers/Desk", "Imports/Desk", "phongtuyen import"),
        new("R5", "Guides, help in the program, support contact", "Help/Desk", "Help/Citizen", "Support/Desk", "Support/Citizen"),
        new("R6", "Tracking of training and roll-out"),
        new("R7", "Information security", "Accounts/Citizen/SignIn", "Accounts/Desk/SecondFactor", "Accounts/Desk/Passkeys", "Accounts/Desk/Keys", "Audit/Desk", "Supervision/Desk", "phongtuyen audit verify", "phongtuyen keys copied", "phongtuyen keys rotate", "phongtuyen keys status"),
        new("R8", "Modest hardware, works from the commune up", "Accounts/Citizen", "phongtuyen bench"),
        new("R9", "Register of facilities: capacity and free places for patients and quarantined persons", "Quarantine/Desk/Facilities", "Quarantine/Desk/Facility", "Quarantine/Desk/FacilityEdit", "Quarantine/Desk/Rooms"),
        new("R10", "Stays under observation or treatment: admit, transfer, leave, discharge, positive result", "Quarantine/Desk/Admit", "Quarantine/Desk/Stay", "Quarantine/Desk/Stays", "Quarantine/Desk/Transfers", "Quarantine/Desk/Day", "People/Desk", "Cases/Desk", "Lab/Desk", "/api/quarantine"),
        new("R11", "Real-time counts per unit and rolled up", "Reporting/Board", "/api/figures", "/api/live"),
        new("R12", "Forecast of leavers per day", "Quarantine/Desk/Day", "Reporting/Board"),
        new("R13", "Deadline of updates per unit, reminders, list of the late, escalation"),
        new("R14", "Reconciliation, wrong entries found and coached", "Quarantine/Desk/Entries", "Quarantine/Desk/Correct", "People/Desk/Findings", "People/Desk/Matches", "People/Desk/Match", "People/Desk/Split", "Corrections/Desk", "Worklists/Desk", "phongtuyen demonstration key"),
        new("R15", "Periodic review of compliance"),
        new("R16", "Citizen declaration on web and phone"),
        new("R17", "Register of places with self-registration, approval, QR"),
        new("R18", "Declare or scan before service; the citizen's log of visits"),
        new("R19", "Trace by person → places → persons present"),
        new("R20", "Compliance report by type of place and area"),
        new("R21", "A way without a smartphone"),
        new("R22", "Triage by risk factor with a worklist of the station"),
        new("R23", "Advice to citizens with abnormal signs; news"),
        new("R24", "Control posts"),
        new("R25", "Industrial parks: companies, workers, shifts, contacts"),
        new("R26", "Surveillance of camps: devices, head-counts, exits"),
        new("R27", "Map with cases down to the hamlet"),
        new("R28", "Vaccination"),
        new("R29", "Quarantine at home", "Quarantine/Desk/Admit"),
        new("R30", "Leaders' dashboard with testing and vaccination", "Reporting/Board"),
        new("R31", "Testing", "Lab/Desk"),
        new("R32", "Guidance on which data who supplies by when", "Oversight/Desk"),
        new("R33", "District IT team across agencies", "Accounts/Desk", "Support/Desk/Queue", "Support/Desk/Report"),
        new("R34", "Sharing between units without paper", "People/Desk/Share", "People/Desk/Shares", "People/Desk/Findings", "Quarantine/Desk/Transfers", "Cases/Desk/HandOver", "Notices/Desk"),
        new("R35", "Quarantine decision", "Quarantine/Desk/Decision", "Quarantine/Desk/NewDecision", "Policies/Desk"),
        new("R36", "Schedule of self-declaration, missed and abnormal alerts"),
        new("R37", "Oversight of stations by the district", "Quarantine/Desk/Entries"),
    ];

    /// <summary>A test and the requirement that it answers.</summary>
    public sealed record Answer(string Number, string Test, string File);

    public static IReadOnlyList<Answer> Answers(string root)
    {
        var source = new SourceText(root);
        return [.. from path in source.Files("tests", "*.cs")
                   from match in Marks().Matches(File.ReadAllText(path))
                   from number in Numbers().Matches(match.Groups[1].Value).Select(one => one.Value)
                   select new Answer(number, match.Groups[2].Value, source.Relative(path))];
    }

    internal static string Document(SourceText source)
    {
        var answers = Answers(source.Root);
        var pages = source.Files("src/PhongTuyen.Web", "*.cshtml").Where(path => File.ReadLines(path).First().StartsWith("@page", StringComparison.Ordinal)).Select(path => source.Relative(path)["src/PhongTuyen.Web/".Length..^".cshtml".Length]).ToList();
        var text = new StringBuilder("# Requirements\n\nThe requirements of the five orders of 2020–2021, where each is answered, and the tests that prove it. What has neither is not built yet. Made from the code by `./phongtuyen docs`; a test compares it.\n\n| | requirement | pages | tests |\n|---|---|---|---|\n");
        foreach (var requirement in All)
        {
            var at = requirement.Pages.SelectMany(named => named.StartsWith('/') || named.StartsWith("phongtuyen", StringComparison.Ordinal) ? [$"`{named}`"]
                : pages.Where(page => page == named || page.StartsWith(named + "/", StringComparison.Ordinal)).Select(page => $"[{page}](../src/PhongTuyen.Web/{page}.cshtml)"));
            var by = answers.Where(answer => answer.Number == requirement.Number).DistinctBy(answer => answer.Test).OrderBy(answer => answer.File, StringComparer.Ordinal).Select(answer => $"[{answer.Test.Replace('_', ' ')}](../{answer.File})");
            text.Append(CultureInfo.InvariantCulture, $"| {requirement.Number} | {requirement.Name} | {string.Join("<br>", at)} | {string.Join("<br>", by)} |\n");
        }
        return text.ToString();
    }

    /// <summary>The mark, whatever other attributes follow, and the name of the method or class below it.</summary>
    [GeneratedRegex("""\[Answers\(([^)]*)\)\]\s*(?:\[[^\n]*\]\s*)*public (?:sealed |static |async |partial )*(?:class|void|Task(?:<[^>]*>)?) (\w+)""")]
    private static partial Regex Marks();

    [GeneratedRegex(@"R\d+")]
    private static partial Regex Numbers();
}
