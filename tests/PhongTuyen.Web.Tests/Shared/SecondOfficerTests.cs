using System.Net;
using PhongTuyen.Kernel;
using PhongTuyen.Tests.House;
using PhongTuyen.Web.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Shared;

/// <summary>More persons than one officer may take out alone, through the pages.</summary>
[Trait("Category", "Database")]
public sealed class SecondOfficerTests(WebTestHouse house) : IClassFixture<WebTestHouse>
{
    private TestProvince Place => house.Place;

    [Fact]
    [Answers("R7")]
    public async Task A_large_list_is_asked_for_allowed_by_another_officer_and_taken_once()
    {
        await house.House.FacilityAsync(Place.OfficerB, Place.HospitalB);
        for (var i = 0; i < 3; i++) await house.House.StayAsync(Place.ClerkHospitalB, Place.HospitalB);
        var settings = (PhongTuyen.People.ListSettings)house.Services.GetService(typeof(PhongTuyen.People.ListSettings))!;
        settings.MostPersons = 2;
        try
        {
            var clerk = await house.AsAsync("clerk-hospital-b");
            var page = await clerk.GetAsync(Links.Stays);
            page.Main.ShouldNotContain("Xin duyệt");
            var refused = await clerk.PostAsync(page, "Take.Purpose", ("Take.Purpose", "bàn giao khu"), ("form", "csv"));
            refused.Main.ShouldContain("cần một cán bộ thứ hai duyệt");
            refused.Main.ShouldContain("Xin duyệt");
            var asked = await clerk.PostTokenAsync(Links.Handler(Links.Stays, "Ask"), ("Intent", house.Clock.NewGuid().ToString()), ("Take.Purpose", "bàn giao khu"));
            asked.Main.ShouldContain("Đã gửi đề nghị");
            asked.Main.ShouldContain("Đã xin tải 3 người, đang chờ");
            (await clerk.GetAsync(Links.ListRequests)).Status.ShouldBe(HttpStatusCode.Forbidden);
            var officer = await house.AsAsync("officer-b");
            var queue = await officer.GetAsync(Links.ListRequests);
            foreach (var words in new[] { "3 người trong danh sách cách ly", "bàn giao khu" }) queue.Main.ShouldContain(words);
            (await officer.PostAsync(queue, "Form.Note", ("Form.Allowed", "false"))).Main.ShouldContain("vì sao từ chối");
            (await officer.PostAsync(queue, "Form.Note", ("Form.Allowed", "true"))).Main.ShouldContain("Đã duyệt. Người xin đã được báo.");
            (await officer.GetAsync(Links.ListRequests + "?show=decided")).Main.ShouldContain("bàn giao khu");
            (await clerk.GetAsync(Links.Notices)).Main.ShouldContain("Đề nghị tải danh sách đã được duyệt");
            page = await clerk.GetAsync(Links.Stays);
            page.Main.ShouldContain("đã duyệt tải 3 người. Tải được một lần");
            (await clerk.PostAsync(page, "Take.Purpose", ("Take.Purpose", "bàn giao khu"), ("form", "csv"))).Html.Trim().Split('\n').Length.ShouldBe(4);
            (await clerk.PostAsync(page, "Take.Purpose", ("Take.Purpose", "bàn giao khu"), ("form", "csv"))).Main.ShouldContain("cần một cán bộ thứ hai duyệt");
        }
        finally { settings.MostPersons = 1000; }
        house.Faults.Kept.ShouldBeEmpty();
    }
}
