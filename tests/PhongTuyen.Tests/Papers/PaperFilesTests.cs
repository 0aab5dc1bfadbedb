using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using PhongTuyen.Accounts;
using PhongTuyen.Formats.Files;
using PhongTuyen.Kernel;
using PhongTuyen.Papers;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Quarantine;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Papers;

/// <summary>Scans and photographs go with the papers of a batch: sealed, for who has them now and for the unit, and tied to what was typed from them.</summary>
[Trait("Category", "Database")]
public sealed class PaperFilesTests(TestHouse house) : IClassFixture<TestHouse>
{
    private static readonly byte[] Pdf = [.. "%PDF-1.7\n"u8, .. new byte[3000], .. "\n%%EOF\n"u8];

    private TestProvince Place => house.Place;
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Task<PaperFilesList.Opened?> OpenAsync(AccountId by, Guid batch, Guid file, Permission door = Permission.TypePapers) =>
        house.AsAsync(by, door, (services, _) => services.GetRequiredService<PaperFilesList>().OpenAsync(batch, file, Ct));

    private Task<Outcome<Nothing>> TakeOutAsync(AccountId by, Guid batch, Guid file) => house.RunAsync<AddPaperFiles, Nothing>(by, use => use.TakeOutAsync(batch, file, Ct));

    private async Task<(AccountId Volunteer, Guid Batch, IReadOnlyList<Guid> Files)> BeginAsync(params IReadOnlyList<byte[]> files)
    {
        var volunteer = await house.VolunteerAsync(Place.CampA);
        var batch = await house.BatchAsync(Place.ClerkA, volunteer);
        if (files.Count > 0) (await house.AddFilesAsync(Place.ClerkA, batch, files)).Value.Accepted.ShouldBe(files.Count);
        return (volunteer, batch, [.. (await house.FilesAsync(volunteer, batch)).Select(file => file.Id)]);
    }

    [Fact]
    [Answers("R4", "R7")]
    public async Task Of_a_stack_that_is_sent_at_once_every_file_is_answered_for_and_what_is_kept_is_sealed()
    {
        var (volunteer, batch, _) = await BeginAsync();
        var (one, two) = (Volunteers.Picture("chữ trên giấy thứ nhất"), Volunteers.Picture("chữ trên giấy thứ hai"));
        var sent = new AddPaperFiles.Input(house.Clock.NewGuid(), batch, [one, "MZ chương trình"u8.ToArray(), one, two[..^2], [.. two, .. new byte[9_000_000], 0xFF, 0xD9], "<svg onload=alert(1)>"u8.ToArray(), two, Pdf]);
        Task<Outcome<AddPaperFiles.Added>> SendAsync(AccountId by, AddPaperFiles.Input input) => house.RunAsync<AddPaperFiles, AddPaperFiles.Added>(by, use => use.RunAsync(input, Ct));
        var added = (await SendAsync(Place.ClerkA, sent)).Value;
        added.Files.Select(file => (file.Position, file.Duplicate, file.Problem?.Code)).ShouldBe([(1, false, null), (null, false, "file.kind"), (1, true, null), (null, false, "file.kind"), (null, false, "file.too-large"), (null, false, "file.kind"), (2, false, null), (3, false, null)]);
        (added.Accepted + added.Duplicate + added.Refused).ShouldBe(sent.Files.Count);
        (await SendAsync(Place.ClerkA, sent)).Value.Accepted.ShouldBe(3, "sent again, it is answered as before");
        (await SendAsync(Place.ClerkA, sent with { Files = [one] })).Problem.Code.ShouldBe("kernel.sent-differently");
        (await SendAsync(Place.ClerkB, sent with { Intent = house.Clock.NewGuid() })).Problem.Status.ShouldBe(404);
        (await SendAsync(volunteer, sent with { Intent = house.Clock.NewGuid() })).Problem.Status.ShouldBe(404, "who types adds nothing");

        var files = await house.FilesAsync(volunteer, batch);
        files.Select(file => (file.Kind, file.Papers)).ShouldBe([(FileKind.Jpeg, 0), (FileKind.Jpeg, 0), (FileKind.Pdf, 0)], "as they were sent");
        (await OpenAsync(volunteer, batch, files[1].Id))!.Content.ShouldBe(two);
        var kept = (await house.AskAsync<byte[]>("SELECT content FROM pt.paper_file WHERE id = $1", files[0].Id))!;
        Encoding.Latin1.GetString(kept).ShouldNotContain(Encoding.Latin1.GetString(Encoding.UTF8.GetBytes("giấy thứ nhất")));

        house.Services.GetRequiredService<PaperSettings>().FilesMost = 3;
        var more = (await house.AddFilesAsync(Place.ClerkA, batch, Volunteers.Picture("thứ tư"))).Value;
        house.Services.GetRequiredService<PaperSettings>().FilesMost = 300;
        more.Files.ShouldHaveSingleItem().Problem!.Code.ShouldBe("papers.too-many-files");
        (await house.RunAsync<GivePapers, Nothing>(Place.ClerkA, use => use.CloseAsync(batch, true, Ct))).Done.ShouldBeTrue();
        (await house.AddFilesAsync(Place.ClerkA, batch, Volunteers.Picture("thứ năm"))).Problem.Code.ShouldBe("papers.is-closed");
    }

    [Fact]
    [Answers("R4", "R7")]
    public async Task Only_who_has_the_papers_now_and_their_unit_open_a_file()
    {
        var (volunteer, batch, files) = await BeginAsync(Volunteers.Picture("một"));
        var other = await house.VolunteerAsync(Place.CampA);
        foreach (var (who, door, seen) in new[] { (volunteer, Permission.TypePapers, true), (Place.ClerkA, Permission.EnterData, true), (other, Permission.TypePapers, false), (Place.ClerkB, Permission.EnterData, false) })
        {
            (await OpenAsync(who, batch, files[0], door) is not null).ShouldBe(seen);
            (await house.FilesAsync(who, batch, door)).Count.ShouldBe(seen ? 1 : 0);
        }
        // Given to another, then closed.
        await house.RunAsync<GivePapers, Guid>(Place.ClerkA, use => use.RunAsync(new(house.Clock.NewGuid(), batch, 1, "Tập khác tay", null, 10, null, null, other), Ct));
        (await OpenAsync(volunteer, batch, files[0]), (await OpenAsync(other, batch, files[0])) is not null).ShouldBe((null, true));
        (await house.RunAsync<GivePapers, Nothing>(Place.ClerkA, use => use.CloseAsync(batch, true, Ct))).Done.ShouldBeTrue();
        (await OpenAsync(other, batch, files[0])).ShouldBeNull();
        (await OpenAsync(Place.ClerkA, batch, files[0], Permission.EnterData)).ShouldNotBeNull();
        (await OpenAsync(Place.ClerkA, house.Clock.NewGuid(), files[0], Permission.EnterData)).ShouldBeNull("a file is one of its batch");
    }

    [Fact]
    [Answers("R4")]
    public async Task What_was_typed_says_from_which_file_and_keeps_it()
    {
        var (volunteer, batch, files) = await BeginAsync(Volunteers.Picture("một"), Volunteers.Picture("hai"), Volunteers.Picture("ba"));
        var entry = (await house.TypeAsync(volunteer, batch, new() { Name = "Lê Thị Ảnh Một" }, file: files[0])).Value.Entry;
        (await house.TypeAsync(volunteer, batch, new() { Name = "Lê Thị Ảnh Một Hai" }, file: files[0])).Done.ShouldBeTrue("a list may hold several persons");
        (await house.TypeAsync(volunteer, batch, new() { Name = "Lê Thị Trên Bàn" })).Done.ShouldBeTrue("a paper in hand beside");
        (await house.AskAsync<Guid>("SELECT file_id FROM pt.paper_entry WHERE id = $1", entry)).ShouldBe(files[0]);
        var rows = await house.FilesAsync(volunteer, batch);
        rows.Select(row => row.Papers).ShouldBe([2, 0, 0]);
        (PaperFilesList.Next(rows, null), PaperFilesList.Next(rows, files[1]), PaperFilesList.Next(rows, files[2])).ShouldBe((files[1], files[2], files[1]), "the next that waits, and from the end those that were passed over");

        (await TakeOutAsync(Place.ClerkA, batch, files[0])).Problem.Code.ShouldBe("papers.file-typed");
        (await TakeOutAsync(Place.ClerkB, batch, files[1])).Problem.Status.ShouldBe(404);
        (await TakeOutAsync(volunteer, batch, files[1])).Problem.Status.ShouldBe(404);
        (await TakeOutAsync(Place.ClerkA, batch, files[1])).Done.ShouldBeTrue();
        (await house.TypeAsync(volunteer, batch, new() { Name = "Lê Thị Ảnh Hai" }, file: files[1])).Problem.Code.ShouldBe("papers.file-gone");
        var foreign = await BeginAsync(Volunteers.Picture("của người khác"));
        (await house.TypeAsync(volunteer, batch, new() { Name = "Lê Thị Ảnh Lạ" }, file: foreign.Files[0])).Problem.Code.ShouldBe("papers.file-gone");
        (await house.AddFilesAsync(Place.ClerkA, batch, Volunteers.Picture("bốn"))).Value.Files[0].Position.ShouldBe(3, "behind the others");

        // Who was made of it and is sealed takes the picture with them.
        (await OpenAsync(Place.ClerkA, batch, files[0], Permission.EnterData))!.Persons.ShouldBeEmpty();
        var person = (await house.TakeAsync(Place.ClerkA, entry)).Value.Person!.Value;
        (await OpenAsync(Place.ClerkA, batch, files[0], Permission.EnterData))!.Persons.ShouldBe([person]);
        await house.AskAsync<object>("INSERT INTO pt.person_seal (id, person_id, unit_id, reason, sealed_at, sealed_by) VALUES (gen_random_uuid(), $1, $2, 'thử', now(), $3) RETURNING id", person.Value, Place.CentreA.Value, Place.OfficerA.Value);
        foreach (var (who, door) in new[] { (Place.ClerkA, Permission.EnterData), (volunteer, Permission.TypePapers) }) (await OpenAsync(who, batch, files[0], door)).ShouldBeNull();
        await house.AskAsync<object>("UPDATE pt.person_seal SET lifted_at = now(), lifted_by = sealed_by WHERE person_id = $1 RETURNING id", person.Value);
    }

    [Fact]
    [Answers("R4", "R7")]
    public async Task The_second_one_types_from_the_same_file_and_sees_no_other()
    {
        var (first, second) = (await house.VolunteerAsync(Place.CampA), await house.VolunteerAsync(Place.CampA));
        var batch = await house.BatchAsync(Place.ClerkA, first, second: second);
        await house.AddFilesAsync(Place.ClerkA, batch, Volunteers.Picture("một"), Volunteers.Picture("hai"));
        var file = (await house.FilesAsync(first, batch))[0].Id;
        var entry = (await house.TypeAsync(first, batch, new() { Name = "Lê Thị Hai Lần" }, file: file)).Value.Entry;
        (await house.FilesAsync(second, batch)).ShouldBeEmpty();
        (await OpenAsync(second, batch, file)).ShouldBeNull();
        (await house.DueAsync(second, batch)).ShouldHaveSingleItem().File.ShouldBe(FileKind.Jpeg);
        Task<PaperFilesList.Opened?> AgainAsync(AccountId by) => house.AsAsync(by, Permission.TypePapers, (services, _) => services.GetRequiredService<PaperFilesList>().OpenAgainAsync(batch, entry, Ct));
        (await AgainAsync(second))!.Content.ShouldBe(Volunteers.Picture("một"));
        (await AgainAsync(first)).ShouldBeNull();
        (await house.AgainAsync(second, batch, new() { Name = "Lê Thị Hai Lân" }, entry: entry)).Done.ShouldBeTrue();
        (await AgainAsync(second)).ShouldBeNull("typed, it is gone");
        var twice = (await house.AsAsync(Place.ClerkA, Permission.EnterData, (services, _) => services.GetRequiredService<TypingList>().TwiceAsync(batch, 0, Ct))).Rows.ShouldHaveSingleItem();
        twice.File.ShouldBe(file, "the unit decides beside it");
    }

    [Fact]
    [Answers("R4", "R7")]
    public async Task A_file_is_forgotten_when_all_of_it_is_settled_or_its_batch_closed_or_its_term_is_over()
    {
        var (volunteer, batch, files) = await BeginAsync(Volunteers.Picture("nhập rồi"), Volunteers.Picture("còn chờ"), Volunteers.Picture("chưa gõ"));
        var taken = (await house.TypeAsync(volunteer, batch, new() { Name = "Lê Thị Nhập Rồi" }, file: files[0])).Value.Entry;
        var waiting = (await house.TypeAsync(volunteer, batch, new() { Name = "Lê Thị Còn Chờ" }, file: files[1])).Value.Entry;
        (await house.TakeAsync(Place.ClerkA, taken)).Value.State.ShouldBe(PaperState.Taken);
        var settings = new PaperSettings();
        async Task<IReadOnlyList<bool>> ForgottenAsync(int days)
        {
            var clock = new TestClock();
            clock.Advance(TimeSpan.FromDays(days) + (house.Clock.GetUtcNow() - clock.GetUtcNow()));
            using var forget = new ForgetPapers(house.Database, settings, clock, NullLogger<ForgetPapers>.Instance);
            await forget.RunAsync(Ct);
            return [.. (await house.FilesAsync(Place.ClerkA, batch, Permission.EnterData)).Select(row => row.Forgotten)];
        }
        (await ForgottenAsync(settings.KeepDays - 1)).ShouldBe([false, false, false]);
        (await ForgottenAsync(settings.KeepDays + 1)).ShouldBe([true, false, false], "settled since then");
        (await OpenAsync(Place.ClerkA, batch, files[0], Permission.EnterData)).ShouldBeNull();
        (await house.RunAsync<GivePapers, Nothing>(Place.ClerkA, use => use.CloseAsync(batch, true, Ct))).Done.ShouldBeTrue();
        (await ForgottenAsync(settings.KeepDays + 2)).ShouldBe([true, false, false], "something of it still waits");
        (await house.TakeAsync(Place.ClerkA, waiting)).Value.State.ShouldBe(PaperState.Taken);
        (await ForgottenAsync(settings.KeepDays + 2)).ShouldBe([true, true, true]);
        var (_, open, _) = await BeginAsync(Volunteers.Picture("không ai gõ"));
        batch = open;
        (await ForgottenAsync(settings.FileDays - 1)).ShouldBe([false]);
        (await ForgottenAsync(settings.FileDays + 1)).ShouldBe([true]);
        (await house.AskAsync<byte[]>("SELECT content FROM pt.paper_file WHERE batch_id = $1", open))!.ShouldBeEmpty();
    }
}
