using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Bench;

/// <summary>The guard proves itself on planted offenders.</summary>
public sealed class PlanReaderTests
{
    [Theory]
    [InlineData("""{"Node Type": "Seq Scan", "Relation Name": "person"}""", "sequential scan on person")]
    [InlineData("""{"Node Type": "Index Scan", "Relation Name": "quarantine_stay", "Index Cond": "(unit_id = 1)", "Filter": "(note ~~ '%a%'::text)"}""", "LIKE on quarantine_stay")]
    [InlineData("""{"Node Type": "Index Scan", "Relation Name": "person", "Filter": "(same_as = COALESCE(p.same_as, p.id))"}""", "walk through all of an index of person")]
    [InlineData("""{"Node Type": "Nested Loop", "Plans": [{"Node Type": "Seq Scan", "Relation Name": "audit_event"}]}""", "sequential scan on audit_event")]
    [InlineData("""{"Node Type": "Index Scan", "Relation Name": "quarantine_transfer", "Filter": "(province_id = 1)"}""", "walk through quarantine_transfer")]
    [InlineData("""{"Node Type": "Index Scan", "Relation Name": "quarantine_transfer", "Index Cond": "(ROW(sent_at, id) > ROW(now(), '1'))"}""", "walk through quarantine_transfer")]
    public void A_planted_fault_is_found(string plan, string fault) => Read(plan).ShouldBe([fault]);

    [Theory]
    [InlineData("""{"Node Type": "Seq Scan", "Relation Name": "unit"}""")]
    [InlineData("""{"Node Type": "Index Scan", "Relation Name": "person", "Index Cond": "(id = '1')"}""")]
    [InlineData("""{"Node Type": "Index Scan", "Relation Name": "quarantine_transfer", "Index Cond": "((to_province_id = k.key) AND (ROW(sent_at, id) > ROW(now(), '1')))"}""")]
    public void Small_tables_and_index_scans_are_left_alone(string plan) => Read(plan).ShouldBeEmpty();

    private static string[] Read(string plan)
    {
        var reader = new PlanReader { Page = "planted" };
        reader.Read($$"""{"Query Text": "planted", "Plan": {{plan}} }""");
        return [.. reader.Faults.Select(fault => fault.What)];
    }
}
