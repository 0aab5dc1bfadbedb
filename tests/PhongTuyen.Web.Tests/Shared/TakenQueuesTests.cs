using System.Net;
using PhongTuyen.Accounts;
using PhongTuyen.Kernel;
using PhongTuyen.Quarantine;
using PhongTuyen.Quarantine.Contract;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Quarantine;
using PhongTuyen.Web.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Shared;

/// <summary>Queues as files: duplicates, work, corrections, what is to be completed, transfers; and lists that name nobody.</summary>
[Trait("Category", "Database")]
public sealed class TakenQueuesTests(WebTestHouse house) : IClassFixture<WebTestHouse>
{
    private TestProvince Place => house.Place;

    [Fact]
    [Answers("R4")]
    public async Task What_waits_and_what_is_doubtful_is_taken_with_everybody_in_the_audit_and_without_another_districts()
    {
        var both = await TwoDistricts.MakeAsync(house.House);
        foreach (var (side, officer) in new[] { (both.A, Place.OfficerA), (both.B, Place.OfficerB) })
        {
            await house.House.FacilityAsync(officer, side == both.A ? Place.HospitalA : Place.HospitalB, treatment: true);
            (await house.RunAsync<SendTransfer, TransferId>(side.Account, use => use.RunAsync(new(house.Clock.New<TransferId>(), side.Stay, side == both.A ? Place.HospitalA : Place.HospitalB, StayClass.Treatment, "Diễn biến nặng", false), CancellationToken.None), Permission.EnterData)).Done.ShouldBeTrue();
            await house.House.AskAsync<object>("INSERT INTO pt.person_finding (person_id, id, unit_id, province_id, district_id, commune_id, kind, subject_kind, subject_id, found_at) VALUES ($1, gen_random_uuid(), $2, $3, $4, 0, 'case.death-undated', 'person', $1, now()) RETURNING NULL",
                side.Person.Value, side.Camp.Value, Place.Province.Value, (side == both.A ? Place.DistrictA : Place.DistrictB).Value);
        }
        var clerk = await house.AsAsync("clerk-a");
        foreach (var (list, word) in new[] { (Links.Findings, both.A.Name), (Links.Transfers, both.A.Name), (Links.Worklist("correction") + "&tab=Mine", both.A.Name), (Links.Corrections, both.A.Name), (Links.Matches, "Vừ Nghi Trùng") })
        {
            var page = await clerk.GetAsync(list);
            (await clerk.PostAsync(page, "Take.Purpose", ("Take.Purpose", " "), ("form", "csv"))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity, list);
            var file = await clerk.PostAsync(page, "Take.Purpose", ("Take.Purpose", "Rà soát cuối tuần"), ("form", "csv"));
            file.Headers["Content-Type"].ShouldBe("text/csv", list);
            file.Html.ShouldContain(word, Case.Sensitive, list);
            file.Html.ShouldNotContain(both.B.Name, Case.Sensitive, list);
            file.Html.ShouldNotContain(both.A.Number, Case.Sensitive, list);
        }
        (await house.House.AskAsync<int>("SELECT cardinality(persons) FROM pt.audit_event WHERE act = 'list.taken' AND subject_id = 'matches' LIMIT 1")).ShouldBe(2, "both records of the pair");
        var head = await house.AsAsync("officer-a");
        foreach (var list in new[] { Links.Imports, Links.Papers, Links.ReportQueue, Links.Units })
        {
            var file = await (list == Links.Imports || list == Links.Papers ? clerk : head).GetAsync($"{list}?handler=File&form=csv");
            file.Html.Trim().Split('\n').Length.ShouldBeGreaterThan(1, list);
            file.Html.ShouldNotContain("Bình Yên", Case.Sensitive, list);
        }
    }
}
