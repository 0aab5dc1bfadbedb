using System.Net;
using PhongTuyen.Reorganisation;
using PhongTuyen.Tests.House;
using PhongTuyen.Web.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Units;

/// <summary>Units reorganised through the pages.</summary>
[Trait("Category", "Database")]
public sealed class UnitActPagesTests(WebTestHouse house) : IClassFixture<WebTestHouse>
{
    private TestProvince Place => house.Place;

    [Fact]
    [Answers("R1")]
    public async Task A_move_is_looked_at_done_listed_and_undone()
    {
        var province = await house.AsAsync("province");
        (await (await house.AsAsync("officer-a")).GetAsync(Links.UnitAct(Place.CampA))).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await province.GetAsync(Links.UnitAct(Place.Root))).Status.ShouldBe(HttpStatusCode.NotFound);
        var form = await province.GetAsync(Links.UnitAct(Place.HospitalA, ActKind.Move));
        (await province.PostAsync(form, "Form.Paper", ("Form.IntoText", "Trung tâm Y tế huyện Bình Yên"), ("Form.Paper", ""))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var seen = await province.PostAsync(form, "Form.Paper", ("Form.IntoText", "Trung tâm Y tế huyện Bình Yên"), ("Form.Paper", "77/QĐ-SYT"));
        seen.Main.ShouldContain("1 tài khoản thấy thêm, 1 tài khoản thấy bớt đi");
        seen.Main.ShouldContain("officer-b");
        (await (await house.AsAsync("officer-a")).GetAsync(Links.Unit(Place.HospitalA))).Status.ShouldBe(HttpStatusCode.OK);

        var done = await province.PostAsync(seen, "Form.Paper");
        done.Main.ShouldContain("Đã sắp xếp Bệnh viện huyện An Bình");
        (await (await house.AsAsync("officer-a")).GetAsync(Links.Unit(Place.HospitalA))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await (await house.AsAsync("officer-b")).GetAsync(Links.Unit(Place.HospitalA))).Status.ShouldBe(HttpStatusCode.OK);
        var list = await province.GetAsync(Links.UnitActsDone);
        list.Main.ShouldContain("77/QĐ-SYT");
        (await province.GetAsync(Links.Unit(Place.HospitalA))).Main.ShouldContain("trực thuộc Trung tâm Y tế huyện An Bình");
        (await province.PostAsync(list, "handler=Undo")).Main.ShouldContain("Đã hoàn tác");
        (await (await house.AsAsync("officer-a")).GetAsync(Links.Unit(Place.HospitalA))).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_coming_act_stands_at_the_unit_and_can_be_withdrawn()
    {
        var province = await house.AsAsync("province");
        var form = await province.GetAsync(Links.UnitAct(Place.StationA1, ActKind.Rename));
        var seen = await province.PostAsync(form, "Form.Paper", ("Form.Name", "Trạm Y tế phường Thử Một"), ("Form.Paper", "78/QĐ-SYT"), ("Form.On", "2021-09-01"));
        seen.Main.ShouldContain("Không ai thấy thêm hay bớt gì");
        (await province.PostAsync(seen, "Form.Paper")).Main.ShouldContain("Đã lên lịch");
        (await province.GetAsync(Links.Unit(Place.StationA1))).Main.ShouldContain("Sắp xếp từ 01/09/2021");
        (await province.PostAsync(await province.GetAsync(Links.UnitActs), "handler=Withdraw")).Main.ShouldContain("Đã rút");
        (await province.GetAsync(Links.Unit(Place.StationA1))).Main.ShouldNotContain("Sắp xếp từ");
    }
}
