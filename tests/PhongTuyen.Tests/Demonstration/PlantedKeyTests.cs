using System.Text.Json;
using Npgsql;
using PhongTuyen.Accounts;
using PhongTuyen.Cli;
using PhongTuyen.Demonstration;
using PhongTuyen.Kernel;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Imports;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Demonstration;

/// <summary>The key of planted mistakes, on a province of its own: found / planted of each kind, every pair listed, and what is not as planted is said and ends the command with 1.</summary>
[Trait("Category", "Database")]
public sealed class PlantedKeyTests(PlantedKeyTests.PlantedHouse house) : IClassFixture<PlantedKeyTests.PlantedHouse>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A house with the planted pairs, entered by a clerk.</summary>
    public sealed class PlantedHouse : TestHouse
    {
        protected override async Task FurnishAsync() => await AsAsync(Place.ClerkA, Permission.EnterData, async (services, _) =>
        {
            await DemonstrationDoubles.PlantAsync(services, Clock, Place.KeysA1, Place.KeysA1 with { Commune = Place.CommuneA2 }, CancellationToken.None);
            return 0;
        });
    }

    private async Task<(int Code, string Text)> KeyAsync(bool json, Language language = Language.English)
    {
        await using var connection = new NpgsqlConnection(house.Admin);
        await connection.OpenAsync(Ct);
        using var output = new StringWriter();
        return (await DemonstrationPlanted.RunAsync(connection, "clerk-a", language, json, output, Ct), output.ToString());
    }

    [Fact]
    [Answers("R4", "R14")]
    public async Task Every_kind_says_found_of_planted_and_every_pair_is_listed_with_score_and_reasons()
    {
        var (code, text) = await KeyAsync(json: true);
        TestContext.Current.TestOutputHelper?.WriteLine(text);
        using var answer = JsonDocument.Parse(text);
        var kinds = answer.RootElement.GetProperty("kinds").EnumerateArray().Select(kind => (kind.GetProperty("kind").GetString(), kind.GetProperty("planted").GetInt32(), kind.GetProperty("asPlanted").GetInt32())).ToList();
        var pairs = answer.RootElement.GetProperty("pairs").EnumerateArray().ToList();
        kinds.Select(kind => kind.Item1).ShouldBe(DemonstrationDoubles.Planted.Select(pair => pair.Kind).Distinct());
        foreach (var kind in new[] { "twins", "wrong-commune", "shared-phone", "old-and-new-number" }) kinds.ShouldContain(one => one.Item1 == kind && one.Item2 > 0);
        pairs.Count.ShouldBe(DemonstrationDoubles.Planted.Count);
        pairs.Where(pair => !pair.GetProperty("asPlanted").GetBoolean()).Select(pair => $"{pair.GetProperty("kind")}: {pair.GetProperty("standing")}, {pair.GetProperty("score")}").ShouldBeEmpty();
        kinds.ShouldAllBe(kind => kind.Item2 == kind.Item3);
        pairs.ShouldAllBe(pair => pair.GetProperty("one").GetProperty("id").GetGuid() != pair.GetProperty("other").GetProperty("id").GetGuid());
        pairs.Where(pair => pair.GetProperty("standing").GetString() == "waits").ShouldAllBe(pair => pair.GetProperty("score").GetDouble() > 0 && pair.GetProperty("reasons").GetArrayLength() > 0 && pair.GetProperty("rules").GetString()!.Length > 0);
        code.ShouldBe(0);
    }

    [Fact]
    [Answers("R4", "R14")]
    public async Task A_pair_that_was_not_found_is_marked_and_ends_the_command_with_1_and_so_is_one_that_should_not_have_been()
    {
        const string lost = "UPDATE pt.person_match SET state = $1 WHERE person_id IN (SELECT id FROM pt.person WHERE name = 'Phùng Thị Nhàn')";
        const string alarm = "UPDATE pt.person SET name = $2 WHERE name = $1";
        (await KeyAsync(json: false)).Text.ShouldContain("wrong commune: 1 / 1");
        await house.SqlAsync(lost, (short)3);
        var (code, text) = await KeyAsync(json: false);
        code.ShouldBe(1);
        text.ShouldContain("wrong commune: 0 / 1");
        text.ShouldContain("    ! Phùng Thị Nhàn (");
        text.ShouldContain("1 pairs are not as planted");
        (await KeyAsync(json: false, Language.Vietnamese)).Text.ShouldContain("sai xã: 0 / 1");
        await house.SqlAsync(lost, (short)2);
        (await KeyAsync(json: false)).Code.ShouldBe(0, "what somebody has decided had been found");
        await house.SqlAsync(lost, (short)0);

        await house.SqlAsync(alarm, "Cao Thị Út", "Cao Thị Ba");
        (await KeyAsync(json: false)).Text.ShouldContain("! Cao Văn Thành (");
        await house.SqlAsync(alarm, "Cao Thị Ba", "Cao Thị Út");
        (await KeyAsync(json: false)).Code.ShouldBe(0);
    }
}
