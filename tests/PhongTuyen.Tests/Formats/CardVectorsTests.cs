using System.Globalization;
using System.Text.Json.Nodes;
using PhongTuyen.Cli;
using PhongTuyen.Formats.Cards;
using PhongTuyen.Kernel;
using PhongTuyen.Tests.Architecture;
using PhongTuyen.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Formats;

/// <summary>The reader of the server and that of the browser (Islands/cards.ts) read the same texts as the same cards, and refuse the same ones for the same reason: both are tested with one file.</summary>
[Answers("R4")]
public sealed class CardVectorsTests
{
    private static readonly JsonNode Vectors = JsonNode.Parse(File.ReadAllText(Path.Combine(WorkingCopy.Root, "tests", "vectors", "cards.json")))!;

    private static readonly DateOnly Today = DateOnly.Parse((string)Vectors["today"]!, CultureInfo.InvariantCulture);

    private static async Task<JsonNode> SaidAsync(string text)
    {
        using var output = new StringWriter();
        await Scan.RunAsync(new StringReader(text.Length == 0 ? "\n" : text), output, json: true, Language.Vietnamese, Today, TestContext.Current.CancellationToken);
        return JsonNode.Parse(output.ToString())!;
    }

    [Fact]
    public async Task Every_text_of_the_shared_file_is_read_or_refused_as_it_says()
    {
        var faults = new List<string>();
        foreach (var row in Vectors["rows"]!.AsArray())
        {
            var said = await SaidAsync((string)row!["text"]!);
            var fits = row["problem"] is { } problem ? (string?)said["error"] == (string)problem! : JsonNode.DeepEquals(said, row["card"]);
            if (!fits) faults.Add($"{row["about"]}: {said.ToJsonString()}");
        }
        faults.ShouldBeEmpty();
    }

    [Fact]
    public void Every_reason_to_refuse_and_every_kind_of_card_stands_in_the_shared_file()
    {
        var rows = Vectors["rows"]!.AsArray();
        rows.Select(row => (string?)row!["card"]?["kind"]).OfType<string>().Distinct().Count().ShouldBe(Enum.GetValues<CardKind>().Length);
        var reasons = typeof(CardProblems).GetMethods().Where(method => method.ReturnType == typeof(Problem)).Select(method => ((Problem)method.Invoke(null, null)!).Code).ToList();
        CardProblems.All.Select(problem => problem.Code).ShouldBe(reasons, ignoreOrder: true);
        reasons.Except(rows.Select(row => (string?)row!["problem"]).OfType<string>()).ShouldBeEmpty();
    }
}
