using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Cli;

/// <summary>
/// <c>phongtuyen import FILE [--mapping NAME] [--as ACCOUNT] [--unit CODE] [--sheet NAME] [--dry-run] [--undo ID [--reason TEXT]] [--data FOLDER] [--lang vi|en] [--json]</c>:
/// takes a list in, as the pages do. Exit codes: 0 done; 1 done, and some rows were rejected; 2 wrong arguments; 4 the file cannot be read;
/// 5 refused: the installation does not open, the account may not, the columns are not known, or later entries depend on what is to be undone.
/// </summary>
public static class Import
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What is asked for.</summary>
    /// <param name="File">Null for an undo.</param>
    public sealed record Options(FileInfo? File, string? Mapping, string? Account, string? Unit, string? Sheet, bool DryRun, ImportId? Undo, bool Json, Language Language)
    {
        /// <summary>Why an import is undone.</summary>
        public string Reason { get; init; } = "phongtuyen import --undo";
    }

    /// <summary>The verb, for the list in <c>Program.cs</c>.</summary>
    public static Command Verb(TimeProvider clock)
    {
        var file = new Argument<FileInfo?>("FILE") { Description = "The list: .xlsx, .xls or .csv.", Arity = ArgumentArity.ZeroOrOne };
        var mapping = new Option<string?>("--mapping") { Description = "A shipped or saved mapping by its name; if it is left out, the headers decide." };
        var account = new Option<string?>("--as") { Description = $"The account in whose name it is done ({FirstAccounts.Operator} if it is left out)." };
        var unit = new Option<string?>("--unit") { Description = "Code of the unit that takes the list in (the account's own if it is left out)." };
        var sheet = new Option<string?>("--sheet") { Description = "The sheet of a workbook (the first with content if it is left out)." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Checks every row and writes nothing." };
        var undo = new Option<string?>("--undo") { Description = "Takes an import away again, by its id." };
        var reason = new Option<string?>("--reason") { Description = "Why it is undone, for the audit." };
        var data = new Option<string?>("--data") { Description = "The data folder." };
        var language = new Option<string?>("--lang") { Description = "vi or en; the language of the terminal if it is left out." };
        var json = new Option<bool>("--json") { Description = "JSON on standard output." };
        var verb = new Command("import", "Nhập danh sách người, đợt cách ly, ca bệnh, kết quả; hoặc hoàn tác. / Takes a list of persons, stays, cases and results in, or takes one back.") { file, mapping, account, unit, sheet, dryRun, undo, reason, data, language, json };
        verb.SetAction(async (parsed, ct) =>
        {
            ImportId taken = default;
            if (parsed.GetValue(undo) is { } id && !ImportId.TryParse(id, out taken)) return await WrongAsync("--undo cần mã của một lượt nhập / --undo needs the id of an import.");
            if ((parsed.GetValue(file) is null) == (taken == default)) return await WrongAsync("Hãy cho một tệp, hoặc --undo kèm mã lượt nhập / give either a FILE or --undo ID.");
            var options = new Options(parsed.GetValue(file), parsed.GetValue(mapping), parsed.GetValue(account), parsed.GetValue(unit), parsed.GetValue(sheet), parsed.GetValue(dryRun), taken == default ? null : taken, parsed.GetValue(json), OpenHouse.LanguageOf(parsed.GetValue(language)));
            if (parsed.GetValue(reason) is { Length: > 0 } why) options = options with { Reason = why };
            if (options.File is { Exists: false }) return await FailAsync(4, $"{options.File.FullName}: không có tệp này / there is no such file.");
            try
            {
                var opened = await OpenHouse.OpenAsync(parsed.GetValue(data), clock, ct);
                if (opened.Refused(out var problem)) return await FailAsync(5, OpenHouse.Texts.Say(options.Language, problem));
                await using var house = opened.Value;
                return await RunAsync(options, house.Services, clock, Console.Out, Console.Error, ct);
            }
            catch (Exception fault) when (fault is SettingsException or DatabaseException)
            {
                return await FailAsync(5, fault.Message);
            }
        });
        return verb;
    }

    /// <summary>The exit code; the answer goes to <paramref name="output"/>, a refusal to <paramref name="errors"/>.</summary>
    public static async Task<int> RunAsync(Options options, IServiceProvider services, TimeProvider clock, TextWriter output, TextWriter errors, CancellationToken ct)
    {
        var run = new ImportCommand(options, services, clock);
        var done = options.Undo is { } id ? await run.UndoAsync(id, ct) : await run.TakeInAsync(ct);
        if (!done.Done)
        {
            foreach (var problem in done.Problems) await errors.WriteLineAsync(OpenHouse.Texts.Say(options.Language, problem));
            return done.Problem switch
            {
                { Code: "cli.no-account" or "cli.no-unit" or "import.unknown-mapping" } => 2,
                { Code: var code } when code.StartsWith("sheet.", StringComparison.Ordinal) || code == "cli.unreadable" => 4,
                _ => 5,
            };
        }
        if (options.Json) await output.WriteLineAsync(JsonSerializer.Serialize(done.Value, Json));
        else await TableAsync(done.Value, options, output);
        return done.Value.Rejected > 0 && options.Undo is null ? 1 : 0;
    }

    /// <summary>What the verb answers.</summary>
    /// <param name="ImportId">Null after a dry run: nothing of it was kept.</param>
    public sealed record Answer(int Read, int Accepted, int Duplicate, int Rejected, int Findings, Guid? ImportId, IReadOnlyDictionary<string, int> FindingsByKind, string? Mapping, string State);

    private static async Task TableAsync(Answer answer, Options options, TextWriter output)
    {
        var words = OpenHouse.Texts;
        string Say(string key) => words.Say(options.Language, key);
        // Before it is written nothing is "taken in", and after an undo nothing is any more.
        var taken = options.DryRun ? "import.would-accept" : options.Undo is not null ? "import.taken-back" : "import.accepted";
        foreach (var (name, n) in new[] { ("import.read", answer.Read), (taken, answer.Accepted), ("import.duplicate", answer.Duplicate), ("import.rejected", answer.Rejected), ("import.findings", answer.Findings) })
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{Words.Show(n),10}  {Say(name)}"));
        foreach (var (kind, n) in answer.FindingsByKind) await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{Words.Show(n),14}  {Say("finding." + kind)}"));
        if (answer.ImportId is { } id) await output.WriteLineAsync($"{Say("import.id")}: {id}");
    }

    private static async Task<int> FailAsync(int code, string why)
    {
        await Console.Error.WriteLineAsync(why);
        return code;
    }

    private static Task<int> WrongAsync(string why) => FailAsync(2, why);
}
