using System.Globalization;
using PhongTuyen.Bench.Pages;
using PhongTuyen.Bench.Province;
using PhongTuyen.Bench.Shown;

namespace PhongTuyen.Bench;

/// <summary><c>./phongtuyen bench …</c>: makes big provinces, measures the pages, kills the program and counts what was lost.</summary>
public static class BenchProgram
{
    private const string Help = """
        ./phongtuyen bench load [--persons N] [--facilities N] [--stays N]   loads a province and keeps it (bench/.data)
        ./phongtuyen bench pages [--persons N] [--requests N] [--only TEXT]  asks every page, 50 clients without pause, the no-op endpoint beside each
        ./phongtuyen bench pairs [--requests N] [--only TEXT]                the same pages at 100,000 and at 1,000,000 persons, asked in turn in the same seconds
        ./phongtuyen bench show [NAME]                                       measures a line of "to be shown": figure, target, pass or FAIL; without a name lists them
        """;

    public static async Task<int> RunAsync(string[] args)
    {
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            stop.Cancel();
        };
        try
        {
            return await RunAsync(args, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return 130; // caught, so that the program and its PostgreSQL are stopped on the way out
        }
    }

    private static async Task<int> RunAsync(string[] args, CancellationToken ct)
    {
        switch (args.Contains("--help") ? "help" : args.FirstOrDefault())
        {
            case "load":
                await ProvinceLoader.EnsureAsync(Plan(args), ct);
                return 0;
            case "pages":
                await PagesRun.RunAsync(Plan(args), Number(args, "--requests", 2000), Text(args, "--only"), Console.WriteLine, ct);
                return 0;
            case "pairs":
                await PagesRun.PairsAsync(LoadPlan.Small, LoadPlan.Big, Number(args, "--requests", 2000), Text(args, "--only"), Console.WriteLine, ct);
                return 0;
            case "show":
                return await Lines.ShowAsync(args.ElementAtOrDefault(1), ct);
            default:
                Console.WriteLine(Help);
                return args.Length == 0 || args[0] == "help" || args.Contains("--help") ? 0 : 2;
        }
    }

    private static LoadPlan Plan(string[] args) => new(Number(args, "--persons", LoadPlan.Small.Persons), Number(args, "--facilities", LoadPlan.Small.Facilities), Number(args, "--stays", LoadPlan.Small.Stays));

    private static string? Text(string[] args, string option) => Array.IndexOf(args, option) is >= 0 and var at ? args.ElementAtOrDefault(at + 1) : null;

    private static int Number(string[] args, string option, int otherwise) => int.TryParse(Text(args, option), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
