using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PhongTuyen.Accounts;
using PhongTuyen.Cases;
using PhongTuyen.Data;
using PhongTuyen.Imports;
using PhongTuyen.Kernel;
using PhongTuyen.Lab;
using PhongTuyen.Lab.Contract;
using PhongTuyen.People;
using PhongTuyen.People.Matching;
using PhongTuyen.Quarantine;
using PhongTuyen.Quarantine.Contract;
using PhongTuyen.Tests.Corrections;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Imports;
using PhongTuyen.Tests.Quarantine;
using PhongTuyen.Units;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Units;

/// <summary>A merge of units is taken back whole, while nothing came since of which nobody could say under which of the two it belongs.</summary>
[Trait("Category", "Database")]
public sealed class UnmergeUnitTests(FurnishedHouse house) : IClassFixture<FurnishedHouse>
{
    private TestProvince Place => house.Place;
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static int codes = 100;

    private async Task<(Guid Intent, Outcome<MergeUnit.Moved> Moved)> MergeAsync(UnitId unit, UnitId into, AccountId? by = null)
    {
        var intent = house.Clock.NewGuid();
        return (intent, await house.RunAsync<MergeUnit, MergeUnit.Moved>(by ?? Place.ProvinceOfficer, use => use.RunAsync(new(intent, unit, into), Ct), Permission.ManageUnits));
    }

    private Task<Outcome<UnmergeUnit.Parted>> BackAsync(Guid of, AccountId? by = null, Guid? intent = null) =>
        house.RunAsync<UnmergeUnit, UnmergeUnit.Parted>(by ?? Place.ProvinceOfficer, use => use.RunAsync(new(intent ?? house.Clock.NewGuid(), of, "bấm nhầm"), Ct), Permission.ManageUnits);

    /// <summary>A unit as a list makes it, with as many patients.</summary>
    private async Task<(UnitId Unit, ImportRun Run)> MadeAsync(string name, int patients = 1)
    {
        var run = await house.ImportAsync(Place.ProvinceOfficer, Place.Department, ListImport.Csv(["Mã bệnh nhân,Họ tên,Bệnh,Cơ sở điều trị,Loại cách ly", .. Enumerable.Range(1, patients).Select(i => $"UM{Interlocked.Increment(ref codes)},Lương Văn {(char)('A' + i)},MERS,\"{name}\",Điều trị")]),
            change: mapping => mapping with { Constants = new Dictionary<string, string>(mapping.Constants) { ["stay.make-facility"] = "yes", ["stay.start-unknown"] = "yes" } });
        run.Accepted.ShouldBe(patients);
        return (new((int)await house.CountAsync("SELECT id FROM pt.unit WHERE name = $1 AND valid_to IS NULL", name)), run);
    }

    private async Task<UnitId> BelowAsync(UnitId parent, string code)
    {
        await house.SqlAsync("INSERT INTO pt.unit (parent_id, code, name, name_folded, kind, province_id, valid_from) VALUES ($1, $2, $2, lower($2), 99, $3, '2021-01-01')", parent.Value, code, Place.Province.Value);
        await house.SqlAsync("SELECT pt.write_rights(NULL)");
        return new((int)await house.CountAsync("SELECT id FROM pt.unit WHERE code = $1", code));
    }

    private Task FindingAsync(PersonId person, UnitId unit) =>
        house.SqlAsync("INSERT INTO pt.person_finding (person_id, id, unit_id, province_id, kind, subject_kind, subject_id, found_at) VALUES ($1, gen_random_uuid(), $2, $3, 'case.death-undated', 'case', gen_random_uuid(), $4)", person.Value, unit.Value, Place.Province.Value, house.Clock.GetUtcNow());

    private async Task RecordAsync(AccountId by, PersonId person)
    {
        (await house.RunAsync<RecordCase, CaseId>(by, use => use.RunAsync(new(house.Clock.NewGuid(), house.Clock.New<CaseId>(), person, 0, "covid-19", CaseClass.Suspected, house.Clock.Today(), "Ho, sốt"), Ct))).Done.ShouldBeTrue();
        (await house.RunAsync<RecordResult, ResultId>(by, use => use.RunAsync(new(house.Clock.New<ResultId>(), person, Diseases.Covid19, TestKind.Pcr, TestOutcome.Negative, null, house.Clock.Today(), "CDC"), Ct))).Done.ShouldBeTrue();
    }

    private Task<bool> FindsAsync(AccountId by, string name) => house.AsAsync(by, Permission.SeePersons, async (use, _) => (await use.GetRequiredService<FindPersons>().RunAsync(name, Ct)).Value.Rows.Count > 0);

    /// <summary>Every row of every table but of what is written about acts and never goes back: audit, intents, the differences of the figures (compared as sums), and where a unit ever had a stay.</summary>
    private async Task<List<string>> StateAsync()
    {
        await using var admin = new NpgsqlConnection(house.Admin);
        await admin.OpenAsync(Ct);
        var tables = await admin.RowsAsync("""
            SELECT c.relname::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'pt' AND c.relkind = 'r' AND NOT c.relispartition AND c.relname !~ '^audit_|^unit_merge'
              AND c.relname NOT IN ('intent', 'report_delta', 'report_counter', 'report_fold', 'quarantine_reach', 'schema_step') ORDER BY 1
            """, r => r.GetString(0), Ct);
        tables.ShouldContain("person_scope");
        var state = new List<string>();
        foreach (var table in tables) // the version of a unit and of an account counts changes
            state.AddRange(await admin.RowsAsync($"SELECT '{table} ' || (to_jsonb(t){(table is "unit" or "account" ? " - 'version'" : "")})::text FROM pt.{table} t", r => r.GetString(0), Ct));
        state.AddRange(await admin.RowsAsync("""
            SELECT concat_ws(' ', 'figure', unit_id, province_id, district_id, commune_id, metric, detail, day, sum(n)) FROM (
              SELECT unit_id, province_id, district_id, commune_id, metric, detail, day, n FROM pt.report_counter WHERE level = 0 UNION ALL SELECT unit_id, province_id, district_id, commune_id, metric, detail, day, n FROM pt.report_delta) f
            GROUP BY unit_id, province_id, district_id, commune_id, metric, detail, day HAVING sum(n) <> 0
            """, r => r.GetString(0), Ct));
        state.Sort(StringComparer.Ordinal);
        return state;
    }

    private static IEnumerable<(string Code, string Kind)> Listed<T>(Outcome<T> refused) => refused.Problems.Skip(1).Select(problem => (problem.Code, UnmergeUnit.Later.Read(problem.Field)!.Kind));

    [Fact]
    [Answers("R4")]
    public async Task Whatever_a_merge_of_units_moved_is_where_it_was_after_it_is_taken_back()
    {
        var (old, _) = await MadeAsync("Viện Tách", 2);
        var (ward, _) = await MadeAsync("Viện Tách, khoa lây");
        (await MergeAsync(ward, old)).Moved.Done.ShouldBeTrue("a merge of before goes along");
        await BelowAsync(old, "VT-TRAM");
        var clerk = await house.AccountAsync("clerk-tach", old, (Role.Clerk, old, null));
        var person = await house.PersonAsync(clerk, "Phan Văn Tách", Given.Number());
        await house.StayAsync(clerk, old, person, StayClass.Treatment);
        await RecordAsync(clerk, person);
        await FindingAsync(person, old);
        var twin = await house.PersonAsync(clerk, "Phan Văn Tách");
        (await house.RunAsync<MergePersons, PersonId>(clerk, use => use.RunAsync(new(house.Clock.NewGuid(), person, twin, "giấy tờ như nhau"), Ct))).Done.ShouldBeTrue();
        foreach (var (by, from, to) in new[] { (clerk, old, Place.HospitalB), (Place.ClerkA, Place.CampA, old) })
        {
            var stay = await house.StayAsync(by, from, of: from == old ? StayClass.Treatment : StayClass.Observation);
            (await house.RunAsync<SendTransfer, TransferId>(by, use => use.RunAsync(new(house.Clock.New<TransferId>(), stay, to, StayClass.Treatment, "Sốt cao", LeavesNow: false), Ct))).Done.ShouldBeTrue();
        }
        await house.AskedAsync(Place.ProvinceOfficer, person, Requests.Name("Phan Văn Đúng"));
        var before = await StateAsync();
        before.Count(row => row.StartsWith("person_scope ", StringComparison.Ordinal) && row.Contains($"\"unit_id\": {old.Value},", StringComparison.Ordinal)).ShouldBeGreaterThan(7);

        var (merge, moved) = await MergeAsync(old, Place.HospitalA);
        (moved.Value.Stays, moved.Value.Accounts, moved.Value.Cases).ShouldBe((5, 1, 1));
        (await StateAsync()).ShouldNotBe(before);
        (await FindsAsync(Place.ClerkHospitalA, "Phan Văn Tách")).ShouldBeTrue();
        (await house.AsAsync(Place.ClerkHospitalA, Permission.SeePersons, (_, db) => db.Connection.ValueAsync<long>("SELECT count(*) FROM pt.correction_request WHERE to_unit_id = $1", Ct, old.Value))).ShouldBe(1, "what stays written under the merged unit is seen by those who took it over");
        (await house.CountAsync("SELECT count(*) FROM pt.person_scope WHERE person_id = $1 AND because = 10 AND unit_id = $2 AND district_id = $3", twin.Value, Place.HospitalA.Value, Place.DistrictA.Value)).ShouldBe(1, "the tie that repeats the stay of the other record stands where the stay stands");

        (await BackAsync(merge, Place.Administrator)).Problem.Status.ShouldBe(404, "by who merged them");
        (await BackAsync(house.Clock.NewGuid())).Problem.Status.ShouldBe(404);
        var intent = house.Clock.NewGuid();
        var back = await BackAsync(merge, intent: intent);
        back.Done.ShouldBeTrue(string.Join(", ", back.Done ? [] : Listed(back)));
        back.Value.ShouldBe(new(old, Place.HospitalA, 5, 1, 1));
        (await StateAsync()).ShouldBe(before);
        (await FindsAsync(clerk, "Phan Văn Tách")).ShouldBeTrue("by the words of the name, in the old unit again");
        (await FindsAsync(Place.ClerkHospitalA, "Phan Văn Tách")).ShouldBeFalse();
        (await house.AskAsync<string>("SELECT purpose FROM pt.audit_event WHERE act = 'unit.unmerged' AND subject_id = $1 AND cardinality(persons) > 4", old.ToString())).ShouldBe("bấm nhầm");

        (await BackAsync(merge, intent: intent)).Value.ShouldBe(back.Value, "sent twice, done once");
        (await BackAsync(merge)).Problem.Status.ShouldBe(404, "there is nothing left to take back");
        (await MergeAsync(old, Place.HospitalA)).Moved.Value.ShouldBe(moved.Value, "and merged again, as if nothing had been");
    }

    [Fact]
    public async Task An_import_is_undone_whole_after_the_merge_of_its_unit_was_taken_back()
    {
        var (old, run) = await MadeAsync("Viện Lùi Xa", 2);
        var (merge, _) = await MergeAsync(old, Place.HospitalA, Place.Administrator);
        (await BackAsync(merge, Place.Administrator)).Value.Stays.ShouldBe(2, "who sees no persons takes back whole");
        (await house.UndoAsync(Place.ProvinceOfficer, run.Id)).Value.ShouldBe(ImportState.Undone);
        (await house.CountAsync("SELECT (SELECT count(*) FROM pt.unit WHERE id = $1) + (SELECT count(*) FROM pt.quarantine_stay WHERE import_id = $2) + (SELECT count(*) FROM pt.person WHERE import_id = $2) + (SELECT count(*) FROM pt.unit_merge WHERE unit_id = $1)", old.Value, run.Id.Value)).ShouldBe(0);
    }

    [Fact]
    [Answers("R4")]
    public async Task What_came_since_a_merge_of_units_is_listed_and_nothing_is_taken_back()
    {
        var (old, run) = await MadeAsync("Viện Đi Tiếp", 3);
        var clerk = await house.AccountAsync("clerk-di-tiep", old, (Role.Clerk, old, null));
        await house.StayAsync(Place.ClerkHospitalA, Place.HospitalA, of: StayClass.Treatment);
        var (merge, _) = await MergeAsync(old, Place.HospitalA);
        var stay = await house.ValueAsync<Guid>("SELECT id FROM pt.quarantine_stay WHERE import_id = $1 ORDER BY id LIMIT 1", run.Id.Value);
        await house.SqlAsync("UPDATE pt.quarantine_stay SET version = version + 1 WHERE id = $1", stay);
        await house.SqlAsync("UPDATE pt.account SET display_name = 'Tên mới', version = version + 1 WHERE id = $1", clerk.Value);
        Listed(await BackAsync(merge)).ShouldBe([("unit.moved-on", "account"), ("unit.moved-on", "stay")]);

        // The clerk of the old unit goes on, under the one that stands.
        var person = await house.PersonAsync(clerk, "Tô Văn Sau");
        await house.StayAsync(clerk, Place.HospitalA, person, StayClass.Treatment);
        await RecordAsync(clerk, person);
        await FindingAsync(person, Place.HospitalA);
        await house.AskedAsync(Place.ProvinceOfficer, person, Requests.Name("Tô Văn Đúng"));
        await house.AccountAsync("clerk-moi", Place.HospitalA, (Role.Clerk, Place.HospitalA, null));
        await BelowAsync(Place.HospitalA, "BVA-TRAM");
        await house.SqlAsync("INSERT INTO pt.quarantine_room (unit_id, name) VALUES ($1, 'phòng mới')", Place.HospitalA.Value);
        await house.SqlAsync("UPDATE pt.quarantine_facility SET note = 'mới', version = version + 1 WHERE unit_id = $1", Place.HospitalA.Value);
        await house.SqlAsync("INSERT INTO pt.reorganisation_act (id, unit_id, kind, units, paper, effective_on, content, state, entered_at, entered_by) VALUES (gen_random_uuid(), $1, 3, ARRAY[$1], '1/QĐ', '2031-09-01', '{}', 1, $2, $3)", Place.HospitalA.Value, house.Clock.GetUtcNow().AddSeconds(1), Place.Administrator.Value);
        var before = await StateAsync();
        var refused = await BackAsync(merge);
        Listed(refused).ShouldBe([("unit.built-upon", "act"), ("unit.moved-on", "account"), ("unit.moved-on", "facility"), ("unit.moved-on", "stay"), ("unit.entered-since", "account"), ("unit.entered-since", "case"), ("unit.entered-since", "correction"),
            ("unit.entered-since", "finding"), ("unit.entered-since", "grant"), ("unit.entered-since", "person"), ("unit.entered-since", "result"), ("unit.entered-since", "room"), ("unit.entered-since", "stay"), ("unit.entered-since", "unit")], ignoreOrder: true);
        (refused.Problem.Code, refused.Problem.Details["n"]).ShouldBe(("kernel.depends-on", "14"));
        refused.Problems.Select(problem => UnmergeUnit.Later.Read(problem.Field)).ShouldContain(new UnmergeUnit.Later("stay", stay, new(await house.ValueAsync<Guid>("SELECT person_id FROM pt.quarantine_stay WHERE id = $1", stay)), null));
        (await StateAsync()).ShouldBe(before);
        await house.SqlAsync("DELETE FROM pt.reorganisation_act WHERE unit_id = $1", Place.HospitalA.Value);
    }

    /// <summary>What a unit's number stands in besides, and why a merge leaves it there: it is read by whoever took the unit over, and is of the unit in whose name it was done.</summary>
    private static readonly IReadOnlyDictionary<string, string> Stays = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["account_deadline"] = "asks the units below", ["account_handover"] = "done then", ["account_list"] = "done then", ["account_stop"] = "done then", ["area_hamlet"] = "of an area", ["case_strengthened"] = "goes back with its list",
        ["correction_step"] = "of its request", ["import_profile"] = "a form", ["import_row"] = "of its list", ["list_request"] = "done then", ["oversight_delivery"] = "done then", ["oversight_duty"] = "asks the units below", ["oversight_officer"] = "of the unit",
        ["person_match"] = "a unit that sees both", ["person_merge"] = "done then", ["person_seal"] = "done then", ["quarantine_bed_use"] = "of its stay", ["quarantine_decision_number"] = "of the unit that signs", ["quarantine_facility"] = "what it takes is kept with the merge", ["quarantine_reach"] = "where a unit ever had a stay",
        ["reorganisation_act"] = "asked for by itself", ["report_counter"] = "follows", ["report_delta"] = "follows", ["supervision_day"] = "done then", ["supervision_finding"] = "done then", ["supervision_person"] = "done then", ["support_report"] = "done then",
        ["unit_past"] = "of the unit", ["worklist_act"] = "done then", ["worklist_counter"] = "follows", ["worklist_delta"] = "follows", ["worklist_reach"] = "follows", ["person_token"] = "follows the ties", ["unit_merge"] = "the merge itself",
    };

    [Fact]
    public async Task A_new_table_with_a_unit_in_it_says_what_a_merge_of_units_does_to_it()
    {
        var held = (await house.ValueAsync<string[]>("SELECT array_agg(DISTINCT x.held) FROM (SELECT held FROM pt.unit_merge_parts() UNION SELECT held FROM pt.unit_merge_entries()) x")).ToHashSet(StringComparer.Ordinal);
        var tables = await house.ValueAsync<string[]>("""
            SELECT array_agg(DISTINCT c.table_name::text) FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
             WHERE c.table_schema = 'pt' AND t.table_type = 'BASE TABLE' AND c.data_type = 'integer' AND c.column_name ~ '(^|_)unit(_id)?$' AND c.table_name !~ '^audit_|^unit_merge_row'
            """);
        tables.ShouldContain("quarantine_stay");
        tables.Where(table => !held.Contains(table) && !Stays.ContainsKey(table)).Order().ShouldBeEmpty("moved, entered, or left with a reason: pt.unit_merge_parts(), pt.unit_merge_entries(), or the list above");
        Stays.Keys.Where(table => !tables.Contains(table) || held.Contains(table)).ShouldBeEmpty();
    }

    [Fact]
    [Answers("R4")]
    public async Task Each_kind_of_entry_under_the_receiving_unit_stands_in_the_way()
    {
        var (old, _) = await MadeAsync("Viện Mọi Thứ");
        var camp = Place.CampB;
        var stay = await house.StayAsync(Place.ClerkB, camp);
        var person = new PersonId(await house.ValueAsync<Guid>("SELECT person_id FROM pt.quarantine_stay WHERE id = $1", stay.Value));
        await RecordAsync(Place.ClerkB, person);
        var (merge, _) = await MergeAsync(old, camp);
        var now = house.Clock.GetUtcNow();
        foreach (var sql in new[]
        {
            "INSERT INTO pt.quarantine_transfer (person_id, id, from_stay, unit_id, to_unit_id, to_class, state, sent_at, reason, entered_by) VALUES ($2, gen_random_uuid(), gen_random_uuid(), 1, $1, 1, 5, $5, '', $4)",
            "INSERT INTO pt.quarantine_decision (person_id, id, stay_id, unit_id, kind, year, number, sign, signed_on, signer, signer_title, content, entered_at, entered_by) VALUES ($2, gen_random_uuid(), $3, $1, 1, 2021, 1, '1/QĐ', '2021-08-20', 'A', 'B', '{}', $5, $4)",
            "INSERT INTO pt.case_handover (person_id, id, case_id, unit_id, to_unit_id, reason, case_version, entered_at, entered_by) SELECT person_id, gen_random_uuid(), id, 1, $1, '', 1, $5, $4 FROM pt.case_record WHERE person_id = $2",
            "INSERT INTO pt.person_scope (person_id, because, source_id, unit_id, name_key, since) VALUES ($2, 7, gen_random_uuid(), $1, '', $5)",
            "INSERT INTO pt.worklist_item (id, list, kind, person_id, unit_id, from_unit_id, urgency, reason, due_at, above_at, posted_at, changed_at) VALUES (gen_random_uuid(), 'other', 'other', $2, $1, $1, 2, '', $5, $5, $5, $5)",
            "INSERT INTO pt.person_share (id, person_id, unit_id, to_unit_id, purpose, shared_at, shared_by, ends_at) SELECT gen_random_uuid(), $2, id, $1, '', $5, $4, $5 + interval '1 day' FROM pt.unit WHERE id <> $1 LIMIT 1",
            "INSERT INTO pt.person_opening (id, person_id, account_id, unit_id, reason, opened_at, ends_at, review_by) VALUES (gen_random_uuid(), $2, $4, $1, '', $5, $5, $5)",
            "INSERT INTO pt.paper_batch (id, unit_id, unit_name, title, papers, account_id, account_name, given_at, given_by) VALUES (gen_random_uuid(), $1, '', 'lô', 1, $4, '', $5, $4)",
            "INSERT INTO pt.import_run (id, unit_id, account_id, file_name, fingerprint, headers, mapping, created_at) VALUES (gen_random_uuid(), $1, $4, 'tệp', '', '{}', '{}', $5)",
            "INSERT INTO pt.quarantine_licence (unit_id, class, since, places, entered_at, entered_by) VALUES ($1, 10, '2031-08-01', 50, $5, $4)",
            "INSERT INTO pt.quarantine_bed (room_id, unit_id, label, class) SELECT id, $1, 'mới', 10 FROM pt.quarantine_room WHERE unit_id = $1 LIMIT 1",
        })
            await house.SqlAsync($"WITH values AS (SELECT $1::int, $2::uuid, $3::uuid, $4::uuid, $5::timestamptz) {sql}", camp.Value, person.Value, stay.Value, Place.ClerkB.Value, now);
        var proven = new[] { "account", "case", "correction", "finding", "grant", "person", "result", "room", "stay", "unit" }; // in the other test
        Listed(await BackAsync(merge)).Where(one => one.Code == "unit.entered-since").Select(one => one.Kind).Concat(proven).Order(StringComparer.Ordinal)
            .ShouldBe((await house.ValueAsync<string[]>("SELECT array_agg(kind) FROM pt.unit_merge_entries()")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_later_list_with_the_old_name_stands_in_the_way_until_it_is_undone()
    {
        var (old, _) = await MadeAsync("Viện Tên Cũ");
        var (merge, _) = await MergeAsync(old, Place.HospitalB);
        var later = await house.ImportAsync(Place.ProvinceOfficer, Place.Department, ListImport.Csv("Mã bệnh nhân,Họ tên,Bệnh,Cơ sở điều trị,Loại cách ly", "TC9,Lương Văn Sau,MERS,Viện Tên Cũ,Điều trị"),
            change: mapping => mapping with { Constants = new Dictionary<string, string>(mapping.Constants) { ["stay.start-unknown"] = "yes" } });
        Listed(await BackAsync(merge)).ShouldContain(("unit.entered-since", "stay"));
        (await house.UndoAsync(Place.ProvinceOfficer, later.Id)).Done.ShouldBeTrue();
        (await BackAsync(merge)).Value.Unit.ShouldBe(old);
    }

    [Fact]
    public async Task Merges_are_taken_back_in_the_opposite_order_and_not_while_a_unit_is_closed()
    {
        var ((one, _), (two, _)) = (await MadeAsync("Viện Thứ Một"), await MadeAsync("Viện Thứ Hai"));
        var ((first, _), (second, _)) = (await MergeAsync(one, Place.HospitalB), await MergeAsync(two, Place.HospitalB));
        var mine = await house.AsAsync(Place.ProvinceOfficer, Permission.ManageUnits, (use, _) => use.GetRequiredService<UnmergeUnit>().MineAsync(Place.HospitalB, Ct));
        mine.Select(act => (act.Intent, act.Count, act.What)).Take(2).ShouldBe([(second, 1, "Viện Thứ Hai"), (first, 1, "Viện Thứ Một")]);
        (await house.AsAsync(Place.Administrator, Permission.ManageUnits, (use, _) => use.GetRequiredService<UnmergeUnit>().MineAsync(Place.HospitalB, Ct))).ShouldBeEmpty();
        var refused = await BackAsync(first);
        refused.Problems[1].Field.ShouldBe(new UnmergeUnit.Later("unit", null, null, two.Value).ToString());
        Listed(refused).ShouldContain(("unit.built-upon", "unit"));
        await house.SqlAsync("UPDATE pt.unit SET valid_to = '2021-08-20' WHERE id = $1", Place.HospitalB.Value);
        Listed(await BackAsync(second)).ShouldBe([("unit.stands-closed", "unit")]);
        await house.SqlAsync("UPDATE pt.unit SET valid_to = NULL WHERE id = $1", Place.HospitalB.Value);
        (await BackAsync(second)).Done.ShouldBeTrue();
        (await BackAsync(first)).Value.Unit.ShouldBe(one);
    }

    [Fact]
    public async Task A_unit_with_places_by_decision_is_not_merged()
    {
        var (old, _) = await MadeAsync("Viện Có Chỗ");
        await house.SqlAsync("INSERT INTO pt.quarantine_licence (unit_id, class, since, places, entered_at, entered_by) VALUES ($1, 20, '2021-08-01', 50, now(), gen_random_uuid())", old.Value);
        (await MergeAsync(old, Place.HospitalA)).Moved.Problem.Code.ShouldBe("unit.has-rooms");
        (await house.CountAsync("SELECT count(*) FROM pt.quarantine_licence WHERE unit_id = $1", old.Value)).ShouldBe(1, "else the decision would go away without a word");
    }
}
