using System.CommandLine;
using PhongTuyen.Data;
using PhongTuyen.Data.Keys;
using PhongTuyen.Kernel;

namespace PhongTuyen.Cli;

/// <summary>
/// <c>phongtuyen keys copied [--data FOLDER] [--keys FOLDER]</c>: says that a copy of the keys lies elsewhere, so that the program stops to
/// remind. Exit codes: 0 noted; 2 wrong arguments; 5 there are no keys, or the folder cannot be written.
/// </summary>
public static class KeysCopied
{
    /// <summary>The verb, for the list in <c>Program.cs</c>.</summary>
    public static Command Verb()
    {
        var data = new Option<string?>("--data") { Description = "The data folder." };
        var keys = new Option<string?>("--keys") { Description = "The folder of the keys, where it is not beside the data." };
        var language = new Option<string?>("--lang") { Description = "vi or en; the language of the terminal if it is left out." };
        var verb = new Command("copied", "Ghi nhận đã sao chép khóa ra nơi khác. / Notes that a copy of the keys lies elsewhere.") { data, keys, language };
        verb.SetAction(parsed => Run(
            new DatabaseSettings { Folder = OpenHouse.DataFolder(parsed.GetValue(data)), KeyFolder = parsed.GetValue(keys) ?? Environment.GetEnvironmentVariable("Database__KeyFolder") ?? "" },
            OpenHouse.LanguageOf(parsed.GetValue(language)), Console.Out, Console.Error));
        return verb;
    }

    /// <summary>The exit code.</summary>
    public static int Run(DatabaseSettings settings, Language language, TextWriter output, TextWriter errors)
    {
        var folder = KeyCopy.Folder(settings);
        if (!KeyRing.Exists(folder))
        {
            errors.WriteLine(OpenHouse.Texts.Say(language, "keys.not-there", ("folder", folder)));
            return 5;
        }
        try
        {
            KeyCopy.MarkAsCopied(settings);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            errors.WriteLine(fault.Message);
            return 5;
        }
        output.WriteLine(OpenHouse.Texts.Say(language, "keys.noted", ("folder", folder)));
        return 0;
    }
}
