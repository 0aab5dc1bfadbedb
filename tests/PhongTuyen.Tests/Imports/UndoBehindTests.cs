using PhongTuyen.Imports;
using PhongTuyen.Kernel;
using PhongTuyen.Quarantine.Contract;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Quarantine;
using PhongTuyen.Tests.Reporting;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Imports;

/// <summary>A large import is taken back in the background: whole, or not at all.</summary>
[Answers("R4")]
[Trait("Category", "Database")]
public sealed class UndoBehindTests(TestHouse house) : IClassFixture<TestHouse>
{
    /// <summary>More than are taken back while a page waits, and no whole number of batches.</summary>
    private const int Rows = SteerImport.AtOnce + 250;

    private static int made;

    private TestProvince Place => house.Place;
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private async Task<ImportRun> TakeInAsync()
    {
        var list = Interlocked.Increment(ref made);
        await house.FacilityAsync(Place.ProvinceOfficer, Place.CampA, rooms: 0);
        var run = await house.ImportAsync(Place.ClerkA, Place.CampA, ListImport.Csv(["Họ và tên,Ngày sinh,Giới tính,Số giấy tờ,Điện thoại,Lý do cách ly", .. Enumerable.Range(0, Rows).Select(i => $"Người Danh Sách {(char)('A' + i % 26)}{(char)('a' + i / 26 % 26)}{(char)('a' + i / 676)}{(char)('a' + list)},{1930 + i % 80},Nam,,09{list}{i:0000000},F1")]));
        (run.State, run.Accepted).ShouldBe((ImportState.Done, Rows), run.Faults);
        return run;
    }

    private Task<long> PersonsAsync(ImportId id) => house.CountAsync("SELECT count(*) FROM pt.person WHERE import_id = $1", id.Value);

    private async Task<ImportRun> WorkedAsync(ImportId id)
    {
        while (await house.Get<ImportWorker>().WorkAsync(Ct)) { }
        return await house.RunOfAsync(Place.ClerkA, id);
    }

    [Fact]
    public async Task A_large_import_is_undone_behind_the_page_whole_and_once()
    {
        var (persons, tied, words) = (await house.CountAsync("SELECT count(*) FROM pt.person"), await house.CountAsync("SELECT count(*) FROM pt.person_scope"), await house.CountAsync("SELECT count(*) FROM pt.person_token"));
        var run = await TakeInAsync();
        (await house.AskUndoAsync(Place.ClerkA, run.Id)).Value.ShouldBe(ImportState.Undoing);
        (await PersonsAsync(run.Id)).ShouldBe(Rows, "who asks does not wait");
        (await house.AskUndoAsync(Place.ClerkA, run.Id)).Value.ShouldBe(ImportState.Undoing, "pressed twice");
        run = await WorkedAsync(run.Id);
        (run.State, run.TakenBack, run.UndoneWhy, run.UndoneBy).ShouldBe((ImportState.Undone, Rows, "nhập nhầm tệp", (AccountId?)Place.ClerkA));
        (await house.CountAsync("SELECT count(*) FROM pt.person"), await house.CountAsync("SELECT count(*) FROM pt.person_scope"), await house.CountAsync("SELECT count(*) FROM pt.person_token")).ShouldBe((persons, tied, words), "nothing of it is left");
        (await house.CountAsync("SELECT count(*) FROM pt.quarantine_stay WHERE import_id = $1", run.Id.Value)).ShouldBe(0);
        (await house.CountAsync("SELECT count(*) FROM pt.import_row WHERE import_id = $1 AND verdict = 4 AND person_id IS NULL", run.Id.Value)).ShouldBe(Rows);
        (await house.CountAsync("SELECT count(DISTINCT p) FROM pt.audit_event e, unnest(e.persons) p WHERE e.act = 'import.undone' AND e.subject_id = $1 AND e.purpose = 'nhập nhầm tệp'", run.Id.ToString())).ShouldBe(Rows, "each person stands in the audit of what was taken away");
        (await house.DifferencesAsync()).ShouldBeEmpty();
        (await house.AskUndoAsync(Place.ClerkA, run.Id)).Value.ShouldBe(ImportState.Undone);
    }

    [Fact]
    public async Task What_depends_on_a_large_import_is_found_in_the_background_and_named_and_nothing_is_taken_away()
    {
        var run = await TakeInAsync();
        var (stay, person) = (await house.ValueAsync<Guid>("SELECT id FROM pt.quarantine_stay WHERE import_id = $1 ORDER BY id DESC LIMIT 1", run.Id.Value), await house.ValueAsync<Guid>("SELECT person_id FROM pt.quarantine_stay WHERE import_id = $1 ORDER BY id DESC LIMIT 1", run.Id.Value));
        (await house.EndAsync(Place.ClerkA, new(stay), StayEnd.Left)).Problems.ShouldBeEmpty();
        var refused = await house.UndoAsync(Place.ClerkA, run.Id);
        refused.Problems.Select(problem => (problem.Code, problem.Field)).ShouldBe([("import.depended-on", null), ("import.later", new PersonId(person).ToString())]);
        refused.Problem.Details["what"].ShouldBe("đợt cách ly, điều trị: 1");
        run = await house.RunOfAsync(Place.ClerkA, run.Id);
        (run.State, run.Fault, run.TakenBack).ShouldBe((ImportState.Done, "undo-depended", 0));
        (await PersonsAsync(run.Id)).ShouldBe(Rows);
    }

    [Fact]
    public async Task What_the_database_refuses_in_the_middle_leaves_the_whole_import_as_it_was()
    {
        var run = await TakeInAsync();
        var last = await house.ValueAsync<Guid>("SELECT person_id FROM pt.import_row WHERE import_id = $1 ORDER BY number DESC LIMIT 1", run.Id.Value);
        await house.SqlAsync("CREATE FUNCTION public.planted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF OLD.id = TG_ARGV[0]::uuid THEN RAISE EXCEPTION 'planted'; END IF; RETURN OLD; END $$");
        await house.SqlAsync($"CREATE TRIGGER planted BEFORE DELETE ON pt.person FOR EACH ROW EXECUTE FUNCTION public.planted('{last}')");
        (await house.UndoAsync(Place.ClerkA, run.Id)).Problem.Code.ShouldBe("import.not-undone");
        run = await house.RunOfAsync(Place.ClerkA, run.Id);
        (run.State, run.Fault).ShouldBe((ImportState.Done, "undo-refused"));
        (await PersonsAsync(run.Id)).ShouldBe(Rows);
        (await house.CountAsync("SELECT count(*) FROM pt.import_row WHERE import_id = $1 AND verdict = 1", run.Id.Value)).ShouldBe(Rows);
        await house.SqlAsync("DROP TRIGGER planted ON pt.person");
        (await house.UndoAsync(Place.ClerkA, run.Id)).Value.ShouldBe(ImportState.Undone);
        (await house.RunOfAsync(Place.ClerkA, run.Id)).Fault.ShouldBeNull();
    }

    [Fact]
    public async Task Who_may_not_import_any_more_undoes_nothing_in_the_background()
    {
        var run = await TakeInAsync();
        (await house.AskUndoAsync(Place.ClerkA, run.Id)).Value.ShouldBe(ImportState.Undoing);
        await house.SqlAsync("UPDATE pt.account SET state = 2 WHERE id = $1", Place.ClerkA.Value);
        try
        {
            while (await house.Get<ImportWorker>().WorkAsync(Ct)) { }
        }
        finally
        {
            await house.SqlAsync("UPDATE pt.account SET state = 1 WHERE id = $1", Place.ClerkA.Value);
        }
        run = await house.RunOfAsync(Place.ClerkA, run.Id);
        (run.State, run.Fault).ShouldBe((ImportState.Done, "undo-not-allowed"));
        (await PersonsAsync(run.Id)).ShouldBe(Rows);
    }
}
