using System.Net;
using PhongTuyen.Data;
using PhongTuyen.Tests.House;
using PhongTuyen.Web.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Areas;

[Trait("Category", "Database")]
public sealed class AreaPagesTests(WebTestHouse house) : IClassFixture<WebTestHouse>
{
    private TestProvince Place => house.Place;
    private DateOnly Today => DateOnly.FromDateTime(house.Clock.GetUtcNow().UtcDateTime);

    [Fact]
    public async Task Anybody_finds_an_area_of_any_day_in_any_spelling()
    {
        var leader = await house.AsAsync("leader");
        var then = await leader.GetAsync(Links.Areas + "?q=tan+thoi+nhi+hoc+mon&day=2021-11-01");
        then.Main.ShouldContain("63 tỉnh, thành phố; 705 quận, huyện; 10.599 xã");
        then.Main.ShouldContain("Xã Tân Thới Nhì");
        then.Main.ShouldContain("Huyện Hóc Môn");
        (await leader.GetAsync(Links.Areas + "?day=2025-07-01")).Main.ShouldContain("34 tỉnh, thành phố và 3.321 xã");
        (await leader.GetAsync(Links.Areas + "?q=khong+co+noi+nay")).Main.ShouldContain("không có đơn vị nào khớp");
        (await house.Nobody().GetAsync(Links.Areas)).Address.ShouldStartWith(Links.SignIn);
    }

    [Fact]
    public async Task The_tree_opens_by_links_and_says_what_a_commune_became()
    {
        var clerk = await house.AsAsync("clerk-a");
        var district = await clerk.GetAsync(Links.Area(Place.DistrictA, Today));
        district.Links.ShouldContain(Links.Area(Place.CommuneA1, Today));
        district.Links.ShouldNotContain(Links.HamletsOf(Place.CommuneA1), "a clerk of a camp keeps no hamlets");
        var found = await clerk.GetAsync(Links.Areas + "?q=xa+tan+thoi+nhi,+huyen+hoc+mon&day=2025-06-30");
        var commune = await clerk.GetAsync(found.Links.First(link => link.StartsWith(Links.Areas + "?at=", StringComparison.Ordinal)));
        commune.Main.ShouldContain("Đã trở thành");
        var next = commune.Links.Last(link => link.StartsWith(Links.Areas + "?at=", StringComparison.Ordinal) && link.EndsWith("2025-07-01", StringComparison.Ordinal));
        (await clerk.GetAsync(next)).Main.ShouldContain("Lập từ");
        (await clerk.GetAsync(Links.Areas + "?at=88888888")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    [Answers("R8")]
    public async Task A_commune_keeps_its_hamlets_and_only_its_own()
    {
        foreach (var name in new[] { "leader", "administrator" }) (await (await house.AsAsync(name)).GetAsync(Links.HamletsOf(Place.CommuneA1))).Status.ShouldBe(HttpStatusCode.Forbidden, name);
        var nurse = await house.AsAsync("nurse");
        var elsewhere = await nurse.GetAsync(Links.HamletsOf(Place.CommuneB1));
        elsewhere.Status.ShouldBe(HttpStatusCode.OK, "addresses of other communes are written with their lists");
        elsewhere.Html.ShouldNotContain("Form.Name");
        (await nurse.GetAsync(Links.HamletsOf(Place.DistrictA))).Status.ShouldBe(HttpStatusCode.NotFound, "a district has none");
        (await nurse.PostTokenAsync(Links.HamletsOf(Place.CommuneB1) + "?handler=Save", ("Form.Kind", "Thon"), ("Form.Name", "9"), ("Intent", Guid.CreateVersion7().ToString()))).Status.ShouldBe(HttpStatusCode.NotFound);

        var page = await nurse.GetAsync(Links.Hamlets);
        page.Address.ShouldBe(Links.HamletsOf(Place.CommuneA1), "a station has one commune");
        var wrong = await nurse.PostAsync(page, "Form.Name", ("Form.Kind", "Thon"), ("Form.Name", "3"), ("Form.Households", "nhiều"));
        wrong.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        wrong.Html.ShouldContain("nhiều");
        var added = await nurse.PostAsync(page, "Form.Name", ("Form.Kind", "Thon"), ("Form.Name", "3"), ("Form.Households", "120"));
        added.Main.ShouldContain("Đã thêm Thôn 3");
        (await nurse.PostAsync(added, "Form.Name", ("Form.Kind", "Thon"), ("Form.Name", "thôn 3"))).Status.ShouldBe(HttpStatusCode.Conflict);

        var edit = await nurse.GetAsync(added.Links.Single(link => link.Contains("?edit=", StringComparison.Ordinal)).Split('#')[0]);
        var renamed = await nurse.PostAsync(edit, "Form.Name", ("Form.Name", "Thôn 3 Mới"));
        renamed.Main.ShouldContain("Đã lưu Thôn 3 Mới");
        var closed = await nurse.PostAsync(renamed, "handler=Close");
        closed.Main.ShouldContain("Đã đóng Thôn 3 Mới");
        (await nurse.PostAsync(closed, "handler=Reopen")).Main.ShouldContain("Đã mở lại Thôn 3 Mới");

        var district = await (await house.AsAsync("officer-a")).GetAsync(Links.Hamlets);
        district.Address.ShouldBe(Links.Area(Place.DistrictA, Today));
        district.Links.ShouldContain(Links.HamletsOf(Place.CommuneA1));
    }

    [Fact]
    public async Task Doubtful_links_are_settled_by_those_whose_place_they_name()
    {
        await using var connection = await house.House.Database.Jobs.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var ids = await connection.RowsAsync("""
            INSERT INTO pt.area_link_finding (old_text, new_text, fault, old_candidates) VALUES
              ('99999 Xã Nào Đó, Huyện An Bình, Tỉnh Thử Nghiệm', 'T900005 Xã Thử Hai, Tỉnh Thử Nghiệm', 'OldUnknown', ARRAY[900004]), ('99998 Xã Vô Nghĩa, Huyện An Bình, Tỉnh Thử Nghiệm', 'T900005 Xã Thử Hai, Tỉnh Thử Nghiệm', 'OldUnknown', '{}') RETURNING id
            """, r => r.GetInt32(0), TestContext.Current.CancellationToken);
        foreach (var path in new[] { Links.AreaLinks, Links.AreaLink(ids[0]) }) (await (await house.AsAsync("clerk-a")).GetAsync(path)).Status.ShouldBe(HttpStatusCode.Forbidden, path);
        (await (await house.AsAsync("officer-b")).GetAsync(Links.AreaLink(ids[0]))).Status.ShouldBe(HttpStatusCode.NotFound);
        var officer = await house.AsAsync("officer-a");
        var list = await officer.GetAsync(Links.AreaLinks);
        list.Links.ShouldContain(Links.AreaLink(ids[0]));

        var page = await officer.GetAsync(Links.AreaLink(ids[0]));
        page.Main.ShouldContain("Xã Thử Một");
        var token = page.Form("Form.Olds").Fields.Select(field => (field.Key, field.Value)).ToArray();
        (await officer.PostBareAsync(Links.AreaLink(ids[0]) + "?handler=Link", token)).Main.ShouldContain("Đã nối Xã Thử Một vào Xã Thử Hai");
        var other = (await officer.GetAsync(Links.AreaLink(ids[1]))).Form("Form.Reason").Fields.Where(field => field.Key is not "Form.Reason").Select(field => (field.Key, field.Value)).ToArray();
        (await officer.PostBareAsync(Links.AreaLink(ids[1]) + "?handler=Aside", other)).Main.ShouldContain("Hãy ghi lý do");
        (await officer.PostBareAsync(Links.AreaLink(ids[1]) + "?handler=Aside", [.. other, ("Form.Reason", "Dòng này không có nghĩa")])).Main.ShouldContain("Đã gác lại");
        (await officer.GetAsync(Links.AreaLinks)).Links.ShouldNotContain(Links.AreaLink(ids[0]));
        (await officer.GetAsync(Links.AreaLinks + "?state=SetAside")).Main.ShouldContain("Dòng này không có nghĩa");
        house.Faults.Kept.ShouldBeEmpty();
    }
}
