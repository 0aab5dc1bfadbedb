using System.Text;
using PhongTuyen.Areas;
using PhongTuyen.Kernel;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Areas;

public sealed class AreaListsTests
{
    private static readonly AreaBook Book = AreaLists.Book;

    [Theory]
    [InlineData("2020-04-03", 63, 705, 10603)]
    [InlineData("2021-02-01", 63, 705, 10603)]
    [InlineData("2021-06-30", 63, 705, 10603)]
    [InlineData("2021-07-01", 63, 705, 10603)]
    [InlineData("2021-07-02", 63, 705, 10599)]
    [InlineData("2021-11-01", 63, 705, 10599)]
    [InlineData("2025-06-30", 63, 705, 10599)]
    [InlineData("2025-07-01", 34, 0, 3321)]
    [InlineData("2031-01-01", 34, 0, 3321)]
    public void Each_day_has_its_number_of_units(string day, int provinces, int districts, int communes) =>
        Book.Counts(OfficialLists.Day(day)).ShouldBe(new AreaCounts(provinces, districts, communes));

    [Theory]
    [InlineData("2021-11-01", AreaKind.Ward, 1723)]
    [InlineData("2021-11-01", AreaKind.Township, 612)]
    [InlineData("2021-11-01", AreaKind.Commune, 8264)]
    [InlineData("2021-11-01", AreaKind.UrbanDistrict, 46)]
    [InlineData("2021-11-01", AreaKind.City, 81)]
    [InlineData("2021-11-01", AreaKind.Municipality, 5)]
    [InlineData("2025-07-01", AreaKind.Ward, 687)]
    [InlineData("2025-07-01", AreaKind.Commune, 2621)]
    [InlineData("2025-07-01", AreaKind.SpecialZone, 13)]
    [InlineData("2025-07-01", AreaKind.Municipality, 6)]
    public void Each_day_has_its_number_of_each_kind(string day, AreaKind kind, int number) =>
        AreaLists.Rows().Count(row => row.Kind == kind && row.ValidOn(OfficialLists.Day(day))).ShouldBe(number);

    [Fact]
    public void Every_unit_has_a_kind_and_a_composed_name_with_single_spaces()
    {
        foreach (var row in AreaLists.Rows())
        {
            row.Kind.ShouldNotBe(AreaKind.Other, row.Name);
            row.Name.IsNormalized(NormalizationForm.FormC).ShouldBeTrue(row.Name);
            row.Name.ShouldBe(VietnameseText.Clean(row.Name));
        }
    }

    [Fact]
    public void Code_and_first_day_are_a_key_and_code_alone_is_none()
    {
        var rows = AreaLists.Rows();
        rows.Select(row => (row.Code, row.From)).Distinct().Count().ShouldBe(rows.Count);

        Book.ByCode("52", new(2025, 6, 30))!.Name.ShouldBe("Tỉnh Bình Định");
        Book.ByCode("52", new(2025, 7, 1))!.Name.ShouldBe("Tỉnh Gia Lai");
        Book.ByCode("00004", new(2021, 7, 1))!.Name.ShouldBe("Phường Trúc Bạch");
        Book.ByCode("00004", new(2025, 7, 1))!.Name.ShouldBe("Phường Ba Đình");
    }

    [Fact]
    public void Five_island_districts_of_2021_have_no_commune() =>
        OfficialLists.Of(Book, new(2021, 7, 1)).Where(unit => unit.Level == AreaLevel.District && Book.Children(Book.ByCode(unit.Code, new(2021, 7, 1))!.Id, new(2021, 7, 1)).Count == 0)
            .Select(unit => unit.Name).ShouldBe(["Huyện Bạch Long Vĩ", "Huyện Cồn Cỏ", "Huyện Hoàng Sa", "Huyện Lý Sơn", "Huyện Côn Đảo"], ignoreOrder: true);

    [Theory]
    [InlineData("19906", "2021-07-01", "Xã Phú Dương, Huyện Phú Vang, Tỉnh Thừa Thiên Huế")]
    [InlineData("19906", "2021-07-02", "Xã Phú Dương, Thành phố Huế, Tỉnh Thừa Thiên Huế")]
    [InlineData("19756", "2021-07-01", "Phường Phú Hiệp, Thành phố Huế, Tỉnh Thừa Thiên Huế")]
    [InlineData("19756", "2021-07-02", "Phường Gia Hội, Thành phố Huế, Tỉnh Thừa Thiên Huế")]
    [InlineData("02299", "2021-06-30", "Xã Phúc Sơn, Huyện Chiêm Hóa, Tỉnh Tuyên Quang")]
    [InlineData("02299", "2021-07-01", "Xã Phúc Sơn, Huyện Lâm Bình, Tỉnh Tuyên Quang")]
    [InlineData("09367", "2021-10-31", "Phường Đông Ngàn, Thị xã Từ Sơn, Tỉnh Bắc Ninh")]
    [InlineData("09367", "2021-11-01", "Phường Đông Ngàn, Thành phố Từ Sơn, Tỉnh Bắc Ninh")]
    public void A_decree_of_2021_holds_from_its_day_on(string code, string day, string path) =>
        Book.Path(Book.ByCode(code, OfficialLists.Day(day))!.Id).ShouldBe(path);

    [Fact]
    public void A_merged_commune_ends()
    {
        Book.ByCode("19771", new(2021, 7, 1))!.Name.ShouldBe("Phường Phú Cát");
        Book.ByCode("19771", new(2021, 7, 2)).ShouldBeNull();
        Book.ByCode("19771", new(2021, 7, 1))!.To.ShouldBe(new DateOnly(2021, 7, 1));
    }

    [Fact]
    public void Every_province_of_63_went_into_one_of_34()
    {
        var provinces = AreaLists.Provinces();
        provinces.Keys.ShouldBe(Book.Children(default, new(2025, 6, 30)).Select(row => row.Code), ignoreOrder: true);
        provinces.Values.Distinct().ShouldBe(Book.Children(default, new(2025, 7, 1)).Select(row => row.Code), ignoreOrder: true);
    }
}
