using PhongTuyen.Areas;
using PhongTuyen.Kernel;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Areas;

public sealed class AreaBookTests
{
    private static readonly AreaBook Book = AreaLists.Book;
    private static readonly DateOnly July2021 = new(2021, 7, 1);

    [Fact]
    public void A_commune_carries_the_keys_of_its_levels()
    {
        var commune = Book.ByCode("00001", July2021)!;
        Book.Keys(commune.Id).ShouldBe(new AreaKeys(Book.ByCode("01", July2021)!.Id, Book.ByCode("001", July2021)!.Id, commune.Id));
        var newer = Book.ByCode("00004", new(2026, 1, 1))!;
        Book.Keys(newer.Id).ShouldBe(new AreaKeys(Book.ByCode("01", new(2026, 1, 1))!.Id, default, newer.Id));
        Book.Keys(new AreaId(999_999)).ShouldBe(AreaKeys.Unknown);
    }

    [Fact]
    public void A_hamlet_carries_the_keys_of_its_commune_and_shows_its_whole_path()
    {
        var commune = Book.ByCode("27550", July2021)!;
        var hamlet = new AreaRow(new(20_001), commune.Id, AreaLevel.Hamlet, "", "Ấp 3", commune.From, commune.To);
        var book = new AreaBook([.. AreaLists.Rows(), hamlet]);

        book.Keys(hamlet.Id).ShouldBe(Book.Keys(commune.Id));
        book.Path(hamlet.Id).ShouldBe("Ấp 3, " + Book.Path(commune.Id));
        book.Children(commune.Id, July2021).ShouldBe([hamlet]);
    }

    [Fact]
    public void A_province_made_here_with_an_earlier_day_makes_no_list_of_that_day()
    {
        var book = new AreaBook([.. AreaLists.Rows(), new AreaRow(new(900_001), default, AreaLevel.Province, "T1", "Tỉnh Thử Nghiệm", new(2020, 1, 1), null)]);
        book.FirstDay.ShouldBe(Book.FirstDay);
        new AreaMatcher(book).Match("Bạc Liêu", null, null, new(2020, 10, 9)).Verdict.ShouldBe(AreaVerdict.One);
        new AreaMatcher(book).Match("Thử Nghiệm", null, null, new(2020, 10, 9)).Verdict.ShouldBe(AreaVerdict.One);
    }

    [Fact]
    public void What_lies_in_a_unit_is_that_of_the_day_whichever_version_is_asked()
    {
        var town = Book.ByCode("261", July2021)!;
        var city = Book.ByCode("261", new(2021, 12, 1))!;
        town.Id.ShouldNotBe(city.Id);
        Book.Children(town.Id, new(2021, 12, 1)).ShouldBe(Book.Children(city.Id, new(2021, 12, 1)));
        Book.Children(city.Id, July2021).Select(row => row.Parent).Distinct().ShouldBe([town.Id]);
        Book.Versions(city.Id).Select(row => row.Name).ShouldBe(["Thị xã Từ Sơn", "Thành phố Từ Sơn"]);
        Book.Children(town.Id, new(2026, 1, 1)).ShouldBeEmpty();
    }

    [Fact]
    public void A_code_that_changed_its_meaning_is_no_version_of_the_same_unit() =>
        Book.Versions(Book.ByCode("52", July2021)!.Id).Select(row => row.Name).ShouldBe(["Tỉnh Bình Định"]);

    [Fact]
    public void Each_version_lies_in_one_that_stands_on_all_its_days()
    {
        foreach (var row in AreaLists.Rows().Where(row => row.Parent.Value != 0))
        {
            var parent = Book.Find(row.Parent)!;
            (parent.From <= row.From && (parent.To ?? DateOnly.MaxValue) >= (row.To ?? DateOnly.MaxValue)).ShouldBeTrue($"{row.Name} in {parent.Name}");
        }
    }

    [Fact]
    public void A_list_that_does_not_hold_together_is_refused()
    {
        var province = new AreaRow(new(1), default, AreaLevel.Province, "01", "Thành phố Hà Nội", July2021, new(2025, 6, 30));
        Should.Throw<ArgumentException>(() => new AreaBook([province, province]));
        Should.Throw<ArgumentException>(() => new AreaBook([province, new AreaRow(new(2), new(9), AreaLevel.District, "001", "Quận Ba Đình", July2021)]));
        Should.Throw<ArgumentException>(() => new AreaBook([province, new AreaRow(new(2), new(1), AreaLevel.District, "001", "Quận Ba Đình", July2021)]),
            "the district would outlive its province");
    }

    [Fact]
    public void An_empty_book_knows_nothing()
    {
        var book = new AreaBook([]);
        book.Counts(July2021).ShouldBe(default);
        book.Search("Hà Nội", July2021).ShouldBeEmpty();
        new AreaMatcher(book).Match("Hà Nội", null, null, July2021).Verdict.ShouldBe(AreaVerdict.Unmatched);
    }

    /// <summary>What it allocates stands for the work of building it, which no other work on the machine disturbs.</summary>
    [Fact]
    public void Building_the_book_of_all_lists_allocates_no_more_than_a_bound()
    {
        var (rows, others) = (AreaLists.Rows(), AreaLists.OtherNames());
        _ = new AreaBook(rows, others).Count;
        var before = GC.GetAllocatedBytesForCurrentThread();
        _ = new AreaBook(rows, others).Count;
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(50_000_000);
    }
}
