using PhongTuyen.Accounts;
using PhongTuyen.Cases;
using PhongTuyen.Imports;
using PhongTuyen.Kernel;
using PhongTuyen.Lab;
using PhongTuyen.Lab.Contract;
using PhongTuyen.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Imports;

/// <summary>Positive results of a list meet cases that were there before it.</summary>
[Trait("Category", "Database")]
public sealed class ImportedResultsTests(TestHouse house) : IClassFixture<TestHouse>
{
    private TestProvince Place => house.Place;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private async Task<(PersonId Person, string Number, CaseId Case)> SuspectedAsync()
    {
        var number = Given.Number();
        var person = await house.PersonAsync(Place.ClerkA, "Nguyễn Văn Mẫu", number: number);
        return (person, number, (await RecordAsync(person, house.Clock.New<CaseId>(), 0, CaseClass.Suspected)).Value);
    }

    private Task<Outcome<CaseId>> RecordAsync(PersonId person, CaseId id, int version, CaseClass classification, CaseOutcome outcome = CaseOutcome.Unknown) => house.RunAsync<RecordCase, CaseId>(Place.ClerkA, use => use.RunAsync(
        new(house.Clock.NewGuid(), id, person, version, Diseases.Covid19, classification, new(2021, 8, 1), "Ho, sốt") { Outcome = outcome }, Ct));

    private Task<ImportRun> ImportAsync(string number, string kind = "PCR", string taken = "15/8/2021") =>
        house.ImportAsync(Place.ClerkA, Place.CampA, ListImport.Csv("CCCD,Loại xét nghiệm,Kết quả,Ngày lấy mẫu", $"{number},{kind},+,{taken}"), change: mapping => mapping with { Constants = new Dictionary<string, string>(mapping.Constants) { ["person.name"] = "Nguyễn Văn Mẫu" } });

    private Task<string> CaseAsync(CaseId id) =>
        house.ValueAsync<string>("SELECT concat_ws(' ', classification, classified_on, deciding, coalesce(first_positive_on::text, '-')) FROM pt.case_record WHERE id = $1", id.Value);

    private Task<CaseView.Full?> ViewAsync(CaseId id) => house.AsAsync(Place.ClerkA, Permission.SeePersons, (provider, _) => ((CaseView)provider.GetService(typeof(CaseView))!).OfAsync(id, Ct));

    [Fact]
    public async Task Undoing_a_list_puts_the_cases_back_that_its_results_had_strengthened_and_both_stand_in_the_case()
    {
        var (_, number, id) = await SuspectedAsync();
        var before = await CaseAsync(id);
        var run = await ImportAsync(number);
        run.Accepted.ShouldBe(1);
        (await CaseAsync(id)).ShouldStartWith("3 2021-08-15");
        (await ViewAsync(id))!.Changes.ShouldHaveSingleItem().Fields.Select(field => field.Field).Order(StringComparer.Ordinal).ShouldBe(["classification", "classified_on", "deciding", "first_positive_on"]);
        (await house.UndoAsync(Place.ClerkA, run.Id)).Value.ShouldBe(ImportState.Undone);
        (await CaseAsync(id)).ShouldBe(before);
        var change = (await ViewAsync(id))!.Changes.SelectMany(one => one.Fields).Where(field => field.Field == "classification").ToList();
        change.Select(field => (field.Before, field.After)).ShouldBe([("Confirmed", "Suspected"), ("Suspected", "Confirmed")], ignoreOrder: true);
        (await house.CountAsync("SELECT count(*) FROM pt.audit_event WHERE act = 'case.changed' AND subject_id = $1", id.ToString())).ShouldBe(2);
    }

    [Fact]
    public async Task A_list_on_whose_strengthened_case_somebody_has_worked_is_not_undone()
    {
        var (person, number, id) = await SuspectedAsync();
        var run = await ImportAsync(number);
        (await RecordAsync(person, id, 2, CaseClass.Confirmed, CaseOutcome.InTreatment)).Done.ShouldBeTrue();
        var refused = await house.UndoAsync(Place.ClerkA, run.Id);
        (refused.Problem.Code, refused.Problem.Details["what"]).ShouldBe(("import.depended-on", "ca bệnh: 1"));
        (await house.ValueAsync<short>("SELECT classification FROM pt.case_record WHERE id = $1", id.Value)).ShouldBe((short)3);
    }

    [Fact]
    public async Task A_list_is_not_undone_under_a_case_that_has_another_positive_result_since()
    {
        var (person, number, id) = await SuspectedAsync();
        var run = await ImportAsync(number);
        (await house.RunAsync<RecordResult, ResultId>(Place.ClerkA, use => use.RunAsync(new(house.Clock.New<ResultId>(), person, Diseases.Covid19, TestKind.Pcr, TestOutcome.Positive, null, new(2021, 8, 18), null), Ct))).Done.ShouldBeTrue();
        (await house.ValueAsync<int>("SELECT version FROM pt.case_record WHERE id = $1", id.Value)).ShouldBe(2, "the second positive result changes nothing of the case");
        (await house.UndoAsync(Place.ClerkA, run.Id)).Problem.Code.ShouldBe("import.depended-on");
    }

    [Fact]
    public async Task Lists_that_strengthened_one_case_are_undone_in_the_reverse_order_down_to_the_one_that_opened_it()
    {
        var number = Given.Number();
        var opened = await house.ImportAsync(Place.ClerkA, Place.CampA, ListImport.Csv("Họ tên,CCCD,Phân loại", $"Nguyễn Văn Mẫu,{number},Nghi ngờ"));
        var id = new CaseId(await house.ValueAsync<Guid>("SELECT id FROM pt.case_record WHERE import_id = $1", opened.Id.Value));
        var states = new List<string> { await CaseAsync(id) };
        var first = await ImportAsync(number, taken: "16/8/2021");
        states.Add(await CaseAsync(id));
        var second = await ImportAsync(number, taken: "14/8/2021");
        (await CaseAsync(id)).ShouldNotBe(states[1]);
        (await house.UndoAsync(Place.ClerkA, first.Id)).Problem.Code.ShouldBe("import.depended-on");
        (await house.UndoAsync(Place.ClerkA, second.Id)).Done.ShouldBeTrue();
        (await CaseAsync(id)).ShouldBe(states[1]);
        (await house.UndoAsync(Place.ClerkA, opened.Id)).Problem.Code.ShouldBe("import.depended-on");
        (await house.UndoAsync(Place.ClerkA, first.Id)).Done.ShouldBeTrue();
        (await CaseAsync(id)).ShouldBe(states[0]);
        (await house.UndoAsync(Place.ClerkA, opened.Id)).Done.ShouldBeTrue();
    }
}
