using PhongTuyen.Accounts;
using PhongTuyen.Cases;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People;
using PhongTuyen.People.Contract;
using PhongTuyen.Quarantine;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Quarantine;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.People;

/// <summary>Sealed records: seen by those who are named among those who would see them anyhow, by nobody else of any rank; figures stay; two officers open one in an emergency.</summary>
[Answers("R7")]
[Trait("Category", "Database")]
public sealed class SealPersonTests(FurnishedHouse house) : IClassFixture<FurnishedHouse>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private TestProvince Place => house.Place;

    private Task<long> CountAsync(AccountId by, string table, PersonId person) => house.AsAsync(by, Permission.SeePersons, (_, db) => db.Connection.ValueAsync<long>($"SELECT count(*) FROM pt.{table} WHERE {(table == "person" ? "id" : "person_id")} = $1", Ct, person.Value));

    private Task<Outcome<Guid>> SealAsync(AccountId by, PersonId person, params AccountId[] keys) => house.RunAsync<SealPerson, Guid>(by, use => use.RunAsync(new(house.Clock.NewGuid(), person, "người bị đe dọa", keys), Ct), Permission.SealPersons);

    private Task<Outcome<Nothing>> ChangeAsync(AccountId by, Func<SealPerson, Task<Outcome<Nothing>>> change) => house.RunAsync<SealPerson, Nothing>(by, change, Permission.SealPersons);

    private async Task<(PersonId Person, string Number, StayId Stay)> StayingAsync()
    {
        var number = Given.Number();
        var person = await house.PersonAsync(Place.ClerkA, "Đào Thị Được Giữ Kín", number, lives: Place.KeysA1);
        return (person, number, await house.StayAsync(Place.ClerkA, Place.CampA, person));
    }

    [Fact]
    public async Task Only_those_who_are_named_see_the_person_also_with_the_policies_alone_and_the_lists_keep_their_rows()
    {
        var (person, number, stay) = await StayingAsync();
        (await SealAsync(Place.OfficerB, person)).Problem.Status.ShouldBe(404, "whoever does not see the person seals nothing");
        (await SealAsync(Place.OfficerA, person)).Problem.Code.ShouldBe("person.nobody-who-cares", "the camp would not see who stays there");
        (await SealAsync(Place.OfficerA, person, Place.HeadA, Place.ClerkB)).Problem.Code.ShouldBe("person.nobody-to-name");
        var seal = (await SealAsync(Place.OfficerA, person, Place.HeadA)).Value;
        (await SealAsync(Place.OfficerA, person, Place.HeadA)).Problem.Code.ShouldBe("person.sealed-already");
        string[] tables = ["person", "person_scope", "person_token", "person_document", "person_address"];
        foreach (var table in tables)
        {
            foreach (var named in new[] { Place.OfficerA, Place.HeadA }) (await CountAsync(named, table, person)).ShouldBeGreaterThan(0, table);
            foreach (var other in new[] { Place.ClerkA, Place.ProvinceOfficer, Place.ClerkB, Place.OfficerB }) (await CountAsync(other, table, person)).ShouldBe(0, table);
        }
        async Task<StaysList.Row> RowAsync(AccountId by) => await house.AsAsync(by, Permission.SeePersons, async (provider, _) => (await ((StaysList)provider.GetService(typeof(StaysList))!).FindAsync(new StayFilter { Unit = Place.CampA }, null, Ct, 500)).Rows.Single(row => row.Id == stay));
        var row = await RowAsync(Place.ClerkA);
        (row.Sealed, row.Shown, row.Sex, row.Birth.From).ShouldBe((true, "", Sex.Unknown, null), "the bed is taken, by whom is not said");
        (await RowAsync(Place.HeadA)).Shown.ShouldBe("Đào Thị Được Giữ Kín");

        // By number, beyond the area, or where the person stays: nothing.
        (await house.RunAsync<LookUpPerson, PersonId>(Place.ClerkB, use => use.RunAsync(new(house.Clock.NewGuid(), DocumentKind.CitizenCard, number, BirthDate.OfYear(1985), "truy vết khẩn"), Ct), Permission.SeePersons)).Done.ShouldBeFalse();
        var index = await house.AskAsync<byte[]>("SELECT number_index FROM pt.person_document WHERE person_id = $1", person.Value);
        (await house.AsAsync(Place.ClerkA, Permission.SeePersons, (_, db) => db.Connection.ValueAsync<bool>("SELECT bool_or(visible) FROM pt.persons_of_number($1)", Ct, index))).ShouldBeFalse();
        (await house.AsAsync(Place.ClerkB, Permission.SeePersons, (_, db) => db.Connection.ValueAsync<string>("SELECT masked_name FROM pt.stay_elsewhere($1)", Ct, person.Value))).ShouldBeNull();
        (await house.AsAsync(Place.ClerkA, Permission.SeePersons, (_, db) => db.Connection.ValueAsync<bool>("SELECT pt.sees_person($1, false)", Ct, person.Value))).ShouldBeFalse();
        (await house.RunAsync<RecordCase, CaseId>(Place.ClerkA, use => use.RunAsync(new(house.Clock.NewGuid(), house.Clock.New<CaseId>(), person, 0, Diseases.Covid19, CaseClass.Suspected, house.Clock.Today(), "sốt"), Ct))).Problem.Status.ShouldBe(404);

        // Whoever is not named names nobody, not even themselves; whoever is, does.
        (await ChangeAsync(Place.ProvinceOfficer, use => use.GiveAsync(seal, Place.ProvinceOfficer, Ct))).Problem.Status.ShouldBe(404);
        (await ChangeAsync(Place.ProvinceOfficer, use => use.LiftAsync(seal, "muốn xem", Ct))).Problem.Status.ShouldBe(404);
        (await ChangeAsync(Place.OfficerA, use => use.GiveAsync(seal, Place.ClerkA, Ct))).Done.ShouldBeTrue();
        (await CountAsync(Place.ClerkA, "person", person)).ShouldBe(1);
        (await ChangeAsync(Place.OfficerA, use => use.GiveAsync(seal, Place.ClerkB, Ct))).Problem.Code.ShouldBe("person.nobody-to-name", "an account of another district");
        (await ChangeAsync(Place.OfficerA, use => use.EndAsync(seal, Place.ClerkA, Ct))).Done.ShouldBeTrue();
        (await CountAsync(Place.ClerkA, "person", person)).ShouldBe(0);
        (await ChangeAsync(Place.OfficerA, use => use.LiftAsync(seal, "hết nguy hiểm", Ct))).Done.ShouldBeTrue();
        (await CountAsync(Place.ClerkA, "person", person)).ShouldBe(1);
        (await house.AskAsync<long>("SELECT count(*) FROM pt.audit_event WHERE subject_id = $1 AND act IN ('person.sealed', 'person.unsealed', 'person.seal-key')", person.ToString())).ShouldBe(4);
    }

    [Fact]
    public async Task A_name_gives_nothing_to_those_whose_person_it_is_not()
    {
        var (person, _, _) = await StayingAsync();
        var seal = (await SealAsync(Place.OfficerA, person, Place.HeadA)).Value;
        await house.AskAsync<Guid>("INSERT INTO pt.person_key (id, seal_id, account_id, given_at, given_by) VALUES (gen_random_uuid(), $1, $2, now(), $2) RETURNING id", seal, Place.ClerkB.Value);
        (await CountAsync(Place.ClerkB, "person", person)).ShouldBe(0);
    }

    [Fact]
    public async Task Where_nobody_who_is_named_works_any_more_the_unit_that_sealed_it_lifts_it()
    {
        var (person, _, _) = await StayingAsync();
        var spare = (await TwoDistricts.SpareAsync(house, Place.CampA)).Id;
        var seal = (await SealAsync(Place.OfficerA, person, spare)).Value;
        (await ChangeAsync(Place.OfficerA, use => use.EndAsync(seal, Place.OfficerA, Ct))).Done.ShouldBeTrue();
        (await CountAsync(Place.OfficerA, "person", person)).ShouldBe(0);
        (await ChangeAsync(Place.OfficerA, use => use.LiftAsync(seal, "người giữ đã nghỉ", Ct))).Problem.Status.ShouldBe(404, "somebody works who is named");
        await house.AskAsync<Guid>("UPDATE pt.account SET state = 2 WHERE id = $1 RETURNING id", spare.Value);
        (await ChangeAsync(Place.OfficerB, use => use.LiftAsync(seal, "người giữ đã nghỉ", Ct))).Problem.Status.ShouldBe(404);
        (await ChangeAsync(Place.OfficerA, use => use.LiftAsync(seal, "người giữ đã nghỉ", Ct))).Done.ShouldBeTrue();
        (await CountAsync(Place.ClerkA, "person", person)).ShouldBe(1);
    }

    [Fact]
    public async Task In_an_emergency_two_officers_open_a_sealed_record_and_one_alone_does_not()
    {
        var (person, number, _) = await StayingAsync();
        (await SealAsync(Place.OfficerA, person, (await TwoDistricts.SpareAsync(house, Place.CampA)).Id)).Done.ShouldBeTrue();
        var outcome = (await house.RunAsync<OpenPerson, OpenPerson.Opened>(Place.ClerkA, use => use.RunAsync(new(house.Clock.NewGuid(), DocumentKind.CitizenCard, number, BirthDate.OfYear(1985), "Cấp cứu, bất tỉnh trong phòng"), Ct))).Value;
        (outcome.Waits, outcome.Ends).ShouldBe((true, null));
        (await CountAsync(Place.ClerkA, "person", person)).ShouldBe(0);
        var opening = await house.AskAsync<Guid>("SELECT id FROM pt.person_opening WHERE person_id = $1", person.Value);
        Task<Outcome<Nothing>> LetAsync(AccountId by) => house.RunAsync<Openings, Nothing>(by, use => use.LetAsync(opening, Ct), Permission.SeeEntries);
        (await house.RunAsync<Openings, Nothing>(Place.HeadA, use => use.ReviewAsync(opening, true, null, Ct), Permission.SeeEntries)).Problem.Code.ShouldBe(Refusals.Changed().Code, "not opened, not judged");
        (await LetAsync(Place.OfficerB)).Problem.Status.ShouldBe(404);
        (await LetAsync(Place.HeadA)).Done.ShouldBeTrue();
        (await LetAsync(Place.HeadA)).Problem.Code.ShouldBe(Refusals.Changed().Code);
        (await CountAsync(Place.ClerkA, "person", person)).ShouldBe(1);
        (await CountAsync(Place.ClerkHospitalA, "person", person)).ShouldBe(0, "opened for the unit and those above it");
        (await house.AskAsync<long>("SELECT count(*) FROM pt.notice WHERE intent = $1 AND account_id = $2", $"opening-let/{opening}", Place.ClerkA.Value)).ShouldBe(1);
        house.Clock.Advance(TimeSpan.FromHours(3));
        (await CountAsync(Place.ClerkA, "person", person)).ShouldBe(0);
        (await house.RunAsync<Openings, Nothing>(Place.HeadA, use => use.ReviewAsync(opening, true, null, Ct), Permission.SeeEntries)).Done.ShouldBeTrue();
    }
}
