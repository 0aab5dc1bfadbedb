using PhongTuyen.Kernel;
using PhongTuyen.Quarantine;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Quarantine;
using PhongTuyen.Web.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Quarantine;

/// <summary>A decision on the screen and on paper: as it was issued, whenever it is opened.</summary>
[Trait("Category", "Database")]
public sealed class DecisionPageTests(WebTestHouse house) : IClassFixture<WebTestHouse>
{
    private TestProvince Place => house.Place;

    [Fact]
    public async Task A_paper_of_2021_shows_the_law_of_2021_and_one_of_before_the_wording_was_kept_opens_too()
    {
        await house.House.FacilityAsync(Place.OfficerA, Place.CampA);
        var stay = await house.House.StayAsync(Place.ClerkA, Place.CampA, await house.House.PersonAsync(Place.ClerkA, "Tạ Thị Quyết"));
        var id = (await house.House.RunAsync<IssueDecision, Guid>(Place.ClerkA, use => use.RunAsync(new(house.Clock.NewGuid(), stay, DecisionKind.Quarantine, house.Clock.Today(), "Trần Văn Chỉ Huy", "Trưởng khu", "QĐ-KCL", "F1"), CancellationToken.None))).Value;
        var clerk = await house.AsAsync("clerk-a");
        var paper = await clerk.GetAsync(Links.Decision(id));
        paper.Html.ShouldContain("<strong>Tạ Thị Quyết</strong>");
        paper.Html.ShouldContain("<p><strong>Điều 1.</strong> Áp dụng biện pháp cách ly theo dõi y tế đối với:</p>");
        paper.Main.ShouldContain("Căn cứ Luật Phòng, chống bệnh truyền nhiễm số 03/2007/QH12");
        paper.Main.ShouldContain("Xét đề nghị của bộ phận chuyên môn: F1,");
        paper.Main.ShouldNotContain("quarantine/");

        await house.House.AskAsync<int>("UPDATE pt.quarantine_decision SET content = content::jsonb - 'Wording' WHERE id = $1 RETURNING 1", id);
        var old = await clerk.GetAsync(Links.Decision(id));
        old.Main.ShouldContain("Căn cứ Luật Phòng bệnh; căn cứ quy định về cách ly y tế hiện hành (quarantine/VN/2021-07-14);");
        old.Html.ShouldContain("<strong>Tạ Thị Quyết</strong>");
    }
}
