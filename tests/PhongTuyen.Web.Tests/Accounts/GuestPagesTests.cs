using System.Net;
using PhongTuyen.Accounts;
using PhongTuyen.Kernel;
using PhongTuyen.Tests.Accounts;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Quarantine;
using PhongTuyen.Web.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Accounts;

/// <summary>Roles of people of other organisations through the pages: given by name, shown to both sides, ended by either; what it opened closes at once, on streams too.</summary>
[Answers("R33")]
[Trait("Category", "Database")]
public sealed class GuestPagesTests(WebTestHouse house) : IClassFixture<WebTestHouse>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private TestProvince Place => house.Place;

    private string Day(int days) => house.Clock.Today().AddDays(days).ToString("dd/MM/yyyy", System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public async Task A_role_is_given_by_name_seen_by_both_sides_prolonged_and_ended()
    {
        var person = await house.House.PersonAsync(Place.ClerkA, "Vũ Thị Được Xem", lives: Place.KeysA1);
        var officer = await house.AsAsync("officer-a");
        var guest = await house.AsAsync("clerk-b");
        (await guest.GetAsync(Links.Person(person))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await guest.GetAsync(Links.Guests)).Status.ShouldBe(HttpStatusCode.Forbidden);
        var page = await officer.GetAsync(Links.Guests);
        page.Main.ShouldContain("Không có ai của đơn vị khác có quyền ở đây");
        page.Html.ShouldNotContain("clerk-b", Case.Sensitive, "nobody is listed to choose from");
        (string, string)[] form = [("Form.Role", "Inspector"), ("Form.Place", "own-area"), ("Form.Purpose", "Thanh tra công tác cách ly"), ("Form.Paper", "31/QĐ"), ("Form.Until", Day(10))];
        var unknown = await officer.PostAsync(page, "Form.UserName", [("Form.UserName", "khong-co-ai"), .. form]);
        unknown.Main.ShouldContain("Không có tài khoản nào tên như vậy nhận được vai trò này");
        var closed = await officer.PostAsync(page, "Form.UserName", [("Form.UserName", "administrator"), .. form]);
        closed.Main.ShouldContain("Không có tài khoản nào tên như vậy nhận được vai trò này", Case.Sensitive, "the two cannot be told apart");
        (await officer.PostAsync(page, "Form.UserName", [("Form.UserName", "clerk-b"), .. form[..^1], ("Form.Until", Day(40))])).Main.ShouldContain("Hôm nay chỉ cấp được vai trò này đến hết " + Day(14));
        (await officer.PostAsync(page, "Form.UserName", [("Form.UserName", "clerk-b"), ("Form.Role", "Inspector"), ("Form.Place", "unit"), ("Form.Unit", Place.CampB.ToString()), ("Form.UnitText", "Khu cách ly Bình Yên"), ("Form.Purpose", "Thanh tra"), ("Form.Until", Day(5))])).Status.ShouldBe(HttpStatusCode.UnprocessableEntity, "a place of others");
        var done = await officer.PostAsync(page, "Form.UserName", [("Form.UserName", "clerk-b"), .. form]);
        done.Main.ShouldContain("Đã cấp vai trò", Case.Sensitive, done.Main);
        done.Main.ShouldContain("Thanh tra công tác cách ly");
        done.Main.ShouldContain("31/QĐ");

        (await guest.GetAsync(Links.Person(person))).Main.ShouldContain("Vũ Thị Được Xem", Case.Sensitive, "with the next click");
        (await guest.GetAsync(Links.Share(person))).Status.ShouldBe(HttpStatusCode.NotFound, "what the clerk enters is entered at home");
        (await guest.PostTokenAsync(Links.EditPerson(person), ("Form.Name", "Tên Khác"))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await house.House.AskAsync<string>("SELECT name FROM pt.person WHERE id = $1", person.Value)).ShouldBe("Vũ Thị Được Xem");
        (await guest.GetAsync(Links.Own)).Main.ShouldContain("Trung tâm Y tế huyện An Bình cấp: Thanh tra công tác cách ly");
        (await guest.GetAsync(Links.Notices)).Main.ShouldContain("Trung tâm Y tế huyện An Bình cấp cho anh/chị một vai trò");
        var manager = await house.AsAsync("officer-b");
        var ours = await manager.GetAsync(Links.Guests + "?show=ours");
        ours.Main.ShouldContain("Thanh tra công tác cách ly");
        (await manager.GetAsync(Links.Account(Place.ClerkB))).Main.ShouldContain("cấp: Thanh tra công tác cách ly");
        (await officer.PostAsync(await officer.GetAsync(Links.Guests), "handler=Prolong", ("until", Day(12)))).Main.ShouldContain("Đã đổi thời hạn");
        (await manager.PostAsync(await manager.GetAsync(Links.Guests + "?show=ours"), "handler=End", ("reason", "về đơn vị"))).Main.ShouldContain("Đã thu hồi vai trò");
        (await guest.GetAsync(Links.Person(person))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await officer.GetAsync(Links.Guests + "?over=true")).Main.ShouldContain("về đơn vị");
        house.Faults.Kept.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_stream_ends_when_the_time_of_the_role_that_opened_it_is_over()
    {
        var visitor = await house.SignInAsync("clerk-hospital-b", TestProvince.TestPassword);
        var grant = (await house.House.GuestAsync(Place.OfficerA, "clerk-hospital-b", Role.Inspector, Place.CentreA, null, house.Clock.GetUtcNow().AddMinutes(10))).Value;
        var stream = $"/api/live?scope=unit/{Place.CampA}";
        using var client = new HttpClient { BaseAddress = house.Address, Timeout = TimeSpan.FromMinutes(1) };
        var request = new HttpRequestMessage(HttpMethod.Get, stream);
        request.Headers.Add("Cookie", string.Join("; ", visitor.Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Ct);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(Ct));
        (await NextAsync(reader)).ShouldBe("event: figures");
        // The first look of all counts as a change and answers once more; from then on only a change of rights is one.
        await Task.Delay(TimeSpan.FromSeconds(2), Ct);
        house.Clock.Advance(TimeSpan.FromMinutes(10));
        var since = System.Diagnostics.Stopwatch.GetTimestamp();
        string last;
        do last = await NextAsync(reader); while (last == "event: figures");
        last.ShouldBe("event: bye");
        (System.Diagnostics.Stopwatch.GetElapsedTime(since) < TimeSpan.FromSeconds(10)).ShouldBeTrue("not only with the look of every fifteen seconds");
        (await visitor.GetAsync(stream)).Status.ShouldBe(HttpStatusCode.NotFound, "another place is left, this one is not");
        (await visitor.GetAsync(Links.Stays)).Status.ShouldBe(HttpStatusCode.OK, "and the session goes on");
        (await house.House.EndGuestAsync(Place.OfficerA, grant)).Problem.Status.ShouldBe(404);
    }

    private static async Task<string> NextAsync(StreamReader stream)
    {
        while (await stream.ReadLineAsync(Ct) is { } line)
            if (line.StartsWith("event:", StringComparison.Ordinal)) return line;
        return "closed without a word";
    }

    [Fact]
    public async Task A_role_that_ends_closes_the_door_and_with_it_a_file_that_was_allowed()
    {
        await Guests.InspectorAsync(house.House, "thanh-tra-x", Place.Department, Place.CentreA, Place.DistrictA);
        var inspector = await house.AsAsync("thanh-tra-x");
        await house.House.FacilityAsync(Place.OfficerA, Place.CampA);
        await house.House.StayAsync(Place.ClerkA, Place.CampA);
        var list = await inspector.GetAsync(Links.Stays);
        list.Status.ShouldBe(HttpStatusCode.OK);
        (await inspector.PostAsync(list, "Take.Purpose", ("Take.Purpose", "kiểm tra"), ("form", "csv"))).Status.ShouldBe(HttpStatusCode.OK, "the ordinary list, for a purpose");
        (await inspector.GetAsync(Links.Openings)).Status.ShouldBe(HttpStatusCode.OK);
        (await inspector.GetAsync(Links.Search)).Main.ShouldNotContain("Tra cứu ngoài địa bàn");
        await using (var connection = await house.House.Database.Jobs.OpenConnectionAsync(Ct))
            await using (var end = new Npgsql.NpgsqlCommand("UPDATE pt.account_grant SET until = $1 WHERE account_id = (SELECT id FROM pt.account WHERE user_name = 'thanh-tra-x'); ", connection) { Parameters = { new() { Value = house.Clock.GetUtcNow() } } }) await end.ExecuteNonQueryAsync(Ct);
        await using (var connection = await house.House.Database.Jobs.OpenConnectionAsync(Ct))
            await using (var write = new Npgsql.NpgsqlCommand("SELECT pt.write_rights(NULL)", connection)) await write.ExecuteNonQueryAsync(Ct);
        (await inspector.PostAsync(list, "Take.Purpose", ("Take.Purpose", "kiểm tra"), ("form", "csv"))).Status.ShouldBe(HttpStatusCode.Forbidden);
        foreach (var address in new[] { Links.Stays, Links.Search, Links.Openings, $"/api/figures?scope=area/{Place.DistrictA}" }) (await inspector.GetAsync(address)).Status.ShouldBe(HttpStatusCode.Forbidden, address);
        (await inspector.GetAsync(Links.Own)).Status.ShouldBe(HttpStatusCode.OK);
    }
}
