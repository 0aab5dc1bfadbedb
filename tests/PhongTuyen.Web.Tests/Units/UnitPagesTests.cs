using System.Net;
using PhongTuyen.Kernel;
using PhongTuyen.Quarantine.Contract;
using PhongTuyen.Tests.House;
using PhongTuyen.Web.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Units;

[Trait("Category", "Database")]
public sealed class UnitPagesTests(WebTestHouse house) : IClassFixture<WebTestHouse>
{
    private TestProvince Place => house.Place;

    [Fact]
    public async Task Clerks_and_leaders_open_no_units_and_only_the_province_changes_them()
    {
        foreach (var name in new[] { "clerk-a", "leader" }) (await (await house.AsAsync(name)).GetAsync(Links.Units)).Status.ShouldBe(HttpStatusCode.Forbidden, name);
        var officer = await house.AsAsync("officer-a");
        (await officer.GetAsync(Links.NewUnit(Place.CentreA))).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await officer.PostTokenAsync(Links.Unit(Place.CampA) + "?handler=Close")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await officer.GetAsync(Links.Unit(Place.CampA))).Html.ShouldNotContain("handler=Edit");
    }

    [Fact]
    public async Task Units_of_another_district_are_not_there_and_the_asking_is_kept()
    {
        var officer = await house.AsAsync("officer-a");
        foreach (var path in new[] { Links.Unit(Place.CampB), Links.UnitsUnder(Place.CentreB) }) (await officer.GetAsync(path)).Status.ShouldBe(HttpStatusCode.NotFound, path);
        (await house.ToldAsync("asked.not-shown", Place.CampB.ToString())).ShouldBe(1);
        var province = await house.AsAsync("province");
        foreach (var path in new[] { Links.Unit(Place.Root), Links.NewUnit(Place.Root), "/desk/units/unit/khong-co" }) (await province.GetAsync(path)).Status.ShouldBe(HttpStatusCode.NotFound, path);
        house.Faults.Kept.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_tree_opens_by_links_and_the_search_ignores_marks()
    {
        var province = await house.AsAsync("province");
        var tree = await province.GetAsync(Links.Units);
        tree.Links.ShouldContain(Links.UnitsUnder(Place.CentreA));
        var below = await province.GetAsync(Links.UnitsUnder(Place.CentreA));
        below.Links.ShouldContain(Links.Unit(Place.CampA));
        below.Links.ShouldNotContain(Links.Unit(Place.CampB));
        (await province.GetAsync(Links.Units + "?q=khu+cach+ly&kind=Camp")).Links.ShouldContain(Links.Unit(Place.CampB));
        (await province.GetAsync(Links.Units + "?q=khong+co")).Main.ShouldContain("Không có đơn vị nào khớp");
        (await province.GetAsync(Links.Units + "?show=unverified")).Main.ShouldContain("Không có đơn vị nào chờ xem lại");
    }

    [Fact]
    [Answers("R1")]
    public async Task A_unit_is_made_changed_closed_and_opened_again()
    {
        var province = await house.AsAsync("province");
        var form = await province.GetAsync(Links.NewUnit(Place.CentreA));
        var wrong = await province.PostAsync(form, "Form.Code", ("Form.Name", "Khu cách ly số 9"), ("Form.Code", "Số 9"), ("Form.Kind", "Camp"), ("Form.AreaText", "một nơi nào đó"));
        wrong.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        wrong.Main.ShouldContain("Chưa rõ là nơi nào");
        wrong.Html.ShouldContain("Khu cách ly số 9");
        var made = await province.PostAsync(form, "Form.Code", ("Form.Name", "Khu cách ly số 9"), ("Form.Code", "KCL-9"), ("Form.Kind", "Camp"), ("Form.AreaText", "xã Thử Hai, huyện An Bình"), ("Form.Telephone", "0258 3999"));
        made.Main.ShouldContain("Đã thêm Khu cách ly số 9");
        made.Main.ShouldContain("Xã Thử Hai, Huyện An Bình, Tỉnh Thử Nghiệm");

        var saved = await province.PostAsync(made, "Form.BaseVersion", ("Form.Name", "Khu cách ly số 9B"), ("Form.AreaText", "xã Thử Một"));
        saved.Main.ShouldContain("Đã lưu Khu cách ly số 9B");
        saved.Main.ShouldContain("Xã Thử Một, Huyện An Bình");
        (await province.PostAsync(made, "Form.BaseVersion", ("Form.Name", "Một tên cũ"), ("Intent", Guid.CreateVersion7().ToString()))).Status.ShouldBe(HttpStatusCode.Conflict);

        var closed = await province.PostAsync(saved, "handler=Close");
        closed.Main.ShouldContain("Đã đóng Khu cách ly số 9B");
        (await province.PostAsync(closed, "handler=Reopen")).Main.ShouldContain("Đã mở lại");
        (await province.PostAsync(await province.GetAsync(Links.Unit(Place.CentreA)), "handler=Close")).Main.ShouldContain("còn đơn vị trực thuộc");
    }

    [Fact]
    public async Task A_unit_leads_to_its_accounts()
    {
        var page = await (await house.AsAsync("province")).GetAsync(Links.Unit(Place.CampA));
        page.Links.ShouldContain(Links.Account(Place.HeadA));
        page.Links.ShouldContain(Links.NewAccount(Place.CampA));
        page.Links.ShouldContain(Links.AccountsOf(Place.CampA));
    }

    [Fact]
    public async Task A_unit_that_a_list_made_is_merged_by_a_manager_and_by_nobody_else()
    {
        var made = await MadeByListAsync("NK-1", "BV An Bình viết tắt");
        (await (await house.AsAsync("officer-a")).PostTokenAsync(Links.Unit(made) + "?handler=Merge", ("Merge.IntoText", "BV-A"))).Status.ShouldBe(HttpStatusCode.Forbidden);
        var province = await house.AsAsync("province");
        (await province.GetAsync(Links.Units + "?show=unverified")).Links.ShouldContain(Links.Unit(made));
        var page = await province.GetAsync(Links.Unit(made));
        (await province.PostAsync(page, "handler=Merge", ("Merge.IntoText", "nơi nào đó"))).Main.ShouldContain("Không có đúng một đơn vị");
        var merged = await province.PostAsync(page, "handler=Merge", ("Merge.IntoText", "Bệnh viện huyện An Bình"));
        merged.Address.ShouldBe(Links.Unit(Place.HospitalA));
        merged.Main.ShouldContain("Đã gộp BV An Bình viết tắt vào Bệnh viện huyện An Bình");
        (await province.GetAsync(Links.Unit(made))).Html.ShouldNotContain("handler=Merge");
        (await house.ToldAsync("unit.merged", made.ToString())).ShouldBe(1);
    }

    [Fact]
    [Answers("R4")]
    public async Task A_merge_of_units_is_taken_back_from_its_note_or_later_and_what_stands_in_the_way_is_listed_with_links()
    {
        await house.House.FacilityAsync(Place.ProvinceOfficer, Place.HospitalA, treatment: true);
        var made = await MadeByListAsync("NK-2", "BV An Bình viết nhầm");
        var province = await house.AsAsync("province");
        var merged = await province.PostAsync(await province.GetAsync(Links.Unit(made)), "handler=Merge", ("Merge.IntoText", "Bệnh viện huyện An Bình"));
        var back = await province.PostAsync(merged, "handler=Unmerge");
        back.Address.ShouldBe(Links.Unit(made));
        back.Main.ShouldContain("Đã tách BV An Bình viết nhầm ra lại");

        await province.PostAsync(back, "handler=Merge", ("Merge.IntoText", "Bệnh viện huyện An Bình"));
        var closed = await province.GetAsync(Links.Unit(made));
        closed.Main.ShouldContain("Đã gộp vào");
        closed.Html.ShouldContain("handler=Unmerge");
        closed.Html.ShouldNotContain("handler=Reopen");
        (await (await house.AsAsync("administrator")).GetAsync(Links.Unit(made))).Html.ShouldNotContain("handler=Unmerge", Case.Sensitive, "by who merged them");

        var stay = await house.House.StayAsync(Place.ClerkHospitalA, Place.HospitalA, of: StayClass.Treatment);
        var later = await province.GetAsync(Links.Unit(Place.HospitalA));
        later.Main.ShouldContain("gộp BV An Bình viết nhầm");
        var refused = await province.PostAsync(later, "handler=Unmerge");
        refused.Status.ShouldBe(HttpStatusCode.Conflict);
        refused.Links.ShouldContain(Links.Stay(stay));
        refused.Main.ShouldContain("không xác định được thuộc đơn vị nào trong hai đơn vị: đợt cách ly, điều trị");
        (await house.ToldAsync("unit.unmerged", made.ToString())).ShouldBe(1);
    }

    /// <summary>A unit as an import leaves it.</summary>
    private async Task<UnitId> MadeByListAsync(string code, string name)
    {
        await using var connection = new Npgsql.NpgsqlConnection(house.House.Admin);
        await connection.OpenAsync();
        await using var command = new Npgsql.NpgsqlCommand("""
            WITH made AS (INSERT INTO pt.unit (parent_id, code, name, name_folded, kind, province_id, district_id, valid_from, verified, import_id)
              VALUES ($1, $4, $5, lower($5), 99, $2, $3, '2021-08-20', false, gen_random_uuid()) RETURNING id)
            SELECT id FROM made
            """, connection);
        foreach (var value in new object[] { Place.CentreA.Value, Place.Province.Value, Place.DistrictA.Value, code, name }) command.Parameters.Add(new() { Value = value });
        var made = new UnitId((int)(await command.ExecuteScalarAsync())!);
        await using var rights = new Npgsql.NpgsqlCommand("SELECT pt.unit_added($1)", connection);
        rights.Parameters.Add(new() { Value = made.Value });
        await rights.ExecuteNonQueryAsync();
        return made;
    }
}
