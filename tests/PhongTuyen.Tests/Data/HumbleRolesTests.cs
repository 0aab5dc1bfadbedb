using Npgsql;
using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Data;

/// <summary>What the roles that serve cannot do, whatever statement reaches the database in their name.</summary>
[Trait("Category", "Database")]
public sealed class HumbleRolesTests(TestHouse house) : IClassFixture<TestHouse>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [Answers("R7")]
    [InlineData("SET ROLE pt_owner")]
    [InlineData("SET ROLE pt_jobs")]
    [InlineData("SET ROLE postgres")]
    [InlineData("SET SESSION AUTHORIZATION pt_owner")]
    [InlineData("UPDATE pt.audit_event SET act = 'x'")]
    [InlineData("DELETE FROM pt.audit_event")]
    [InlineData("TRUNCATE pt.audit_event")]
    [InlineData("UPDATE pt.audit_value SET after = 'x'")]
    [InlineData("DELETE FROM pt.audit_value")]
    [InlineData("SELECT * FROM pt.audit_seal")]
    [InlineData("INSERT INTO pt.audit_seal (no, sealed_at, from_xact, to_xact, rows, row_hashes, root, previous, seal) VALUES (9, now(), '0', '1', 0, '', '', '', '')")]
    [InlineData("INSERT INTO pt.audit_event (id, at, account_id, act, subject_kind, subject_id) VALUES (gen_random_uuid(), now(), gen_random_uuid(), 'in.another-name', 'x', 'x')")]
    [InlineData("SELECT * FROM pt.account_secret")]
    [InlineData("UPDATE pt.account_secret SET password_hash = 'x'")]
    [InlineData("SELECT * FROM pt.account_right")]
    [InlineData("UPDATE pt.account_right SET units = '{1}'")]
    [InlineData("SELECT * FROM pt.account_reach")]
    [InlineData("UPDATE pt.account_reach SET units = '{1}'")]
    [InlineData("SELECT pt.write_reach(NULL)")]
    [InlineData("SELECT * FROM pt.outbox_message")]
    [InlineData("INSERT INTO pt.report_delta (unit_id, province_id, district_id, commune_id, metric, detail, day, n) VALUES (1, 0, 0, 0, 1, 0, now(), 1)")]
    [InlineData("UPDATE pt.report_counter SET n = 0")]
    [InlineData("INSERT INTO pt.person_token (token, province_id, district_id, commune_id, unit_id, person_id) VALUES ('x', 0, 0, 0, 1, gen_random_uuid())")]
    [InlineData("INSERT INTO pt.area (id, level, code, name, kind, province_id, district_id, commune_id, valid_from, decree, source) VALUES (1, 1, 'x', 'x', 'x', 1, 0, 0, now(), '', 3)")]
    [InlineData("UPDATE pt.installation SET key_prints = '{}'")]
    [InlineData("ALTER TABLE pt.person DISABLE ROW LEVEL SECURITY")]
    [InlineData("DROP POLICY tied ON pt.person")]
    [InlineData("CREATE POLICY everything ON pt.person TO pt_app USING (true)")]
    [InlineData("CREATE FUNCTION pt.planted() RETURNS int LANGUAGE sql AS 'SELECT 1'")]
    [InlineData("CREATE ROLE planted SUPERUSER")]
    [InlineData("SELECT pt.take_scope(gen_random_uuid(), '{1}', '{}', now())")]
    [InlineData("SELECT pt.report_fold_now(now())")]
    [InlineData("SELECT * FROM pt.report_recount")]
    [InlineData("COPY pt.person FROM '/etc/passwd'")]
    public async Task The_role_of_the_pages_cannot(string sql)
    {
        var refused = await Should.ThrowAsync<PostgresException>(() => house.AsAsync(house.Place.ProvinceOfficer, Permission.EnterData, (_, db) => db.Connection.RunAsync(sql, Ct)));
        // Not permitted, or permitted as a statement and stopped by a row policy; never a mistake in the statement itself.
        refused.SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege, refused.MessageText);
    }

    [Theory]
    [InlineData("SELECT * FROM pt.person")]
    [InlineData("SELECT * FROM pt.quarantine_stay")]
    [InlineData("SELECT * FROM pt.person_document")]
    [InlineData("UPDATE pt.audit_event SET act = 'x'")]
    [InlineData("DELETE FROM pt.audit_event")]
    [InlineData("UPDATE pt.audit_seal SET rows = 0")]
    [InlineData("DELETE FROM pt.audit_seal")]
    [InlineData("SET ROLE pt_owner")]
    [InlineData("ALTER TABLE pt.audit_event DISABLE ROW LEVEL SECURITY")]
    public async Task The_role_of_the_background_work_cannot(string sql)
    {
        await using var jobs = await house.Database.Jobs.OpenConnectionAsync(Ct);
        (await Should.ThrowAsync<PostgresException>(() => jobs.RunAsync(sql, Ct))).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Fact]
    public async Task Requests_are_served_by_a_role_that_owns_nothing_and_passes_no_policy()
    {
        await using var app = await house.Database.App.OpenConnectionAsync(Ct);
        (await app.ValueAsync<string>("SELECT current_user::text", Ct)).ShouldBe("pt_app");
        (await app.ValueAsync<long>("SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'pt' AND pg_get_userbyid(c.relowner) <> 'pt_owner'", Ct)).ShouldBe(0, "something in the schema belongs to another than the owner");
        (await app.ValueAsync<long>("SELECT count(*) FROM pg_roles WHERE rolname LIKE 'pt\\_%' AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb)", Ct)).ShouldBe(0);
        (await app.ValueAsync<bool>("SELECT rolcanlogin FROM pg_roles WHERE rolname = 'pt_owner'", Ct)).ShouldBeFalse("the owner passes the policies: it must not be able to sign in");
    }

    private const string Loose = """
        SELECT p.proname::text FROM pg_proc p WHERE p.pronamespace = 'pt'::regnamespace AND p.prosecdef
          AND (p.proconfig IS NULL OR NOT EXISTS (SELECT 1 FROM unnest(p.proconfig) c WHERE c LIKE 'search_path=%')
            OR (p.prorettype <> 'trigger'::regtype AND has_function_privilege('public', p.oid, 'EXECUTE')))
        """;

    [Fact]
    public async Task A_function_that_runs_as_the_owner_has_its_own_search_path_and_is_granted_by_name()
    {
        await using var admin = new NpgsqlConnection(house.Admin);
        await admin.OpenAsync(Ct);
        (await admin.RowsAsync(Loose, r => r.GetString(0), Ct)).ShouldBeEmpty();
        await using var transaction = await admin.BeginTransactionAsync(Ct);
        await admin.RunAsync("CREATE FUNCTION pt.planted() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'", Ct);
        (await admin.RowsAsync(Loose, r => r.GetString(0), Ct)).ShouldBe(["planted"]);
    }

    [Fact]
    public async Task A_view_that_pages_may_read_asks_the_policies_as_the_reader()
    {
        await using var admin = new NpgsqlConnection(house.Admin);
        await admin.OpenAsync(Ct);
        (await admin.RowsAsync("""
            SELECT c.relname::text FROM pg_class c WHERE c.relnamespace = 'pt'::regnamespace AND c.relkind = 'v' AND has_table_privilege('pt_app', c.oid, 'SELECT')
              AND NOT coalesce(c.reloptions @> ARRAY['security_invoker=true'], false)
            """, r => r.GetString(0), Ct)).ShouldBeEmpty();
    }
}
