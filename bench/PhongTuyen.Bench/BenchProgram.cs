using System.Globalization;
using PhongTuyen.Bench.Province;

namespace PhongTuyen.Bench;

/// <summary><c>./phongtuyen bench …</c>: makes big provinces, measures the pages, kills the program and counts what was lost.</summary>
public static class BenchProgram
{
    private const string Help = """
        ./phongtuyen bench load [--persons N] [--facilities N] [--stays N]   loads a province and keeps it (bench/.data)
        """;

    public static async Task<int> RunAsync(string[] args)
    {
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            stop.Cancel();
        };
        switch (args.FirstOrDefault())
        {
            case "load":
                await ProvinceLoader.EnsureAsync(new LoadPlan(Number(args, "--persons", 100_000), Number(args, "--facilities", 500), Number(args, "--stays", 200_000)), stop.Token);
                return 0;
            default:
                Console.WriteLine(Help);
                return args.Length == 0 || args[0] is "help" or "--help" ? 0 : 2;
        }
    }

    internal static int Number(string[] args, string option, int otherwise) =>
        Array.IndexOf(args, option) is >= 0 and var at && at + 1 < args.Length && int.TryParse(args[at + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
