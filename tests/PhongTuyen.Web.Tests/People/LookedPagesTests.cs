using System.Net;
using PhongTuyen.Tests.House;
using PhongTuyen.Web.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.People;

/// <summary>"Who looked at this record": in words, for those who answer for it, and itself written down.</summary>
[Trait("Category", "Database")]
public sealed class LookedPagesTests(WebTestHouse house) : IClassFixture<WebTestHouse>
{
    private TestProvince Place => house.Place;

    [Fact]
    [Answers("R7")]
    public async Task Who_looked_is_read_in_words_by_those_who_answer_for_it_and_reading_is_written_down()
    {
        var (person, other) = (await house.House.PersonAsync(Place.ClerkA, "Mạc Văn Bị Xem", Given.Number()), await house.House.PersonAsync(Place.ClerkB));
        var (clerk, head) = (await house.AsAsync("clerk-a"), await house.AsAsync("head-a"));
        (await clerk.GetAsync(Links.Person(person))).Links.ShouldNotContain(Links.Looked(person));
        await clerk.PostAsync(await clerk.GetAsync(Links.Numbers(person)), "Form.Purpose", ("Form.Field", "Documents"), ("Form.Purpose", "Đối chiếu giấy chuyển tuyến"));
        await clerk.PostTokenAsync(Links.Search, ("Q", "mac van bi xem"));
        (await head.GetAsync(Links.Person(person))).Links.ShouldContain(Links.Looked(person));
        var page = await head.GetAsync(Links.Looked(person));
        foreach (var words in new[] { "Mở hồ sơ", "Xem đầy đủ: Số giấy tờ", "Đối chiếu giấy chuyển tuyến", "Có tên trong kết quả tìm kiếm", "Mạc Văn Bị Xem" }) page.Main.ShouldContain(words);
        page.Main.ShouldNotContain("look", Case.Sensitive, "every act and every list has its word");
        (await house.ToldAsync("person.looks-seen", person.ToString())).ShouldBe(1);
        (await head.GetAsync(Links.Looked(person))).Main.ShouldContain("Xem ai đã xem");
        var listed = await head.GetAsync(Links.Looked(person) + "?What=Listed");
        listed.Main.ShouldContain("Có tên trong kết quả tìm kiếm");
        listed.Main.ShouldNotContain("Đối chiếu giấy chuyển tuyến");
        (await head.GetAsync(Links.Looked(person) + "?Day=2020-01-01")).Main.ShouldContain("Chưa có lượt xem nào");
        foreach (var garbage in new[] { "?What=99", "?What=abc", "?Day=abc", "?behind=x.y", "?behind=99999999999999999999.00000000-0000-0000-0000-000000000000" })
            (await head.GetAsync(Links.Looked(person) + garbage)).Status.ShouldBe(HttpStatusCode.OK, garbage);
        (await clerk.GetAsync(Links.Looked(person))).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await head.GetAsync(Links.Looked(other))).Status.ShouldBe(HttpStatusCode.NotFound);
        house.Faults.Kept.ShouldBeEmpty();
    }
}
