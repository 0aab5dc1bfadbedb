using PhongTuyen.Accounts;
using PhongTuyen.Kernel;
using PhongTuyen.People;
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
        var answers = await Task.WhenAll(Enumerable.Range(0, 24).Select(i => Task.Run(() => i % 4 == 3 ? IssueAsync(Place.ClerkA, stays[i % 6], signer: " ") : IssueAsync(Place.ClerkA, stays[i % 6]))));
        answers.Count(answer => answer.Done).ShouldBe(18, "each fourth was refused and took no number");
        (await house.AskAsync<int[]>("SELECT array_agg(number ORDER BY number) FROM pt.quarantine_decision WHERE unit_id = $1 AND year = 2021", Place.CampA.Value)).ShouldBe(Enumerable.Range(1, 18));

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
        (await PaperAsync())!.Printed.ShouldBe(printed);
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
