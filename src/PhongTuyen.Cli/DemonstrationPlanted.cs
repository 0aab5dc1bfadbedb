using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Npgsql;
using PhongTuyen.Demonstration;
using PhongTuyen.Kernel;

namespace PhongTuyen.Cli;

/// <summary>
/// <c>phongtuyen demonstration key [--data FOLDER] [--lang vi|en] [--json]</c>: the mistakes that the demonstration plants (twins, wrong commune, shared telephone, old and new number of one person …), how many of each kind
/// were found, and every pair with its two records. Exit codes: 0 all as planted; 1 one is not; 2 wrong arguments; 5 the installation does not open, or is no demonstration.
/// </summary>
public static class DemonstrationPlanted
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The verb, for the list in <c>VerbList.cs</c>.</summary>
    public static Command Verb(TimeProvider clock)
    {
        var (data, lang, json) = (Verbs.Data(), Verbs.Lang(), new Option<bool>("--json") { Description = "JSON trên đầu ra chuẩn. / JSON on standard output." });
        var verb = new Command("key", "Lỗi cài sẵn trong dữ liệu mẫu: cài bao nhiêu, tìm ra bao nhiêu, từng cặp. / The mistakes planted in the demonstration: planted, found, each pair.") { data, lang, json };
        verb.SetAction((parsed, ct) => Verbs.InHouseAsync(parsed.GetValue(data), parsed.GetValue(lang), clock, async house =>
        {
            var language = OpenHouse.LanguageOf(parsed.GetValue(lang));
            await using var connection = new NpgsqlConnection(house.Admin);
            await connection.OpenAsync(ct);
            if (!await DemonstrationProvince.IsHereAsync(connection, ct)) return await Verbs.FailAsync(Verbs.Refused, OpenHouse.Texts.Say(language, "planted.no-demonstration"));
            return await RunAsync(connection, DemonstrationKey.MadeBy, language, parsed.GetValue(json), Console.Out, ct);
        }, ct));
        return verb;
    }

    /// <summary>The exit code.</summary>
    public static async Task<int> RunAsync(NpgsqlConnection connection, string madeBy, Language language, bool json, TextWriter output, CancellationToken ct)
    {
        var answer = await DemonstrationKey.ReadAsync(connection, madeBy, ct);
        if (json) await output.WriteLineAsync(JsonSerializer.Serialize(Answer(answer), Json));
        else await TableAsync(answer, language, output);
        return answer.Rows.All(row => row.AsPlanted) ? Verbs.Done : Verbs.Found;
    }

    private static object Answer(DemonstrationKey.Answer answer)
    {
        static object? Side(DemonstrationKey.Record? record) => record is null ? null : new { id = record.Id.Value, record.Name, record.Code };
        return new
        {
            asPlanted = answer.Rows.Count(row => row.AsPlanted), planted = answer.Rows.Count, otherPairsInTheQueue = answer.Others,
            kinds = answer.Kinds.Select(kind => new { kind.Kind, kind.Planted, asPlanted = kind.Right }),
            pairs = answer.Rows.Select(row => new
            {
                row.Pair.Kind, one = Side(row.One), other = Side(row.Other), row.Pair.OnePerson, toBeFound = row.Pair.Waits, standing = JsonNamingPolicy.KebabCaseLower.ConvertName(row.Standing.ToString()),
                score = row.Score is { } score ? Math.Round(score, 3) : (double?)null, row.Reasons, row.Rules, row.AsPlanted,
            }),
        };
    }

    private static async Task TableAsync(DemonstrationKey.Answer answer, Language language, TextWriter output)
    {
        string Say(string key, params (string, object?)[] details) => OpenHouse.Texts.Say(language, key, details);
        foreach (var (title, waits) in new[] { ("planted.to-find", true), ("planted.not-to-find", false) })
        {
            var rows = answer.Rows.Where(row => row.Pair.Waits == waits).ToList();
            await output.WriteLineAsync(Say(title, ("right", rows.Count(row => row.AsPlanted)), ("planted", rows.Count)));
            foreach (var kind in rows.GroupBy(row => row.Pair.Kind))
            {
                await output.WriteLineAsync($"  {Say("planted.kind." + kind.Key)}: {kind.Count(row => row.AsPlanted)} / {kind.Count()}");
                foreach (var row in kind)
                {
                    var why = row.Reasons.Count == 0 ? "" : ": " + string.Join(", ", row.Reasons.Select(reason => Say("match." + reason)));
                    await output.WriteLineAsync($"    {(row.AsPlanted ? " " : "!")} {Name(row.One, row.Pair.Name)} – {Name(row.Other, row.Pair.Other)}");
                    await output.WriteLineAsync($"        {Say("planted.standing." + row.Standing)}{(row.Score is { } score ? Say("planted.score", ("n", score.ToString("0.#", CultureInfo.InvariantCulture))) : "")}{why}");
                }
            }
        }
        await output.WriteLineAsync(Say("planted.others", ("n", answer.Others)));
        await output.WriteLineAsync(answer.Rows.All(row => row.AsPlanted) ? Say("planted.all") : Say("planted.missed", ("n", answer.Rows.Count(row => !row.AsPlanted))));
    }

    private static string Name(DemonstrationKey.Record? record, string planted) => record is null ? $"{planted} (—)" : $"{record.Name} ({(record.Code is { } code ? code + ", " : "")}{record.Id})";
}
