using System.Text.Json;
using System.Text.RegularExpressions;
using PhongTuyen.Cli.Documents;
using PhongTuyen.Kernel;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Architecture;

/// <summary>The sentences of both languages: the same keys, the same names in braces, every key that the code asks for, and none that nobody asks for.</summary>
public sealed partial class TextTests
{
    private static Dictionary<string, string> Texts(string language) =>
        WorkingCopy.Files("src", $"Texts.{language}.json").SelectMany(file => JsonSerializer.Deserialize<Dictionary<string, string>>(file.Text)!).ToDictionary();

    private static readonly Dictionary<string, string> Vietnamese = Texts("vi");
    private static readonly Dictionary<string, string> English = Texts("en");

    private static readonly string Source = string.Join('\n', WorkingCopy.Files("src", ".cs", ".cshtml", ".ts").Where(file => !file.Path.Contains("/tests/", StringComparison.Ordinal)).Select(file => file.Text));

    // The English of a refusal stands in the code.
    private static IEnumerable<string> Keys(Dictionary<string, string> texts) => texts.Keys.Where(key => !key.StartsWith("problem.", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    [Fact]
    public void Both_languages_have_the_same_keys_and_no_empty_sentence()
    {
        Keys(Vietnamese).Except(Keys(English)).ShouldBeEmpty("the English is missing");
        Keys(English).Except(Keys(Vietnamese)).ShouldBeEmpty("the Vietnamese is missing");
        // The sign of a bed that is taken is the person in it.
        Vietnamese.Concat(English).Where(text => string.IsNullOrWhiteSpace(text.Value) && text.Key != "bed.sign.occupied").Select(text => text.Key).ShouldBeEmpty();
    }

    [Fact]
    public void Both_languages_fill_the_same_names() =>
        Keys(Vietnamese).Where(key => English.TryGetValue(key, out var other) && !Words.NamesIn(Vietnamese[key]).Order(StringComparer.Ordinal).Distinct().SequenceEqual(Words.NamesIn(other).Order(StringComparer.Ordinal).Distinct())).ShouldBeEmpty();

    [Fact]
    public void Every_key_that_the_code_asks_for_has_its_sentence() => Missing(Source, English).ShouldBeEmpty();

    [Fact]
    public void Every_refusal_in_Vietnamese_belongs_to_one_in_the_code()
    {
        var codes = GeneratedDocuments.Refusals(WorkingCopy.Root).Select(refusal => "problem." + refusal.Code).ToHashSet();
        Vietnamese.Keys.Where(key => key.StartsWith("problem.", StringComparison.Ordinal) && !codes.Contains(key)).ShouldBeEmpty();
    }

    [Fact]
    public void Every_list_in_which_persons_are_shown_has_its_word_for_who_looked()
    {
        var lists = Lists().Matches(Source).Select(match => match.Groups[1].Value).Distinct().ToList();
        lists.Count.ShouldBeGreaterThan(8);
        lists.Where(list => !English.ContainsKey("looked-list." + list)).ShouldBeEmpty("add looked-list.… to the texts of the person's pages");
    }

    [Fact]
    public void No_sentence_stands_there_that_nobody_says() => Unused(Keys(English), Source).ShouldBeEmpty();

    [Fact]
    public void Planted_keys_are_found()
    {
        Missing("S[\"planted.key\"] S.Say(\"planted.other\", (\"n\", 1))", English).ShouldBe(["planted.key", "planted.other"]);
        Unused(["planted.key", "planted.dynamic.a", "planted.used"], "S[\"planted.used\"] S[$\"planted.dynamic.{x}\"]").ShouldBe(["planted.key"]);
    }

    private static IEnumerable<string> Missing(string source, Dictionary<string, string> texts) => Asked().Matches(source).Select(match => match.Groups[1].Value).Distinct().Where(key => !texts.ContainsKey(key));

    /// <summary>A key is said where it stands in quotes, where the code puts one together that begins as it does, or where one that is said is made longer (<c>.hint</c>).</summary>
    private static IEnumerable<string> Unused(IEnumerable<string> keys, string source)
    {
        var whole = Quoted().Matches(source).Select(match => match.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
        var begun = Begun().Matches(source).Select(match => match.Groups[1].Value).Concat(Concatenated().Matches(source).Select(match => match.Groups[1].Value)).Where(start => start.Contains('.', StringComparison.Ordinal)).Distinct().ToList();
        var ends = Ended().Matches(source).Select(match => match.Groups[1].Value).Append(".hint").Distinct().ToList();
        return keys.Where(key => !whole.Contains(key) && !ends.Any(end => key.EndsWith(end, StringComparison.Ordinal) && whole.Contains(key[..^end.Length])) && !begun.Any(start => key.StartsWith(start, StringComparison.Ordinal)));
    }

    [GeneratedRegex("""(?:\bS\[|\bS\.Say\(|Screen\.Say\(|screen\[)"([a-z][A-Za-z0-9-]*(?:\.[A-Za-z0-9-]+)+)"[\],)]""")]
    private static partial Regex Asked();

    [GeneratedRegex("""(?:\b(?:ListedAsync|taken\.RunAsync)\(|\bnew PersonsListed\(\[.*?\], )"([a-z-]+)["]""")]
    private static partial Regex Lists();

    [GeneratedRegex("""["']([a-z][A-Za-z0-9-]*(?:\.[A-Za-z0-9-]+)+)["']""")]
    private static partial Regex Quoted();

    [GeneratedRegex("""\$"([a-z][A-Za-z0-9.-]*)\{""")]
    private static partial Regex Begun();

    [GeneratedRegex("""(?:\}|\+\s*")(\.[a-z-]+)["&]""")]
    private static partial Regex Ended();

    [GeneratedRegex("""["`]([a-z][A-Za-z0-9.-]*[.-])(?:"\s*\+|\$\{)""")]
    private static partial Regex Concatenated();
}
