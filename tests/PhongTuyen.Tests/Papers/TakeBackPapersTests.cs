using PhongTuyen.Corrections;
using PhongTuyen.Kernel;
using PhongTuyen.Papers;
using PhongTuyen.People.Contract;
using PhongTuyen.Tests.Corrections;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Imports;
using PhongTuyen.Tests.Quarantine;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Papers;

/// <summary>Papers that were taken into the register at one press are taken back out of it, while nothing was written about one of the persons.</summary>
[Trait("Category", "Database")]
public sealed class TakeBackPapersTests(FurnishedHouse house) : IClassFixture<FurnishedHouse>
{
    private TestProvince Place => house.Place;
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private async Task<(Guid Batch, Guid Intent, TakePaper.TakenAll Taken)> TakeAsync(params PaperContent[] papers)
    {
        var volunteer = await house.VolunteerAsync(Place.CampA);
        var (batch, intent) = (await house.BatchAsync(Place.HeadA, volunteer), house.Clock.NewGuid());
        foreach (var paper in papers) (await house.TypeAsync(volunteer, batch, paper)).Done.ShouldBeTrue();
        return (batch, intent, (await house.RunAsync<TakePaper, TakePaper.TakenAll>(Place.ClerkA, use => use.AllAsync(intent, batch, Ct))).Value);
    }

    private Task<Outcome<TakenBack>> BackAsync(AccountId by, Guid of) => house.RunAsync<TakeBackPapers, TakenBack>(by, use => use.RunAsync(new(house.Clock.NewGuid(), of, "bấm nhầm"), Ct));

    private static PaperContent Paper(string name, string? number = null) => new() { Name = name, Birth = "1985", Sex = Sex.Male, Number = number, Phone = "0912345678", Line = "12 Trần Phú" };

    [Fact]
    [Answers("R4")]
    public async Task Papers_wait_as_before_and_the_persons_made_of_them_are_gone()
    {
        var known = Given.Number();
        await house.PersonAsync(Place.ClerkA, "Trần Văn Đã Có", known);
        var (batch, intent, taken) = await TakeAsync(Paper("Lê Văn Rút Một", Given.Number()), Paper("Vi Văn Rút"), Paper("Trần Văn Đã Có", known));
        (taken.Taken, taken.Duplicate, taken.Left).ShouldBe((2, 1, 0));
        var persons = taken.Papers.Select(one => one.Person).OfType<PersonId>().Select(person => person.Value).ToArray();
        (await BackAsync(Place.ClerkB, intent)).Problem.Status.ShouldBe(404);
        (await BackAsync(Place.HeadA, intent)).Problem.Status.ShouldBe(404, "by who took them");
        (await BackAsync(Place.ClerkA, intent)).Value.Count.ShouldBe(3);
        (await house.CountAsync("SELECT count(*) FROM pt.person WHERE id = ANY ($1)", (object)persons)).ShouldBe(0);
        (await house.CountAsync("SELECT count(*) FROM pt.person_document WHERE person_id = ANY ($1)", (object)persons)).ShouldBe(0);
        (await house.CountAsync("SELECT count(*) FROM pt.paper_entry WHERE batch_id = $1 AND state = 1 AND person_id IS NULL AND settled_at IS NULL", batch)).ShouldBe(3);
        (await house.AskAsync<string>("SELECT purpose FROM pt.audit_event WHERE act = 'papers.taken-back' AND subject_id = $1", batch.ToString())).ShouldBe("bấm nhầm");
        // And in again, as if nothing had been.
        ((await house.RunAsync<TakePaper, TakePaper.TakenAll>(Place.ClerkA, use => use.AllAsync(house.Clock.NewGuid(), batch, Ct))).Value is { Taken: 2, Duplicate: 1, Left: 0 }).ShouldBeTrue();
        (await BackAsync(Place.ClerkA, intent)).Problems.Count(problem => problem.Code == "kernel.changed-since").ShouldBe(3);
    }

    [Fact]
    [Answers("R4")]
    public async Task What_was_written_about_one_of_them_since_is_listed_and_nothing_is_taken_back()
    {
        var (_, intent, taken) = await TakeAsync(Paper("Tạ Văn Ở", Given.Number()), Paper("Tạ Văn Sửa"), Paper("Tạ Văn Yên"), Paper("Tạ Văn Xin"));
        PersonId Of(int i) => taken.Papers[i].Person!.Value;
        await house.StayAsync(Place.ClerkA, Place.CampA, Of(0));
        await house.SqlAsync("UPDATE pt.person SET version = version + 1 WHERE id = $1", Of(1).Value);
        await house.AskedAsync(Place.ClerkA, Of(3), Requests.Name("Tạ Văn Đúng"));
        var refused = await BackAsync(Place.ClerkA, intent);
        refused.Problems.Select(problem => (problem.Code, problem.Field, problem.Details.GetValueOrDefault("what"))).ShouldBe([("kernel.depends-on", null, null), ("papers.went-on", taken.Papers[0].Entry.ToString(), "đợt cách ly, điều trị: 1"),
            ("papers.went-on", taken.Papers[1].Entry.ToString(), "hồ sơ đã sửa"), ("papers.went-on", taken.Papers[3].Entry.ToString(), "yêu cầu đính chính: 1")]);
        (await house.CountAsync("SELECT count(*) FROM pt.person WHERE id = ANY ($1)", (object)taken.Papers.Select(one => one.Person!.Value.Value).ToArray())).ShouldBe(4);
        (await house.CountAsync("SELECT count(*) FROM pt.paper_entry WHERE id = ANY ($1) AND state = 4", (object)taken.Papers.Select(one => one.Entry).ToArray())).ShouldBe(4);
    }

    [Fact]
    [Answers("R4")]
    public async Task An_import_is_not_undone_while_a_correction_is_asked_for_of_one_of_its_persons()
    {
        var run = await house.ImportAsync(Place.ClerkA, Place.CampA, ListImport.Csv("Họ và tên,Năm sinh,CCCD", $"Kiều Văn Xin,1985,{Given.Number()}"), PhongTuyen.Imports.ListAbout.Persons);
        var person = new PersonId(await house.ValueAsync<Guid>("SELECT id FROM pt.person WHERE import_id = $1", run.Id.Value));
        var asked = await house.AskedAsync(Place.ClerkA, person, Requests.Name("Kiều Văn Đúng"));
        (await house.UndoAsync(Place.ClerkA, run.Id)).Problem.Details["what"].ShouldBe("yêu cầu đính chính: 1", "else it would go away with the person, and its line of work hang in the air");
        (await house.RunAsync<FollowCorrection, Guid>(Place.ClerkA, use => use.WithdrawAsync(asked, Ct))).Done.ShouldBeTrue();
        (await house.UndoAsync(Place.ClerkA, run.Id)).Done.ShouldBeTrue();
    }
}
