using PhongTuyen.Accounts;
using PhongTuyen.Cases;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People.Contract;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Imports;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Cases;

[Trait("Category", "Database")]
public sealed class RecordCaseTests(TestHouse house) : IClassFixture<TestHouse>
{
    private static readonly CancellationToken Ct = CancellationToken.None;

    private TestProvince Place => house.Place;

    private Task<Outcome<CaseId>> RecordAsync(AccountId by, PersonId person, CaseId id, int version, AreaKeys area) => house.RunAsync<RecordCase, CaseId>(by,
        use => use.RunAsync(new(house.Clock.NewGuid(), id, person, version, Diseases.Covid19, CaseClass.Confirmed, house.Clock.Today(), "RT-PCR") { Area = area, ReportedOn = house.Clock.Today() }, Ct));

    private Task<CaseView.Full?> SeenByAsync(AccountId account, CaseId id) => house.AsAsync(account, Permission.SeePersons, (provider, _) => ((CaseView)provider.GetService(typeof(CaseView))!).OfAsync(id, Ct));

    private Task<bool> SeesPersonAsync(AccountId account, PersonId person) => house.AsAsync(account, Permission.SeePersons, (_, db) => db.Connection.ValueAsync<bool>("SELECT EXISTS (SELECT 1 FROM pt.person WHERE id = $1)", Ct, person.Value));

    private Task<long> CountedAsync(AreaId district) => house.CountAsync("SELECT coalesce(sum(n), 0)::bigint FROM pt.report_recount WHERE metric = 52 AND district_id = $1", district.Value);

    [Fact]
    public async Task A_case_that_is_counted_elsewhere_is_opened_there_and_the_place_before_keeps_sight_of_the_person_only()
    {
        var (person, id) = (await house.PersonAsync(Place.ClerkA, "Kiều Văn Đổi Nơi"), house.Clock.New<CaseId>());
        (await RecordAsync(Place.ClerkA, person, id, 0, Place.KeysA1)).Done.ShouldBeTrue();
        await house.AsAsync(Place.ClerkA, Permission.EnterData, async (_, db) => { await db.FindAsync(person, "case.positive-withdrawn", "case", id.Value, Place.CampA, Place.KeysA1, Ct); return 0; });
        (await SeenByAsync(Place.Nurse, id))!.Mine.ShouldBeTrue();
        (await SeenByAsync(Place.OfficerB, id)).ShouldBeNull();
        var (here, there) = (await CountedAsync(Place.DistrictA), await CountedAsync(Place.DistrictB));

        (await RecordAsync(Place.OfficerA, person, id, 1, Place.KeysB1)).Done.ShouldBeTrue();

        (await CountedAsync(Place.DistrictA) - here, await CountedAsync(Place.DistrictB) - there).ShouldBe((-1L, 1L));
        (await SeenByAsync(Place.OfficerB, id))!.Mine.ShouldBeTrue("who counts it opens it");
        (await SeesPersonAsync(Place.OfficerB, person)).ShouldBeTrue();
        (await SeenByAsync(Place.ClerkA, id))!.Mine.ShouldBeTrue("the unit is responsible as before");
        (await SeenByAsync(Place.Nurse, id)).ShouldBeNull();
        (await SeesPersonAsync(Place.Nurse, person)).ShouldBeTrue();
        (await house.CountAsync("SELECT count(*) FROM pt.person_scope WHERE person_id = $1 AND because = 5 AND until IS NULL", person.Value)).ShouldBe(1);
        (await house.CountAsync("SELECT count(*) FROM pt.person_token WHERE person_id = $1 AND district_id = $2", person.Value, Place.DistrictB.Value)).ShouldBeGreaterThan(0, "the new place finds the person by name");
        (await house.CountAsync("SELECT count(*) FROM pt.person_finding WHERE subject_id = $1 AND district_id = $2", id.Value, Place.DistrictB.Value)).ShouldBe(1);

        (await RecordAsync(Place.OfficerA, person, id, 2, Place.KeysA1)).Done.ShouldBeTrue("and back");
        (await SeenByAsync(Place.Nurse, id))!.Mine.ShouldBeTrue();
        (await SeenByAsync(Place.OfficerB, id)).ShouldBeNull();
    }

    [Fact]
    public async Task Nobody_draws_a_case_to_the_own_area_who_may_not_change_it()
    {
        var (person, id) = (await house.PersonAsync(Place.ClerkB, lives: Place.KeysA1), house.Clock.New<CaseId>());
        (await RecordAsync(Place.ClerkB, person, id, 0, Place.KeysB1)).Done.ShouldBeTrue();
        (await SeenByAsync(Place.Nurse, id))!.Mine.ShouldBeFalse("the person lives there, the case is another's");
        (await RecordAsync(Place.Nurse, person, id, 1, Place.KeysA1)).Problem.Status.ShouldBe(404);
        (await house.AsAsync(Place.Nurse, Permission.EnterData, (_, db) => db.Connection.ValueAsync<bool>("SELECT pt.case_tied_again($1, $2, $3)", Ct, id.Value, house.Clock.NewGuid(), house.Clock.GetUtcNow()))).ShouldBeFalse();
        (await house.CountAsync("SELECT count(*) FROM pt.person_scope WHERE source_id = $1 AND district_id = $2 AND until IS NULL", id.Value, Place.DistrictB.Value)).ShouldBe(1);
    }
}
