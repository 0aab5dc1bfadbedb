using System.Net;
using System.Text;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Quarantine;
using PhongTuyen.Web.Tests.House;
using PhongTuyen.Web.Tests.Imports;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Entry;

/// <summary>Texts that are cut in the middle of a character, or hold one that is none, in whatever way they are sent: never a fault, and never a wrong alarm.</summary>
[Trait("Category", "Database")]
public sealed class BrokenTextTests(WebTestHouse house) : IClassFixture<WebTestHouse>
{
    /// <summary>So many letters and then one that .NET counts as two.</summary>
    private static string Split(int letters) => new string('a', letters) + "😀";

    [Fact]
    public async Task A_purpose_that_is_cut_within_a_character_takes_the_list()
    {
        var clerk = await house.AsAsync("clerk-a");
        var person = await house.House.PersonAsync(house.Place.ClerkA, "Lý Văn Dài Dòng");
        person.ShouldNotBe(default);
        var answer = await clerk.PostTokenAsync(Links.Findings + "?handler=File&form=csv", ("Take.Purpose", Split(199)));
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Main);
        (await house.House.AskAsync<string>("SELECT purpose FROM pt.audit_event WHERE act = 'list.taken' ORDER BY at DESC LIMIT 1")).ShouldBe(new string('a', 199));
        house.Faults.Kept.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_area_that_is_cut_within_a_character_is_not_found()
    {
        var clerk = await house.AsAsync("clerk-a");
        foreach (var letters in new[] { 199, 399 })
        {
            var text = Uri.EscapeDataString(Split(letters));
            (await clerk.GetAsync("/api/areas?q=" + text)).Status.ShouldBe(HttpStatusCode.OK);
            (await clerk.GetAsync($"{Links.Areas}?q={text}")).Status.ShouldBe(HttpStatusCode.OK);
        }
        var form = await clerk.GetAsync(Links.NewPerson);
        foreach (var letters in new[] { 199, 399 })
            (await clerk.PostAsync(form, "Form.Name", ("Form.Name", "Lý Thị Nơi Ở"), ("Form.Addresses[0].AreaText", Split(letters)))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        house.Faults.Kept.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_list_whose_address_is_cut_within_a_character_is_taken_in()
    {
        var clerk = await house.AsAsync("clerk-a");
        var line = new string('a', 195);
        // The line and the unknown places are joined with ", ": the emoji stands on both sides of the 200th.
        var columns = await clerk.UploadAsync(ListOnPages.Csv("Họ và tên,Năm sinh,Giới tính,Địa chỉ,Xã", $"Lý Văn Địa Chỉ,1985,Nam,{line}xx,😀Không Có", $"Lý Văn Địa Chỉ Hai,1986,Nam,{new string('b', 199)}😀,Không Có"), "địa chỉ dài.csv");
        var done = await house.TakeInAsync(clerk, columns);
        (await house.House.AskAsync<long>("SELECT count(*) FROM pt.person WHERE name LIKE 'Lý Văn Địa Chỉ%'")).ShouldBe(2, done.Main);
        house.Faults.Kept.ShouldBeEmpty();
    }

    [Fact]
    public async Task Lines_of_a_list_that_are_empty_are_no_lines()
    {
        var clerk = await house.AsAsync("clerk-a");
        foreach (var handler in new[] { "", "&handler=look" })
        {
            var answer = await clerk.PostTokenAsync(Links.Worklist("correction") + handler, ("Picks", ""), ("Picks", ""), ("Form.What", "Take"), ("Intent", Guid.CreateVersion7().ToString()));
            ((int)answer.Status).ShouldBe(422, answer.Main);
        }
        house.Faults.Kept.ShouldBeEmpty();
    }

    /// <summary>Of each page, the act and a field of it.</summary>
    public static TheoryData<string, string> Fields => new() { { "handler=Use", "name" }, { "handler=Check", "Form.Words[0].Word" } };

    [Theory]
    [MemberData(nameof(Fields))]
    public async Task The_character_without_a_meaning_is_refused_in_a_form_of_an_import_however_it_is_sent(string act, string field)
    {
        var clerk = await house.AsAsync("clerk-a");
        var columns = await clerk.UploadAsync(ListOnPages.Csv("Họ và tên,Năm sinh", "Hồ Văn Không,1985"), "không.csv");
        await BothAsync(clerk, $"{columns.Address.Split('?')[0]}?{act}", (field, "a\0b"));
    }

    [Fact]
    public async Task The_character_without_a_meaning_is_refused_in_lines_of_work_however_it_is_sent() =>
        await BothAsync(await house.AsAsync("clerk-a"), Links.Worklist("correction"), ("Picks", "\0x"));

    [Fact]
    public async Task The_character_without_a_meaning_is_the_files_own_affair_within_a_file_and_refused_in_its_name()
    {
        var clerk = await house.AsAsync("clerk-a");
        var refused = await clerk.UploadAsync(Encoding.UTF8.GetBytes("Họ và tên,Năm sinh\r\nHồ\0Văn,1985"), "có số không.csv");
        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity, refused.Main);
        house.Faults.Kept.ShouldBeEmpty();
    }

    private async Task BothAsync(WebVisitor clerk, string address, (string Name, string Value) field)
    {
        foreach (var parts in new[] { false, true })
        {
            var answer = await clerk.PostTokenAsync(address, parts, field, ("Intent", Guid.CreateVersion7().ToString()));
            answer.Status.ShouldBe(HttpStatusCode.BadRequest, $"{(parts ? "in parts" : "in one line")}: {answer.Main}");
            answer.Main.ShouldContain("Không đọc được nội dung gửi lên");
        }
        house.Faults.Kept.ShouldBeEmpty();
        house.Log.Lines.ShouldNotContain(line => line.Contains("The audit cannot be written", StringComparison.Ordinal));
    }
}
