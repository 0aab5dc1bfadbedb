using PhongTuyen.Supervision;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Supervision;

/// <summary>The list of operators as a file: figures and signs, and no person who was looked at.</summary>
internal static class SupervisionColumns
{
    public static ListFile<OperatorsList.Row> File(Screen s) => new ListFile<OperatorsList.Row>(s, s["supervision.title"])
        .With("supervision.who", row => row.Name ?? s["trail.elsewhere"], 28).With("account.user-name", row => row.UserName, 20).With("supervision.unit", row => row.UnitName, 32).With("supervision.days", row => row.Sums.Days)
        .With("supervision.opened", row => row.Sums.Opened).With("supervision.persons", row => row.Sums.Persons).With("supervision.usual", row => row.Usual).With("supervision.median", row => row.Median)
        .With("supervision.again", row => row.Sums.Again).With("supervision.elsewhere", row => row.Sums.Elsewhere).With("supervision.searches", row => row.Sums.Searches).With("supervision.numbers", row => row.Sums.Numbers)
        .With("supervision.lists", row => row.Sums.Lists).With("supervision.listed", row => row.Sums.Listed).With("supervision.files", row => row.Sums.Files).With("supervision.file-rows", row => row.Sums.FileRows)
        .With("supervision.stops", row => row.Sums.Stops).With("supervision.emergencies", row => row.Sums.Emergencies).With("supervision.not-shown", row => row.Sums.NotShown)
        .With("supervision.signs", row => string.Join("\n", row.Worst.Select(day => $"{Screen.Day(day.Day)}: {string.Join("; ", day.Signs.Select(sign => SignWords.Of(s, sign)))}")), 60).With("supervision.last", row => row.Last);
}
