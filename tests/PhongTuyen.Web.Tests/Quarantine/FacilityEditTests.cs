using System.Net;
using PhongTuyen.Tests.House;
using PhongTuyen.Web.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Quarantine;

/// <summary>Two people change one facility: nobody is overwritten unseen.</summary>
[Trait("Category", "Database")]
public sealed class FacilityEditTests(WebTestHouse house) : IClassFixture<WebTestHouse>
{
    [Fact]
    public async Task Who_saves_after_somebody_else_is_told_keeps_what_was_typed_and_sees_what_is_there_now()
    {
        await house.House.FacilityAsync(house.Place.OfficerA, house.Place.CampA);
        var (head, officer) = (await house.AsAsync("head-a"), await house.AsAsync("officer-a"));
        var address = Links.FacilityEdit(house.Place.CampA);
        var (mine, theirs) = (await head.GetAsync(address), await officer.GetAsync(address));
        (await officer.PostAsync(theirs, "Form.BaseVersion", ("Form.Paper", "77/QĐ-UBND"), ("Form.Note", "Thêm dãy C"))).Main.ShouldContain("Đã lưu cơ sở");

        var clash = await head.PostAsync(mine, "Form.BaseVersion", ("Form.Paper", "12/QĐ"), ("Form.Note", "Sửa mái dãy A"));
        clash.Status.ShouldBe(HttpStatusCode.Conflict);
        clash.Html.ShouldContain("Sửa mái dãy A", Case.Sensitive, "what was typed stays");
        clash.Main.ShouldContain("Có người khác vừa sửa hồ sơ này");
        clash.Main.ShouldContain("77/QĐ-UBND");
        clash.Main.ShouldContain("Thêm dãy C");
        (await head.GetAsync(address)).Html.ShouldContain("77/QĐ-UBND", Case.Sensitive, "nothing was overwritten");

        (await head.PostAsync(clash, "Form.BaseVersion")).Main.ShouldContain("Đã lưu cơ sở", Case.Sensitive, "sent again it is on top of the newer one");
        (await head.GetAsync(address)).Html.ShouldContain("Sửa mái dãy A");
    }

    [Fact]
    public async Task Two_who_make_one_unit_a_facility_do_not_meet_unseen_either()
    {
        var officer = await house.AsAsync("officer-a");
        var (first, second) = (await officer.GetAsync(Links.FacilityEdit(house.Place.HospitalA)), await officer.GetAsync(Links.FacilityEdit(house.Place.HospitalA)));
        (await officer.PostAsync(first, "Form.BaseVersion", ("Form.Treatment", "true"))).Status.ShouldBe(HttpStatusCode.OK);
        (await officer.PostAsync(second, "Form.BaseVersion", ("Form.Observation", "true"))).Status.ShouldBe(HttpStatusCode.Conflict);
    }
}
