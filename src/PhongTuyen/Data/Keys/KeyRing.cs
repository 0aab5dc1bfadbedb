using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace PhongTuyen.Data.Keys;

/// <summary>
/// The keys that open the sealed fields, in one file outside of the database: <c>ring.json</c>, mode 0600, made at the first start.
/// Whoever has the data without this file has no numbers; whoever loses it has lost them too.
/// </summary>
public sealed class KeyRing
{
    private const string FileName = "ring.json";

    private sealed record Stored(int Current, Dictionary<string, string>? Seal, Dictionary<string, string>? Index);

    private readonly Dictionary<int, byte[]> seal;
    private readonly Dictionary<int, byte[]> index;

    private KeyRing(Stored stored)
    {
        Current = stored.Current;
        seal = Keys(stored.Seal);
        index = Keys(stored.Index);
        if (seal.Values.Concat(index.Values).Any(key => key.Length != 32) || !seal.ContainsKey(Current) || !index.ContainsKey(Current))
            throw new DatabaseException("The key file is damaged: a key is missing or has not 256 bits.");
    }

    private static Dictionary<int, byte[]> Keys(Dictionary<string, string>? stored) =>
        (stored ?? []).ToDictionary(pair => int.Parse(pair.Key, CultureInfo.InvariantCulture), pair => Convert.FromBase64String(pair.Value));

    /// <summary>The key that new values are sealed with.</summary>
    public int Current { get; }

    /// <summary>Key for AES-256-GCM, by its number; null when the ring does not have it.</summary>
    internal byte[]? SealKey(int id) => seal.GetValueOrDefault(id);

    /// <summary>The keys of the blind index: the current one first; two during a rotation.</summary>
    internal IEnumerable<byte[]> IndexKeys => index.OrderByDescending(pair => pair.Key == Current).Select(pair => pair.Value);

    /// <summary>For each key the first bytes of its SHA-256: tells a wrong key file from the right one without telling the key.</summary>
    public IReadOnlyDictionary<string, string> Prints => seal.Select(pair => ("s" + pair.Key, pair.Value)).Concat(index.Select(pair => ("i" + pair.Key, pair.Value)))
        .ToDictionary(pair => pair.Item1, pair => Convert.ToHexStringLower(SHA256.HashData(pair.Value))[..16]);

    /// <summary>Reads the file.</summary>
    /// <exception cref="DatabaseException">It is not there, not readable, or damaged.</exception>
    public static KeyRing Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path)) throw new DatabaseException($"The key file {path} is missing. Without it the sealed numbers of this database cannot be read: put back the copy that was made of it.");
        try
        {
            return new KeyRing(JsonSerializer.Deserialize<Stored>(File.ReadAllText(path)) ?? throw new JsonException());
        }
        catch (Exception fault) when (fault is JsonException or FormatException or OverflowException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw new DatabaseException($"The key file {path} cannot be read: {fault.Message}", fault);
        }
    }

    public static bool Exists(string folder) => File.Exists(Path.Combine(folder, FileName));

    /// <summary>Makes a new ring with one key of each kind. Never overwrites a file.</summary>
    public static KeyRing Make(string folder)
    {
        var stored = new Stored(1, new() { ["1"] = NewKey() }, new() { ["1"] = NewKey() });
        Directory.CreateDirectory(folder);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(Path.Combine(folder, FileName), options))
        {
            JsonSerializer.Serialize(file, stored);
            file.Flush(flushToDisk: true);
        }
        return new KeyRing(stored);
    }

    /// <summary>A ring that lives in memory only, for tests.</summary>
    internal static KeyRing Fresh() => new(new Stored(1, new() { ["1"] = NewKey() }, new() { ["1"] = NewKey() }));

    private static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
}
