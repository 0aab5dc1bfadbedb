using PhongTuyen.Accounts;
using PhongTuyen.Kernel;
using PhongTuyen.People.Contract;
using PhongTuyen.Quarantine;
using PhongTuyen.Quarantine.Contract;
using PhongTuyen.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Quarantine;

/// <summary>A bed is given once, and given back.</summary>
[Answers("R9")]
[Trait("Category", "Database")]
public sealed class BedTests(TestHouse house) : IClassFixture<TestHouse>
{
    private TestProvince Place => house.Place;

    private Task<long> InUseAsync(UnitId unit) => house.AskAsync<long>("SELECT count(*) FROM pt.quarantine_bed_use WHERE unit_id = $1 AND until IS NULL", unit.Value);

    private Task<int> FirstBedAsync(UnitId unit) => house.AskAsync<int>("SELECT min(id) FROM pt.quarantine_bed WHERE unit_id = $1", unit.Value);

    private async Task<List<Outcome<StayId>>> AllAtOnceAsync(UnitId unit, int clerks, StayClass of, Func<AdmitPerson.Input, AdmitPerson.Input> wish)
    {
        var persons = new List<PersonId>();
        for (var i = 0; i < clerks; i++) persons.Add(await house.PersonAsync(Place.ProvinceOfficer));
        return [.. await Task.WhenAll(persons.Select(person => Task.Run(() => house.AdmitAsync(Place.ProvinceOfficer, wish(house.Admission(person, unit, of))))))];
    }

    [Fact]
    public async Task The_last_bed_that_50_clerks_want_at_once_is_given_once()
    {
        await house.FacilityAsync(Place.ProvinceOfficer, Place.CampA, rooms: 1, bedsEach: 1);
        var answers = await AllAtOnceAsync(Place.CampA, 50, StayClass.Observation, input => input with { AnyBed = true });
        answers.Count(answer => answer.Done).ShouldBe(1);
        answers.Where(answer => !answer.Done).Select(answer => answer.Problem.Code).Distinct().ShouldBe(["bed.none-free"]);
        (await InUseAsync(Place.CampA)).ShouldBe(1);
        (await house.AskAsync<long>("SELECT count(*) FROM pt.quarantine_stay WHERE unit_id = $1", Place.CampA.Value)).ShouldBe(1, "who got no bed was not admitted by half");
    }

    [Fact]
    public async Task A_certain_bed_that_many_want_at_once_is_given_once_and_as_many_as_there_are_all_get_one()
    {
        await house.FacilityAsync(Place.ProvinceOfficer, Place.HospitalA, treatment: true, rooms: 2, bedsEach: 6, tier: 1);
        var wanted = new BedId(await FirstBedAsync(Place.HospitalA));
        var answers = await AllAtOnceAsync(Place.HospitalA, 12, StayClass.Treatment, input => input with { Bed = wanted });
        answers.Count(answer => answer.Done).ShouldBe(1);
        answers.Where(answer => !answer.Done).Select(answer => answer.Problem.Code).Distinct().ShouldBe(["bed.taken"]);

        answers = await AllAtOnceAsync(Place.HospitalA, 11, StayClass.Treatment, input => input with { AnyBed = true });
        answers.Where(answer => !answer.Done).Select(answer => answer.Problem.Code).ShouldBeEmpty("eleven were free for eleven");
        (await InUseAsync(Place.HospitalA)).ShouldBe(12);
    }

    [Fact]
    public async Task A_reserved_bed_is_nobody_elses_becomes_the_persons_on_arrival_and_is_free_when_they_do_not_come()
    {
        await house.FacilityAsync(Place.ProvinceOfficer, Place.CampB, rooms: 1, bedsEach: 1);
        var expected = (await house.ExpectAsync(Place.ClerkB, await house.PersonAsync(Place.ClerkB), Place.CampB, bed: true)).Value;
        var other = house.Admission(await house.PersonAsync(Place.ClerkB), Place.CampB) with { AnyBed = true };
        (await house.AdmitAsync(Place.ClerkB, other)).Problem.Code.ShouldBe("bed.none-free");
        (await house.AskAsync<short>("SELECT kind FROM pt.quarantine_bed_use WHERE stay_id = $1 AND until IS NULL", expected.Value)).ShouldBe((short)BedUseKind.Reserved);

        (await house.ReceiveExpectedAsync(Place.ClerkB, expected)).Done.ShouldBeTrue();
        (await house.AskAsync<short>("SELECT kind FROM pt.quarantine_bed_use WHERE stay_id = $1 AND until IS NULL", expected.Value)).ShouldBe((short)BedUseKind.Occupied);
        (await house.AdmitAsync(Place.ClerkB, other)).Problem.Code.ShouldBe("bed.none-free");
        (await house.EndAsync(Place.ClerkB, expected, StayEnd.Left)).Done.ShouldBeTrue();
        (await house.AskAsync<long>("SELECT count(*) FROM pt.quarantine_bed_use WHERE stay_id = $1", expected.Value)).ShouldBe(2, "both uses stay as history");

        var second = (await house.ExpectAsync(Place.ClerkB, await house.PersonAsync(Place.ClerkB), Place.CampB, bed: true)).Value;
        (await house.WithdrawAsync(Place.ClerkB, second)).Done.ShouldBeTrue("did not come");
        (await house.AdmitAsync(Place.ClerkB, other)).Done.ShouldBeTrue();
    }

    [Fact]
    public async Task A_bed_is_refused_in_another_house_of_another_class_in_a_room_of_the_other_sex_and_where_somebody_lies_it_stays_open()
    {
        await house.FacilityAsync(Place.ProvinceOfficer, Place.HospitalB, treatment: true, rooms: 1, bedsEach: 2, tier: 3);
        var foreign = new BedId(await FirstBedAsync(Place.HospitalB));
        (await house.RunAsync<RunFacility, UnitId>(Place.ProvinceOfficer, use => use.RunAsync(new RunFacility.SetUp(house.Clock.NewGuid(), Place.StationA1, 0, true, false, null, null, null, null, null), CancellationToken.None), Permission.ManageFacility)).Done.ShouldBeTrue();
        (await house.RunAsync<RunFacility, RunFacility.Added>(Place.ProvinceOfficer, use => use.RunAsync(new RunFacility.AddRooms(house.Clock.NewGuid(), Place.StationA1, "", ["Nữ 1"], 1, PlaceClasses.Observation, false, false, (short)Sex.Female), CancellationToken.None), Permission.ManageFacility)).Value.Beds.ShouldBe(1);
        var women = new BedId(await FirstBedAsync(Place.StationA1));
        var man = await house.StayAsync(Place.ProvinceOfficer, Place.StationA1);
        (await house.AssignAsync(Place.ProvinceOfficer, man, foreign)).Problem.Code.ShouldBe("bed.not-here");
        (await house.AssignAsync(Place.ProvinceOfficer, man, women)).Problem.Code.ShouldBe("bed.room-for-other-sex");
        (await house.AssignAsync(Place.ProvinceOfficer, man, null, any: true)).Problem.Code.ShouldBe("bed.none-free");
        var woman = await house.StayAsync(Place.ProvinceOfficer, Place.StationA1, await house.PersonAsync(Place.ProvinceOfficer, "Lê Thị Mai", sex: Sex.Female));
        (await house.AssignAsync(Place.ProvinceOfficer, woman, null, any: true)).Done.ShouldBeTrue();
        (await house.RunAsync<RunFacility, BedId>(Place.ProvinceOfficer, use => use.OpenBedAsync(women, false, CancellationToken.None), Permission.ManageFacility)).Problem.Code.ShouldBe("bed.in-use");
        (await house.AssignAsync(Place.ProvinceOfficer, woman, null)).Done.ShouldBeTrue("given back");
        (await house.RunAsync<RunFacility, BedId>(Place.ProvinceOfficer, use => use.OpenBedAsync(women, false, CancellationToken.None), Permission.ManageFacility)).Done.ShouldBeTrue();
        (await house.AssignAsync(Place.ProvinceOfficer, woman, women)).Problem.Code.ShouldBe("bed.not-here");
    }
}
