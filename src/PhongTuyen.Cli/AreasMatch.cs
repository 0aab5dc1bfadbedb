using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using PhongTuyen.Areas;
using PhongTuyen.Kernel;

namespace PhongTuyen.Cli;

/// <summary>
/// <c>phongtuyen areas match FILE [--as-of DATE] [--json]</c>: which cases of a CSV file of names can be put on the map, and why the
/// others cannot. Needs no database. Exit codes: 0 done, whatever was found; 2 wrong arguments; 4 the file cannot be read.
/// </summary>
public static class AreasMatch
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The verb, for the list in <c>Program.cs</c>.</summary>
    public static Command Verb(TimeProvider clock)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "CSV, UTF-8; columns province/district/commune (tỉnh/huyện/xã), optionally cases (số ca)." };
        var asOf = new Option<DateOnly?>("--as-of")
        {
            Description = "The day whose units are meant: 2021-07-01 or 01/07/2021. Today if it is left out.",
            CustomParser = result =>
            {
                if (DateInput.TryDate(result.Tokens.Count == 1 ? result.Tokens[0].Value : null, clock.Today(), out var day)) return day;
                result.AddError("--as-of needs a date, for example 2021-07-01.");
                return null;
            },
        };
        var json = new Option<bool>("--json") { Description = "JSON on standard output." };
        var verb = new Command("match", "Tên địa phương nào trong tệp đưa được lên bản đồ. / Which cases of a file of names can be put on the map, and why the others cannot.") { file, asOf, json };
        verb.SetAction(parsed => Run(parsed.GetRequiredValue(file), parsed.GetValue(asOf) ?? clock.Today(), parsed.GetValue(json), Console.Out, Console.Error));
        return verb;
    }

    /// <summary>The exit code; the answer goes to <paramref name="output"/>, a refusal to <paramref name="errors"/>.</summary>
    public static int Run(FileInfo file, DateOnly asOf, bool json, TextWriter output, TextWriter errors)
    {
        var words = new Words(typeof(AreaBook).Assembly);
        try
        {
            using var reader = file.OpenText();
            // The links are only asked on days of two levels, and checking them takes half a second.
            var outcome = AreaFileMatch.Run(reader, asOf, new AreaMatcher(AreaLists.Book, asOf < AreaBook.TwoLevelsFrom ? null : AreaLists.Links));
            if (outcome.Refused(out var problem)) return Fail(errors, words.Say(Language.English, problem));
            if (json) output.WriteLine(JsonSerializer.Serialize(Answer(outcome.Value, words), Json));
            else Table(outcome.Value, words, output);
            return 0;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return Fail(errors, fault.Message);
        }
    }

    private static int Fail(TextWriter errors, string why)
    {
        errors.WriteLine(why);
        return 4;
    }

    private static object Answer(AreaFileReport report, Words words) => new
    {
        report.AsOf,
        Level = Lower(report.Level),
        report.Totals,
        Unassigned = Unassigned(report).Select(name => new
        {
            name.Province,
            name.District,
            name.Commune,
            name.Cases,
            Verdict = Lower(name.Match.Verdict),
            Reason = name.Match.Say(words, Language.English),
            Candidates = name.Match.Candidates.Select(id => AreaLists.Book.Find(id)!).Select(area => new { area.Code, area.From, area.To, Path = AreaLists.Book.Path(area.Id) }),
        }),
    };

    private static void Table(AreaFileReport report, Words words, TextWriter output)
    {
        var totals = report.Totals;
        output.WriteLine($"{"cases",10}{"assigned",11}{"ambiguous",11}{"impossible",12}{"unmatched",11}   {Lower(report.Level)}, as of {report.AsOf:yyyy-MM-dd}");
        output.WriteLine($"{totals.Cases,10}{totals.Assigned,11}{totals.Ambiguous,11}{totals.Impossible,12}{totals.Unmatched,11}");
        foreach (var name in Unassigned(report))
        {
            output.WriteLine();
            output.WriteLine($"{name.Cases,10} {Lower(name.Match.Verdict),-10} {string.Join(" | ", new[] { name.Province, name.District, name.Commune }.Where(part => part.Length > 0))}");
            output.WriteLine($"{"",22}{name.Match.Say(words, Language.English)}");
            foreach (var id in name.Match.Candidates.Take(3)) output.WriteLine($"{"",22}  ? {AreaLists.Book.Path(id)}");
        }
    }

    private static IEnumerable<AreaFileNames> Unassigned(AreaFileReport report) => report.Names.Where(name => name.Match.Verdict != AreaVerdict.One);

    private static string Lower<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();
}
