using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People;
using PhongTuyen.People.Contract;
using PhongTuyen.Quarantine;
using PhongTuyen.Quarantine.Contract;

namespace PhongTuyen.Tests.House;

/// <summary>Builders: what a test needs to be there, made by the use-cases themselves.</summary>
public static class Given
{
    private static int count;

    /// <summary>A 12-digit number of a man born in 1985, another one each time.</summary>
    public static string Number() => $"079085{Interlocked.Increment(ref count) % 1_000_000:000000}";

    public static async Task<PersonId> PersonAsync(this TestHouse house, AccountId by, string? name = null, string? number = null, string? phone = null, AreaKeys? lives = null, BirthDate? birth = null, Sex sex = Sex.Male)
    {
        var input = new EnterPerson.Input(house.Clock.New<PersonId>(), new PersonFacts { Name = name ?? $"Nguyễn Văn {(char)('A' + count % 26)}", Birth = birth ?? BirthDate.OfYear(1985), Sex = sex },
            number is null ? [] : [new DocumentFact(DocumentKind.CitizenCard, number)], phone is null ? [] : [new PhoneFact(phone, PhoneOwner.Own)], lives is { } area ? [new AddressFact(AddressKind.Present, area, null, "12 Trần Phú")] : [], true); // whoever is given is somebody else
        return (await house.RunAsync<EnterPerson, PersonId>(by, use => use.RunAsync(input, CancellationToken.None))).Value;
    }

    public static async Task FacilityAsync(this TestHouse house, AccountId by, UnitId unit, bool treatment = false, int rooms = 2, int bedsEach = 4, short tier = 1)
    {
        var version = (await house.AsAsync(by, Permission.ManageFacility, (_, db) => db.Connection.ValueAsync<int?>("SELECT version FROM pt.quarantine_facility WHERE unit_id = $1", CancellationToken.None, unit.Value))) ?? 0;
        (await house.RunAsync<RunFacility, UnitId>(by, use => use.RunAsync(new RunFacility.SetUp(house.Clock.NewGuid(), unit, version, !treatment, treatment, treatment ? tier : null, new(2021, 5, 1), null, "12/QĐ", null), CancellationToken.None), Permission.ManageFacility)).Value.ShouldBeThere();
        if (rooms > 0)
            (await house.RunAsync<RunFacility, RunFacility.Added>(by, use => use.RunAsync(new RunFacility.AddRooms(house.Clock.NewGuid(), unit, "A", [.. Enumerable.Range(1, rooms).Select(i => $"P{i}")], bedsEach, PlaceClasses.Of(treatment ? StayClass.Treatment : StayClass.Observation, treatment ? tier : (short)0), false, false, 0), CancellationToken.None), Permission.ManageFacility)).Value.ShouldBeThere();
    }

    public static AdmitPerson.Input Admission(this TestHouse house, PersonId person, UnitId unit, StayClass of = StayClass.Observation) =>
        new(house.Clock.New<StayId>(), person, unit, StayPlace.Facility, of, 0, house.Clock.GetUtcNow().AddMinutes(-5), false, of == StayClass.Treatment ? StayReason.Confirmed : StayReason.CloseContact);

    public static async Task<StayId> StayAsync(this TestHouse house, AccountId by, UnitId unit, PersonId? person = null, StayClass of = StayClass.Observation, bool bed = false)
    {
        var input = house.Admission(person ?? await house.PersonAsync(by), unit, of) with { AnyBed = bed };
        return (await house.RunAsync<AdmitPerson, StayId>(by, use => use.RunAsync(input, CancellationToken.None))).Value;
    }

    private static void ShouldBeThere<T>(this T _) { }
}
