using System.Net;
using PhongTuyen.People;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Papers;
using PhongTuyen.Tests.Quarantine;
using PhongTuyen.Web.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.People;

/// <summary>A hand scanner fills the form of a person, finds somebody, and helps a volunteer: all without script, in the box that has the cursor already.</summary>
[Answers("R4")]
[Trait("Category", "Database")]
public sealed class ScanPagesTests(WebTestHouse house) : IClassFixture<WebTestHouse>
{
    private static string CardOf(string number, string name) => $"{number}|{number[3..]}|{name}|18011987|Nam|12 Lê Lợi, Xã Thử Một, Huyện An Bình|15042021";

    private static void Holds(WebPage page, params string[] values)
    {
        foreach (var value in values) WebUtility.HtmlDecode(page.Html).ShouldContain($"value=\"{value}\"", Case.Sensitive);
    }

    [Fact]
    public async Task A_card_fills_the_form_of_a_new_person_who_is_saved_after_a_look()
    {
        var clerk = await house.AsAsync("clerk-a");
        var number = "079087" + Given.Number()[6..];
        var filled = await clerk.PostAsync(await clerk.GetAsync(Links.NewPerson), "Form.Name", ("Form.Name", CardOf(number, "Nguyễn Văn Quét")), ("Form.Phones[0].Number", "0912345678"));
        filled.Status.ShouldBe(HttpStatusCode.OK);
        filled.Main.ShouldContain("Đã điền theo thẻ căn cước. Hãy đối chiếu với người và giấy tờ trước khi lưu.");
        Holds(filled, "Nguyễn Văn Quét", "18/01/1987", number, number[3..], "0912345678", "12 Lê Lợi");
        filled.Html.ShouldNotContain("15042021", Case.Sensitive, "what the reader sent stands nowhere");
        (await house.House.AskAsync<long>("SELECT count(*) FROM pt.person WHERE name = 'Nguyễn Văn Quét'")).ShouldBe(0, "nothing is saved yet");
        (await clerk.PostAsync(filled, "Form.Name")).Main.ShouldContain("Nguyễn Văn Quét");
        (await house.House.AskAsync<string>("""
            SELECT p.birth::text || ' ' || p.sex || ' ' || (SELECT string_agg(d.kind::text, ',' ORDER BY d.kind) FROM pt.person_document d WHERE d.person_id = p.id) || ' ' || (SELECT a.kind || ' ' || a.commune_id FROM pt.person_address a WHERE a.person_id = p.id)
            FROM pt.person p WHERE p.name = 'Nguyễn Văn Quét'
            """)).ShouldBe($"1987-01-18 1 1,2 {(int)AddressKind.Permanent} {house.Place.KeysA1.Commune}");
        (await house.House.AskAsync<long>("SELECT count(*) FROM pt.audit_event WHERE detail LIKE '%' || $1 || '%' OR subject_id LIKE '%' || $1 || '%'", number)).ShouldBe(0);
    }

    [Fact]
    public async Task What_is_no_card_is_said_at_the_name_and_the_rest_is_kept()
    {
        var clerk = await house.AsAsync("clerk-a");
        var refused = await clerk.PostAsync(await clerk.GetAsync(Links.NewPerson), "Form.Name", ("Form.Name", "079087000001||Nguy?n V?n An|18011987|Nam|12 L? L?i|15042021"), ("Form.Birth", "1987"));
        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Main.ShouldContain("Chữ trong mã này bị hỏng.");
        Holds(refused, "1987");
        refused.Html.ShouldNotContain("Nguy?n");
        var masked = await clerk.PostAsync(refused, "Form.Name", ("Form.Name", "******000001|NGUYEN VAN AN|1987-**-**|0|162979388586171100|"));
        masked.Main.ShouldContain("Đã điền theo mã QR cá nhân.");
        masked.Main.ShouldContain("hãy viết lại có dấu");
        masked.Main.ShouldContain("chỉ có …000001: hãy nhập đủ số");
    }

    [Fact]
    public async Task A_scanned_card_finds_the_person_or_begins_the_record()
    {
        var clerk = await house.AsAsync("clerk-a");
        var number = Given.Number();
        var person = await house.House.PersonAsync(house.Place.ClerkA, "Lê Văn Có Thẻ", number);
        var found = await clerk.PostTokenAsync(Links.Search, ("q", CardOf(number, "Tên Khác Trên Thẻ")));
        found.Links.ShouldContain(Links.Person(person), "by its number, whatever name stands there");
        Holds(found, number);
        found.Main.ShouldNotContain("Lập hồ sơ từ thẻ vừa quét");
        var year = await house.House.AskAsync<int>("SELECT extract(year FROM birth)::int FROM pt.person WHERE id = $1", person.Value);
        var namesake = await clerk.PostTokenAsync(Links.Search, ("q", CardOf(Given.Number(), "Lê Văn Có Thẻ").Replace("18011987", $"0000{year}", StringComparison.Ordinal)));
        namesake.Links.ShouldContain(Links.Person(person), "by name and year, where the number is not known");
        namesake.Main.ShouldContain("Lập hồ sơ từ thẻ vừa quét", Case.Sensitive, "it may be somebody else");
        var none = await clerk.PostTokenAsync(Links.Search, ("q", CardOf("079087" + Given.Number()[6..], "Phùng Chưa Ai Nhập")));
        none.Main.ShouldContain("Không tìm thấy ai");
        none.Main.ShouldContain("Lập hồ sơ từ thẻ vừa quét");
        var begun = await clerk.PostAsync(none, "Form.Name");
        begun.Address.ShouldStartWith(Links.NewPerson);
        Holds(begun, "Phùng Chưa Ai Nhập", "Việt Nam");
        (await clerk.PostAsync(begun, "Form.Name")).Main.ShouldContain("Phùng Chưa Ai Nhập");
        var link = await clerk.PostTokenAsync(Links.Search, ("q", "https://qr.example/1"));
        link.Main.ShouldContain("Mã này là địa chỉ một trang web");
        link.Html.ShouldNotContain("qr.example", Case.Sensitive, "the next scan begins in an empty box");
        var other = await house.House.PersonAsync(house.Place.ClerkA, "Lê Thị Cùng Nhà");
        var relatives = await clerk.PostAsync(await clerk.GetAsync(Links.Household(other)), "handler=Find", ("q", CardOf(number, "Lê Văn Có Thẻ")));
        relatives.Main.ShouldContain("Lê Văn Có Thẻ");
        Holds(relatives, number);
    }

    [Fact]
    public async Task What_the_script_filled_is_saved_as_what_the_server_would_have_filled()
    {
        var clerk = await house.AsAsync("clerk-a");
        var saved = await clerk.PostAsync(await clerk.GetAsync(Links.NewPerson), "Form.Name", ("Form.Name", "Lê Thị Trên Trang"), ("Form.Addresses[1].Line", "12 Lê Lợi, Xã Thử Một, Huyện An Bình"), ("Form.Addresses[1].Whole", "true"), ("Form.Addresses[2].Line", "Số 5, Xã Thử Một, Huyện An Bình"));
        saved.Main.ShouldContain("Lê Thị Trên Trang");
        (await house.House.AskAsync<string>("SELECT string_agg(a.commune_id || ' ' || a.line, '; ' ORDER BY a.kind) FROM pt.person p JOIN pt.person_address a ON a.person_id = p.id WHERE p.name = 'Lê Thị Trên Trang'"))
            .ShouldBe($"{house.Place.KeysA1.Commune} 12 Lê Lợi; 0 Số 5, Xã Thử Một, Huyện An Bình", "what was typed into a line stays there");
        // Refused, the form shows the parts.
        var refused = await clerk.PostAsync(await clerk.GetAsync(Links.NewPerson), "Form.Name", ("Form.Name", "Lê Thị Trên Trang"), ("Form.Birth", "99/99/9999"), ("Form.Addresses[1].Line", "12 Lê Lợi, Xã Thử Một, Huyện An Bình"), ("Form.Addresses[1].Whole", "true"));
        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        Holds(refused, "12 Lê Lợi", house.House.Areas.Book.Path(house.Place.CommuneA1));
        var page = await clerk.GetAsync(Links.NewPerson);
        page.Headers["Content-Security-Policy"].ShouldContain("script-src 'self' 'wasm-unsafe-eval';");
        (await clerk.GetAsync(Links.Stays)).Headers["Content-Security-Policy"].ShouldContain("script-src 'self';", Case.Sensitive, "only where a camera may read");
        page.Html.ShouldContain("data-word=\"cut-short\"", Case.Sensitive, "the script says the server's sentences");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_person_follows_the_other_with_the_place_that_was_to_be_kept_and_nothing_else(bool script)
    {
        var clerk = await house.AsAsync("clerk-a");
        var name = $"Phan Văn Liên Tiếp {(script ? "Nhanh" : "Chậm")}";
        Task<WebPage> SendAsync(WebPage page, params (string, string?)[] fields) => script ? clerk.PostInPlaceAsync(page, "Form.Name", fields) : clerk.PostAsync(page, "Form.Name", fields);
        var next = await SendAsync(await clerk.GetAsync(Links.NewPersons(null)), ("Form.Name", name), ("Form.Phones[0].Number", "0912345678"), ("Form.Addresses[0].AreaText", "Xã Thử Một, Huyện An Bình"), ("Form.Addresses[0].Line", "Số 7"), ("Keep", "true"), ("Next", "true"));
        next.Status.ShouldBe(HttpStatusCode.OK);
        next.Main.ShouldContain($"Đã lập hồ sơ của {name}.");
        var fields = next.Form("Form.Name").Fields.ToLookup(field => field.Key, field => field.Value);
        (fields["Form.Name"].Single(), fields["Form.Phones[0].Number"].Single(), fields["Form.Addresses[0].Line"].Single(), fields["Form.Addresses[0].AreaText"].Single(), fields["Keep"].Single(), fields["Series"].Single()).ShouldBe(("", "", "", "Xã Thử Một, Huyện An Bình", "true", "true"));
        (fields["Intent"].Single() == Guid.Empty.ToString()).ShouldBeFalse();
        // The same form sent twice is done once; the next one makes the next person.
        var third = await SendAsync(next, ("Form.Name", name + " Hai"), ("Keep", null), ("Next", "true"));
        await SendAsync(next, ("Form.Name", name + " Hai"), ("Keep", null), ("Next", "true"));
        (await house.House.AskAsync<long>("SELECT count(*) FROM pt.person WHERE name LIKE $1 || '%'", name)).ShouldBe(2);
        third.Form("Form.Name").Fields.Single(field => field.Key == "Form.Addresses[0].AreaText").Value.ShouldBe("");
        house.Faults.Kept.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_volunteer_scans_instead_of_typing()
    {
        await house.House.VolunteerAsync(house.Place.CampA, "tinh-nguyen-quet", 30);
        using var volunteer = await house.SignInAsync("tinh-nguyen-quet", TestProvince.TestPassword);
        var head = await house.AsAsync("head-a");
        var id = await house.House.AskAsync<Guid>("SELECT id FROM pt.account WHERE user_name = 'tinh-nguyen-quet'");
        await head.PostAsync(await head.GetAsync(Links.NewBatch), "Form.Title", ("Form.Title", "Tập quét"), ("Form.Volunteer", id.ToString()), ("Form.Papers", "3"));
        var queue = await volunteer.GetAsync(Links.PaperQueue);
        var form = await volunteer.GetAsync(queue.Links.First(link => link.Contains("/papers/type/", StringComparison.Ordinal)));
        var number = "079087" + Given.Number()[6..];
        var filled = await volunteer.PostAsync(form, "Form.Name", ("Form.Name", CardOf(number, "Ngô Văn Giấy")), ("Form.Reason", "F1"));
        Holds(filled, "Ngô Văn Giấy", "18/01/1987", number, "12 Lê Lợi", "F1");
        filled.Main.ShouldContain("Tờ số 1");
        (await volunteer.PostAsync(filled, "Form.Name")).Main.ShouldContain("Đã lưu tờ số 1.");
    }
}
