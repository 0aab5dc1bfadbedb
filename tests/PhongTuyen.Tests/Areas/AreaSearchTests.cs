using System.Diagnostics;
using System.Text;
using PhongTuyen.Areas;
using PhongTuyen.Kernel;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Areas;

public sealed class AreaSearchTests
{
    private static readonly AreaBook Book = AreaLists.Book;
    private static readonly DateOnly July2021 = new(2021, 7, 1);

    [Theory]
    [InlineData("Phường Phúc Xá", "Phường Phúc Xá, Quận Ba Đình, Thành phố Hà Nội")]
    [InlineData("phúc xá", "Phường Phúc Xá, Quận Ba Đình, Thành phố Hà Nội")]
    [InlineData("phuc xa", "Phường Phúc Xá, Quận Ba Đình, Thành phố Hà Nội")]
    [InlineData("phuc xa ba dinh", "Phường Phúc Xá, Quận Ba Đình, Thành phố Hà Nội")]
    [InlineData("ba dinh phuc xa", "Phường Phúc Xá, Quận Ba Đình, Thành phố Hà Nội")]
    [InlineData("Hà Nội, Ba Đình, Phúc Xá", "Phường Phúc Xá, Quận Ba Đình, Thành phố Hà Nội")]
    [InlineData("PHÚC XÁ, BA ĐÌNH, HÀ NỘI", "Phường Phúc Xá, Quận Ba Đình, Thành phố Hà Nội")]
    [InlineData("P. Phúc Xá, Q. Ba Đình, TP. Hà Nội", "Phường Phúc Xá, Quận Ba Đình, Thành phố Hà Nội")]
    [InlineData("phuc x", "Phường Phúc Xá, Quận Ba Đình, Thành phố Hà Nội")]
    [InlineData("Ba Đình, Hà Nội", "Quận Ba Đình, Thành phố Hà Nội")]
    [InlineData("Hà Nội Ba Đình", "Quận Ba Đình, Thành phố Hà Nội")]
    [InlineData("ba dinh", "Quận Ba Đình, Thành phố Hà Nội")]
    [InlineData("hanoi", "Thành phố Hà Nội")]
    [InlineData("Hà Nội", "Thành phố Hà Nội")]
    [InlineData("tp hcm", "Thành phố Hồ Chí Minh")]
    [InlineData("TP.HCM", "Thành phố Hồ Chí Minh")]
    [InlineData("TPHCM", "Thành phố Hồ Chí Minh")]
    [InlineData("ho chi minh", "Thành phố Hồ Chí Minh")]
    [InlineData("Sài Gòn", "Thành phố Hồ Chí Minh")]
    [InlineData("Q.1", "Quận 1, Thành phố Hồ Chí Minh")]
    [InlineData("Q1", "Quận 1, Thành phố Hồ Chí Minh")]
    [InlineData("Quận 1", "Quận 1, Thành phố Hồ Chí Minh")]
    [InlineData("quan 01", "Quận 1, Thành phố Hồ Chí Minh")]
    [InlineData("P. 12, Q. Gò Vấp", "Phường 12, Quận Gò Vấp, Thành phố Hồ Chí Minh")]
    [InlineData("p12 go vap", "Phường 12, Quận Gò Vấp, Thành phố Hồ Chí Minh")]
    [InlineData("F12 Gò Vấp", "Phường 12, Quận Gò Vấp, Thành phố Hồ Chí Minh")]
    [InlineData("Phường 1, Gò Vấp", "Phường 01, Quận Gò Vấp, Thành phố Hồ Chí Minh")]
    [InlineData("Phường 01, Gò Vấp", "Phường 01, Quận Gò Vấp, Thành phố Hồ Chí Minh")]
    [InlineData("TT. Củ Chi", "Thị trấn Củ Chi, Huyện Củ Chi, Thành phố Hồ Chí Minh")]
    [InlineData("tt cu chi", "Thị trấn Củ Chi, Huyện Củ Chi, Thành phố Hồ Chí Minh")]
    [InlineData("H. Củ Chi", "Huyện Củ Chi, Thành phố Hồ Chí Minh")]
    [InlineData("X. Bình Mỹ, H. Củ Chi", "Xã Bình Mỹ, Huyện Củ Chi, Thành phố Hồ Chí Minh")]
    [InlineData("TX. Từ Sơn", "Thị xã Từ Sơn, Tỉnh Bắc Ninh")]
    [InlineData("T.P Thủ Đức", "Thành phố Thủ Đức, Thành phố Hồ Chí Minh")]
    [InlineData("Quận Thủ Đức", "Thành phố Thủ Đức, Thành phố Hồ Chí Minh")]
    [InlineData("Khánh Hoà", "Tỉnh Khánh Hòa")]
    [InlineData("Khánh Hòa", "Tỉnh Khánh Hòa")]
    [InlineData("Thừa Thiên - Huế", "Tỉnh Thừa Thiên Huế")]
    [InlineData("Bà Rịa-Vũng Tàu", "Tỉnh Bà Rịa - Vũng Tàu")]
    [InlineData("ba ria vung tau", "Tỉnh Bà Rịa - Vũng Tàu")]
    [InlineData("Đắc Lắc", "Tỉnh Đắk Lắk")]
    [InlineData("dak lak", "Tỉnh Đắk Lắk")]
    [InlineData("Bắc Cạn", "Tỉnh Bắc Kạn")]
    [InlineData("kontum", "Tỉnh Kon Tum")]
    [InlineData("ea hleo", "Huyện Ea H'leo, Tỉnh Đắk Lắk")]
    [InlineData("Ea H’leo", "Huyện Ea H'leo, Tỉnh Đắk Lắk")]
    [InlineData("Hải Châu 1", "Phường Hải Châu I, Quận Hải Châu, Thành phố Đà Nẵng")]
    [InlineData("Phường 4 Vị Thanh", "Phường IV, Thành phố Vị Thanh, Tỉnh Hậu Giang")]
    [InlineData("phương liễu", "Xã Phương Liễu, Huyện Quế Võ, Tỉnh Bắc Ninh")]
    [InlineData("xà phiên", "Xã Xà Phiên, Huyện Long Mỹ, Tỉnh Hậu Giang")]
    [InlineData("quí lộc yên định", "Thị trấn Quý Lộc, Huyện Yên Định, Tỉnh Thanh Hóa")]
    public void Any_spelling_finds_the_unit_first(string text, string path)
    {
        Book.Search(text, July2021)[0].Path.ShouldBe(path);
        Book.Search(text.Normalize(NormalizationForm.FormD), July2021)[0].Path.ShouldBe(path, "decomposed, as from a Macintosh");
        Book.Search("  " + text.ToUpperInvariant(), July2021)[0].Path.ShouldBe(path, "in capitals");
    }

    [Fact]
    public void Units_of_one_name_are_told_apart_by_their_paths()
    {
        var hits = Book.Search("Xã Tân Tiến", new(2026, 1, 1));
        hits.Count(hit => hit.Name == "Xã Tân Tiến").ShouldBe(7);
        hits.Select(hit => hit.Path).Distinct().Count().ShouldBe(hits.Count);
        OfficialLists.Of(Book, new(2026, 1, 1)).Where(unit => unit.Level == AreaLevel.Commune).Select(unit => unit.Name).Distinct().Count().ShouldBe(2991);
    }

    [Theory]
    [InlineData("Hoa Binh", "Hòa Bình")]
    [InlineData("Hòa Bình", "Hòa Bình")]
    [InlineData("Hoà Bình", "Hòa Bình")]
    public void The_place_of_the_tone_makes_no_difference(string text, string name) =>
        Book.Search(text, July2021).ShouldAllBe(hit => VietnameseText.Fold(hit.Path).Contains(VietnameseText.Fold(name), StringComparison.Ordinal));

    [Fact]
    public void Marks_that_were_typed_put_the_same_marks_first()
    {
        Book.Search("Tân Thạnh", July2021)[0].Name.ShouldBe("Huyện Tân Thạnh");
        Book.Search("xã Tân Thành", July2021).Take(10).ShouldAllBe(hit => hit.Name == "Xã Tân Thành");
    }

    [Fact]
    public void A_search_can_be_kept_within_a_unit_of_any_version()
    {
        var town = Book.ByCode("261", July2021)!;
        Book.Search("đông", new(2021, 12, 1), town.Id).ShouldAllBe(hit => hit.Path.EndsWith("Thành phố Từ Sơn, Tỉnh Bắc Ninh", StringComparison.Ordinal));
        Book.Search("Phúc Xá", July2021, town.Id).ShouldBeEmpty();
        Book.Search("Phúc Xá", July2021, new AreaId(999_999)).ShouldBeEmpty();
    }

    [Fact]
    public void Only_units_of_the_day_are_found()
    {
        Book.Search("Hồng Hà Hà Nội", July2021).ShouldNotContain(hit => hit.Code == "00097");
        Book.Search("Hồng Hà Hà Nội", new(2026, 1, 1))[0].Path.ShouldBe("Phường Hồng Hà, Thành phố Hà Nội");
        Book.Search("Ba Đình", new(2026, 1, 1)).ShouldNotContain(hit => hit.Level == AreaLevel.District);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData(null)]
    [InlineData("!?.,")]
    [InlineData("khongcodonvinao")]
    public void What_names_nothing_finds_nothing(string? text) => Book.Search(text, July2021).ShouldBeEmpty();

    [Fact]
    public void At_most_20_are_offered() => Book.Search("x", July2021).Count.ShouldBe(20);

    /// <summary>As a part of the time that the same machine takes to build the book, in the same moment.</summary>
    [Fact]
    public void A_search_takes_less_than_a_fiftieth_of_building_the_book()
    {
        string[] queries = ["phuc xa ba dinh", "Ba Đình, Hà Nội", "p12 go vap", "tan", "x", "thanh pho", "Xã Tân Tiến, Bắc Giang", "tp thu duc"];
        var (rows, others) = (AreaLists.Rows(), AreaLists.OtherNames());
        var building = Least(3, () => _ = new AreaBook(rows, others).Count);
        foreach (var query in queries) (Least(20, () => _ = Book.Search(query, July2021).Count) / building).ShouldBeLessThan(1 / 50.0, query);

        static double Least(int times, Action act) => Enumerable.Range(0, times).Min(_ =>
        {
            var since = Stopwatch.GetTimestamp();
            act();
            return Stopwatch.GetElapsedTime(since).TotalMilliseconds;
        });
    }
}
