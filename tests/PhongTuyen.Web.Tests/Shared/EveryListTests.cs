using PhongTuyen.Tests.House;
using PhongTuyen.Web.Tests.Browser;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Shared;

/// <summary>Every list is taken as a file, or it is said here why not. Lists are found by themselves: what pages by key or is gone through with keys.</summary>
public sealed class EveryListTests
{
    private static readonly Dictionary<string, string> NotTaken = new(StringComparer.Ordinal)
    {
        ["Papers/Desk/Batch"] = "what a volunteer typed, not yet a record: taken in, it stands in the lists of persons; forgotten after it",
        ["Papers/Desk/Compare"] = "two typings of a paper beside each other, to be decided one by one",
        ["Papers/Desk/Queue"] = "a volunteer's own papers: the role takes nothing out",
        ["Notices/Desk/Index"] = "one's own notices",
        ["People/Desk/Shares"] = "shared to be looked at here until a day: a copy would outlive it",
        ["People/Desk/Looked"] = "names colleagues beside one person: read here; figures of operators are taken from supervision",
        ["People/Desk/Lists"] = "requests to take lists out: decided here, each is in the audit",
        ["People/Desk/Search"] = "what is found by a search is opened, not collected: lists are narrowed and taken instead",
        ["People/Desk/Openings"] = "names nobody who was opened; counted in supervision, which is taken",
        ["People/Desk/Seals"] = "a list of those who must not be found",
        ["Support/Desk/Index"] = "one's own reports",
        ["Support/Desk/Contacts"] = "telephones of offices, one a province",
        ["Oversight/Desk/Index"] = "the names of what is owed: each has its own list, which is taken",
        ["Areas/Desk/Pages/Links"] = "doubtful rows of the national file of links, decided one by one",
        ["Quarantine/Desk/Day"] = "the work of a day: the same people stand in the list of stays, which is taken",
        ["Quarantine/Desk/Entries"] = "values before and after of each act: read here, row by row, and printed",
        ["Accounts/Desk/Lists"] = "the last twenty files that were sent",
        ["Accounts/Desk/List"] = "the rows of a file that somebody sent and has",
        ["Accounts/Desk/Slips"] = "first passwords: printed, never written to a file",
        ["Accounts/Desk/Guests"] = "roles of people of other organisations, ended one by one; the accounts themselves are taken by their own organisation",
        ["Help/Desk/Index"] = "the guide",
        ["Help/Desk/Chapter"] = "the guide",
        ["Units/Desk/Unit"] = "one unit",
        ["Units/Desk/Acts"] = "acts on units, each with its paper",
        ["Audit/Desk/Trail"] = "acts of all kinds of one day: verified where they are sealed, by the command line; looks are taken from supervision",
        ["Supervision/Desk/Operator"] = "names persons beside who looked at them: read and printed here; the list of operators is taken",
    };

    private static string Web => Path.Combine(RunningProgram.Root(), "src", "PhongTuyen.Web");

    private static bool IsList(string markup) => markup.Contains("pt-pager", StringComparison.Ordinal) || markup.Contains("data-keys", StringComparison.Ordinal);

    private static bool IsTaken(string markup, string code) => markup.Contains("_Take", StringComparison.Ordinal) || code.Contains("OnGetFileAsync", StringComparison.Ordinal);

    [Fact]
    [Answers("R4")]
    public void Every_list_is_taken_as_a_file_or_says_why_not()
    {
        var (lacking, known) = (new List<string>(), new List<string>());
        foreach (var path in Directory.EnumerateFiles(Web, "*.cshtml", SearchOption.AllDirectories).Where(path => !Path.GetFileName(path).StartsWith('_')).Order(StringComparer.Ordinal))
        {
            var name = Path.GetRelativePath(Web, path).Replace('\\', '/')[..^".cshtml".Length];
            if (!name.Contains("/Desk/", StringComparison.Ordinal) || name.StartsWith("bin/", StringComparison.Ordinal) || name.StartsWith("obj/", StringComparison.Ordinal) || !IsList(File.ReadAllText(path))) continue;
            known.Add(name);
            if (IsTaken(File.ReadAllText(path), File.Exists(path + ".cs") ? File.ReadAllText(path + ".cs") : "") == NotTaken.ContainsKey(name)) lacking.Add(name);
        }
        lacking.ShouldBeEmpty("each has an export, or a reason here, and not both");
        NotTaken.Keys.Except(known).ShouldBeEmpty("no such list any more");
        known.Count.ShouldBeGreaterThan(30);
    }

    [Fact]
    public void A_planted_list_without_an_export_is_found()
    {
        IsList("<table class=\"pt-table\" data-keys>").ShouldBeTrue();
        IsTaken("<table data-keys>", "public Task OnGetAsync()").ShouldBeFalse();
        IsTaken("<partial name=\"/Shared/_Take.cshtml\" />", "").ShouldBeTrue();
    }
}
