using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PhongTuyen.Accounts;
using PhongTuyen.Areas;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Reorganisation;

namespace PhongTuyen.Cli;

/// <summary>
/// <c>phongtuyen areas reform PROVINCE --as-of 2025-07-01 --paper NUMBER [--units FILE] [--lines FILE] [--dry-run] [--json]</c>: takes a province from three levels to two, by the shipped links or by the lines
/// of a resolution, with what becomes of its units. Exit codes: 0 done; 2 wrong arguments; 4 a file cannot be read; 5 the installation refuses.
/// </summary>
public static class AreasReform
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The verb, for the list in <c>Program.cs</c>.</summary>
    public static Command Verb(TimeProvider clock)
    {
        var province = new Argument<string>("PROVINCE") { Description = "Tên hoặc mã tỉnh trước ngày sắp xếp. / Name or code of the province before the day." };
        var asOf = new Option<DateOnly>("--as-of") { Description = "Ngày có hiệu lực, ví dụ 2025-07-01. / The first day of the new areas.", Required = true, CustomParser = result =>
        {
            if (DateInput.TryDate(result.Tokens.Count == 1 ? result.Tokens[0].Value : null, clock.Today(), out var day)) return day;
            result.AddError("--as-of needs a date, for example 2025-07-01.");
            return default;
        } };
        var paper = new Option<string>("--paper") { Description = "Số nghị quyết. / Number of the resolution.", Required = true };
        var units = new Option<FileInfo?>("--units") { Description = ".xlsx, .csv: code, act, into, name, areas, new_code (mã đơn vị, việc, vào đơn vị, tên mới, địa bàn phụ trách, mã đơn vị mới)." };
        var lines = new Option<FileInfo?>("--lines") { Description = ".xlsx, .csv: code, level, name, parent, into (mã địa bàn, cấp, tên, thuộc, nhập vào). Thay cho bảng đối chiếu có sẵn. / Instead of the shipped links." };
        var dry = new Option<bool>("--dry-run") { Description = "Chỉ xem trước. / Preview only." };
        var (json, data, lang) = (new Option<bool>("--json") { Description = "JSON on standard output." }, Verbs.Data(), Verbs.Lang());
        var verb = new Command("reform", "Sắp xếp cả tỉnh từ ba cấp về hai cấp. / Takes a province from three levels to two.") { province, asOf, paper, units, lines, dry, json, data, lang };
        verb.SetAction((parsed, ct) => Verbs.InHouseAsync(parsed.GetValue(data), parsed.GetValue(lang), clock, async house =>
        {
            var language = OpenHouse.LanguageOf(parsed.GetValue(lang));
            var (on, areas) = (parsed.GetRequiredValue(asOf), house.Services.GetRequiredService<AreaStore>());
            var steps = Read(parsed.GetValue(units), ReformFile.Steps);
            var read = Read(parsed.GetValue(lines), ReformFile.Lines);
            if (!steps.Done || !read.Done) return await Verbs.FailAsync(4, string.Join('\n', steps.Problems.Concat(read.Problems).Select(problem => OpenHouse.Texts.Say(language, problem))));
            if (Find(areas.Book, parsed.GetRequiredValue(province), on.AddDays(-1)) is not { } found) return await Verbs.FailAsync(Verbs.Wrong, OpenHouse.Texts.Say(language, AreaProblems.NotOne("province")));
            var what = new AreaReform(read.Value.Count > 0 ? null : found.Id, read.Value, steps.Value);
            var outcome = await RunAsync(house.Services, new ReformAreas.Input(clock.NewGuid(), what, parsed.GetRequiredValue(paper), on), parsed.GetValue(dry), ct);
            if (!outcome.Done) return await Verbs.FailAsync(Verbs.Refused, string.Join('\n', outcome.Problems.Select(problem => OpenHouse.Texts.Say(language, problem))));
            await Console.Out.WriteLineAsync(parsed.GetValue(json) ? JsonSerializer.Serialize(Answer(outcome.Value, areas.Book, parsed.GetValue(dry)), Json) : Text(outcome.Value, language));
            return Verbs.Done;
        }, ct));
        return verb;
    }

    /// <summary>Looks first, in any case; then does it, but for a dry run.</summary>
    public static async Task<Outcome<ReformReport>> RunAsync(IServiceProvider services, ReformAreas.Input input, bool dry, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        var (db, use) = (scope.ServiceProvider.GetRequiredService<Db>(), scope.ServiceProvider.GetRequiredService<ReformAreas>());
        await using (var connection = await scope.ServiceProvider.GetRequiredService<Database>().Jobs.OpenConnectionAsync(ct))
        {
            var account = await connection.ValueAsync<Guid?>("SELECT id FROM pt.account WHERE user_name = $1 AND state = 1", ct, FirstAccounts.Operator);
            if (account is not { } id || await db.ActAsAsync(new AccountId(id), Roles.With(Permission.ManageAreas), Roles.Faceless, ct) is null) return CliProblems.NoAccount(FirstAccounts.Operator);
        }
        var seen = await use.PreviewAsync(input, ct);
        if (!seen.Done || dry) return seen;
        var done = await use.RunAsync(input, ct);
        if (!done.Done) return done.As<ReformReport>();
        await db.CommitAsync(ct);
        return seen;
    }

    private static Outcome<List<T>> Read<T>(FileInfo? file, Func<Stream, string, Outcome<List<T>>> read)
    {
        if (file is null) return new List<T>();
        try
        {
            using var content = file.OpenRead();
            return read(content, file.Name);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return CliProblems.Unreadable(file.Name);
        }
    }

    private static AreaRow? Find(AreaBook book, string written, DateOnly day) => book.ByCode(written, day) is { Level: AreaLevel.Province } coded ? coded
        : book.Search(written, day).Select(hit => book.Find(hit.Id)).FirstOrDefault(row => row is { Level: AreaLevel.Province });

    private static object Answer(ReformReport report, AreaBook book, bool dry) => new
    {
        DryRun = dry,
        Whole = report.Whole.Count,
        Divided = report.Divided.Select(book.Path),
        Unknown = report.Unknown.Select(book.Path),
        report.Units,
        report.Hamlets,
        UnitsLeft = report.Left.Select(unit => unit.Value),
        report.Steps,
        report.Grants,
        AccountsGaining = report.Reach.Gained,
        AccountsLosing = report.Reach.Lost,
        CasesApart = report.Apart.Cases,
        Cases = report.All.Cases,
        StaysApart = report.Apart.Stays,
        Stays = report.All.Stays,
    };

    private static string Text(ReformReport report, Language language) => OpenHouse.Texts.Say(language, "reform.answer", ("whole", report.Whole.Count), ("divided", report.Divided.Count), ("unknown", report.Unknown.Count), ("units", report.Units),
        ("left", report.Left.Count), ("hamlets", report.Hamlets), ("steps", report.Steps), ("grants", report.Grants), ("gained", report.Reach.Gained), ("lost", report.Reach.Lost));
}
