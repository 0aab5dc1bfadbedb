using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PhongTuyen.Audit;
using PhongTuyen.Bench.Tampering;
using PhongTuyen.Cli;
using PhongTuyen.Kernel;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Quarantine;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Audit;

/// <summary>
/// Whoever tampers with the audit is found out, whatever they do, and the first bad row or day is named. A real journal of some days is made by real acts, sealed by the
/// real sealer and read from PostgreSQL and disk. Then, each time from how it was:
/// in memory 10,000 random tamperings, verified by <see cref="AuditProof"/>, which is all of <c>audit verify</c> but its reader;
/// and ten of every kind written into PostgreSQL and onto the disk, verified by the verb itself. What cannot be found out stands at <see cref="Tamperings"/>.
/// </summary>
[Answers("R7")]
[Trait("Category", "Database")]
public sealed class TamperingTests(FurnishedHouse house, ITestOutputHelper output) : IClassFixture<FurnishedHouse>
{
    private const int InMemory = 10_000;
    private const int OfEachKind = 10;
    private const int Seed = 20210820;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;
    private string Folder => Path.Combine(house.Folder, "audit-seals");

    /// <summary>Ten seals on four days, over one to eight rows each.</summary>
    private async Task<Journal> JournalAsync(NpgsqlConnection owner)
    {
        for (var seal = 0; seal < 9; seal++)
        {
            for (var i = 0; i <= seal % 3; i++)
            {
                var stay = await house.StayAsync(house.Place.ClerkA, house.Place.CampA);
                if (i != 1) (await house.CorrectAsync(house.Place.ClerkA, stay, old => old with { Note = $"lần {seal}" })).Done.ShouldBeTrue();
            }
            await house.SealAllAsync();
            if (seal % 3 == 2) house.Clock.Advance(TimeSpan.FromDays(5)); // into the next month, and so into the next file of copies
        }
        await house.PersonAsync(house.Place.ClerkA);
        await house.SealAllAsync();
        return await Journal.ReadAsync(owner, Folder, Ct);
    }

    /// <summary><c>phongtuyen audit verify --json</c>, and what it printed.</summary>
    private async Task<VerifyAudit.Report> VerbAsync()
    {
        await using var scope = house.Services.CreateAsyncScope();
        using var printed = new StringWriter();
        var code = await AuditVerify.RunAsync(scope.ServiceProvider.GetRequiredService<VerifyAudit>(), Language.Vietnamese, json: true, printed, Ct);
        using var json = JsonDocument.Parse(printed.ToString());
        var said = json.RootElement;
        said.GetProperty("whole").GetBoolean().ShouldBe(code == 0);
        T? Maybe<T>(string name) => said.GetProperty(name) is { ValueKind: not JsonValueKind.Null } value ? value.Deserialize<T>() : default;
        return new(said.GetProperty("seals").GetInt64(), said.GetProperty("rows").GetInt64(), said.GetProperty("unsealed").GetInt64(), Maybe<string>("fault"), Maybe<Guid?>("badRow"), Maybe<long?>("badSeal"), Maybe<DateOnly?>("badDay")) { BadPlace = Maybe<int?>("badPlace") };
    }

    [Fact]
    public async Task Whoever_tampers_with_the_audit_is_found_out_and_the_first_bad_row_or_day_is_named()
    {
        await using var owner = new NpgsqlConnection(house.Admin);
        await owner.OpenAsync(Ct);
        var journal = await JournalAsync(owner);
        (journal.Files.Count, journal.Seals.Count, journal.Seals.Select(seal => seal.SealedAt.LocalDay()).Distinct().Count()).ShouldSatisfyAllConditions(found => found.Item1.ShouldBe(2), found => found.Item2.ShouldBeGreaterThan(8), found => found.Item3.ShouldBeGreaterThan(3));
        journal.Values.Count.ShouldBeGreaterThan(5);

        (await VerbAsync()).Fault.ShouldBeNull("untouched");
        (await journal.ProveAsync(Ct)).Fault.ShouldBeNull("untouched, in memory");
        var since = Stopwatch.GetTimestamp();
        var memory = await TamperRun.RunAsync(journal, InMemory, Seed, tampered => tampered.ProveAsync(Ct), Ct);
        output.WriteLine($"in memory, seed {Seed}: {memory} ({Stopwatch.GetElapsedTime(since).TotalSeconds:0.0} s)");
        memory.ToString().ShouldSatisfyAllConditions(_ => memory.Missed.ShouldBeEmpty(), _ => memory.Misnamed.ShouldBeEmpty());
        memory.Kinds.Values.Min().ShouldBeGreaterThan(InMemory / memory.Kinds.Count - 2);

        since = Stopwatch.GetTimestamp();
        var database = await TamperRun.RunAsync(journal, OfEachKind * Tamperings.All.Count, Seed + 1, async tampered =>
        {
            await tampered.WriteAsync(owner, Folder, Ct);
            return await VerbAsync();
        }, Ct);
        output.WriteLine($"in PostgreSQL and on disk, seed {Seed + 1}: {database} ({Stopwatch.GetElapsedTime(since).TotalSeconds:0.0} s)");
        database.ToString().ShouldSatisfyAllConditions(_ => database.Missed.ShouldBeEmpty(), _ => database.Misnamed.ShouldBeEmpty());
        await journal.WriteAsync(owner, Folder, Ct);
        (await VerbAsync()).Fault.ShouldBeNull("put back as it was");
    }

    [Fact]
    public async Task A_planted_verification_that_looks_at_nothing_is_found()
    {
        await using var owner = new NpgsqlConnection(house.Admin);
        await owner.OpenAsync(Ct);
        await house.StayAsync(house.Place.ClerkA, house.Place.CampA);
        await house.SealAllAsync();
        await house.StayAsync(house.Place.ClerkA, house.Place.CampA);
        await house.SealAllAsync();
        var journal = await Journal.ReadAsync(owner, Folder, Ct);
        var blind = await TamperRun.RunAsync(journal, 3, Seed, _ => journal.ProveAsync(Ct), Ct);
        (blind.Passed, blind.Missed.Count).ShouldBe((false, 3));
        var vague = await TamperRun.RunAsync(journal, 3, Seed, _ => Task.FromResult(new VerifyAudit.Report(0, 0, 0, "Something is wrong.", null, null, null)), Ct);
        (vague.Passed, vague.Misnamed.Count).ShouldBe((false, 3));
    }
}
