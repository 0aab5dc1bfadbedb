using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PhongTuyen.Accounts;
using PhongTuyen.Audit;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People;
using PhongTuyen.Quarantine;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Quarantine;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Audit;

/// <summary>Whoever changes the audit behind the program's back is found out.</summary>
[Answers("R7")]
[Trait("Category", "Database")]
public sealed class SealTests(FurnishedHouse house) : IClassFixture<FurnishedHouse>, IAsyncLifetime
{
    private TestProvince Place => house.Place;
    private static CancellationToken Ct => TestContext.Current.CancellationToken;
    private string Copies => Path.Combine(house.Folder, "audit-seals");
    private string CopyFile => Directory.EnumerateFiles(Copies, "*.jsonl").Single();
    private string Note => Path.Combine(Copies, "last-committed.json");

    /// <summary>Each test begins with an empty audit and no seal.</summary>
    public async ValueTask InitializeAsync()
    {
        await RunAsync("TRUNCATE pt.audit_event, pt.audit_value, pt.audit_seal");
        if (Directory.Exists(Copies)) Directory.Delete(Copies, recursive: true);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task RunAsync(string sql, params object?[] values)
    {
        await using var connection = new NpgsqlConnection(house.Admin);
        await connection.OpenAsync();
        await connection.RunAsync(sql, CancellationToken.None, values);
    }

    private Task<long?> SealNowAsync() => house.Get<AuditSealer>().SealAsync(Ct);

    /// <summary>A seal reaches to the oldest transaction that is still open anywhere in the cluster, and other tests work in it too: waits for those of now.</summary>
    private async Task<long?> SealAsync()
    {
        await using var connection = new NpgsqlConnection(house.Admin);
        await connection.OpenAsync(Ct);
        var begun = await connection.ValueAsync<long>("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint", Ct);
        while (await connection.ValueAsync<long>("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint", Ct) < begun) await Task.Delay(20, Ct);
        return await SealNowAsync();
    }

    private Task<VerifyAudit.Report> VerifyAsync() => house.AsAsync(Place.Administrator, Permission.Operate, (provider, _) => ((VerifyAudit)provider.GetService(typeof(VerifyAudit))!).RunAsync(Ct));

    /// <summary>Three seals, each over a few acts.</summary>
    private async Task ThreeSealsAsync()
    {
        for (var i = 0; i < 3; i++)
        {
            var stay = await house.StayAsync(Place.ClerkA, Place.CampA);
            (await house.CorrectAsync(Place.ClerkA, stay, old => old with { Note = $"lần {i}" })).Done.ShouldBeTrue();
            (await SealAsync()).ShouldBe(i + 1);
        }
    }

    [Fact]
    public async Task What_was_not_touched_is_well_and_what_is_younger_than_the_last_seal_is_named()
    {
        await ThreeSealsAsync();
        (await SealAsync()).ShouldBeNull("nothing new, no seal");
        await house.PersonAsync(Place.ClerkA);
        var report = await VerifyAsync();
        (report.Fault, report.Seals, report.Rows, report.Unsealed).ShouldBe((null, 3, 9, 1));
        File.ReadLines(CopyFile).Count().ShouldBe(3);
    }

    [Theory]
    [InlineData("UPDATE pt.audit_event SET detail = replace(detail, '{', '{ ') WHERE id = $1", true)]
    [InlineData("UPDATE pt.audit_event SET account_id = gen_random_uuid() WHERE id = $1", true)]
    [InlineData("UPDATE pt.audit_event SET at = at + interval '1 microsecond' WHERE id = $1", true)]
    [InlineData("UPDATE pt.audit_event SET persons = '{}' WHERE id = $1", true)]
    [InlineData("DELETE FROM pt.audit_event WHERE id = $1", false)]
    [InlineData("INSERT INTO pt.audit_event SELECT gen_random_uuid(), at, xact, account_id, session_id, unit_id, act, subject_kind, subject_id, persons, purpose, detail FROM pt.audit_event WHERE id = $1", false)]
    public async Task A_row_that_was_changed_taken_away_or_put_in_is_found_and_its_seal_named(string sql, bool sameRow)
    {
        await ThreeSealsAsync();
        var row = await house.AskAsync<Guid>("SELECT e.id FROM pt.audit_event e JOIN pt.audit_seal s ON s.no = 2 AND e.xact >= s.from_xact AND e.xact < s.to_xact ORDER BY e.id DESC LIMIT 1");
        await RunAsync(sql, row);
        var report = await VerifyAsync();
        report.Fault.ShouldNotBeNull();
        (report.BadSeal, report.BadDay).ShouldBe((2, house.Clock.Today()));
        if (sameRow) report.BadRow.ShouldBe(row);
    }

    [Theory]
    [InlineData("UPDATE pt.audit_value SET after = 'khác' WHERE field = 'note'")]
    [InlineData("UPDATE pt.audit_value SET before = 'khác' WHERE field = 'note'")]
    public async Task A_value_that_was_changed_beside_the_chain_is_found_an_erased_one_is_not_a_fault(string sql)
    {
        await ThreeSealsAsync();
        await RunAsync("DELETE FROM pt.audit_value WHERE audit_id = (SELECT min(audit_id::text)::uuid FROM pt.audit_value)");
        (await VerifyAsync()).Fault.ShouldBeNull("erased with its person");
        await RunAsync(sql);
        var report = await VerifyAsync();
        report.Fault.ShouldNotBeNull();
        report.BadRow.ShouldNotBeNull();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_seal_that_was_removed_is_found_the_last_one_with_its_rows_too(int no)
    {
        await ThreeSealsAsync();
        await RunAsync("DELETE FROM pt.audit_event e USING pt.audit_seal s WHERE s.no = $1 AND e.xact >= s.from_xact AND e.xact < s.to_xact", no);
        await RunAsync("DELETE FROM pt.audit_seal WHERE no = $1", no);
        (await VerifyAsync()).Fault.ShouldNotBeNull();
        if (no < 3) return;
        await house.PersonAsync(Place.ClerkA);
        (await SealAsync()).ShouldBe(3, "the sealer goes on");
        (await VerifyAsync()).Fault.ShouldNotBeNull("a new seal of the same number does not hide it");
    }

    [Fact]
    public async Task A_chain_that_was_made_anew_from_a_changed_row_on_disagrees_with_the_copies_outside()
    {
        await ThreeSealsAsync();
        await RunAsync("UPDATE pt.audit_event SET unit_id = 0 WHERE id = (SELECT id FROM pt.audit_event ORDER BY xact DESC, id DESC LIMIT 1)");
        await RunAsync("DELETE FROM pt.audit_seal WHERE no > 1");
        var lines = await File.ReadAllLinesAsync(CopyFile, Ct);
        Directory.Delete(Copies, recursive: true);
        (await SealAsync()).ShouldBe(2);
        (await VerifyAsync()).Fault.ShouldNotBeNull("copies that begin late are no copies of the first seals");
        Directory.Delete(Copies, recursive: true);
        Directory.CreateDirectory(Copies);
        await File.WriteAllLinesAsync(Path.Combine(Copies, "2021-08.jsonl"), lines, Ct);
        (await VerifyAsync()).Fault!.ShouldContain("copy outside");
    }

    [Fact]
    public async Task A_copy_that_a_power_cut_tore_does_not_spoil_the_next_one()
    {
        await ThreeSealsAsync();
        var file = CopyFile;
        await File.AppendAllTextAsync(file, "{\"no\":4,\"at\":\"2021-", Ct);
        await house.PersonAsync(Place.ClerkA);
        (await SealAsync()).ShouldBe(4);
        (await VerifyAsync()).Fault.ShouldBeNull();
    }

    [Fact]
    public async Task A_seal_whose_commit_failed_after_its_copy_is_made_again_without_alarm()
    {
        await ThreeSealsAsync();
        await RunAsync("DELETE FROM pt.audit_seal WHERE no = 3"); // its rows are there
        (await VerifyAsync()).Fault.ShouldBe("Seal 3 is missing from the database; its copy outside is there.", "it was committed, says the note");
        await File.WriteAllLinesAsync(Note, [(await File.ReadAllLinesAsync(CopyFile, Ct))[1]], Ct); // as it is where the commit failed
        (await VerifyAsync()).Fault.ShouldBeNull();
        await house.PersonAsync(Place.ClerkA);
        (await SealAsync()).ShouldBe(3);
        (await VerifyAsync()).Fault.ShouldBeNull();
    }

    [Fact]
    public async Task Seals_of_the_first_kind_are_taken_until_the_first_whole_one_and_not_behind_it()
    {
        await ThreeSealsAsync();
        await AsAtFirstAsync(1);
        await AsAtFirstAsync(2);
        (await VerifyAsync()).Fault.ShouldBe("Seal 3 is not bound to seal 2.", "it was bound to the other hash");
        await AsAtFirstAsync(3);
        (await VerifyAsync()).Fault.ShouldBeNull();
        await house.PersonAsync(Place.ClerkA);
        (await SealAsync()).ShouldBe(4);
        (await VerifyAsync()).Fault.ShouldBeNull("the first whole one");
        await house.PersonAsync(Place.ClerkA);
        (await SealAsync()).ShouldBe(5);
        await AsAtFirstAsync(5);
        (await VerifyAsync()).Fault.ShouldBe("Seal 5 was changed.");

        // The same seal, bound as the first ones were, in the database and in its copy.
        async Task AsAtFirstAsync(int no)
        {
            await using var connection = new NpgsqlConnection(house.Admin);
            await connection.OpenAsync(Ct);
            var seals = new List<AuditSeal>();
            await foreach (var one in AuditReader.SealsAsync(connection, Ct)) seals.Add(one);
            var old = seals[no - 1] with { Previous = no == 1 ? AuditSeal.First : seals[no - 2].Seal };
            old = old with { Seal = old.BoundAtFirst() };
            await connection.RunAsync("UPDATE pt.audit_seal SET previous = $2, seal = $3 WHERE no = $1", Ct, no, old.Previous, old.Seal);
            var copies = await File.ReadAllLinesAsync(CopyFile, Ct);
            copies[no - 1] = old.Line();
            await File.WriteAllLinesAsync(CopyFile, copies, Ct);
            if (no == seals.Count) await File.WriteAllLinesAsync(Note, [old.Line()], Ct);
        }
    }

    [Fact]
    public async Task A_seal_that_is_made_while_it_is_verified_is_no_fault()
    {
        await ThreeSealsAsync();
        using var stop = new CancellationTokenSource();
        var sealing = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await house.PersonAsync(Place.ClerkA);
                await SealNowAsync();
            }
        }, Ct);
        for (var i = 0; i < 30; i++) (await VerifyAsync()).Fault.ShouldBeNull();
        await stop.CancelAsync();
        await sealing;
    }

    [Fact]
    public async Task Who_writes_for_long_is_not_lost_between_two_seals()
    {
        await using (var scope = house.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<Db>();
            await db.ActAsAsync(Place.ClerkA, Roles.With(Permission.EnterData), Roles.Faceless, Ct);
            db.Tell(new PersonSeen(house.Clock.New<PersonId>()));
            await db.SaveChangesAsync(Ct); // written, not committed
            for (var i = 0; i < 3; i++)
            {
                await house.PersonAsync(Place.ClerkA);
                await SealNowAsync();
            }
            await db.CommitAsync(Ct);
        }
        await SealAsync();
        var report = await VerifyAsync();
        (report.Fault, report.Rows, report.Unsealed).ShouldBe((null, 4, 0));
    }

    [Fact]
    public async Task Nothing_changes_without_an_audit_row_and_no_value_of_a_person_stands_in_one()
    {
        await Should.ThrowAsync<InvalidOperationException>(() => house.AsAsync(Place.ClerkA, Permission.EnterData, async (_, db) =>
        {
            db.Add(new StayPlan { PersonId = house.Clock.New<PersonId>(), StayId = house.Clock.New<StayId>(), Id = house.Clock.NewGuid(), UnitId = Place.CampA, Reason = "" });
            return await db.SaveChangesAsync(Ct);
        }));
        var (number, phone) = (Given.Number(), "0987654321");
        var person = await house.PersonAsync(Place.ClerkA, "Đinh Thị Bí Mật", number, phone, Place.KeysA1);
        (await house.RunAsync<EditPerson, PersonId>(Place.ClerkA, use => use.RunAsync(new(house.Clock.NewGuid(), person, 1, new PersonFacts { Name = "Đinh Thị Bí Ẩn", Chronic = "tiểu đường" }, [], [], []), Ct))).Done.ShouldBeTrue();
        foreach (var value in new[] { number, phone, "84987654321", "Đinh", "dinh", "tiểu đường" })
            (await house.AskAsync<long>("SELECT count(*) FROM pt.audit_event e WHERE position($1 IN e::text) > 0", value)).ShouldBe(0, value);
        (await house.AskAsync<long>("SELECT count(*) FROM pt.audit_value v WHERE position('tiểu' IN coalesce(v.after, '')) > 0 OR position($1 IN v::text) > 0", number)).ShouldBe(0, "sealed fields stay sealed beside the chain too");
        (await house.AskAsync<string>("SELECT before || ' → ' || after FROM pt.audit_value WHERE person_id = $1 AND field = 'name'", person.Value)).ShouldBe("Đinh Thị Bí Mật → Đinh Thị Bí Ẩn");
    }
}
