using PhongTuyen.Corrections;
using PhongTuyen.Data;
using PhongTuyen.Data.Keys;
using PhongTuyen.Kernel;
using PhongTuyen.People;
using PhongTuyen.People.Contract;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Imports;
using PhongTuyen.Tests.Quarantine;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Data.Keys;

/// <summary>The keys are changed while the program is in use, and the change may end at any point: nothing is unreadable, nobody is missed.</summary>
[Trait("Category", "Database")]
public sealed class RotateKeysTests(RotationHouse house) : IClassFixture<RotationHouse>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private sealed class Ended(string at) : Exception(at);

    private async Task<long> UnderAsync(int key)
    {
        var rows = 0L;
        foreach (var table in house.Tables())
            rows += await house.CountAsync($"SELECT count(*) FROM pt.{table.Name} WHERE {string.Join(" OR ", table.Sealed.Select(column => $"substring({column} FROM 1 FOR 5) = $1"))}", FieldCipher.HeadOf(key));
        return rows;
    }

    private Task<string> MarksAsync() => house.ValueAsync<string>("""
        SELECT concat_ws(';', (SELECT string_agg(id || '/' || version, ',' ORDER BY id) FROM pt.person), (SELECT string_agg(id || '/' || version, ',' ORDER BY id) FROM pt.paper_entry), (SELECT string_agg(id || '/' || version, ',' ORDER BY id) FROM pt.correction_request),
          (SELECT string_agg(entry_id || '/' || state, ',' ORDER BY entry_id) FROM pt.paper_double), (SELECT string_agg(id || '/' || state, ',' ORDER BY id) FROM pt.person_match), (SELECT count(*) FROM pt.worklist_item), (SELECT count(*) FROM pt.report_delta))
        """);

    [Fact]
    [Answers("R7")]
    public async Task Ended_at_any_point_it_goes_on_there_and_nobody_notices_on_the_way()
    {
        var (old, before) = (house.Keys.Current, await MarksAsync());
        await house.HoldsAsync("before");
        var (points, change) = (new List<string>(), (KeyRotation?)null);
        while (change is null)
            try
            {
                var outcome = await house.Rotation(at =>
                {
                    if (points.Contains(at)) return Task.CompletedTask;
                    points.Add(at);
                    throw new Ended(at);
                }).RunAsync(Ct);
                if (outcome.Done) change = outcome.Value;
                else
                {
                    outcome.Problem.Code.ShouldBe("data.copy-keys-first");
                    (await UnderAsync(old + 1)).ShouldBe(0, "nothing is sealed with a key of which there is no copy");
                    KeyCopy.MarkAsCopied(house.Settings);
                }
            }
            catch (Ended ended)
            {
                await house.HoldsAsync(ended.Message);
                if (await UnderAsync(old) > 0) house.Keys.Prints.ContainsKey($"s{old}").ShouldBeTrue("as long as anything is under it the old key is in use");
            }
        string[] expected = ["told", "begun", "unmarked", "written", "known", "known to all", "current", "current for all", "counted", .. house.Tables().Select(table => $"{table.Name} batch").Order(StringComparer.Ordinal), "swept", "out of use", "retired"];
        points.ShouldBe(expected);
        (change.Percent, change.Key, await UnderAsync(old)).ShouldBe((100, old + 1, 0L));
        change.Done.ShouldBe(await UnderAsync(old + 1), "each row once, however often it was ended");
        (await house.ReadAllAsync(same: true, "after")).ShouldBeGreaterThan(60);
        (await MarksAsync()).ShouldBe(before, "no version, no sample, no pair, no work, no figure");
        house.Keys.Prints.Keys.ShouldBe([$"s{old + 1}", $"i{old + 1}"], ignoreOrder: true);
        KeyFile.Read(house.KeyFolder).SealKeys.Keys.ShouldBe([old + 1]);
        await house.HoldsAsync("after");

        // What an approval took away is sealed within the seal, and changed as well; it comes back under the new key, and is found.
        var applied = house.Get<CorrectionSeals>().OpenApplied(house.Corrected.Applied, await house.ValueAsync<byte[]>("SELECT applied FROM pt.correction_request WHERE id = $1", house.Corrected.Applied));
        applied.SelectMany(one => new[] { one.DocumentGone?.Number, one.PhoneGone?.Number }).OfType<byte[]>().Select(number => number[..5]).ShouldBe([FieldCipher.HeadOf(old + 1), FieldCipher.HeadOf(old + 1)]);
        (await house.RunAsync<DecideCorrection, Guid>(house.Place.HeadA, use => use.UndoAsync(house.Corrected.Applied, Ct))).Done.ShouldBeTrue();
        (await house.FoundAsync(house.Corrected.Gone, house.Corrected.Person), await house.FoundAsync(house.Corrected.GonePhone, house.Corrected.Person)).ShouldBe((true, true));
    }

    [Fact]
    public async Task Who_writes_meanwhile_loses_nothing_and_is_found_at_once()
    {
        for (var n = 0; n < 60; n++) await house.KnownAsync();
        using var over = new CancellationTokenSource();
        var (written, searched) = (0, 0);
        var writing = Task.Run(async () =>
        {
            while (!over.IsCancellationRequested)
            {
                var (person, number, phone) = await house.KnownAsync();
                (await house.FoundAsync(number, person), await house.FoundAsync(phone, person)).ShouldBe((true, true));
                var version = await house.AskAsync<int>("SELECT version FROM pt.person WHERE id = $1", person.Value);
                var more = "0977" + number[^6..];
                (await house.RunAsync<EditPerson, PersonId>(house.Place.ClerkA, use => use.RunAsync(new(house.Clock.NewGuid(), person, version, new PersonFacts { Name = "Trần Văn Sửa", Birth = BirthDate.OfYear(1985), Sex = Sex.Male, Chronic = "hen" }, [], [new PhoneFact(more, PhoneOwner.Own), new PhoneFact(phone, PhoneOwner.Own)], []), Ct))).Done.ShouldBeTrue();
                (await house.FoundAsync(more, person), await house.CountAsync("SELECT count(*) FROM pt.person_phone WHERE person_id = $1", person.Value)).ShouldBe((true, 2L), "the one that was there is not there twice");
                written++;
            }
        }, Ct);
        var searching = Task.Run(async () =>
        {
            for (var n = 0; !over.IsCancellationRequested; n = (n + 1) % 60)
            {
                var (person, number, phone) = house.Known[n];
                (await house.FoundAsync(number, person), await house.FoundAsync(phone, person)).ShouldBe((true, true));
                searched++;
            }
        }, Ct);
        await house.RotateAsync(async at =>
        {
            if (at.EndsWith("batch", StringComparison.Ordinal) || at.StartsWith("known", StringComparison.Ordinal)) await Task.Delay(20, Ct);
        });
        await over.CancelAsync();
        await Task.WhenAll(writing, searching);
        (written > 0, searched > 0).ShouldBe((true, true));
        (await UnderAsync(house.Keys.Current - 1)).ShouldBe(0);
        await house.ReadAllAsync(same: true, "after");
        await house.HoldsAsync("after");
    }

    [Fact]
    public async Task A_list_and_a_record_from_between_are_compared_across_both_keys()
    {
        var (person, number, phone) = await house.KnownAsync();
        var line = $"Bùi Thị Giữa,1991,Nữ,{Given.Number()},0911 222 333,F1";
        await house.RotateAsync(async at =>
        {
            if (at != "current for all" || await house.CountAsync("SELECT count(*) FROM pt.person WHERE name = 'Bùi Thị Giữa'") > 0) return;
            (await house.ImportAsync(house.Place.ClerkA, house.Place.CampA, ListImport.Csv(RotationHouse.List, line))).Accepted.ShouldBe(1);
            (await house.ImportAsync(house.Place.ClerkA, house.Place.CampA, ListImport.Csv(RotationHouse.List, line, house.Row))).Duplicate.ShouldBe(2, "one under the new key, one under the old");
            // The same number under the other key is the same number: the pair waits to be decided.
            var twin = await house.PersonAsync(house.Place.ClerkA, name: "Phạm Thị Khác", number: number, phone: phone);
            (await house.ValueAsync<string[]>("SELECT reasons FROM pt.person_match WHERE person_id IN ($1, $2) AND other_id IN ($1, $2)", person.Value, twin.Value)).ShouldContain("number-same");
            await house.SqlAsync("DELETE FROM pt.person_match WHERE person_id = $1 OR other_id = $1", twin.Value);
        });
        (await house.ImportAsync(house.Place.ClerkA, house.Place.CampA, ListImport.Csv(RotationHouse.List, line))).Duplicate.ShouldBe(1);
    }

    [Fact]
    public async Task It_waits_for_a_program_that_has_not_heard_and_names_it()
    {
        var opened = await Database.OpenAsync(house.Admin, new DatabaseSettings { Connections = 4 }, Ct, unsafeForTests: true);
        await using var other = opened.Value;
        // A program that tells nothing: an older one, or one that has lost its connection.
        await using (await other.App.OpenConnectionAsync(Ct))
        {
            await house.Rotation().RunAsync(Ct);
            KeyCopy.MarkAsCopied(house.Settings);
            var behind = (await house.Rotation(wait: 1).RunAsync(Ct)).Problem;
            behind.Code.ShouldBe("data.programs-behind");
            behind.Details["programs"].ShouldContain($"phongtuyen {Environment.ProcessId}.");
            (await UnderAsync(house.Keys.Current + 1)).ShouldBe(0);
        }
        // One on another machine, to which the new file was not brought yet.
        var elsewhere = Directory.CreateTempSubdirectory("pt-keys-").FullName;
        try
        {
            var file = KeyFile.Read(house.KeyFolder);
            var lacks = KeyFile.PrintsOf(file.SealKeys, file.IndexKeys).Where(print => print.Key.EndsWith($"{house.Keys.Current}", StringComparison.Ordinal)).ToDictionary();
            var own = Path.Combine(house.KeyFolder, "ring.json");
            File.Copy(own, Path.Combine(elsewhere, "ring.json"));
            KeyFile.Retire(elsewhere, house.Keys.Current);
            foreach (var retired in Directory.GetFiles(elsewhere, "retired-*")) File.Delete(retired);
            var ring = KeyRing.Read(elsewhere);
            ring.Prints.ShouldBe(lacks, ignoreOrder: true);
            await using var watch = await RotationHouse.WatchAsync(other, ring);
            (await house.Rotation(wait: 1).RunAsync(Ct)).Problem.Code.ShouldBe("data.programs-behind");
            File.Copy(own, Path.Combine(elsewhere, "ring.json"), overwrite: true);
            (await house.Rotation().RunAsync(Ct)).Done.ShouldBeTrue();
            (await UnderAsync(house.Keys.Current - 1), ring.Current).ShouldBe((0L, house.Keys.Current));
        }
        finally
        {
            Directory.Delete(elsewhere, recursive: true);
        }
    }

    [Fact]
    public async Task A_program_that_loses_its_connection_is_waited_for_until_it_has_the_keys_again()
    {
        var cut = new Dictionary<string, long>();
        await house.RotateAsync(async at =>
        {
            if (at is "known" or "current") cut[at] = await house.CountAsync($"SELECT count(pg_terminate_backend(l.pid)) FROM pg_locks l WHERE l.locktype = 'advisory' AND l.classid = {KeyWatch.Lock} AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())");
            if (at == "current for all") house.Keys.Current.ShouldBe(await house.AskAsync<int>("SELECT key_current FROM pt.installation"));
        });
        // One that is still on its way out may be counted with the new one.
        cut.Keys.ShouldBe(["known", "current"]);
        cut.Values.ShouldAllBe(many => many >= 1);
        (await UnderAsync(house.Keys.Current - 1)).ShouldBe(0);
        await house.HoldsAsync("after");
    }

    [Fact]
    public async Task What_was_under_way_when_the_key_changed_is_waited_for()
    {
        var (over, ends) = (false, Task.CompletedTask);
        await house.RotateAsync(async at =>
        {
            if (at == "known to all")
            {
                var connection = await house.Database.App.OpenConnectionAsync(Ct);
                await connection.RunAsync("BEGIN; SELECT 1", Ct);
                ends = Task.Run(async () =>
                {
                    await Task.Delay(400, Ct);
                    over = true;
                    await connection.RunAsync("COMMIT", Ct);
                    await connection.DisposeAsync();
                }, Ct);
            }
            if (at == "current for all") over.ShouldBeTrue("a value of before may be in its hands");
        });
        await ends;
        over.ShouldBeTrue();
    }

    [Fact]
    public async Task A_value_that_cannot_be_opened_keeps_the_old_key_in_use()
    {
        var (person, _, _) = await house.KnownAsync();
        await house.SqlAsync("UPDATE pt.person_phone SET number = set_byte(number, 40, 255 - get_byte(number, 40)) WHERE person_id = $1", person.Value);
        var old = house.Keys.Current;
        await house.Rotation().RunAsync(Ct);
        KeyCopy.MarkAsCopied(house.Settings);
        var problem = (await house.Rotation().RunAsync(Ct)).Problem;
        (problem.Code, problem.Details["left"]).ShouldBe(("data.still-under-old-key", "1"));
        problem.Details["rows"].ShouldContain(person.ToString());
        (house.Keys.Prints.ContainsKey($"s{old}"), KeyFile.Read(house.KeyFolder).SealKeys.ContainsKey(old)).ShouldBe((true, true));
        await house.SqlAsync("DELETE FROM pt.person_phone WHERE person_id = $1", person.Value);
        house.Known.RemoveAll(known => known.Person == person);
        (await house.Rotation().RunAsync(Ct)).Value.Percent.ShouldBe(100);
    }

    [Fact]
    public async Task The_copy_that_was_asked_for_opens_the_data_afterwards_and_an_older_one_does_not()
    {
        var (ring, before) = (Path.Combine(house.KeyFolder, "ring.json"), await File.ReadAllBytesAsync(Path.Combine(house.KeyFolder, "ring.json"), Ct));
        var (prints, current) = (await house.ValueAsync<string>("SELECT key_prints::text FROM pt.installation"), house.Keys.Current);
        byte[] copied = [];
        await house.RotateAsync(at =>
        {
            if (at == "known") copied = File.ReadAllBytes(ring);
            return Task.CompletedTask;
        });
        var (after, retired) = (await File.ReadAllBytesAsync(ring, Ct), KeyCopy.RetiredFile(house.Settings, current));
        Task<(KeyRing Keys, bool First)> OpenAsync() => Installation.KeysAsync(house.Database, house.Settings, Ct);
        try
        {
            await File.WriteAllBytesAsync(ring, copied, Ct);
            (await OpenAsync()).Keys.Prints.ShouldBe(house.Keys.Prints, ignoreOrder: true, "the retired key in the copy is not used");
            (await OpenAsync()).Keys.Current.ShouldBe(current + 1);
            await File.WriteAllBytesAsync(ring, before, Ct);
            (await Should.ThrowAsync<DatabaseException>(OpenAsync)).Message.ShouldContain("is not the one of this database");
            await File.WriteAllBytesAsync(ring, after, Ct);
            // A backup from before: its key lies in the file of the retired one, for nobody else to read.
            if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(retired).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            await house.SqlAsync("UPDATE pt.installation SET key_prints = $1::jsonb, key_current = $2", prints, current);
            (await OpenAsync()).Keys.Current.ShouldBe(current);
            File.Move(retired, retired + ".away");
            (await Should.ThrowAsync<DatabaseException>(OpenAsync)).Message.ShouldContain("is not the one of this database");
            File.Move(retired + ".away", retired);
        }
        finally
        {
            await house.SqlAsync("UPDATE pt.installation SET key_prints = $1::jsonb, key_current = $2", System.Text.Json.JsonSerializer.Serialize(house.Keys.Prints), house.Keys.Current);
            await File.WriteAllBytesAsync(ring, after, Ct);
        }
    }

    [Fact]
    public async Task Two_commands_do_not_change_keys_at_once()
    {
        Problem? second = null;
        await house.RotateAsync(async at =>
        {
            if (at == "known") second = (await house.Rotation().RunAsync(Ct)).Problem;
        });
        second!.Code.ShouldBe("data.rotation-runs");
    }
}
