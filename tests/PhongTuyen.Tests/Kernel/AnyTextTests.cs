using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using PhongTuyen.Kernel;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Kernel;

/// <summary>Whatever a browser, a sheet or an attacker sends as text.</summary>
public sealed class AnyTextTests
{
    private static readonly string[] Pieces =
    [
        "Nguyễn", "Đặng Thị Hoà", "a\u0301", "e\u0302\u0323", "\u0301", "ư\u0309", " ", "\u00a0", "\t\r\n", "\u200b", "\u200d", "\ufeff", "\u00ad", "\u202e", "\0", "\u0007", "\u001b[31m", "\u007f", "\u0085",
        "\ud800", "\udc00", "\udfff\ud800", "\ufffe", "\uffff", "\ufdd0", "\U0001F600", "\U0001FFFE", "\U0010FFFF", "\U000E0041", "\u1100\u1161", "İ", "ß", "ﬁ", "Ａ", "\u03d3", "'", "{{7*7}}", "%s", "'; DROP TABLE--",
    ];

    private static readonly Arbitrary<string> Texts = Gen.Choose(0, char.MaxValue).Select(c => ((char)c).ToString()).Or(Gen.Elements(Pieces)).ListOf().Select(parts => string.Concat(parts)).ToArbitrary();

    private static void Holds(Func<string, bool> property) => Prop.ForAll(Texts, property).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    private static bool IsWhole(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!Rune.TryGetRuneAt(text, i, out var rune) || (rune.Value & 0xFFFE) == 0xFFFE || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate) return false;
            i += rune.Utf16SequenceLength - 1;
        }
        return true;
    }

    [Fact]
    public void What_is_stored_is_whole_composed_and_without_anything_that_cannot_be_seen() => Holds(text =>
        VietnameseText.Clean(text) is not { } clean || (clean.Length > 0 && IsWhole(clean) && clean.IsNormalized(NormalizationForm.FormC) && clean == clean.Trim() && !clean.Contains("  ", StringComparison.Ordinal)));

    [Fact]
    public void Cleaning_what_is_clean_changes_nothing() => Holds(text => VietnameseText.Clean(text) is not { } clean || VietnameseText.Clean(clean) == clean);

    [Fact]
    public void Clean_text_stays_whole_wherever_it_is_cut() => Holds(text =>
        VietnameseText.Clean(text) is not { } clean || Enumerable.Range(0, clean.Length + 2).All(most => VietnameseText.Cut(clean, most) is var cut && IsWhole(cut) && cut.Length <= most && clean.StartsWith(cut, StringComparison.Ordinal) && cut.Length >= Math.Min(clean.Length, most) - 1));

    [Fact]
    public void Folded_text_is_letters_digits_and_single_spaces_and_stays_so() => Holds(text =>
    {
        var folded = VietnameseText.Fold(text);
        return VietnameseText.Fold(folded) == folded && folded.All(c => c == ' ' || char.IsLetterOrDigit(c)) && !folded.Contains("  ", StringComparison.Ordinal) && folded == folded.Trim();
    });

    [Fact]
    public void Text_and_its_clean_form_are_found_by_the_same_words() => Holds(text => VietnameseText.Fold(VietnameseText.Clean(text)).Replace(" ", "", StringComparison.Ordinal) == VietnameseText.Fold(text).Replace(" ", "", StringComparison.Ordinal));

    [Fact]
    public void Nothing_that_reads_text_throws() => Holds(text =>
    {
        _ = VietnameseText.Tokens(text);
        _ = VietnameseText.ToneKey(text);
        _ = VietnameseText.NameSortKey(text);
        _ = VietnameseText.Compare(text, "An");
        _ = DateInput.TryDate(text, new DateOnly(2021, 8, 20), out _);
        _ = DateInput.TryMoment(text, new DateOnly(2021, 8, 20), out _);
        _ = DateInput.TryBirth(text, new DateOnly(2021, 8, 20), out _);
        _ = PhongTuyen.People.PhoneRules.Normal(text);
        _ = PhongTuyen.People.DocumentRules.Normal(text);
        _ = PhongTuyen.People.AgeRules.Birth(text, new DateOnly(2021, 8, 20));
        return true;
    });

    [Fact]
    public void What_is_no_character_is_dropped_and_the_rest_is_kept()
    {
        VietnameseText.Clean("Lê\ud800 Thị\udfff Mai").ShouldBe("Lê Thị Mai");
        VietnameseText.Clean("\ufffeLê\uffff Mai").ShouldBe("Lê Mai");
        VietnameseText.Clean("Le\u200b\u0302 Mai").ShouldBe("Lê Mai");
        VietnameseText.Clean("Lê \U0001F600 Mai").ShouldBe("Lê \U0001F600 Mai");
        VietnameseText.Clean("\ud800\0\u200b").ShouldBeNull();
    }
}
