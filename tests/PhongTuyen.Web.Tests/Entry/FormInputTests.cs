using System.Net;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Quarantine;
using PhongTuyen.Web.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Entry;

/// <summary>What is typed too long or makes no sense is refused with a sentence that names its field, and what was typed is still there.</summary>
[Trait("Category", "Database")]
public sealed class FormInputTests(WebTestHouse house) : IClassFixture<WebTestHouse>
{
    private TestProvince Place => house.Place;
    private static readonly string Long = new('x', 5000);

    private Task FacilityAsync() => Lazily(() => house.House.FacilityAsync(Place.HeadA, Place.CampA));

    /// <summary>A form filled in well, but for one field.</summary>
    private static (string, string?)[] Filled((string Name, string? Value) wrong, params (string Name, string? Value)[] well) => [.. well.Where(field => field.Name != wrong.Name), wrong];

    private static Task? facility;
    private static Task Lazily(Func<Task> make) => facility ??= make();

    [Theory]
    [InlineData("handler=Plan", "Form.Reason", "Lý do")]
    [InlineData("handler=Plan", "Form.Paper", "Số văn bản")]
    [InlineData("handler=End", "Form.Note", "Ghi chú")]
    [InlineData("handler=Withdraw", "Form.Reason", "Lý do")]
    public async Task Long_reasons_and_notes_of_a_stay_are_refused_at_their_field(string act, string field, string label)
    {
        await FacilityAsync();
        var stay = await house.House.StayAsync(Place.ClerkA, Place.CampA);
        var clerk = await house.AsAsync("clerk-a");
        var page = await clerk.GetAsync(Links.Stay(stay));
        var answer = await clerk.PostAsync(page, act, Filled((field, Long), ("Form.Reason", "Theo giấy"), ("Form.PlannedEnd", "30/08/2021"), ("Form.How", "Left")));
        answer.Status.ShouldBe(HttpStatusCode.UnprocessableEntity, answer.Main);
        answer.Main.ShouldContain("Nhiều nhất");
        answer.Main.ShouldContain($"{label}", Case.Insensitive);
        answer.Html.ShouldContain(Long);
        house.Faults.Kept.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("31/12/9999", "Đây không phải là ngày")]
    [InlineData("31/12/1800", "Đây không phải là ngày")]
    [InlineData("31/12/2199", "cách quá 366 ngày")]
    [InlineData("01/01/1900", "sớm hơn")]
    public async Task An_end_is_planned_within_a_year(string day, string sentence)
    {
        await FacilityAsync();
        var stay = await house.House.StayAsync(Place.ClerkA, Place.CampA);
        var clerk = await house.AsAsync("clerk-a");
        var answer = await clerk.PostAsync(await clerk.GetAsync(Links.Stay(stay)), "handler=Plan", ("Form.Reason", "Theo giấy"), ("Form.PlannedEnd", day));
        answer.Status.ShouldBe(HttpStatusCode.UnprocessableEntity, answer.Main);
        answer.Main.ShouldContain(sentence);
        answer.Html.ShouldContain($"value=\"{day}\"");
    }

    [Theory]
    [InlineData("Form.ArrivedAt", "31/12/2199 08:00", "cách quá")]
    [InlineData("Form.ArrivedAt", "01/01/1860", "cách quá")]
    [InlineData("Form.ArrivedAt", "01/01/1700", "Đây không phải là ngày")]
    [InlineData("Form.Note", "LONG", "Ghi chú: Nhiều nhất 500 ký tự.")]
    [InlineData("Form.Class", "9", "Không đọc được")]
    [InlineData("Form.Reason", "abc", "Không đọc được")]
    [InlineData("Form.OriginOn", "01/01/1860", "cách quá")]
    public async Task Who_is_announced_comes_within_a_year(string field, string value, string sentence)
    {
        await FacilityAsync();
        var person = await house.House.PersonAsync(Place.ClerkA);
        var clerk = await house.AsAsync("clerk-a");
        var page = await clerk.GetAsync(Links.AdmitPerson(person));
        value = value.Replace("LONG", Long, StringComparison.Ordinal);
        var answer = await clerk.PostAsync(page, "Form.NotYet", Filled((field, value), ("Form.NotYet", "true"), ("Form.ArrivedAt", "25/08/2021 08:00"), ("Form.Reason", "CloseContact")));
        answer = answer.Status == HttpStatusCode.OK && answer.Address.Contains("/stay/", StringComparison.Ordinal) ? throw new InvalidOperationException($"taken: {answer.Main}") : answer;
        answer.Status.ShouldBe(HttpStatusCode.UnprocessableEntity, answer.Main);
        answer.Main.ShouldContain(sentence);
        if (!field.EndsWith("Class", StringComparison.Ordinal) && !field.EndsWith("Reason", StringComparison.Ordinal)) answer.Html.ShouldContain(value);
        answer.Html.ShouldNotContain("The value");
    }

    [Theory]
    [InlineData("1-999999999", "không phải là dãy")]
    [InlineData("1-99999", "không phải là dãy")]
    [InlineData("20-1", "không phải là dãy")]
    [InlineData("P1-P999999999999999999999", "không phải là dãy")]
    [InlineData("LONG", "Nhiều nhất 30 ký tự")]
    [InlineData(" , ; ", "Hãy điền")]
    public async Task A_series_of_rooms_has_an_end(string rooms, string sentence)
    {
        await FacilityAsync();
        var head = await house.AsAsync("head-a");
        rooms = rooms.Replace("LONG", Long, StringComparison.Ordinal);
        var answer = await head.PostAsync(await head.GetAsync(Links.Rooms(Place.CampA)), "Form.Rooms", ("Form.Wing", "B"), ("Form.Rooms", rooms));
        answer.Status.ShouldBe(HttpStatusCode.UnprocessableEntity, answer.Main);
        answer.Main.ShouldContain(sentence);
        answer.Html.ShouldContain(rooms.Trim());
    }

    [Theory]
    [InlineData("Form.Wing", "LONG", "Nhiều nhất 60 ký tự")]
    [InlineData("Form.Sex", "9", "Hãy chọn một trong")]
    [InlineData("Form.Class", "77", "Hãy chọn một trong")]
    [InlineData("Form.BedsEach", "abc", "Không đọc được nội dung này")]
    [InlineData("Form.BedsEach", "99999999999", "Không đọc được nội dung này")]
    [InlineData("Form.BedsEach", "-1", "giường một lần")]
    public async Task A_room_is_of_a_kind_that_there_is(string field, string value, string sentence)
    {
        await FacilityAsync();
        var head = await house.AsAsync("head-a");
        var answer = await head.PostAsync(await head.GetAsync(Links.Rooms(Place.CampA)), "Form.Rooms", Filled((field, value.Replace("LONG", Long, StringComparison.Ordinal)), ("Form.Wing", "B"), ("Form.Rooms", "1-3")));
        answer.Status.ShouldBe(HttpStatusCode.UnprocessableEntity, answer.Main);
        answer.Main.ShouldContain(sentence);
        answer.Html.ShouldNotContain("The value");
    }

    [Theory]
    [InlineData("Form.Sex", "9", "Không đọc được nội dung này")]
    [InlineData("Form.Pregnant", "77", "Không đọc được nội dung này")]
    [InlineData("Form.Name", "LONG", "Nhiều nhất 100 ký tự")]
    [InlineData("Form.Occupation", "LONG", "Nhiều nhất 100 ký tự")]
    [InlineData("Form.Nationality", "LONG", "Nhiều nhất 100 ký tự")]
    [InlineData("Form.Chronic", "LONG", "Nhiều nhất 500 ký tự")]
    [InlineData("Form.Documents[0].Number", "LONG", "Nhiều nhất")]
    [InlineData("Form.Phones[0].Number", "LONG", "Nhiều nhất")]
    [InlineData("Form.Addresses[0].Line", "LONG", "Nhiều nhất 200 ký tự")]
    [InlineData("Form.Birth", "LONG", "ngày")]
    [InlineData("Form.PregnancyWeeks", "abc", "Không đọc được nội dung này")]
    public async Task A_person_has_parts_of_sensible_length(string field, string value, string sentence)
    {
        var clerk = await house.AsAsync("clerk-a");
        value = value.Replace("LONG", Long, StringComparison.Ordinal);
        var answer = await clerk.PostAsync(await clerk.GetAsync(Links.NewPerson), "Form.Name", Filled((field, value), ("Form.Name", "Lý Thị Dài")));
        answer.Status.ShouldBe(HttpStatusCode.UnprocessableEntity, answer.Main);
        answer.Main.ShouldContain(sentence);
        answer.Html.ShouldNotContain("The value");
        if (value == Long) answer.Html.ShouldContain(Long);
        (await house.House.AskAsync<long>("SELECT count(*) FROM pt.person WHERE name = 'Lý Thị Dài'")).ShouldBe(0);
    }

    [Theory]
    [InlineData("Form.Name", "Tên")]
    [InlineData("Form.Telephone", "Điện thoại")]
    [InlineData("Form.Email", "Thư điện tử")]
    [InlineData("Form.Address", "Địa chỉ")]
    public async Task A_unit_has_parts_of_sensible_length(string field, string label)
    {
        var administrator = await house.AsAsync("administrator");
        foreach (var path in new[] { Links.NewUnit(Place.CentreA), Links.Unit(Place.CampA) })
        {
            var answer = await administrator.PostAsync(await administrator.GetAsync(path), "Form.Telephone", Filled((field, Long), ("Form.Name", "Trạm Thử"), ("Form.Code", "THU-1"), ("Form.Kind", "Other")));
            answer.Status.ShouldBe(HttpStatusCode.UnprocessableEntity, answer.Main);
            answer.Main.ShouldContain("Nhiều nhất");
            answer.Main.ShouldContain(label, Case.Insensitive);
            answer.Html.ShouldContain(Long);
        }
    }

    [Fact]
    public async Task A_visitor_who_reads_english_reads_english_and_the_name_of_the_field()
    {
        var clerk = await house.SignInAsync("nurse", TestProvince.TestPassword);
        await clerk.PostAsync(await clerk.GetAsync(Links.Own), "handler=Language", ("language", "en"));
        var answer = await clerk.PostAsync(await clerk.GetAsync(Links.NewPerson), "Form.Name", ("Form.Name", "Ly Thi Dai"), ("Form.PregnancyWeeks", "abc"), ("Form.Sex", "9"));
        answer.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        answer.Main.ShouldContain("Sex: This cannot be read here.");
        answer.Html.ShouldNotContain("The value");
        await clerk.PostAsync(await clerk.GetAsync(Links.Own), "handler=Language", ("language", "vi"));
    }

    [Fact]
    public async Task The_note_of_an_earlier_act_does_not_stand_above_a_refusal()
    {
        await FacilityAsync();
        var stay = await house.House.StayAsync(Place.ClerkA, Place.CampA);
        var clerk = await house.SignInAsync("clerk-a", TestProvince.TestPassword);
        var page = await clerk.GetAsync(Links.Stay(stay));
        // Done in another tab, whose answer never arrived: its note waits.
        await clerk.PostOnlyAsync(page, "handler=Absent", ("Form.Note", "Đi khám"));
        var refused = await clerk.PostAsync(page, "handler=Plan", ("Form.Reason", ""), ("Form.PlannedEnd", "01/01/2022"));
        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Html.ShouldNotContain("pt-notice--ok");
        (await clerk.GetAsync(Links.Stay(stay))).Html.ShouldNotContain("pt-notice--ok");
    }
}
