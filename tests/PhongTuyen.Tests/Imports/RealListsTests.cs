using PhongTuyen.Imports;
using PhongTuyen.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Imports;

/// <summary>Two lists of real outbreaks, to the last figure. The operator takes them in, who sees the whole country.</summary>
[Trait("Category", "Database")]
public sealed class RealListsTests(TestHouse house) : IClassFixture<TestHouse>
{
    private TestProvince Place => house.Place;

    private Task<ImportRun> MersAsync() => house.ImportAsync(Place.Operator, Place.Root, File.OpenRead(ReferenceData.Path("outbreak-linelists", "mers_korea_2015__linelist.csv")));

    private Task<ImportRun> CovidAsync() => house.ImportAsync(Place.Operator, Place.Root, File.OpenRead(ReferenceData.Path("vn-covid-linelist-2020", "cases_bn1_1100.csv")));

    /// <summary>What an import left anywhere.</summary>
    private static readonly string[] Left =
    [
        "SELECT count(*) FROM pt.person", "SELECT count(*) FROM pt.person_scope", "SELECT count(*) FROM pt.person_token", "SELECT count(*) FROM pt.case_record", "SELECT count(*) FROM pt.quarantine_stay", "SELECT count(*) FROM pt.quarantine_facility",
        "SELECT count(*) FROM pt.unit WHERE import_id IS NOT NULL", "SELECT count(*) FROM pt.person_finding", "SELECT count(*) FROM pt.person_document", "SELECT count(*) FROM pt.person_phone", "SELECT count(*) FROM pt.person_address", "SELECT count(*) FROM pt.quarantine_bed_use",
        "SELECT count(*) FROM (SELECT 1 FROM (SELECT unit_id, province_id, district_id, commune_id, metric, detail, day, n FROM pt.report_counter WHERE level = 0 UNION ALL SELECT unit_id, province_id, district_id, commune_id, metric, detail, day, n FROM pt.report_delta) f GROUP BY unit_id, province_id, district_id, commune_id, metric, detail, day HAVING sum(n) <> 0) x",
        "SELECT count(*) FROM pt.account_right r, unnest(r.units) u WHERE NOT EXISTS (SELECT 1 FROM pt.unit WHERE id = u)",
    ];

    [Fact]
    [Answers("R4", "R10")]
    public async Task The_162_patients_of_the_MERS_outbreak_are_taken_in_once_counted_and_taken_out_again_without_a_trace()
    {
        foreach (var sql in Left) (await house.CountAsync(sql)).ShouldBe(0, sql);
        var first = await MersAsync();
        (first.State, first.Read, first.Accepted, first.Duplicate, first.Rejected, first.Findings).ShouldBe((ImportState.Done, 162, 162, 0, 0, 9));
        (await house.CountAsync("SELECT count(*) FROM pt.case_record WHERE disease = 'mers' AND classification = 3")).ShouldBe(162);
        (await house.CountAsync("SELECT count(*) FROM pt.case_record WHERE outcome = 3")).ShouldBe(19);
        (await house.CountAsync("SELECT count(*) FROM pt.case_record WHERE outcome = 3 AND outcome_on IS NULL")).ShouldBe(9);
        (await house.CountAsync("SELECT count(*) FROM pt.person_finding WHERE kind = 'case.death-undated'")).ShouldBe(9);
        (await house.CountAsync("SELECT count(*) FROM pt.quarantine_stay s JOIN pt.unit u ON u.id = s.unit_id WHERE u.name = 'Samsung Medical Center, Seoul'")).ShouldBe(80);
        (await house.CountAsync("SELECT count(*) FROM pt.quarantine_stay s JOIN pt.unit u ON u.id = s.unit_id WHERE u.name = 'Samsung Medical Center, Emergency room,Seoul'")).ShouldBe(5);
        (await house.CountAsync("SELECT count(*) FROM pt.quarantine_stay WHERE arrived_at IS NULL AND arrived_on IS NULL")).ShouldBe(162);
        (await house.CountAsync("SELECT sum(n) FROM pt.report_recount WHERE metric = 1")).ShouldBe(162);
        (await house.CountAsync("SELECT count(*) FROM pt.report_recount WHERE metric IN (30, 34)")).ShouldBe(0);
        (await house.CountAsync("SELECT count(*) FROM pt.unit WHERE import_id = $1 AND NOT verified", first.Id.Value)).ShouldBe(13);

        var again = await MersAsync();
        (again.Read, again.Accepted, again.Duplicate, again.Rejected).ShouldBe((162, 0, 162, 0));

        (await house.UndoAsync(Place.Operator, first.Id)).Value.ShouldBe(ImportState.Undone);
        foreach (var sql in Left) (await house.CountAsync(sql)).ShouldBe(0, sql);

        var third = await MersAsync();
        third.Accepted.ShouldBe(162, "an undone import leaves no row behind that would call the next one a duplicate");
        (await house.UndoAsync(Place.Operator, third.Id)).Value.ShouldBe(ImportState.Undone);
    }

    [Fact]
    [Answers("R4", "R11")]
    public async Task The_first_1100_patients_of_Viet_Nam_are_counted_by_province_and_outcome()
    {
        var run = await CovidAsync();
        (run.Read, run.Accepted, run.Duplicate, run.Rejected, run.Findings).ShouldBe((1100, 1100, 0, 0, 1));
        foreach (var (outcome, many) in new[] { (1, 39), (2, 1023), (3, 35), (4, 3) })
            (await house.CountAsync("SELECT count(*) FROM pt.case_record WHERE disease = 'covid-19' AND outcome = $1", outcome)).ShouldBe(many);
        (await house.CountAsync("SELECT count(*) FROM pt.quarantine_stay WHERE import_id = $1", run.Id.Value)).ShouldBe(0);
        (await house.CountAsync("SELECT count(*) FROM pt.case_record c JOIN pt.area a ON a.id = c.province_id WHERE a.name LIKE '%Đà Nẵng'")).ShouldBe(394);
        (await house.CountAsync("SELECT count(*) FROM pt.case_record c JOIN pt.area a ON a.id = c.province_id WHERE a.name LIKE '%Hoà Bình' OR a.name LIKE '%Hòa Bình'")).ShouldBe(6);
        (await house.CountAsync("SELECT count(*) FROM pt.case_record WHERE import_id = $1 AND province_id = 0", run.Id.Value)).ShouldBe(1);
        (await house.CountAsync("SELECT count(*) FROM pt.person_finding WHERE import_id = $1 AND kind = 'case.area-unknown'", run.Id.Value)).ShouldBe(1);
        (await house.CountAsync("SELECT count(*) FROM pt.person WHERE import_id = $1 AND nationality IS NULL", run.Id.Value)).ShouldBe(0);
        (await house.UndoAsync(Place.Operator, run.Id)).Value.ShouldBe(ImportState.Undone);
    }
}
