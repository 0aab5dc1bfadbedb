using System.Net;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Papers;
using PhongTuyen.Tests.Quarantine;
using PhongTuyen.Web.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Papers;

/// <summary>A stack that was photographed goes from the unit to a volunteer, who types beside each picture; whoever has nothing to do with it finds nothing.</summary>
[Trait("Category", "Database")]
public sealed class PaperFilesPagesTests(WebTestHouse house) : IClassFixture<WebTestHouse>
{
    private async Task<(WebVisitor Volunteer, Guid Batch)> BeginAsync()
    {
        var name = Volunteers.Name();
        var id = await house.House.VolunteerAsync(house.Place.CampA, name);
        return (await house.SignInAsync(name, TestProvince.TestPassword), await house.House.BatchAsync(house.Place.ClerkA, id, title: $"Việc của {name}"));
    }

    private Task<long> SeenAsync() => house.House.AskAsync<long>("SELECT count(*) FROM pt.audit_event WHERE act = 'papers.file-seen'");

    [Fact]
    [Answers("R4", "R7")]
    public async Task A_stack_is_sent_at_once_and_typed_picture_by_picture()
    {
        var (volunteer, batch) = await BeginAsync();
        using var _ = volunteer;
        var head = await house.AsAsync("head-a");
        var form = await head.GetAsync((await head.GetAsync(Links.Batch(batch))).Links.First(link => link.Contains("/papers/files/", StringComparison.Ordinal)));
        form.Main.ShouldContain("Chưa có ảnh nào");
        var sent = await head.SendFilesAsync(form, "Form.Files", "Form.Files", [("mot.jpg", Volunteers.Picture("một")), ("hai.jpg", Volunteers.Picture("hai")), ("mot-lan-nua.jpg", Volunteers.Picture("một")), ("virus.jpg", "MZ"u8.ToArray())]);
        sent.Status.ShouldBe(HttpStatusCode.OK);
        sent.Main.ShouldContain("Đã gửi 4 tệp: nhận 2, trùng 1, không nhận 1");
        sent.Main.ShouldContain("Trùng với ảnh 1 mot-lan-nua.jpg");
        sent.Main.ShouldContain("virus.jpg: Có tệp không phải PDF, JPEG, PNG, WebP hoặc bị cắt dở.");
        (await head.SendFilesAsync(sent, "Form.Files", "Form.Files", [("virus.jpg", "MZ"u8.ToArray())])).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await head.SendFilesAsync(sent, "Form.Files", "Form.Files", [])).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);

        // One after the other, each beside its picture.
        (await volunteer.GetAsync(Links.PaperQueue)).Main.ShouldContain("2 ảnh, còn 2 ảnh chưa gõ.");
        var typing = await volunteer.GetAsync(Links.TypePaper(batch));
        typing.Main.ShouldContain("Ảnh 1 trên 2");
        var before = await SeenAsync();
        (await volunteer.TakeFileAsync(ImageOf(typing))).ShouldBe(Volunteers.Picture("một"));
        (await SeenAsync()).ShouldBe(before + 1, "who opened it is written down");
        typing = await volunteer.PostAsync(typing, "Form.Name", ("Form.Name", "Lê Thị Ảnh Một"));
        typing.Main.ShouldContain("Đã lưu tờ số 1.");
        (await volunteer.TakeFileAsync(ImageOf(typing))).ShouldBe(Volunteers.Picture("hai"));
        // A second person on the same picture.
        typing = await volunteer.PostAsync(typing, "Form.Name", ("Form.Name", "Lê Thị Ảnh Hai"), ("Form.SameFile", "true"));
        (await volunteer.TakeFileAsync(ImageOf(typing))).ShouldBe(Volunteers.Picture("hai"));
        typing = await volunteer.PostAsync(typing, "Form.Name", ("Form.Name", "Lê Thị Ảnh Hai Nữa"), ("Form.SameFile", "false"));
        typing.Main.ShouldContain("Không gõ từ ảnh nào.", Case.Sensitive, "all of them are typed");
        (await house.House.AskAsync<long>("SELECT count(*) FROM pt.paper_entry e JOIN pt.paper_file f ON f.id = e.file_id WHERE e.batch_id = $1 AND f.no = 2", batch)).ShouldBe(2);
        var correct = await volunteer.GetAsync(typing.Links.First(link => link.Contains("?entry=", StringComparison.Ordinal)));
        (await volunteer.TakeFileAsync(ImageOf(correct))).ShouldBe(Volunteers.Picture("hai"), "what is corrected stands beside its own picture");

        // The unit decides beside it, and what was typed from stays.
        var entry = await head.GetAsync((await head.GetAsync(Links.Batch(batch))).Links.First(link => link.Contains("/papers/entry/", StringComparison.Ordinal)));
        (await head.TakeFileAsync(ImageOf(entry))).ShouldBe(Volunteers.Picture("một"));
        var files = await head.GetAsync(Links.PaperFiles(batch));
        files.Main.ShouldContain("đã có tờ gõ, giữ lại");
        files.Main.ShouldNotContain("Bỏ ra");
        house.Faults.Kept.ShouldBeEmpty();
    }

    [Fact]
    [Answers("R4", "R7")]
    public async Task Another_unit_another_volunteer_and_whoever_had_them_before_find_no_file()
    {
        var (volunteer, batch) = await BeginAsync();
        var (other, _) = await BeginAsync();
        using var one = volunteer;
        using var two = other;
        await house.House.AddFilesAsync(house.Place.ClerkA, batch, Volunteers.Picture("một"));
        var file = await house.House.AskAsync<Guid>("SELECT id FROM pt.paper_file WHERE batch_id = $1", batch);
        var (head, stranger) = (await house.AsAsync("head-a"), await house.AsAsync("clerk-b"));
        var (ofUnit, ofQueue) = (Links.PaperFile(Links.PaperFiles(batch), file), Links.PaperFile(Links.TypePaper(batch), file));
        (await stranger.GetAsync(Links.PaperFiles(batch))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await stranger.GetAsync(ofUnit)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await other.GetAsync(ofQueue)).Status.ShouldBe(HttpStatusCode.NotFound);
        foreach (var who in new[] { volunteer, other }) (await who.GetAsync(ofUnit)).Status.ShouldBe(HttpStatusCode.Forbidden, "the unit's page opens to no volunteer");
        (await volunteer.TakeFileAsync(ofQueue)).ShouldBe(Volunteers.Picture("một"));
        (await head.TakeFileAsync(ofUnit)).ShouldBe(Volunteers.Picture("một"));
        await head.PostAsync(await head.GetAsync(Links.Batch(batch)), "handler=Close");
        (await volunteer.GetAsync(ofQueue)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await head.TakeFileAsync(ofUnit)).ShouldBe(Volunteers.Picture("một"));
        await head.PostAsync(await head.GetAsync(Links.Batch(batch)), "handler=Reopen");
        (await head.PostAsync(await head.GetAsync(Links.PaperFiles(batch)), "handler=TakeOut")).Main.ShouldContain("Đã bỏ tệp ra.");
        (await volunteer.GetAsync(ofQueue)).Status.ShouldBe(HttpStatusCode.NotFound);
        house.Faults.Kept.ShouldBeEmpty();
    }

    [Fact]
    [Answers("R4")]
    public async Task A_session_ends_with_what_was_done_in_it()
    {
        var (volunteer, batch) = await BeginAsync();
        using var _ = volunteer;
        (await volunteer.GetAsync(Links.TypingSession)).Main.ShouldContain("chưa gõ tờ nào.");
        var form = await volunteer.GetAsync(Links.TypePaper(batch));
        form = await volunteer.PostAsync(form, "Form.Name", ("Form.Name", "Lê Thị Phiên"));
        await volunteer.PostAsync(form, "Form.Name", ("Form.Unclear", "true"));
        (await volunteer.GetAsync(Links.PaperQueue)).Main.ShouldContain("đã gõ 2 tờ, trong đó 1 tờ không đọc được; đơn vị trả lại 0 tờ.");
        var end = await volunteer.GetAsync(Links.TypingSession);
        end.Main.ShouldContain("đã gõ 2 tờ, trong đó 1 tờ không đọc được");
        end.Main.ShouldContain("Chưa có tờ nào của anh/chị được gõ lại để đối chiếu.");
        await volunteer.PostAsync(end, Links.SignOut);
        (await volunteer.GetAsync(Links.PaperQueue)).Address.ShouldStartWith(Links.SignIn);
        house.Faults.Kept.ShouldBeEmpty();
    }

    private static string ImageOf(WebPage page) => WebUtility.HtmlDecode(System.Text.RegularExpressions.Regex.Match(page.Html, "<img[^>]* src=\"([^\"]+)\"").Groups[1].Value);
}
