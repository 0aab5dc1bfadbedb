using PhongTuyen.Accounts;
using PhongTuyen.Kernel;
using PhongTuyen.Quarantine;
using PhongTuyen.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Quarantine;

[Trait("Category", "Database")]
public sealed class AdmissionTests(TestHouse house) : IClassFixture<TestHouse>, IAsyncLifetime
{
    private TestProvince Place => house.Place;

    public async ValueTask InitializeAsync()
    {
        await house.FacilityAsync(Place.OfficerA, Place.CampA);
        await house.FacilityAsync(Place.OfficerB, Place.CampB);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    [Answers("R10", "R35")]
    public async Task A_close_contact_is_planned_by_the_rule_of_the_day_and_gets_a_bed()
    {
        var person = await house.PersonAsync(Place.ClerkA);
        var input = house.Admission(person, Place.CampA) with { OriginOn = new DateOnly(2021, 8, 18), AnyBed = true };
        var stay = (await house.RunAsync<AdmitPerson, StayId>(Place.ClerkA, use => use.RunAsync(input, CancellationToken.None))).Value;
        var made = await house.AsAsync(Place.ClerkA, Permission.SeePersons, (_, db) => db.FindAsync<Stay>(person, stay).AsTask());
        made!.PlannedEnd.ShouldBe(new DateOnly(2021, 9, 1));
        made.Rule.ShouldBe("quarantine/VN/2021-07-14");
        made.BedId.ShouldNotBeNull();
    }
}
