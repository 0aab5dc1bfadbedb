using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Architecture;

/// <summary>What source files are held to: their length, and words that do not stand in them.</summary>
public sealed class SourceTests
{
    private const int Most = 300;

    private static readonly string[] Code = [".cs", ".cshtml", ".ts", ".css", ".scss", ".mjs"];

    /// <summary>A word, where it is banned, and why or what instead.</summary>
    private static readonly (Regex Word, string[] Endings, string Folder, string Why)[] Banned =
    [
        (new(@"\bDateTime(Offset)?\.(Utc)?Now\b"), [".cs"], "src", "time is an input: TimeProvider"),
        (new(@"\bGuid\.NewGuid\b"), [".cs"], "", "ids are of version 7, from the clock"),
        (new(@"IgnoreQueryFilters\(\)"), [".cs"], "", "name the filter that is left out"),
        (new(@"\b(TODO|FIXME|HACK|XXX)\b"), [".cs", ".cshtml", ".ts", ".css", ".sql", ".sh"], "", "do it, or write an issue"),
        (new(@"NotImplementedException"), [".cs"], "", "no stubs"),
        (new(@"\bSkip\s*=\s*"""), [".cs"], "tests", "no skipped test"),
        (new(@"#pragma warning disable (?!.*// )"), [".cs"], "", "mend the cause, or say on the line why it cannot be"),
        (new(@"\bThread\.Sleep\b"), [".cs"], "", "wait for what is awaited"),
        (new(@"Console\.(Write|Error)"), [".cs"], "src/PhongTuyen/", "the library has no console"),
        (new(@"Html\.Raw\b"), [".cshtml", ".cs"], "src", "text is encoded, always"),
        (new(@"GetAwaiter\(\)\.GetResult"), [".cs"], "src", "await"),
        (new(@"\bstyle="""), [".cshtml"], "src", "styles stand in Islands/styles"),
        (new(@"EnableRetryOnFailure"), [".cs"], "", "a transaction of a user is not repeated behind their back"),
    ];

    /// <summary>The handbook is our own text, made into HTML by the program.</summary>
    private static readonly HashSet<(string Path, string Word)> Allowed = [("src/PhongTuyen.Web/Help/Desk/Chapter.cshtml", "Html.Raw"), ("src/PhongTuyen.Web/Help/Citizen/Guide.cshtml", "Html.Raw")];

    private static IEnumerable<string> TooLong(IEnumerable<(string Path, string Text)> files) =>
        files.Select(file => (file.Path, Lines: file.Text.AsSpan().TrimEnd('\n').Count('\n') + 1)).Where(file => file.Lines > Most).Select(file => $"{file.Path} has {file.Lines} lines; {Most} are the most.");

    private static IEnumerable<string> Offending(IEnumerable<(string Path, string Text)> files) =>
        from file in files
        from rule in Banned
        where rule.Endings.Any(ending => file.Path.EndsWith(ending, StringComparison.Ordinal)) && file.Path.StartsWith(rule.Folder, StringComparison.Ordinal) && !file.Path.EndsWith("/SourceTests.cs", StringComparison.Ordinal)
        from match in rule.Word.Matches(file.Text).Take(1)
        where !Allowed.Contains((file.Path, match.Value))
        select $"{file.Path}: {match.Value.Trim()} — {rule.Why}";

    private static IEnumerable<(string Path, string Text)> All(params string[] endings) => new[] { "src", "tests", "bench", "scripts" }.SelectMany(folder => WorkingCopy.Files(folder, endings));

    [Fact]
    public void No_file_is_longer_than_is_read_at_once() => TooLong(All(Code)).ShouldBeEmpty();

    [Fact]
    public void No_banned_word_stands_in_the_source() => Offending(All([.. Code, ".sql", ".sh"])).ShouldBeEmpty();

    [Fact]
    public void Planted_offenders_are_found()
    {
        TooLong([("src/long.cs", new string('\n', 400) + "x")]).Count().ShouldBe(1);
        foreach (var (text, path) in new[]
        {
            ("var now = DateTime.Now;", "src/a.cs"), ("Guid.NewGuid()", "tests/a.cs"), ("set.IgnoreQueryFilters()", "src/a.cs"), ("// TODO later", "src/a.sql"), ("throw new NotImplementedException();", "src/a.cs"),
            ("[Fact(Skip = \"later\")]", "tests/a.cs"), ("#pragma warning disable CA1\n", "src/a.cs"), ("Thread.Sleep(1)", "tests/a.cs"), ("Console.WriteLine(1)", "src/PhongTuyen/a.cs"), ("@Html.Raw(x)", "src/a.cshtml"),
            ("task.GetAwaiter().GetResult()", "src/a.cs"), ("<p style=\"x\">", "src/a.cshtml"), ("EnableRetryOnFailure()", "src/a.cs"),
        })
            Offending([(path, text)]).Count().ShouldBe(1, text);
    }
}
