using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PhongTuyen.Audit;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Cli;

/// <summary>
/// <c>phongtuyen audit verify [--data FOLDER] [--lang vi|en] [--json]</c>: reads the whole audit again and compares it with its seals and their
/// copies. Exit codes: 0 whole; 1 not whole; 2 wrong arguments; 5 the installation does not open.
/// </summary>
public static class AuditVerify
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The verb, for the list in <c>Program.cs</c>.</summary>
    public static Command Verb(TimeProvider clock)
    {
        var data = new Option<string?>("--data") { Description = "The data folder." };
        var language = new Option<string?>("--lang") { Description = "vi or en; the language of the terminal if it is left out." };
        var json = new Option<bool>("--json") { Description = "JSON on standard output." };
        var verb = new Command("verify", "Kiểm tra nhật ký có bị sửa không. / Compares the whole audit with its seals and their copies.") { data, language, json };
        verb.SetAction(async (parsed, ct) =>
        {
            try
            {
                var opened = await OpenHouse.OpenAsync(parsed.GetValue(data), clock, ct);
                if (opened.Refused(out var problem))
                {
                    await Console.Error.WriteLineAsync(OpenHouse.Texts.Say(OpenHouse.LanguageOf(parsed.GetValue(language)), problem));
                    return 5;
                }
                await using var house = opened.Value;
                await using var scope = house.Services.CreateAsyncScope();
                return await RunAsync(scope.ServiceProvider.GetRequiredService<VerifyAudit>(), OpenHouse.LanguageOf(parsed.GetValue(language)), parsed.GetValue(json), Console.Out, ct);
            }
            catch (Exception fault) when (fault is SettingsException or DatabaseException)
            {
                await Console.Error.WriteLineAsync(fault.Message);
                return 5;
            }
        });
        return verb;
    }

    /// <summary>The exit code; the answer goes to <paramref name="output"/>.</summary>
    public static async Task<int> RunAsync(VerifyAudit verify, Language language, bool json, TextWriter output, CancellationToken ct)
    {
        var report = await verify.RunAsync(ct);
        if (json) await output.WriteLineAsync(JsonSerializer.Serialize(new { whole = report.Fault is null, report.Seals, report.Rows, report.Unsealed, report.Fault, report.BadSeal, report.BadPlace, report.BadRow, report.BadDay }, Json));
        else
        {
            await output.WriteLineAsync(OpenHouse.Texts.Say(language, report.Fault is null ? "audit.whole" : "audit.not-whole", ("seals", report.Seals), ("rows", report.Rows), ("unsealed", report.Unsealed)));
            if (report.Fault is not null) await output.WriteLineAsync($"  {report.Fault} {report.BadRow} {(report.BadDay is { } day ? $"({Words.Show(day)})" : "")}".TrimEnd());
        }
        return report.Fault is null ? 0 : 1;
    }
}
