using System.CommandLine;
using System.Globalization;
using PhongTuyen.Data;
using PhongTuyen.Data.Keys;
using PhongTuyen.Kernel;

namespace PhongTuyen.Cli;

/// <summary>
/// <c>phongtuyen keys copied [--data FOLDER] [--lang vi|en]</c>: the operator says that a copy of the key file lies elsewhere; the program
/// stops asking for one. Exit codes: 0 noted; 2 wrong arguments; 5 there is no key file here.
/// </summary>
public static class KeysCopied
{
    public static Command Verb(TimeProvider clock)
    {
        var (data, lang) = (Verbs.Data(), Verbs.Lang());
        var verb = new Command("copied", "Ghi nhận đã sao chép khóa ra nơi khác. / Notes that the keys were copied elsewhere.") { data, lang };
        verb.SetAction((parsed, ct) => RunAsync(new DatabaseSettings { Folder = OpenHouse.DataFolder(parsed.GetValue(data)), KeyFolder = Environment.GetEnvironmentVariable("Database__KeyFolder") ?? "" },
            OpenHouse.LanguageOf(parsed.GetValue(lang)), clock, Console.Out, Console.Error, ct));
        return verb;
    }

    /// <summary>The exit code. The mark is a file beside the keys, so that it goes where they go.</summary>
    public static async Task<int> RunAsync(DatabaseSettings settings, Language language, TimeProvider clock, TextWriter output, TextWriter errors, CancellationToken ct)
    {
        var folder = Installation.KeyFolderOf(settings);
        if (!KeyRing.Exists(folder))
        {
            await errors.WriteLineAsync(OpenHouse.Texts.Say(language, "cli.keys-missing", ("folder", folder)));
            return Verbs.Refused;
        }
        await File.WriteAllTextAsync(Path.Combine(folder, KeyRing.CopiedMark), clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture) + "\n", ct);
        await output.WriteLineAsync(OpenHouse.Texts.Say(language, "cli.keys-noted", ("folder", folder)));
        return Verbs.Done;
    }
}
