using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using PhongTuyen.Data;
using PhongTuyen.Data.Keys;
using PhongTuyen.Kernel;

namespace PhongTuyen.Cli;

/// <summary>
/// <c>phongtuyen keys status [--data FOLDER] [--lang vi|en]</c>: which key is in use, whether the keys were copied, and how far a change of them is, table by table. Exit codes: 0 said; 2 wrong arguments;
/// 5 the installation does not open.
/// </summary>
public static class KeysStatus
{
    /// <summary>The verb, for the list in <c>Program.cs</c>.</summary>
    public static Command Verb(TimeProvider clock)
    {
        var (data, lang) = (Verbs.Data(), Verbs.Lang());
        var verb = new Command("status", "Khóa nào đang dùng, việc thay khóa đến đâu. / Which key is in use, and how far a change of it is.") { data, lang };
        verb.SetAction((parsed, ct) => Verbs.InHouseAsync(parsed.GetValue(data), parsed.GetValue(lang), clock, house => RunAsync(house.Services, OpenHouse.LanguageOf(parsed.GetValue(lang)), Console.Out, ct), ct));
        return verb;
    }

    /// <summary>The exit code.</summary>
    public static async Task<int> RunAsync(IServiceProvider services, Language language, TextWriter output, CancellationToken ct)
    {
        async Task SayAsync(string key, params (string, object?)[] details) => await output.WriteLineAsync(OpenHouse.Texts.Say(language, key, details));
        var settings = services.GetRequiredService<DatabaseSettings>();
        await SayAsync("keys.in-use", ("key", services.GetRequiredService<KeyRing>().Current), ("folder", KeyCopy.Folder(settings)));
        if (KeyCopy.At(settings) is { } copied) await SayAsync("keys.copied-at", ("at", copied));
        else await SayAsync("keys.copied-not");
        await using var connection = await services.GetRequiredService<Database>().Jobs.OpenConnectionAsync(ct);
        if (await KeyRotation.LastAsync(connection, ct) is not { } last)
        {
            await SayAsync("keys.never-rotated");
            return Verbs.Done;
        }
        if (last.EndedAt is { } ended) await SayAsync("keys.rotated-at", ("key", last.Key), ("old", last.Old), ("at", ended));
        else await SayAsync("keys.rotating", ("key", last.Key), ("old", last.Old), ("percent", last.Percent), ("done", last.Done), ("total", last.Total));
        foreach (var table in last.Tables) await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {table.Name,-22}{Words.Show(table.Done),12} / {Words.Show(Math.Max(table.Total, table.Done))}"));
        return Verbs.Done;
    }
}
