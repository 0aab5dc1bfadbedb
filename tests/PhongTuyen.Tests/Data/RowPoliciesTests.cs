using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Quarantine;
using PhongTuyen.Quarantine.Contract;
using PhongTuyen.Tests.Accounts;
using PhongTuyen.Tests.Corrections;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Support;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Data;

/// <summary>
/// The second wall alone. Every query here is plain SQL or asks with the filters off, as a page would that forgot both: each role sees exactly
/// the rows that are its own, and without anybody entered there is nothing.
/// </summary>
[Trait("Category", "Database")]
public sealed partial class RowPoliciesTests(RowPoliciesTests.Planted house) : IClassFixture<RowPoliciesTests.Planted>
{
    [Fact]
    public async Task No_policy_asks_for_each_row_what_is_the_same_for_all()
    {
        (await AskedForEachRowAsync("SELECT tablename || '.' || policyname, coalesce(qual, '') || ' ' || coalesce(with_check, '') FROM pg_policies WHERE schemaname = 'pt'")).ShouldBeEmpty();
        (await AskedForEachRowAsync("VALUES ('planted', '(pt.actor() IS NOT NULL)'), ('planted too', '(unit_id = ANY (pt.ints(''pt.units''::text)))'), ('well made', '(( SELECT pt.actor() AS actor) IS NOT NULL)')")).ShouldBe(["planted", "planted too"]);

        async Task<List<string>> AskedForEachRowAsync(string policies)
        {
            await using var connection = await house.House.Database.Jobs.OpenConnectionAsync(Ct);
            var all = await connection.RowsAsync(policies, r => (Name: r.GetString(0), Text: r.GetString(1)), Ct);
            all.Count.ShouldBeGreaterThan(2);
            return [.. all.Where(policy => AskedHere().IsMatch(AskedOnce().Replace(policy.Text, ""))).Select(policy => policy.Name)];
        }
    }

    [GeneratedRegex(@"SELECT (unnest\()?pt\.\w+\([^()]*\)")]
    private static partial Regex AskedOnce();

    [GeneratedRegex(@"pt\.(actor|ints|sees_names|in_scope)\(")]
    private static partial Regex AskedHere();

    /// <summary>Both districts with a row in every guarded table.</summary>
    public sealed class Planted : IAsyncLifetime
    {
        public TestHouse House { get; } = new();

        /// <summary>Of district A, announced to a hospital of district B.</summary>
        public PersonId OnTheWay { get; private set; }

        public async ValueTask InitializeAsync()
        {
            await House.InitializeAsync();
            var place = House.Place;
            var both = await TwoDistricts.MakeAsync(House);
            OnTheWay = both.A.Person;
            await House.FacilityAsync(place.OfficerB, place.HospitalB, treatment: true);
            await House.RunAsync<SendTransfer, TransferId>(place.ClerkA, use => use.RunAsync(new(House.Clock.New<TransferId>(), both.A.Stay, place.HospitalB, StayClass.Treatment, "Diễn biến nặng", false), Ct));
            foreach (var (side, camp, clerk, manager) in new[] { (both.A, place.CampA, place.ClerkA, place.HeadA), (both.B, place.CampB, place.ClerkB, place.OfficerB) })
            {
                await House.RunAsync<ChangePlan, StayId>(clerk, use => use.RunAsync(new(House.Clock.NewGuid(), side.Stay, House.Clock.Today().AddDays(20), "Thêm theo dõi", "15/QĐ"), Ct));
                await House.RunAsync<RunFacility, UnitId>(manager, use => use.RunAsync(new RunFacility.License(House.Clock.NewGuid(), camp, 10, 40, House.Clock.Today(), "16/QĐ"), Ct), Permission.ManageFacility);
                var keys = camp == place.CampA ? place.KeysA1 : place.KeysB1;
                await SqlAsync("""
                    INSERT INTO pt.person_finding (person_id, id, unit_id, province_id, district_id, commune_id, kind, subject_kind, subject_id, found_at) VALUES ($1, gen_random_uuid(), $2, $3, $4, $5, 'case.death-undated', 'case', gen_random_uuid(), now());
                    """, side.Person.Value, camp.Value, keys.Province.Value, keys.District.Value, keys.Commune.Value);
                var twin = await House.PersonAsync(clerk, "Người Nghi Trùng", lives: keys);
                await SqlAsync("INSERT INTO pt.person_match (id, person_id, other_id, unit_id, province_id, district_id, commune_id, score, reasons, rules, found_at) VALUES (gen_random_uuid(), least($1, $2), greatest($1, $2), $3, $4, $5, $6, 25, '{name-same}', 'matching/VN/2020-01-01', now())", side.Person.Value, twin.Value, camp.Value, keys.Province.Value, keys.District.Value, keys.Commune.Value);
                await SqlAsync("INSERT INTO pt.person_merge (id, kept_id, joined_id, unit_id, merged_at, merged_by, split_at, split_by) VALUES (gen_random_uuid(), $1, $2, $3, now(), $4, now(), $4)", side.Person.Value, twin.Value, camp.Value, clerk.Value);
                await SqlAsync("INSERT INTO pt.import_profile (id, unit_id, province_id, district_id, commune_id, name, headers, mapping, saved_at, saved_by) VALUES (gen_random_uuid(), $1, $2, $3, $4, 'mẫu', '{}', '{}', now(), $5)", camp.Value, keys.Province.Value, keys.District.Value, keys.Commune.Value, clerk.Value);
                await SqlAsync("INSERT INTO pt.case_handover (person_id, id, case_id, unit_id, to_unit_id, province_id, district_id, commune_id, reason, case_version, entered_at, entered_by) VALUES ($1, gen_random_uuid(), $2, $3, $4, $5, $6, 0, 'đổi nơi phụ trách', 1, now(), $7)", side.Person.Value, side.Case.Value, camp.Value, (camp == place.CampA ? place.HospitalA : place.HospitalB).Value, keys.Province.Value, keys.District.Value, clerk.Value);
                await SqlAsync("INSERT INTO pt.case_strengthened (import_id, person_id, case_id, unit_id, province_id, district_id, commune_id, classification, standing_before, standing, entered_at) VALUES (gen_random_uuid(), $1, $2, $3, $4, $5, $6, 1, 1, 2, now())", side.Person.Value, side.Case.Value, camp.Value, keys.Province.Value, keys.District.Value, keys.Commune.Value);
                await SqlAsync("INSERT INTO pt.notice (id, intent, account_id, text_key, created_at) VALUES (gen_random_uuid(), 'planted', $1, 'notice.planted', now())", clerk.Value);
                await SqlAsync("INSERT INTO pt.account_handover (id, account_id, to_account_id, unit_id, reason, ended, given, notices, stopped, done_at, done_by) VALUES (gen_random_uuid(), $1, $2, $3, 'chuyển công tác', '{}', '{}', '{}', false, now(), $2)", clerk.Value, manager.Value, camp.Value);
                await SqlAsync("INSERT INTO pt.oversight_officer (id, duty_id, unit_id, province_id, district_id, commune_id, account_id, named_at, named_by) VALUES (gen_random_uuid(), $1, $2, $4, $5, $6, $3, now(), $3)", side.Duty, camp.Value, clerk.Value, keys.Province.Value, keys.District.Value, keys.Commune.Value);
                await SqlAsync("INSERT INTO pt.oversight_delivery (id, duty_id, unit_id, province_id, district_id, commune_id, due, nothing, delivered_at, delivered_by) VALUES (gen_random_uuid(), $1, $2, $4, $5, $6, '2021-08-20', false, now(), $3)", side.Duty, camp.Value, clerk.Value, keys.Province.Value, keys.District.Value, keys.Commune.Value);
                await SqlAsync("INSERT INTO pt.person_opening (id, person_id, account_id, unit_id, reason, opened_at, ends_at, review_by) VALUES (gen_random_uuid(), $1, $2, $3, 'cấp cứu', now(), now() + interval '3 hours', now() + interval '1 day')", side.Person.Value, clerk.Value, camp.Value);
                await SqlAsync("INSERT INTO pt.person_share (id, person_id, finding_id, unit_id, to_unit_id, purpose, shared_at, shared_by, ends_at) SELECT gen_random_uuid(), $1, f, $2, $3, 'phối hợp', now(), $4, now() + interval '1 day' FROM (SELECT NULL::uuid AS f UNION ALL SELECT id FROM pt.person_finding WHERE person_id = $1) x", side.Person.Value, camp.Value, (camp == place.CampA ? place.HospitalA : place.HospitalB).Value, clerk.Value);
                await SqlAsync("INSERT INTO pt.list_request (id, asked_by, unit_id, list, address, persons, purpose, asked_at) VALUES (gen_random_uuid(), $1, $2, 'stays', '/desk/quarantine/stays', 1200, 'bàn giao', now())", clerk.Value, camp.Value);
                await SqlAsync("WITH seal AS (INSERT INTO pt.person_seal (id, person_id, unit_id, reason, sealed_at, sealed_by, lifted_at, lifted_by) VALUES (gen_random_uuid(), $1, $3, 'người bị đe dọa', now(), $4, now(), $4) RETURNING id) INSERT INTO pt.person_key (id, seal_id, account_id, given_at, given_by) SELECT gen_random_uuid(), id, $2, now(), $4 FROM seal", side.Person.Value, clerk.Value, camp.Value, manager.Value);
                await SqlAsync("INSERT INTO pt.account_key (id, account_id, name, hash, tail, doors, made_at, made_by, expires_at) VALUES (gen_random_uuid(), $1, 'HIS', decode(md5(random()::text), 'hex'), 'abcd', '{figures}', now(), $2, now() + interval '1 day')", clerk.Value, manager.Value);
                await SqlAsync("INSERT INTO pt.account_stop (id, account_id, unit_id, persons, stopped_at) VALUES (gen_random_uuid(), $1, $2, 150, now())", clerk.Value, camp.Value);
                await SqlAsync("WITH act AS (INSERT INTO pt.reorganisation_act (id, unit_id, kind, units, paper, effective_on, content, state, entered_at, entered_by) VALUES (gen_random_uuid(), $1, 3, ARRAY[$1], '1/QĐ', '2021-09-01', '{}', 1, now(), $2) RETURNING id) INSERT INTO pt.unit_past SELECT $1, '2021-08-01', id, NULL, 'Tên cũ', 14, 0, 0, 0 FROM act", camp.Value, clerk.Value);
                await SqlAsync("WITH one AS (INSERT INTO pt.account_passkey VALUES (gen_random_uuid(), $1, 'khóa', sha256($2), '\\x00', 0, '{}', false, false, now())) INSERT INTO pt.account_passkey_spent VALUES (sha256($2), now())", clerk.Value, clerk.Value.ToByteArray());
                await SqlAsync("WITH one AS (INSERT INTO pt.audit_look VALUES ($1, $2, 1)) INSERT INTO pt.audit_look_slot VALUES ($1, 1, 1)", clerk.Value, side.Person.Value);
                await SqlAsync("INSERT INTO pt.supervision_day (unit_id, account_id, day, hours, last_at, score) VALUES ($1, $2, '2021-08-20', array_fill(0, ARRAY[24]), now(), 100)", camp.Value, clerk.Value);
                await SqlAsync("WITH one AS (INSERT INTO pt.supervision_person VALUES ($1, $2, '2021-08-20', $3, 1)) INSERT INTO pt.supervision_finding (id, unit_id, account_id, day, verdict, score, found_at, found_by, found_name) VALUES (gen_random_uuid(), $1, $2, '2021-08-20', 1, 100, now(), $4, 'người xem')", camp.Value, clerk.Value, side.Person.Value, manager.Value);
                await SqlAsync("WITH one AS (INSERT INTO pt.unit_merge (id, unit_id, into_id, merged_at, merged_by) VALUES (gen_random_uuid(), $1, $2, now(), $3) RETURNING id) INSERT INTO pt.unit_merge_row (merge_id, kind) SELECT id, 'stay' FROM one", camp.Value, (camp == place.CampA ? place.CentreA : place.CentreB).Value, manager.Value);
                await SqlAsync("INSERT INTO pt.area_hamlet (province_id, district_id, commune_id, name, name_folded, kind, valid_from) VALUES ($1, $2, $3, 'Thôn Một', 'mot', 1, '2021-01-01')", keys.Province.Value, keys.District.Value, keys.Commune.Value);
                await SqlAsync("INSERT INTO pt.account_session (id, account_id, token_hash, created_at, last_seen_at, expires_at, second_factor) VALUES (gen_random_uuid(), $1, sha256($2), now(), now(), now(), false)", clerk.Value, clerk.Value.ToByteArray());
            }
            await Team.MakeAsync(House, "team-a", place.CentreA, place.DistrictA);
            await Guests.InspectorAsync(House, "inspector-a", place.Department, place.CentreA, place.DistrictA);
            await SqlAsync("INSERT INTO pt.support_contact (province_id, office, telephone, changed_at, changed_by) VALUES ($1, 'Văn phòng Sở', '0258 3822 111', now(), $2)", place.Province.Value, place.ProvinceOfficer.Value);
            await SqlAsync("INSERT INTO pt.support_entry (id, report_id, kind, account_id, name, at) SELECT gen_random_uuid(), id, 1, account_id, name, now() FROM pt.support_report");
            await SqlAsync("INSERT INTO pt.account_deadline (id, unit_id, due, paper, entered_at, entered_by) VALUES (gen_random_uuid(), $1, '2021-09-01', '12/UBND', now(), $2)", place.CentreA.Value, place.OfficerA.Value);
            await SqlAsync("INSERT INTO pt.outbox_message (id, intent, channel, content, created_at, due_at) VALUES (gen_random_uuid(), 'planted', 1, '\\x00', now(), now())");
            await SqlAsync("INSERT INTO pt.audit_seal (no, sealed_at, from_xact, to_xact, rows, row_hashes, root, previous, seal) VALUES (1, now(), '0', '1', 0, '', '', '', '')");
            await SqlAsync("INSERT INTO pt.audit_check (at, seals, rows, unsealed) VALUES (now(), 0, 0, 0)");
            // Half of the figures folded, half not.
            await using var jobs = await House.Database.Jobs.OpenConnectionAsync(Ct);
            await jobs.RunAsync("SELECT pt.report_fold_now(now()), pt.worklist_fold()", Ct);
            foreach (var (side, by) in new[] { (both.A, place.ClerkA), (both.B, place.ClerkB) }) await House.AskedAsync(by, side.Person, Requests.Name("Nguyễn Văn Đính Chính"));
            await House.StayAsync(place.ClerkA, place.CampA);
            await House.StayAsync(place.ClerkB, place.CampB);
        }

        public async Task<List<string>> RowsAsync(string sql, params object[] values)
        {
            await using var admin = new NpgsqlConnection(House.Admin);
            await admin.OpenAsync(Ct);
            return await admin.RowsAsync(sql, r => r.GetString(0), Ct, values);
        }

        private async Task SqlAsync(string sql, params object[] values)
        {
            await using var admin = new NpgsqlConnection(House.Admin);
            await admin.OpenAsync(Ct);
            await admin.RunAsync(sql, Ct, values);
        }

        public ValueTask DisposeAsync() => House.DisposeAsync();
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private TestProvince Place => house.House.Place;

    public static TheoryData<string, Permission> Roles => new()
    {
        { "clerk-a", Permission.SeePersons }, { "clerk-b", Permission.SeePersons }, { "nurse", Permission.SeePersons }, { "head-a", Permission.SeePersons }, { "officer-a", Permission.SeePersons },
        { "officer-b", Permission.SeePersons }, { "province", Permission.SeePersons }, { FirstAccounts.Operator, Permission.SeePersons }, { "leader", Permission.SeeFigures }, { "committee", Permission.SeeFigures },
        { "administrator", Permission.ManageAccounts }, { "clerk-a", Permission.SeeFigures }, { "officer-a", Permission.ManageAccounts },
        { "team-a", Permission.AnswerReports }, { "inspector-a", Permission.SeePersons }, { "inspector-a", Permission.SeeEntries }, { "inspector-a", Permission.EnterData }, { "officer-a", Permission.SeeReports }, { "clerk-b", Permission.SignedIn },
        { "volunteer-a", Permission.TypePapers }, { "volunteer-b", Permission.SignedIn },
        // A door that the role does not open: nothing of its grants counts.
        { "leader", Permission.SeePersons }, { "administrator", Permission.SeePersons }, { "team-a", Permission.SeePersons }, { "volunteer-a", Permission.SeePersons },
    };

    private Task<List<string>> TablesAsync(bool guarded) =>
        house.RowsAsync("SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'pt' AND c.relkind IN ('r', 'p') AND c.relrowsecurity = $1 ORDER BY 1", guarded);

    private async Task<AccountId> AccountAsync(string name) => new(Guid.Parse((await house.RowsAsync("SELECT id::text FROM pt.account WHERE user_name = $1", name)).Single()));

    [Fact]
    public async Task Every_table_is_guarded_or_public_and_every_guarded_one_says_what_it_shows()
    {
        (await TablesAsync(guarded: true)).ShouldBe(RowPolicies.Shown.Keys.Order(StringComparer.Ordinal), false, "a new guarded table needs a line in RowPolicies.Shown");
        (await TablesAsync(guarded: false)).ShouldBe(RowPolicies.Public.Order(StringComparer.Ordinal), false, "a table without a row policy: guard it, or name it among the public ones");
    }

    [Fact]
    public async Task Every_guarded_table_holds_rows_so_that_hiding_them_means_something()
    {
        var empty = new List<string>();
        foreach (var table in RowPolicies.Shown.Keys)
            if ((await house.RowsAsync($"SELECT count(*)::text FROM pt.{table}")).Single() == "0") empty.Add(table);
        empty.ShouldBeEmpty();
    }

    [Theory]
    [Answers("R3", "R7")]
    [MemberData(nameof(Roles))]
    public async Task Plain_SQL_shows_each_role_exactly_its_own_rows(string name, Permission door)
    {
        var account = await AccountAsync(name);
        var wrong = await house.House.AsAsync(account, door, async (_, db) =>
        {
            var found = new List<string>();
            var scope = db.Scope;
            object[] values = [Numbers(scope.Units.Select(id => id.Value)), Numbers(scope.Provinces.Select(id => id.Value)), Numbers(scope.Districts.Select(id => id.Value)), Numbers(scope.Communes.Select(id => id.Value)), scope.Names, account.Value];
            foreach (var (table, shown) in RowPolicies.Shown.Where(line => line.Value != RowPolicies.NotAtAll))
            {
                var seen = await db.Connection.RowsAsync($"SELECT ctid::text FROM pt.{table} ORDER BY 1", r => r.GetString(0), Ct);
                var right = await house.RowsAsync($"WITH given AS (SELECT $1::int[], $2::int[], $3::int[], $4::int[], $5::boolean, $6::uuid) SELECT ctid::text FROM pt.{table} WHERE ({shown}) ORDER BY 1", values);
                if (!seen.SequenceEqual(right)) found.Add($"{table}: {seen.Count} rows seen, {right.Count} are theirs");
            }
            return found;
        });
        wrong.ShouldBeEmpty();

        static int[] Numbers(IEnumerable<int> ids) => [.. ids];
    }

    [Theory]
    [MemberData(nameof(Roles))]
    public async Task With_the_filters_off_no_role_sees_a_row_that_the_filters_hide(string name, Permission door)
    {
        var account = await AccountAsync(name);
        var wrong = await house.House.AsAsync(account, door, async (_, db) =>
        {
            var found = new List<string>();
            foreach (var entity in db.Model.GetEntityTypes().Where(entity => !entity.IsOwned()).Select(entity => (entity.ClrType, Table: entity.GetTableName()!)))
            {
                var (with, without) = ((int, int))await (Task<(int, int)>)typeof(RowPoliciesTests).GetMethod(nameof(CountsAsync), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!.MakeGenericMethod(entity.ClrType).Invoke(null, [db])!;
                if (RowPolicies.FilterIsNarrower.Contains(entity.Table) ? with > without : with != without) found.Add($"{entity.Table}: {with} with the filter, {without} without");
            }
            return found;
        });
        wrong.ShouldBeEmpty();
    }

    private static async Task<(int With, int Without)> CountsAsync<TEntity>(Db db) where TEntity : class =>
        (await db.Set<TEntity>().CountAsync(), await db.Set<TEntity>().IgnoreQueryFilters([AreaGuard.Filter]).CountAsync());

    [Fact]
    public async Task The_two_districts_share_no_person_but_the_one_on_the_way_between_them()
    {
        async Task<List<string>> SeenAsync(AccountId account) => await house.House.AsAsync(account, Permission.SeePersons, (_, db) => db.Connection.RowsAsync("SELECT id::text FROM pt.person ORDER BY 1", r => r.GetString(0), Ct));
        var (a, b) = (await SeenAsync(Place.OfficerA), await SeenAsync(Place.OfficerB));
        a.Count.ShouldBeGreaterThan(1);
        b.Count.ShouldBeGreaterThan(1);
        a.Intersect(b).ShouldBe([house.OnTheWay.ToString()]);
        (await SeenAsync(Place.ProvinceOfficer)).Count.ShouldBe(a.Union(b).Count());
    }

    [Fact]
    public async Task Before_anybody_entered_nothing_is_there()
    {
        await using var nobody = await house.House.Database.App.OpenConnectionAsync(Ct);
        foreach (var (table, shown) in RowPolicies.Shown.Where(line => line.Value != RowPolicies.NotAtAll && !RowPolicies.OpenToNobody.Contains(line.Key)))
            (await nobody.ValueAsync<long>($"SELECT count(*) FROM pt.{table}", Ct)).ShouldBe(0, $"{table} ({shown})");
        // The same with settings that are there and empty, as a pool may leave them behind.
        await using var transaction = await nobody.BeginTransactionAsync(Ct);
        foreach (var setting in new[] { "actor", "sight", "units", "provinces", "districts", "communes" }) await nobody.RunAsync($"SELECT set_config('pt.{setting}', '', true)", Ct);
        (await nobody.ValueAsync<long>("SELECT count(*) FROM pt.person", Ct)).ShouldBe(0);
    }

    [Fact]
    public async Task A_planted_table_without_a_policy_is_found()
    {
        await using var admin = new NpgsqlConnection(house.House.Admin);
        await admin.OpenAsync(Ct);
        await using var transaction = await admin.BeginTransactionAsync(Ct);
        await admin.RunAsync("CREATE TABLE pt.planted (person_id uuid)", Ct);
        (await admin.RowsAsync("SELECT relname FROM pg_class WHERE relnamespace = 'pt'::regnamespace AND relkind = 'r' AND NOT relrowsecurity", r => r.GetString(0), Ct)).Except(RowPolicies.Public).ShouldBe(["planted"]);
    }
}
