using PhongTuyen.Cases;
using PhongTuyen.Kernel;
using PhongTuyen.Lab;
using PhongTuyen.Lab.Contract;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Quarantine;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Cases;

[Trait("Category", "Database")]
public sealed class CaseClashTests(TestHouse house) : IClassFixture<TestHouse>
{
    [Fact]
    public async Task A_person_has_one_open_case_of_a_disease_however_many_report_it_in_the_same_moment()
    {
        var person = await house.PersonAsync(house.Place.ClerkA);
        var today = house.Clock.Today();
        var reported = Enumerable.Range(0, 5).Select(_ => Task.Run(async () => (await house.RunAsync<RecordCase, CaseId>(house.Place.ClerkA, use => use.RunAsync(
            new(house.Clock.NewGuid(), house.Clock.New<CaseId>(), person, 0, Diseases.Covid19, CaseClass.Suspected, today, "Ho, sốt"), CancellationToken.None))).Done));
        var tested = Enumerable.Range(0, 5).Select(_ => Task.Run(async () => (await house.RunAsync<RecordResult, ResultId>(house.Place.ClerkA, use => use.RunAsync(
            new(house.Clock.New<ResultId>(), person, Diseases.Covid19, TestKind.Pcr, TestOutcome.Positive, null, today, null), CancellationToken.None))).Done));
        await Task.WhenAll([.. reported, .. tested]);
        (await house.AskAsync<long>("SELECT count(*) FROM pt.case_record WHERE person_id = $1", person.Value)).ShouldBe(1);
        (await house.AskAsync<long>("SELECT count(*) FROM pt.lab_result WHERE person_id = $1", person.Value)).ShouldBe(5);
    }
}
