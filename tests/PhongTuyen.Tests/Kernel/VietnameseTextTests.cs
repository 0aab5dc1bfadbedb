using System.Text;
using PhongTuyen.Kernel;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Kernel;

public sealed class VietnameseTextTests
{
    [Theory]
    [InlineData("Đặng Thị Hoà", "dang thi hoa")]
    [InlineData("  Nguyễn   Văn\tÂn ", "nguyen van an")]
    [InlineData("Đak Pơ (Gia Lai)", "dak po gia lai")]
    [InlineData("Ea H'leo", "ea hleo")]
    public void A_name_is_folded_for_search(string name, string folded) => VietnameseText.Fold(name).ShouldBe(folded);

    [Theory]
    [InlineData("aa😀", 4, "aa😀")]
    [InlineData("aa😀", 3, "aa")]
    [InlineData("aa😀", 2, "aa")]
    [InlineData("aa😀b", 4, "aa😀")]
    [InlineData("😀", 1, "")]
    [InlineData("😀", 0, "")]
    [InlineData("Đặng", 2, "Đặ")]
    public void A_text_is_cut_between_characters(string text, int most, string left) => VietnameseText.Cut(text, most).ShouldBe(left);

    [Fact]
    public void Composed_and_decomposed_text_fold_alike()
    {
        const string name = "Nguyễn Thị Thuỷ";
        VietnameseText.Fold(name.Normalize(NormalizationForm.FormD)).ShouldBe(VietnameseText.Fold(name));
        VietnameseText.Clean(name.Normalize(NormalizationForm.FormD)).ShouldBe(name);
    }

    [Theory]
    [InlineData("Hòa Bình", "Hoà Bình")]
    [InlineData("Thủy", "Thuỷ")]
    [InlineData("Quý", "QUÝ")]
    public void The_place_of_the_tone_makes_no_difference(string left, string right) =>
        VietnameseText.ToneKey(left).ShouldBe(VietnameseText.ToneKey(right));

    [Theory]
    [InlineData("Hương", "Hường")]
    [InlineData("An", "Ân")]
    [InlineData("Đa", "Da")]
    public void The_tone_and_the_letter_make_a_difference(string left, string right) =>
        VietnameseText.ToneKey(left).ShouldNotBe(VietnameseText.ToneKey(right));

    [Fact]
    public void Names_sort_by_given_name_then_family_then_middle()
    {
        string[] names = ["Trần Văn Ân", "Nguyễn Thị Ba", "Trần Văn An", "Đỗ Văn An", "Đỗ Thị An", "Lê Văn Ăn", "Võ Đào", "Võ Dung"];
        names.OrderBy(VietnameseText.NameSortKey, Comparer<byte[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b)))
            .ShouldBe(["Đỗ Thị An", "Đỗ Văn An", "Trần Văn An", "Lê Văn Ăn", "Trần Văn Ân", "Nguyễn Thị Ba", "Võ Dung", "Võ Đào"]);
    }

    [Fact]
    public void Control_and_zero_width_characters_are_dropped() =>
        VietnameseText.Clean("Lê\u200b Thị\u0007 \u00a0Mai\r\n").ShouldBe("Lê Thị Mai");
}
