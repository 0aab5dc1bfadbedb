using System.Text.Json;
using System.Text.RegularExpressions;
using PhongTuyen.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Architecture;

/// <summary>The guide in the words of the screen: what stands in a chapter in bold, in italics or in “quotes” is the word of a button, a field, a page, and is still called so.</summary>
public sealed partial class GuideTests
{
    private static readonly HashSet<string> Words = [.. WorkingCopy.Files("src", "Texts.vi.json").SelectMany(file => JsonSerializer.Deserialize<Dictionary<string, string>>(file.Text)!.Values).Select(Plain)];

    /// <summary>Words with a name in them are known by how they begin: "Trong ngày {day}".</summary>
    private static readonly HashSet<string> Beginnings = [.. Words.Where(text => text.Contains('{', StringComparison.Ordinal)).Select(text => Plain(text[..text.IndexOf('{', StringComparison.Ordinal)])).Where(start => start.Length >= 8)];

    [Fact]
    [Answers("R5")]
    public void Every_word_of_the_screen_that_a_chapter_names_stands_on_a_screen()
    {
        var chapters = WorkingCopy.Files("docs/guide/vi", ".md").ToList();
        chapters.Count.ShouldBeGreaterThanOrEqualTo(10);
        chapters.SelectMany(chapter => Named(chapter.Text)).Count().ShouldBeGreaterThan(200, "the chapters name their buttons and pages");
        chapters.SelectMany(chapter => Unknown(chapter.Text).Select(word => $"{chapter.Path.Split('/')[^1]}: {word}")).ShouldBeEmpty();
    }

    [Fact]
    public void A_planted_button_that_no_page_has_is_found() =>
        Unknown("Bấm **Tiếp nhận**, rồi **Nút không có** và “Chữ không có”; ở **Đơn vị → Mục không có**. *Hết cách ly* thì có. Phần **Trong ngày**. `**mã**`").ShouldBe(["Nút không có", "Chữ không có", "Mục không có"], ignoreOrder: true);

    private static IEnumerable<string> Unknown(string chapter) => Named(chapter).Where(word => !Words.Contains(Plain(word)) && !Beginnings.Contains(Plain(word)));

    private static IEnumerable<string> Named(string chapter) => Marked().Matches(Code().Replace(chapter, "")).SelectMany(match => match.Groups.Values.Skip(1).Where(group => group.Success)).SelectMany(group => group.Value.Split(" → "));

    private static string Plain(string text) => Spaces().Replace(text, " ").Trim(' ', '.', ':').ToLowerInvariant();

    [GeneratedRegex(@"\*\*([^*\n]+)\*\*|(?<!\*)\*([^*\n]+)\*(?!\*)|“([^”\n]+)”")]
    private static partial Regex Marked();

    [GeneratedRegex("```.*?```|`[^`\n]*`", RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
