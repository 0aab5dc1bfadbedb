using System.CommandLine;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PhongTuyen.Audit;
using PhongTuyen.Kernel;

namespace PhongTuyen.Cli;

/// <summary>
/// <c>phongtuyen audit verify [--data FOLDER] [--lang vi|en] [--json]</c>: reads the whole audit again and compares it with its seals and
/// their copies. Exit codes: 0 sound; 1 something was changed, and the first broken seal and row are named; 2 wrong arguments; 5 not opened.
/// </summary>
public static class AuditVerify
{
    public static Command Verb(TimeProvider clock)
    {
        var (data, lang, json) = (Verbs.Data(), Verbs.Lang(), Verbs.AsJson());
        var verb = new Command("verify", "Kiểm tra nhật ký có bị sửa không. / Whether the audit was tampered with.") { data, lang, json };
        verb.SetAction((parsed, ct) => Verbs.InHouseAsync(parsed.GetValue(data), parsed.GetValue(lang), clock,
            house => RunAsync(house.Services, OpenHouse.LanguageOf(parsed.GetValue(lang)), parsed.GetValue(json), Console.Out, ct), ct));
        return verb;
    }

    /// <summary>The exit code; the answer goes to <paramref name="output"/>.</summary>
    public static async Task<int> RunAsync(IServiceProvider services, Language language, bool json, TextWriter output, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        var report = await scope.ServiceProvider.GetRequiredService<VerifyAudit>().RunAsync(ct);
        if (json) await output.WriteLineAsync(JsonSerializer.Serialize(report, Verbs.Json));
        else
        {
            string Say(string key, params ReadOnlySpan<(string, object?)> details) => OpenHouse.Texts.Say(language, key, details);
            await output.WriteLineAsync(report.Fault is { } fault ? Say("cli.audit-broken", ("fault", fault)) : Say("cli.audit-sound"));
            if (report.BadSeal is { } seal) await output.WriteLineAsync(Say("cli.audit-seal", ("seal", seal), ("day", report.BadDay)));
            if (report.BadRow is { } row) await output.WriteLineAsync(Say("cli.audit-row", ("row", row)));
            await output.WriteLineAsync(Say("cli.audit-read", ("seals", report.Seals), ("rows", report.Rows), ("unsealed", report.Unsealed)));
        }
        return report.Fault is null ? Verbs.Done : Verbs.Found;
    }
}
