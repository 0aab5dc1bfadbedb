using System.Globalization;

namespace PhongTuyen.Web;

/// <summary>What the command line of the program says. <c>./run</c> passes it on.</summary>
/// <param name="Settings">Settings of the form <c>--Section:Name=value</c>, and the data folder.</param>
public sealed record WebOptions(int? Port, bool Empty, bool Https, IReadOnlyDictionary<string, string?> Settings)
{
    /// <summary>Null after a sentence about what is wrong.</summary>
    public static WebOptions? Read(string[] args)
    {
        int? port = null;
        bool empty = false, https = false;
        var settings = new Dictionary<string, string?>();
        for (var i = 0; i < args.Length; i++)
        {
            string? Next() => i + 1 < args.Length ? args[++i] : null;
            switch (args[i])
            {
                case "--empty": empty = true; break;
                case "--https": https = true; break;
                case "--port" when i + 1 < args.Length && int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 65536:
                    (port, i) = (number, i + 1);
                    break;
                case "--port":
                    Console.Error.WriteLine("--port cần một số từ 1 đến 65535 / needs a number from 1 to 65535 (./run --help)");
                    return null;
                case "--data" when Next() is { Length: > 0 } folder: settings["Database:Folder"] = folder; break;
                case var word when word.StartsWith("--", StringComparison.Ordinal) && word.Contains(':', StringComparison.Ordinal) && word.Contains('=', StringComparison.Ordinal):
                    settings[word[2..word.IndexOf('=', StringComparison.Ordinal)]] = word[(word.IndexOf('=', StringComparison.Ordinal) + 1)..];
                    break;
                default:
                    Console.Error.WriteLine($"Không hiểu lựa chọn / unknown option: {args[i]} (./run --help)");
                    return null;
            }
        }
        return new WebOptions(port, empty, https, settings);
    }
}
