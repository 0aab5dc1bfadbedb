using System.Net;
using PhongTuyen.Kernel;
using PhongTuyen.Tests.Corrections;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Quarantine;
using PhongTuyen.Web.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Corrections;

/// <summary>A correction on its way through the pages: asked for, listed, looked at ahead, decided together and taken back.</summary>
[Answers("R14")]
[Trait("Category", "Database")]
public sealed class CorrectionPagesTests(WebTestHouse house) : IClassFixture<WebTestHouse>, IAsyncLifetime
{
    private TestProvince Place => house.Place;

    public async ValueTask InitializeAsync()
    {
        if (await house.House.AskAsync<long>("SELECT count(*) FROM pt.quarantine_facility WHERE unit_id = $1", Place.CampA.Value) == 0) await house.House.FacilityAsync(Place.OfficerA, Place.CampA);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<PersonId> InCampAsync(string name)
    {
        var person = await house.House.PersonAsync(Place.ClerkA, name, Given.Number(), "0912345678", Place.KeysA1);
        await house.House.StayAsync(Place.ClerkA, Place.CampA, person);
        return person;
    }

    [Fact]
    public async Task A_correction_is_asked_for_with_a_picture_and_decided_by_the_camp_together_with_another()
    {
        var (first, second) = (await InCampAsync("Phan Thị Nhầm"), await InCampAsync("Phan Thị Lẫn"));
        var (officer, clerk) = (await house.AsAsync("officer-a"), await house.AsAsync("clerk-a"));
        var form = await officer.GetAsync(Links.AskCorrection(first));
        var refused = await officer.PostAsync(form, "Form.Name", ("Form.Name", "Phan Thị Nhầm"));
        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Main.ShouldContain("chưa có gì khác với hồ sơ");
        var sent = await officer.SendFileAsync(form, "Form.Name", "Form.Files", "anh.jpg", Requests.Picture, ("Form.Name", "Phan Thị Nhàn"));
        sent.Main.ShouldContain("Đã gửi yêu cầu đính chính.");
        sent.Main.ShouldContain("Phan Thị Nhàn");
        (await officer.PostAsync(await officer.GetAsync(Links.AskCorrection(second)), "Form.Name", ("Form.Birth", "05/08/1986"), ("Form.Paper", "CCCD bản gốc"))).Main.ShouldContain("05/08/1986");
        (await officer.GetAsync(Links.Corrections)).Main.ShouldContain("Phan Thị Nhầm");

        var file = await clerk.GetAsync((await clerk.GetAsync(sent.Address)).Links.First(link => link.Contains("handler=File", StringComparison.Ordinal)));
        file.Status.ShouldBe(HttpStatusCode.OK);
        (await house.House.AskAsync<long>("SELECT count(*) FROM pt.audit_event WHERE act = 'correction.evidence-seen' AND $1 = ANY (persons)", first.Value)).ShouldBe(1);
        using var stranger = await house.SignInAsync("clerk-b", TestProvince.TestPassword);
        (await stranger.GetAsync(sent.Address)).Status.ShouldBe(HttpStatusCode.NotFound);

        var list = await clerk.GetAsync(Links.Worklist("correction") + "&tab=Free");
        list.Main.ShouldContain("Họ và tên: Phan Thị Nhầm → Phan Thị Nhàn");
        string[] picks = [.. (await house.House.AskAsync<string>("SELECT string_agg(id || '_' || version, ' ') FROM pt.worklist_item WHERE person_id = ANY ($1)", (object)new[] { first.Value, second.Value }))!.Split(' ')];
        var ahead = await clerk.PostAsync(list, "Form.What", [("Form.What", "approve"), .. picks.Select(pick => ("Picks", (string?)pick))]);
        ahead.Main.ShouldContain("2 dòng sẽ được làm, 0 dòng giữ nguyên.");
        (await house.House.PersonOfAsync(Place.ClerkA, first)).Name.ShouldBe("Phan Thị Nhầm", "nothing has changed yet");
        var done = await clerk.PostAsync(ahead, "Form.What");
        done.Main.ShouldContain("Đã xong 2 dòng");
        (await house.House.PersonOfAsync(Place.ClerkA, first)).Name.ShouldBe("Phan Thị Nhàn");
        (await officer.GetAsync(Links.Notices)).Main.ShouldContain("đã được duyệt và sửa trong hồ sơ");

        var act = await clerk.GetAsync((await clerk.GetAsync(Links.Worklists)).Links.First(link => link.Contains("/worklists/act/", StringComparison.Ordinal)));
        act.Main.ShouldContain("Duyệt và sửa hồ sơ: 2 việc");
        (await clerk.PostAsync(act, "handler=Undo")).Main.ShouldContain("Đã hoàn tác 2 dòng.");
        (await house.House.PersonOfAsync(Place.ClerkA, first)).Name.ShouldBe("Phan Thị Nhầm");
    }

    [Fact]
    public async Task Numbers_are_masked_until_a_purpose_is_given()
    {
        var person = await InCampAsync("Phan Văn Số");
        var right = Given.Number();
        var id = await house.House.AskedAsync(Place.OfficerA, person, new PhongTuyen.Corrections.AskCorrection.Wish(PhongTuyen.Corrections.CorrectedField.Document, null, right));
        var clerk = await house.AsAsync("clerk-a");
        var page = await clerk.GetAsync(Links.Correction(id));
        page.Main.ShouldNotContain(right);
        var full = await clerk.PostAsync(page, "Full.Purpose", ("Full.Purpose", "Đối chiếu thẻ"));
        full.Main.ShouldContain(right);
        (await house.House.AskAsync<string>("SELECT purpose FROM pt.audit_event WHERE act = 'person.unmasked' AND $1 = ANY (persons)", person.Value)).ShouldBe("Đối chiếu thẻ");
    }
}
