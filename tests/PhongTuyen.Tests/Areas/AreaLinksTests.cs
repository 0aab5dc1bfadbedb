using PhongTuyen.Areas;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Areas;

public sealed class AreaLinksTests
{
    private static readonly AreaBook Book = AreaLists.Book;
    private static readonly AreaLinks Links = AreaLists.Links;
    private static readonly DateOnly LastOld = new(2025, 6, 30);
    private static readonly DateOnly FirstNew = new(2025, 7, 1);

    [Fact]
    public void The_source_has_the_defects_that_the_check_is_for()
    {
        var rows = AreaLists.LinkRows();
        rows.Count.ShouldBe(10849);
        rows.Count(row => row.OldName.Length == 0).ShouldBe(5);
        rows.Select(row => row.NewCode).Where(code => Book.ByCode(code, FirstNew) is null).Distinct().Count().ShouldBeGreaterThan(150);
    }

    [Fact]
    public void Nearly_every_old_commune_is_linked_and_the_rest_is_on_lists_for_a_person()
    {
        Book.Counts(LastOld).Communes.ShouldBe(10599);
        Links.Missing(Book).Count.ShouldBeLessThanOrEqualTo(95);
        Links.Findings.Count.ShouldBeLessThanOrEqualTo(215);
        Links.All.Count(link => (link.Kind, link.How) == (AreaLinkKind.Full, AreaLinkHow.Code)).ShouldBeGreaterThanOrEqualTo(9700);
        Links.All.Count(link => (link.Kind, link.How) == (AreaLinkKind.Full, AreaLinkHow.Name)).ShouldBeGreaterThanOrEqualTo(765);
        Links.All.Count(link => link.Kind == AreaLinkKind.Partial).ShouldBeInRange(55, 80);
    }

    [Fact]
    public void Every_link_stays_within_the_province_that_the_law_says()
    {
        foreach (var link in Links.All)
        {
            var old = Book.ByCode(link.OldCode, LastOld) ?? Book.ByCode(link.OldCode, new(2021, 7, 1))!;
            var now = Book.ByCode(link.NewCode, FirstNew)!;
            Links.Province(Book.Find(Book.Keys(old.Id).Province)!.Code).ShouldBe(Book.Find(Book.Keys(now.Id).Province)!.Code, $"{old.Name} → {now.Name}");
        }
    }

    [Fact]
    public void A_row_with_the_code_of_another_province_is_put_right_by_its_name_or_listed()
    {
        var bare = new AreaMatcher(Book);
        var wrong = AreaLists.LinkRows().Where(row => Coded(row) is { } coded && coded.Parent != bare.Match(row.NewProvince, null, null, FirstNew).Area).ToList();
        wrong.Count(row => row.NewCode.Length == 5).ShouldBe(22);
        wrong.Count.ShouldBe(62 - 2, "with the zeros that the source lost; two rows stand twice in it");
        wrong.Count(row => AreaNameKey.Of(Coded(row)!.Name) == AreaNameKey.Of(row.NewName)).ShouldBe(29, "the name agrees, and only the province gives it away");

        foreach (var row in wrong)
        {
            var right = bare.Match(row.NewProvince, null, row.NewName, FirstNew);
            var old = bare.Match(row.OldProvince, row.OldDistrict, row.OldName, LastOld);
            if (old.Verdict != AreaVerdict.One) Links.Findings.ShouldContain(finding => finding.Row == row);
            else
            {
                var linked = Links.From(Book.Find(old.Area)!.Code).Select(link => link.NewCode).ToList();
                linked.ShouldContain(Book.Find(right.Area)!.Code, row.ToString());
                linked.ShouldNotContain(Coded(row)!.Code, row.ToString());
            }
        }

        AreaRow? Coded(AreaLinkRow row) => Book.ByCode(row.NewCode.PadLeft(5, '0'), FirstNew) is { Level: PhongTuyen.Kernel.AreaLevel.Commune } coded ? coded : null;
    }

    [Theory]
    [InlineData("00166", "Phường Dịch Vọng, in two")]
    [InlineData("26872", "Phường 13 of Gò Vấp, in two")]
    [InlineData("06040", "Xã Đại Đồng, whose code another commune bears in the source")]
    [InlineData("19744", "Phường Phú Thuận of Huế, divided by resolution 1264")]
    public void A_divided_commune_has_only_partial_links(string code, string why) =>
        Links.From(code).ShouldAllBe(link => link.Kind == AreaLinkKind.Partial, why);

    [Theory]
    [InlineData("19771", "Phường Phú Xuân")]
    [InlineData("19747", "Phường Phú Xuân")]
    public void A_commune_that_ended_in_2021_follows_the_one_that_took_it_in(string code, string name)
    {
        var link = Links.From(code).ShouldHaveSingleItem();
        (link.Kind, link.How).ShouldBe((AreaLinkKind.Full, AreaLinkHow.Decree));
        Book.ByCode(link.NewCode, FirstNew)!.Name.ShouldBe(name);
    }

    [Fact]
    public void Two_communes_of_one_name_that_the_source_exchanges_are_found_by_their_company_and_settled_by_a_person()
    {
        var unsettled = AreaLinks.Check(Book, AreaLists.LinkRows(), AreaLists.Provinces(), AreaLists.Changes(), []);
        unsettled.Findings.Where(finding => finding.Fault == AreaLinkFault.Crossed).Select(finding => finding.Row.OldCode).ShouldBe(["30901", "30913"]);
        unsettled.From("30901").ShouldBeEmpty();

        Links.From("30901").Single().ShouldBe(new AreaLink("30901", "30886", AreaLinkKind.Full, AreaLinkHow.Person));
        Links.From("30913").Single().ShouldBe(new AreaLink("30913", "30910", AreaLinkKind.Full, AreaLinkHow.Person));
        Links.Findings.ShouldNotContain(finding => finding.Fault == AreaLinkFault.Crossed);
    }

    [Theory]
    [InlineData("318", "Đặc khu Bạch Long Vĩ")]
    [InlineData("498", "Đặc khu Hoàng Sa")]
    [InlineData("755", "Đặc khu Côn Đảo")]
    public void An_island_district_without_communes_became_a_special_zone(string code, string name) =>
        Book.ByCode(Links.From(code).Single().NewCode, FirstNew)!.Name.ShouldBe(name);

    [Fact]
    public void A_partial_note_keeps_a_link_from_moving_anything()
    {
        var row = new AreaLinkRow(2, "00001", "Phường Phúc Xá", "Quận Ba Đình", "Thành phố Hà Nội", "00097", "Phường Hồng Hà", "Thành phố Hà Nội", "Một phần diện tích");
        AreaLinks.Check(Book, [row], AreaLists.Provinces(), [], []).All.Single().Kind.ShouldBe(AreaLinkKind.Partial);
        AreaLinks.Check(Book, [row with { Note = null }], AreaLists.Provinces(), [], []).All.Single().Kind.ShouldBe(AreaLinkKind.Full);
    }

    [Theory]
    [InlineData("00001", "Phường Phúc Xá", "Hà Nội", "00097", "Phường Hồng Hà", "Hà Nội", AreaLinkHow.Code, null)]
    [InlineData("", "Phường Phúc Xá", "Hà Nội", "00097", "Phường Hồng Hà", "Hà Nội", AreaLinkHow.Name, null)]
    [InlineData("00001", "Phường Phúc Xá", "Hà Nội", "99999", "Phường Hồng Hà", "Hà Nội", AreaLinkHow.Name, null)]
    [InlineData("00004", "Phường Phúc Xá", "Hà Nội", "00097", "Phường Hồng Hà", "Hà Nội", AreaLinkHow.Name, null)]
    [InlineData("00001", "Phường Lạ", "Hà Nội", "00097", "Phường Hồng Hà", "Hà Nội", null, AreaLinkFault.OldUnknown)]
    [InlineData("00001", "Phường Phúc Xá", "Hà Nội", "00097", "Phường Lạ", "Hà Nội", null, AreaLinkFault.NewUnknown)]
    [InlineData("00001", "Phường Phúc Xá", "Hà Nội", "31459", "Xã Vĩnh Tường", "Cần Thơ", null, AreaLinkFault.OtherProvince)]
    public void A_row_is_believed_by_code_then_by_name_and_else_goes_to_a_person(string oldCode, string oldName, string oldProvince,
        string newCode, string newName, string newProvince, AreaLinkHow? how, AreaLinkFault? fault)
    {
        var links = AreaLinks.Check(Book, [new AreaLinkRow(2, oldCode, oldName, "Quận Ba Đình", oldProvince, newCode, newName, newProvince)], AreaLists.Provinces(), [], []);
        links.All.Select(link => (AreaLinkHow?)link.How).SingleOrDefault().ShouldBe(how);
        links.Findings.Select(finding => (AreaLinkFault?)finding.Fault).SingleOrDefault().ShouldBe(fault);
    }
}
