using Npgsql;
using PhongTuyen.Audit;
using PhongTuyen.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Audit;

/// <summary>A row that would get in nowhere is no sign that the audit is closed; and what a row is about has a size that gets in.</summary>
[Answers("R7")]
[Trait("Category", "Database")]
public sealed class RowAtFaultTests(TestHouse house) : IClassFixture<TestHouse>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private const string Row = "INSERT INTO pt.audit_event (id, at, act, subject_kind, subject_id) VALUES (gen_random_uuid(), now(), 'audit.tried', 'audit', ";

    private async Task<Exception> FaultAsync(string sql)
    {
        await using var connection = await house.Direct.OpenConnectionAsync(Ct);
        await using var transaction = await connection.BeginTransactionAsync(Ct);
        return await Should.ThrowAsync<Exception>(() => house.Get<AuditStore>().WriteAsync(connection, AuditStore.Events, sql, Ct));
    }

    [Theory]
    [InlineData(Row + "(SELECT string_agg(md5(i::text), '') FROM generate_series(1, 300) i))", "54000")]
    [InlineData(Row + "NULL)", "23502")]
    [InlineData(Row + "(1 / 0)::text)", "22012")]
    [InlineData(Row + "convert_from('\\xff', 'UTF8'))", "22021")]
    public async Task A_row_at_fault_is_a_fault_of_its_own(string sql, string state) => (await FaultAsync(sql)).ShouldBeOfType<PostgresException>().SqlState.ShouldBe(state);

    [Theory]
    [InlineData("disk_full")]
    [InlineData("lock_not_available")]
    [InlineData("insufficient_privilege")]
    [InlineData("undefined_table")]
    [InlineData("query_canceled")]
    [InlineData("read_only_sql_transaction")]
    public async Task What_keeps_every_row_out_closes_the_audit(string condition) =>
        (await FaultAsync($"DO $$ BEGIN RAISE EXCEPTION 'planted' USING ERRCODE = '{condition}'; END $$")).ShouldBeOfType<AuditUnavailableException>();

    [Fact]
    public void What_a_row_is_about_is_bounded_and_known_again()
    {
        var one = Guid.CreateVersion7().ToString();
        AuditTrail.Bounded(one).ShouldBe(one);
        AuditTrail.Bounded("").ShouldBe("");
        string[] ids = [.. Enumerable.Range(0, 5000).Select(_ => Guid.CreateVersion7().ToString())];
        var bounded = AuditTrail.Bounded(string.Join(' ', ids));
        bounded.ShouldStartWith($"{ids[0]} {ids[1]} {ids[2]} … 5000 #");
        bounded.Length.ShouldBeLessThanOrEqualTo(200);
        AuditTrail.Bounded(string.Join(' ', ids)).ShouldBe(bounded);
        AuditTrail.Bounded(string.Join(' ', ids.Reverse())).ShouldNotBe(bounded);
        AuditTrail.Bounded(new string('a', 119) + "😀" + new string('b', 7000)).ShouldStartWith(new string('a', 119) + " … 1 #");
    }
}
