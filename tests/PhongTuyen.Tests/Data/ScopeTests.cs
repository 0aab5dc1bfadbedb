using Microsoft.EntityFrameworkCore;
using PhongTuyen.Accounts;
using PhongTuyen.Cases;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Lab;
using PhongTuyen.Lab.Contract;
using PhongTuyen.Quarantine;
using PhongTuyen.Quarantine.Contract;
using PhongTuyen.Reporting;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Quarantine;
using PhongTuyen.Tests.Reporting;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Data;

/// <summary>Who sees whom. Two walls: the filter of the program, and the row policies of the database where the filter is left out.</summary>
[Trait("Category", "Database")]
public sealed class ScopeTests(FurnishedHouse house) : IClassFixture<FurnishedHouse>
{
    private static readonly string[] PersonTables = ["person WHERE id", "person_document WHERE person_id", "person_phone WHERE person_id", "person_address WHERE person_id", "person_scope WHERE person_id", "person_token WHERE person_id", "quarantine_stay WHERE person_id", "quarantine_bed_use WHERE person_id", "quarantine_transfer WHERE person_id", "case_record WHERE person_id", "lab_result WHERE person_id"];

    private TestProvince Place => house.Place;
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Rows of a person that plain SQL, without any filter of the program, gives to somebody.</summary>
    private Task<Dictionary<string, long>> RowsAsync(AccountId by, PersonId person, Permission door = Permission.SeePersons) => house.AsAsync(by, door, async (_, db) =>
    {
        var rows = new Dictionary<string, long>();
        foreach (var table in PersonTables) rows[table.Split(' ')[0]] = await db.Connection.ValueAsync<long>($"SELECT count(*) FROM pt.{table} = $1", Ct, person.Value);
        return rows;
    });

    private async Task<bool> SeesAsync(AccountId by, PersonId person) => (await RowsAsync(by, person))["person"] == 1;

    private Task<long> FilteredAsync<T>(AccountId by, string personColumn, PersonId person) where T : class => house.AsAsync(by, Permission.SeePersons, (_, db) =>
        db.Set<T>().LongCountAsync(row => EF.Property<PersonId>(row, personColumn) == person, Ct));

    private Task RecordAsync(AccountId by, PersonId person) => house.RunAsync<RecordResult, ResultId>(by, use => use.RunAsync(new(house.Clock.New<ResultId>(), person, "covid-19", TestKind.Pcr, TestOutcome.Positive, null, house.Clock.Today(), "CDC"), Ct));

    [Fact]
    public async Task Another_district_sees_nothing_of_a_person_through_either_wall()
    {
        var person = await house.PersonAsync(Place.ClerkA, number: Given.Number(), phone: "0912345678", lives: Place.KeysA1);
        var stay = await house.StayAsync(Place.ClerkA, Place.CampA, person, bed: true);
        await RecordAsync(Place.ClerkA, person);
        (await RowsAsync(Place.OfficerA, person)).Where(row => row.Value == 0).Select(row => row.Key).ShouldBe(["quarantine_transfer"], "the own district sees all of it");
        foreach (var stranger in new[] { Place.OfficerB, Place.ClerkB, Place.ClerkHospitalB })
        {
            (await RowsAsync(stranger, person)).Values.ShouldAllBe(n => n == 0);
            (await FilteredAsync<Stay>(stranger, "PersonId", person)).ShouldBe(0);
            (await FilteredAsync<CaseRecord>(stranger, "PersonId", person)).ShouldBe(0);
            (await house.EndAsync(stranger, stay, StayEnd.Left)).Problem.Status.ShouldBe(404);
        }
        (await FilteredAsync<Stay>(Place.OfficerA, "PersonId", person)).ShouldBe(1);
        (await RowsAsync(Place.Nurse, person))["person"].ShouldBe(1, "the station of the commune where the person lives");
        (await RowsAsync(Place.ClerkHospitalA, person)).Values.ShouldAllBe(n => n == 0, "another house of the same district");
    }

    [Fact]
    public async Task Nothing_is_written_past_either_wall()
    {
        var person = await house.PersonAsync(Place.ClerkA);
        var stay = await house.StayAsync(Place.ClerkA, Place.CampA, person);
        (await house.AsAsync(Place.ClerkB, Permission.EnterData, (_, db) => db.Connection.RunAsync("UPDATE pt.quarantine_stay SET severity = 5 WHERE id = $1", Ct, stay.Value))).ShouldBe(0);
        (await house.AsAsync(Place.ClerkB, Permission.EnterData, (_, db) => db.Connection.RunAsync("DELETE FROM pt.person WHERE id = $1", Ct, person.Value))).ShouldBe(0);
        await Should.ThrowAsync<Npgsql.PostgresException>(() => house.AsAsync(Place.ClerkB, Permission.EnterData, (_, db) => db.Connection.RunAsync(
            "INSERT INTO pt.person_scope (person_id, because, source_id, unit_id, name_key, since) VALUES ($1, 1, $1, $2, '', now())", Ct, person.Value, Place.CampB.Value)), "nobody draws a stranger to himself");
        await Should.ThrowAsync<Npgsql.PostgresException>(() => house.AsAsync(Place.ClerkA, Permission.EnterData, (_, db) => db.Connection.RunAsync("UPDATE pt.quarantine_stay SET unit_id = $2 WHERE id = $1", Ct, stay.Value, Place.CampB.Value)));
        await Should.ThrowAsync<OutOfScopeException>(() => house.AsAsync(Place.ClerkB, Permission.EnterData, async (_, db) =>
        {
            var planted = (await db.Set<Stay>().IgnoreQueryFilters([AreaGuard.Filter]).FirstOrDefaultAsync(row => row.Id == stay, Ct)) ?? new Stay { Disease = Diseases.Covid19, PersonId = person, Id = stay, UnitId = Place.CampA, DistrictId = Place.DistrictA };
            db.Update(planted);
            db.Tell(new StayCorrected(person, stay));
            return await db.SaveChangesAsync(Ct);
        }), "the program's own wall stands before the database's");
    }

    [Fact]
    public async Task An_admission_ties_the_new_unit_and_an_ended_stay_keeps_the_person_in_sight_but_nothing_new()
    {
        var person = await house.PersonAsync(Place.ProvinceOfficer);
        (await SeesAsync(Place.ClerkB, person)).ShouldBeFalse();
        var stay = await house.StayAsync(Place.ProvinceOfficer, Place.CampB, person);
        (await SeesAsync(Place.ClerkB, person)).ShouldBeTrue();
        (await SeesAsync(Place.OfficerB, person)).ShouldBeTrue();
        await RecordAsync(Place.ProvinceOfficer, person);
        (await RowsAsync(Place.ClerkB, person))["case_record"].ShouldBe(1, "while the person is here");

        (await house.EndAsync(Place.ClerkB, stay, StayEnd.Left)).Done.ShouldBeTrue();
        var after = await RowsAsync(Place.ClerkB, person);
        (after["person"], after["quarantine_stay"], after["lab_result"]).ShouldBe((1, 1, 0));
        (await house.ReopenAsync(Place.ClerkB, stay)).Done.ShouldBeTrue();
        (await RowsAsync(Place.ClerkB, person))["lab_result"].ShouldBe(1, "opened again, the tie is open again");
    }

    [Fact]
    public async Task The_target_of_a_transfer_sees_the_person_from_the_sending_on_and_nothing_new_after_a_refusal()
    {
        var person = await house.PersonAsync(Place.ClerkA, "Phạm Thị Tư", number: Given.Number());
        var stay = await house.StayAsync(Place.ClerkA, Place.CampA, person);
        (await SeesAsync(Place.ClerkHospitalB, person)).ShouldBeFalse();
        var transfer = (await house.SendAsync(Place.ClerkA, stay, Place.HospitalB)).Value;
        var sent = await RowsAsync(Place.ClerkHospitalB, person);
        (sent["person"], sent["person_document"], sent["quarantine_transfer"], sent["quarantine_stay"]).ShouldBe((1, 1, 1, 0), "the person and the transfer, not the other house's stay");
        (await RowsAsync(Place.ClerkB, person)).Values.ShouldAllBe(n => n == 0, "another house of the same district");
        await RecordAsync(Place.ClerkA, person);
        (await RowsAsync(Place.ClerkHospitalB, person))["lab_result"].ShouldBe(1);
        (await house.RefuseAsync(Place.ClerkHospitalB, transfer)).Done.ShouldBeTrue();
        var refused = await RowsAsync(Place.ClerkHospitalB, person);
        (refused["person"], refused["lab_result"], refused["case_record"]).ShouldBe((1, 0, 0));
    }

    [Fact]
    public async Task A_leader_sees_figures_and_no_person()
    {
        var person = await house.PersonAsync(Place.ClerkA, number: Given.Number());
        await house.StayAsync(Place.ClerkA, Place.CampA, person, bed: true);
        await RecordAsync(Place.ClerkA, person);
        (await house.FiguresAsync(Place.Leader, FigureScope.Of(new AreaKeys(Place.Province, default, default)))).Stock(Metric.InHouse).ShouldBeGreaterThan(0);
        foreach (var door in new[] { Permission.SeeFigures, Permission.SeePersons, Permission.EnterData, Permission.SignedIn })
        {
            var rows = await RowsAsync(Place.Leader, person, door);
            rows.Where(row => row.Key != "quarantine_bed_use").ShouldAllBe(row => row.Value == 0, $"through the door {door}");
        }
        (await house.AsAsync(Place.Leader, Permission.SeeFigures, (_, db) => Task.FromResult(db.Scope.Names))).ShouldBeFalse();
        (await RowsAsync(Place.Administrator, person, Permission.ManageAccounts)).Where(row => row.Key != "quarantine_bed_use").ShouldAllBe(row => row.Value == 0, "nor does the administrator");
    }

    [Fact]
    public async Task Nobody_is_nobody_and_the_roles_that_serve_cannot_see_past_the_policies()
    {
        var person = await house.PersonAsync(Place.ClerkA);
        await house.StayAsync(Place.ClerkA, Place.CampA, person);
        await using var connection = await house.Database.App.OpenConnectionAsync(Ct);
        foreach (var table in PersonTables) (await connection.ValueAsync<long>($"SELECT count(*) FROM pt.{table.Split(' ')[0]}", Ct)).ShouldBe(0, table);
        (await connection.ValueAsync<string>("SELECT current_user::text", Ct)).ShouldBe("pt_app");
        foreach (var refused in new[] { "SET ROLE pt_owner", "SELECT count(*) FROM pt.account_secret", "SELECT * FROM pt.report_recount", "SELECT pt.write_rights(NULL), pt.take_scope(gen_random_uuid(), '{4}', '{}', now())", "DELETE FROM pt.audit_event", "UPDATE pt.audit_event SET act = 'x'" })
            (await Should.ThrowAsync<Npgsql.PostgresException>(() => connection.RunAsync(refused, Ct))).SqlState.ShouldBe("42501", refused);
        // Every table with a column of a scope or of a person has a policy, but for what all staff may know.
        (await house.AskAsync<string[]>("""
            SELECT coalesce(array_agg(DISTINCT c.relname::text), '{}') FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid WHERE c.relnamespace = 'pt'::regnamespace AND c.relkind IN ('r', 'p')
            AND a.attname IN ('person_id', 'unit_id', 'account_id') AND NOT c.relrowsecurity
            """)).ShouldBeEmpty();
    }
}
