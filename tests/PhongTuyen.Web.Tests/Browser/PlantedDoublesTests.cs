using Npgsql;
using PhongTuyen.Cli;
using PhongTuyen.Demonstration;
using PhongTuyen.Kernel;
using PhongTuyen.Tests.House;
using PhongTuyen.Web.People.Desk;
using Shouldly;
using Xunit;
using MatchState = PhongTuyen.People.Matching.MatchState;

namespace PhongTuyen.Web.Tests.Browser;

/// <summary>The mistakes that the demonstration plants, against their key: each kind is found that is to be found, and no other.</summary>
[Collection(DemonstrationTests.Name), Trait("Category", "Browser")]
public sealed class PlantedDoublesTests(DemonstrationHouse house)
{
    [Fact]
    [Answers("R14")]
    public async Task Every_planted_pair_waits_to_be_decided_or_does_not_as_the_key_says()
    {
        var officer = await house.SignInAsync("tinh");
        var shown = new Dictionary<MatchState, List<(string One, string Other)>>();
        foreach (var state in new[] { MatchState.Open, MatchState.Same })
        {
            shown[state] = [];
            for (var address = MatchesModel.Address(state, null, null); address is not null;)
            {
                await officer.GotoAsync(address);
                foreach (var row in await officer.Locator("main tbody tr").AllAsync()) shown[state].Add((await row.Locator("th a").InnerTextAsync(), await row.Locator("td[data-label] > span").First.InnerTextAsync()));
                address = await officer.Locator("main a[rel=next]").CountAsync() > 0 ? await officer.Locator("main a[rel=next]").GetAttributeAsync("href") : null;
            }
        }
        var wrong = from pair in DemonstrationDoubles.Planted
                    let state = pair.Kind == "merged" ? MatchState.Same : MatchState.Open
                    let there = shown[state].Any(row => row == (pair.Name, pair.Other) || row == (pair.Other, pair.Name))
                    where there != pair.Waits
                    select $"{pair.Kind}: {pair.Name}, {pair.Other} {(there ? "waits" : "does not wait")}";
        wrong.ShouldBeEmpty();
    }

    [Fact]
    [Answers("R4", "R14")]
    public async Task The_command_of_the_operator_finds_in_the_running_demonstration_what_was_planted()
    {
        Assert.SkipWhen(house.Program.Address is null, "The program does not run without a browser here.");
        var ct = TestContext.Current.CancellationToken;
        await using var open = (await OpenHouse.OpenAsync(Path.Combine(house.Program.Folder, "data"), TimeProvider.System, ct)).Value;
        await using var connection = new NpgsqlConnection(open.Admin);
        await connection.OpenAsync(ct);
        using var output = new StringWriter();
        (await DemonstrationPlanted.RunAsync(connection, DemonstrationKey.MadeBy, Language.Vietnamese, json: false, output, ct)).ShouldBe(0, output.ToString());
        foreach (var pair in DemonstrationDoubles.Planted) output.ToString().ShouldContain(pair.Name + " (");
    }
}
