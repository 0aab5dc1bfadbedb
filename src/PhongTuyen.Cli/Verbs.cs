using System.CommandLine;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Cli;

/// <summary>What the verbs share: the options that all of them have, the codes that they end with, and refusals on the error stream.</summary>
internal static class Verbs
{
    public const int Done = 0;
    /// <summary>Done, and what was looked for is there: a document that differs.</summary>
    public const int Found = 1;
    public const int Wrong = 2;
    /// <summary>The installation does not open, or it refuses.</summary>
    public const int Refused = 5;

    public static Option<string?> Data() => new("--data") { Description = "Thư mục dữ liệu. / The data folder." };

    public static Option<string?> Lang() => new("--lang") { Description = "vi hoặc en / vi or en." };

    /// <summary>Opens the installation, does the work in it, and closes it; says on the error stream why it does not open.</summary>
    public static async Task<int> InHouseAsync(string? data, string? lang, TimeProvider clock, Func<OpenHouse, Task<int>> work, CancellationToken ct)
    {
        try
        {
            var opened = await OpenHouse.OpenAsync(data, clock, ct);
            if (opened.Refused(out var problem)) return await FailAsync(Refused, OpenHouse.Texts.Say(OpenHouse.LanguageOf(lang), problem));
            await using var house = opened.Value;
            return await work(house);
        }
        catch (Exception fault) when (fault is SettingsException or DatabaseException)
        {
            return await FailAsync(Refused, fault.Message);
        }
    }

    public static async Task<int> FailAsync(int code, string why)
    {
        await Console.Error.WriteLineAsync(why);
        return code;
    }
}
