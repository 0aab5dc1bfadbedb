using Microsoft.EntityFrameworkCore;
using PhongTuyen.Accounts;
using PhongTuyen.Kernel;
using PhongTuyen.People;
using PhongTuyen.Policies;
using PhongTuyen.Quarantine;
using PhongTuyen.Quarantine.Contract;
using PhongTuyen.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Quarantine;

/// <summary>Papers: numbered without gaps by unit and year, and what was signed stays as it was signed.</summary>
[Answers("R35")]
[Trait("Category", "Database")]
public sealed class DecisionTests(FurnishedHouse house) : IClassFixture<FurnishedHouse>
{
    private TestProvince Place => house.Place;

    private Task<Outcome<Guid>> IssueAsync(AccountId by, StayId stay, DateOnly? signed = null, string signer = "Trần Văn Chỉ Huy", Guid? id = null) => house.RunAsync<IssueDecision, Guid>(by, use => use.RunAsync(
        new(id ?? house.Clock.NewGuid(), stay, DecisionKind.Quarantine, signed ?? house.Clock.Today(), signer, "Trưởng khu", "QĐ-KCL", "F1"), CancellationToken.None));

    [Fact]
    public async Task Numbers_of_a_unit_and_year_have_no_gap_however_many_sign_at_once()
    {
        var stays = new List<StayId>();
        for (var i = 0; i < 6; i++) stays.Add(await house.StayAsync(Place.ClerkA, Place.CampA));
        Task<int[]?> NumbersAsync() => house.AskAsync<int[]>("SELECT coalesce(array_agg(number ORDER BY number), '{}') FROM pt.quarantine_decision WHERE unit_id = $1 AND year = 2021", Place.CampA.Value);
        var before = (await NumbersAsync())!.Length;
        var answers = await Task.WhenAll(Enumerable.Range(0, 24).Select(i => Task.Run(() => i % 4 == 3 ? IssueAsync(Place.ClerkA, stays[i % 6], signer: " ") : IssueAsync(Place.ClerkA, stays[i % 6]))));
        answers.Count(answer => answer.Done).ShouldBe(18, "each fourth was refused and took no number");
        (await NumbersAsync()).ShouldBe(Enumerable.Range(1, before + 18));

        (await IssueAsync(Place.ClerkA, stays[0], new DateOnly(2020, 12, 31))).Done.ShouldBeTrue();
        (await IssueAsync(Place.ClerkB, await house.StayAsync(Place.ClerkB, Place.CampB))).Done.ShouldBeTrue();
        (await house.AskAsync<string[]>("SELECT array_agg(year || ': ' || sign ORDER BY year) FROM pt.quarantine_decision WHERE number = 1 AND (unit_id = $1 OR year = 2020)", Place.CampB.Value))
            .ShouldBe(["2020: 1/QĐ-KCL", "2021: 1/QĐ-KCL"], "each unit and each year begins anew");
    }

    [Fact]
    public async Task The_paper_says_who_signed_what_for_whom_and_does_not_change_with_the_record()
    {
        var person = await house.PersonAsync(Place.ClerkHospitalA, "Lê Thị Bé", lives: Place.KeysA1);
        var stay = await house.StayAsync(Place.ClerkHospitalA, Place.HospitalA, person, StayClass.Treatment);
        var id = (await IssueAsync(Place.ClerkHospitalA, stay)).Value;
        (await IssueAsync(Place.ClerkHospitalA, stay, id: id)).Value.ShouldBe(id, "sent twice, one number");
        Task<Decision?> PaperAsync() => house.AsAsync(Place.ClerkHospitalA, Permission.SeePersons, (_, db) => db.FindAsync<Decision>(person, id).AsTask());
        var paper = (await PaperAsync())!;
        (paper.Sign, paper.Signer, paper.SignerTitle, paper.SignedOn, paper.EnteredBy).ShouldBe(("1/QĐ-KCL", "Trần Văn Chỉ Huy", "Trưởng khu", house.Clock.Today(), Place.ClerkHospitalA));
        var printed = paper.Printed;
        (printed.Authority, printed.Unit, printed.Place, printed.PersonName, printed.Birth, printed.Reason).ShouldBe(("Trung tâm Y tế huyện An Bình", "Bệnh viện huyện An Bình", "Tỉnh Thử Nghiệm", "Lê Thị Bé", "1985", "F1"));
        printed.Address.ShouldBe("12 Trần Phú, Xã Thử Một, Huyện An Bình, Tỉnh Thử Nghiệm");
        (printed.Class, printed.From, printed.Rule).ShouldBe((StayClass.Treatment, house.Clock.Today(), "quarantine/VN/2021-07-14"));
        printed.To.ShouldBe((await house.LookAsync(Place.ClerkHospitalA, stay))!.PlannedEnd);

        (await house.RunAsync<EditPerson, PersonId>(Place.ClerkHospitalA, use => use.RunAsync(new(house.Clock.NewGuid(), person, 1, new PersonFacts { Name = "Lê Thị Bê" }, [], [], []), CancellationToken.None))).Done.ShouldBeTrue();
        (await PaperAsync())!.Printed.ShouldBeEquivalentTo(printed);
    }

    private Task<DecisionContent> PrintedAsync(Guid id) => house.AsAsync(Place.ClerkA, Permission.SeePersons, async (_, db) => (await db.Set<Decision>().AsNoTracking().FirstAsync(d => d.Id == id)).Printed);

    private static string Text(DecisionWording wording) => string.Join('\n', [wording.Title, .. wording.Basis, .. wording.Lines.Select(line => line.Text + line.Strong + line.Rest)]);

    [Fact]
    public async Task A_paper_cites_the_laws_of_its_own_day_and_the_paper_of_its_rule()
    {
        var text = Text((await PrintedAsync((await IssueAsync(Place.ClerkA, await house.StayAsync(Place.ClerkA, Place.CampA))).Value)).Wording!);
        text.ShouldContain("Căn cứ Luật Phòng, chống bệnh truyền nhiễm số 03/2007/QH12 ngày 21 tháng 11 năm 2007;");
        text.ShouldContain("Căn cứ quy định về thời hạn cách ly y tế tại các văn bản số 5599/BYT-MT, 3416/QĐ-BYT;");
        text.ShouldNotContain("Luật Phòng bệnh");
        text.ShouldNotContain("quarantine/");
        house.Get<IPolicyBook>().For<DecisionBasis>(Place.CommuneA1, new DateOnly(2026, 6, 30), "")!.Basis.ShouldContain(law => law.Contains("03/2007/QH12", StringComparison.Ordinal));
        house.Get<IPolicyBook>().For<DecisionBasis>(Place.CommuneA1, new DateOnly(2026, 7, 1), "")!.Basis.ShouldBe(["Luật Phòng bệnh số 114/2025/QH15 ngày 10 tháng 12 năm 2025"]);
    }

    [Fact]
    public async Task Another_law_and_another_paper_of_the_rule_change_nothing_that_was_issued()
    {
        var folder = Directory.CreateTempSubdirectory("pt-basis-");
        try
        {
            var stay = await house.StayAsync(Place.ClerkA, Place.CampA);
            async Task<Guid> UnderAsync(string law)
            {
                await File.WriteAllTextAsync(Path.Combine(folder.FullName, "basis.json"), $$"""{ "kind": "decision-basis", "editions": [ { "from": "2020-01-01", "area": "VN", "disease": null, "paper": "{{law}}", "basis": [ "{{law}}" ] } ] }""");
                var book = PolicyBook.Read(house.Areas, [folder.FullName]);
                return (await house.AsAsync(Place.ClerkA, Permission.EnterData, (_, db) => new IssueDecision(db, book, house.Clock).RunAsync(new(house.Clock.NewGuid(), stay, DecisionKind.Quarantine, house.Clock.Today(), "Trần Văn Chỉ Huy", "Trưởng khu", "QĐ-KCL", null), CancellationToken.None))).Value;
            }
            var first = await UnderAsync("Luật cũ số 1");
            var before = await PrintedAsync(first);
            Text(before.Wording!).ShouldContain("Căn cứ Luật cũ số 1;");
            Text((await PrintedAsync(await UnderAsync("Luật mới số 2"))).Wording!).ShouldContain("Căn cứ Luật mới số 2;");
            (await PrintedAsync(first)).ShouldBeEquivalentTo(before);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_change_of_the_term_names_the_paper_that_it_changes_and_the_old_end()
    {
        var stay = await house.StayAsync(Place.ClerkA, Place.CampA);
        var end = (await house.LookAsync(Place.ClerkA, stay))!.PlannedEnd!.Value;
        async Task ExtendAsync(int days) => (await house.RunAsync<ChangePlan, StayId>(Place.ClerkA, use => use.RunAsync(new(house.Clock.NewGuid(), stay, end.AddDays(days), "có ca mắc cùng phòng", null), CancellationToken.None))).Done.ShouldBeTrue();
        async Task<string> TermAsync() => Text((await PrintedAsync((await house.RunAsync<IssueDecision, Guid>(Place.ClerkA, use => use.RunAsync(new(house.Clock.NewGuid(), stay, DecisionKind.Term, house.Clock.Today(), "Trần Văn Chỉ Huy", "Trưởng khu", "QĐ-KCL", null), CancellationToken.None))).Value)).Wording!);
        await ExtendAsync(3);
        (await TermAsync()).ShouldContain($"Thời hạn cũ: từ ngày {house.Clock.Today():dd/MM/yyyy} đến hết ngày {end:dd/MM/yyyy}.", Case.Sensitive, "without a paper in the program, the plan before");

        stay = await house.StayAsync(Place.ClerkA, Place.CampA);
        var issued = (await IssueAsync(Place.ClerkA, stay)).Value;
        var sign = await house.AskAsync<string>("SELECT sign FROM pt.quarantine_decision WHERE id = $1", issued);
        await ExtendAsync(5);
        await ExtendAsync(7);
        var text = await TermAsync();
        text.ShouldContain($"Căn cứ Quyết định số {sign} ngày {house.Clock.Today():dd/MM/yyyy} của Khu cách ly An Bình;");
        text.ShouldContain($"tại Quyết định số {sign} ngày {house.Clock.Today():dd/MM/yyyy} đối với:");
        text.ShouldContain($"đến hết ngày {end:dd/MM/yyyy}.\nThời hạn mới: từ ngày {house.Clock.Today():dd/MM/yyyy} đến hết ngày {end.AddDays(7):dd/MM/yyyy}.", Case.Sensitive, "as the paper said, not as it was planned in between");
    }

    [Fact]
    public async Task A_paper_from_before_the_wording_was_kept_stands_as_it_was_printed()
    {
        var id = (await IssueAsync(Place.ClerkA, await house.StayAsync(Place.ClerkA, Place.CampA))).Value;
        await house.AskAsync<int>("UPDATE pt.quarantine_decision SET content = content::jsonb - 'Wording' WHERE id = $1 RETURNING 1", id);
        var printed = await PrintedAsync(id);
        printed.Wording.ShouldBeNull();
        var paper = await house.AsAsync(Place.ClerkA, Permission.SeePersons, (_, db) => db.Set<Decision>().AsNoTracking().FirstAsync(d => d.Id == id));
        Text(paper.Wording(printed)).ShouldContain("Căn cứ Luật Phòng bệnh; căn cứ quy định về cách ly y tế hiện hành (quarantine/VN/2021-07-14);");
    }

    [Fact]
    public async Task No_paper_for_the_future_nor_for_somebody_who_has_not_come_nor_for_another_house()
    {
        var stay = await house.StayAsync(Place.ClerkB, Place.CampB);
        (await IssueAsync(Place.ClerkB, stay, house.Clock.Today().AddDays(1))).Problem.Code.ShouldBe("kernel.in-future");
        (await IssueAsync(Place.ClerkA, stay)).Problem.Status.ShouldBe(404);
        var expected = (await house.ExpectAsync(Place.ClerkB, await house.PersonAsync(Place.ClerkB), Place.CampB)).Value;
        (await IssueAsync(Place.ClerkB, expected)).Problem.Code.ShouldBe("stay.not-in-state");
    }
}
