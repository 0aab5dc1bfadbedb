using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Architecture;

/// <summary>Every class of ours on a page (pt-, ct-, vb-) has a style: a name that was mistyped or left behind would only be seen by looking.</summary>
public sealed partial class StyleTests
{
    [Fact]
    public void Every_class_of_a_page_has_a_style() => Unstyled(Markup(), Styles()).ShouldBeEmpty();

    [Fact]
    public void A_planted_class_without_a_style_is_found() =>
        Unstyled([("a.cshtml", "<p class=\"pt-row pt-planted @(x ? \"pt-other\" : \"\")\">")], [".pt-row{", "pt-row"]).ShouldBe(["pt-other (a.cshtml)", "pt-planted (a.cshtml)"]);

    /// <summary>The framework keeps an expression of plain members, but compiles one with an index or a call anew each time that the page is drawn: 20 ms for the form of a person.</summary>
    [Fact]
    public void No_field_is_named_by_an_index() => Indexed(Markup()).ShouldBeEmpty();

    [Fact]
    public void A_planted_field_that_is_named_by_an_index_is_found() =>
        Indexed([("a.cshtml", "<pt-field for=\"Form.Rows[i].Name\" /><pt-pick for=\"Form.Area\" text-for=\"Of(2).Text\" /><label for=\"note-@(row.Id)\">")]).ShouldBe(["Form.Rows[i].Name (a.cshtml)", "Of(2).Text (a.cshtml)"]);

    private static IEnumerable<string> Indexed(IEnumerable<(string Path, string Text)> markup) =>
        markup.SelectMany(file => Expressions().Matches(file.Text).Select(match => match.Groups[1].Value).Where(name => name.AsSpan().ContainsAny('[', '(')).Select(name => $"{name} ({file.Path.Split('/')[^1]})"));

    [GeneratedRegex("""(?:<pt-[^>]*?\s|\stext-)for="([^"]*)" """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Expressions();

    private static IEnumerable<(string Path, string Text)> Markup() => WorkingCopy.Files("src/PhongTuyen.Web", ".cshtml", "Tags.cs", "Tag.cs");

    /// <summary>From the style sheets themselves: what is built from them says the same, in fewer letters.</summary>
    private static HashSet<string> Styles() =>
        [.. WorkingCopy.Files("src/PhongTuyen.Web/Islands/styles", ".css", ".scss").SelectMany(file => Selectors().Matches(file.Text).Select(match => match.Groups[1].Value)),
         .. WorkingCopy.Files("src/PhongTuyen.Web/Islands", ".ts").Where(file => !file.Path.Contains("/tests/", StringComparison.Ordinal)).SelectMany(file => Names().Matches(file.Text).Select(match => match.Value))];

    private static IEnumerable<string> Unstyled(IEnumerable<(string Path, string Text)> markup, ICollection<string> styles) =>
        markup.SelectMany(file => Attributes().Matches(file.Text).SelectMany(match => Names().Matches(match.Value)).Select(match => (match.Value, file.Path)))
            .Where(used => !styles.Contains(used.Value)).Distinct().Select(used => $"{used.Value} ({used.Path.Split('/')[^1]})").Distinct().Order(StringComparer.Ordinal);

    [GeneratedRegex("""class="(?:[^"@]|@\([^)]*\)|@[A-Za-z.]+(?:\([^)]*\))?|"[^"<>]*")*"|(?:Class|class)[^\n]{0,60}"(?:pt|ct|vb)-[^"]*" """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Attributes();

    [GeneratedRegex(@"\.((?:pt|ct|vb)-[a-z0-9-]+)")]
    private static partial Regex Selectors();

    [GeneratedRegex(@"\b(?:pt|ct|vb)-[a-z0-9]+(?:-[a-z0-9]+)*\b(?!-)")]
    private static partial Regex Names();
}
