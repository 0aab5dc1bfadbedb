using System.Globalization;
using PhongTuyen.Areas;
using PhongTuyen.Kernel;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Areas;

public sealed class OfficialListsTests
{
    [Theory]
    [InlineData("20210201", 63, 705, 10603)]
    [InlineData("20210701", 63, 705, 10603)]
    [InlineData("20211101", 63, 705, 10599)]
    public void A_day_of_three_levels_has_the_codes_names_and_parents_of_the_register(string day, int provinces, int districts, int communes)
    {
        var official = OfficialLists.ThreeLevels(day);
        (official.Count(u => u.Level == AreaLevel.Province), official.Count(u => u.Level == AreaLevel.District), official.Count(u => u.Level == AreaLevel.Commune))
            .ShouldBe((provinces, districts, communes));

        var ours = OfficialLists.Of(AreaLists.Book, DateOnly.ParseExact(day, "yyyyMMdd", CultureInfo.InvariantCulture));

        ours.Select(OfficialLists.Folded).Except(official.Select(OfficialLists.Folded)).ShouldBeEmpty();
        official.Select(OfficialLists.Folded).Except(ours.Select(OfficialLists.Folded)).ShouldBeEmpty();
    }

    [Fact]
    public void What_differs_from_the_register_of_2021_is_white_space_and_two_capital_letters()
    {
        var ours = OfficialLists.Of(AreaLists.Book, new(2021, 11, 1)).ToDictionary(unit => unit.Code);
        var other = OfficialLists.ThreeLevels("20211101").Where(unit => ours[unit.Code].Name != unit.Name).ToList();

        other.Where(unit => VietnameseText.Clean(unit.Name) == ours[unit.Code].Name).Count().ShouldBe(21);
        other.Where(unit => VietnameseText.Clean(unit.Name) != ours[unit.Code].Name).Select(unit => unit.Name)
            .ShouldBe(["Thị Xã Mường Lay", "Thị Xã Buôn Hồ"], ignoreOrder: true);
    }

    [Fact]
    public void The_first_day_of_two_levels_has_the_codes_names_and_parents_of_the_register()
    {
        var official = OfficialLists.TwoLevels("vn_units_20250701_v3.0.2");
        var ours = OfficialLists.Of(AreaLists.Book, new(2025, 7, 1));

        ours.Count.ShouldBe(34 + 3321);
        // The register wrote "Phó Bảng" in July 2025 and corrected it later.
        ours.Select(OfficialLists.Folded).Except(official.Select(OfficialLists.Folded)).Select(unit => unit.Code).ShouldBe(["00745"]);
        official.Select(OfficialLists.Folded).Except(ours.Select(OfficialLists.Folded)).Select(unit => unit.Name).ShouldBe([VietnameseText.ToneKey("Xã Phó Bảng")]);
    }

    [Fact]
    public void The_decrees_of_April_2026_applied_to_the_list_give_the_register_of_that_day()
    {
        var official = OfficialLists.TwoLevels("vn_units_20260430_v4.2.0");
        var ours = OfficialLists.Of(AreaLists.Book, new(2026, 4, 29)).ToDictionary(unit => unit.Code);
        var changes = official.Where(unit => unit.Folded().Name != ours[unit.Code].Folded().Name)
            .Select(unit => new AreaChange(unit.Code, unit.Level, unit.Name, unit.Parent.Length == 0 ? null : unit.Parent, new(2026, 4, 30), "30/2026/QH16", [])).ToList();
        changes.Count.ShouldBe(11, "Đồng Nai becomes a city and ten of its communes become wards");

        var book = new AreaBook(AreaChanges.Apply(AreaLists.Rows(), changes).Value);

        OfficialLists.Of(book, new(2026, 4, 30)).Select(OfficialLists.Folded).Except(official.Select(OfficialLists.Folded)).ShouldBeEmpty();
        book.ByCode("75", new(2026, 4, 30))!.Kind.ShouldBe(AreaKind.Municipality);
        book.ByCode("75", new(2026, 4, 29))!.Kind.ShouldBe(AreaKind.Province);
        book.Counts(new(2026, 4, 30)).ShouldBe(new AreaCounts(34, 0, 3321));
    }
}
