using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace PhongTuyen.Data.Keys;

/// <summary>
/// The key file <c>ring.json</c>, mode 0600, made at the first start. It is written to a new file, to the disk, and then takes the place of the old one:
/// at no moment is there none that can be read. Keys that were retired lie beside it in files of their own, for backups from before.
/// </summary>
internal sealed class KeyFile
{
    private const string FileName = "ring.json", Retired = "retired-";

    private sealed record Stored(int Current, Dictionary<string, string>? Seal, Dictionary<string, string>? Index);

    private KeyFile(int current, Dictionary<int, byte[]> seal, Dictionary<int, byte[]> index)
    {
        (Current, SealKeys, IndexKeys) = (current, seal, index);
        if (seal.Values.Concat(index.Values).Any(key => key.Length != 32) || !seal.ContainsKey(Current) || !index.ContainsKey(Current))
            throw new DatabaseException("The key file is damaged: a key is missing or has not 256 bits.");
    }

    public int Current { get; }

    public IReadOnlyDictionary<int, byte[]> SealKeys { get; }

    public IReadOnlyDictionary<int, byte[]> IndexKeys { get; }

    public static KeyFile New() => new(1, new() { [1] = NewKey() }, new() { [1] = NewKey() });

    private static byte[] NewKey() => RandomNumberGenerator.GetBytes(32);

    public static bool Exists(string folder) => File.Exists(Path.Combine(folder, FileName));

    /// <exception cref="DatabaseException">It is not there, not readable, or damaged.</exception>
    public static KeyFile Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path)) throw new DatabaseException($"The key file {path} is missing. Without it the sealed numbers of this database cannot be read: put back the copy that was made of it.");
        return ReadFile(path);
    }

    private static KeyFile ReadFile(string path)
    {
        try
        {
            var stored = JsonSerializer.Deserialize<Stored>(File.ReadAllText(path)) ?? throw new JsonException();
            return new KeyFile(stored.Current, Keys(stored.Seal), Keys(stored.Index));
        }
        catch (Exception fault) when (fault is JsonException or FormatException or OverflowException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw new DatabaseException($"The key file {path} cannot be read: {fault.Message}", fault);
        }
    }

    private static Dictionary<int, byte[]> Keys(Dictionary<string, string>? stored) =>
        (stored ?? []).ToDictionary(pair => int.Parse(pair.Key, CultureInfo.InvariantCulture), pair => Convert.FromBase64String(pair.Value));

    /// <summary>Makes the file and its folder. Never overwrites one.</summary>
    public static KeyFile Make(string folder)
    {
        Directory.CreateDirectory(folder);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var made = New();
        made.Write(Path.Combine(folder, FileName), FileMode.CreateNew);
        return made;
    }

    /// <summary>Whether every one of these keys is here.</summary>
    public bool Has(IReadOnlyDictionary<string, string> prints) => PrintsOf(SealKeys, IndexKeys) is var own && prints.All(print => own.GetValueOrDefault(print.Key) == print.Value);

    /// <summary>Without what is not named.</summary>
    public KeyFile Only(IReadOnlyDictionary<string, string> prints)
    {
        var (seal, index) = (SealKeys.Where(pair => prints.ContainsKey($"s{pair.Key}")).ToDictionary(), IndexKeys.Where(pair => prints.ContainsKey($"i{pair.Key}")).ToDictionary());
        return new KeyFile(seal.ContainsKey(Current) ? Current : seal.Keys.Max(), seal, index);
    }

    /// <summary>Together with the keys that were retired, where their files still lie here.</summary>
    public KeyFile WithRetired(string folder)
    {
        var (seal, index) = (SealKeys.ToDictionary(), IndexKeys.ToDictionary());
        foreach (var old in Directory.EnumerateFiles(folder, Retired + "*.json").Order(StringComparer.Ordinal).Select(ReadFile))
        {
            foreach (var (id, key) in old.SealKeys) seal.TryAdd(id, key);
            foreach (var (id, key) in old.IndexKeys) index.TryAdd(id, key);
        }
        return new KeyFile(Current, seal, index);
    }

    /// <summary>The file with one key more of each kind, which seals nothing yet.</summary>
    public static void Add(string folder, int id)
    {
        var file = Read(folder);
        if (file.SealKeys.ContainsKey(id)) return;
        new KeyFile(file.Current, new(file.SealKeys) { [id] = NewKey() }, new(file.IndexKeys) { [id] = NewKey() }).Replace(folder);
    }

    /// <summary>Leaves one key in the file. The others are first kept beside it.</summary>
    public static void Retire(string folder, int kept)
    {
        var file = Read(folder);
        foreach (var id in file.SealKeys.Keys.Where(id => id != kept).Order())
        {
            var old = new KeyFile(id, new() { [id] = file.SealKeys[id] }, new() { [id] = file.IndexKeys[id] });
            var path = RetiredFile(folder, id);
            if (!File.Exists(path)) old.WriteBeside(path);
        }
        if (file.SealKeys.Count > 1 || file.Current != kept) new KeyFile(kept, new() { [kept] = file.SealKeys[kept] }, new() { [kept] = file.IndexKeys[kept] }).Replace(folder);
    }

    public static string RetiredFile(string folder, int id) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{Retired}{id}.json"));

    private void Replace(string folder) => WriteBeside(Path.Combine(folder, FileName));

    private void WriteBeside(string path)
    {
        var fresh = path + ".new";
        File.Delete(fresh);
        Write(fresh, FileMode.CreateNew);
        File.Move(fresh, path, overwrite: true);
        Unix.FlushFolder(Path.GetDirectoryName(path)!);
    }

    private void Write(string path, FileMode mode)
    {
        static Dictionary<string, string> Text(IReadOnlyDictionary<int, byte[]> keys) => keys.ToDictionary(pair => pair.Key.ToString(CultureInfo.InvariantCulture), pair => Convert.ToBase64String(pair.Value));
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(path, options);
        JsonSerializer.Serialize(file, new Stored(Current, Text(SealKeys), Text(IndexKeys)));
        file.Flush(flushToDisk: true);
    }

    /// <summary>For each key the first bytes of its SHA-256.</summary>
    public static IReadOnlyDictionary<string, string> PrintsOf(IReadOnlyDictionary<int, byte[]> seal, IReadOnlyDictionary<int, byte[]> index) =>
        seal.Select(pair => ($"s{pair.Key}", pair.Value)).Concat(index.Select(pair => ($"i{pair.Key}", pair.Value))).ToDictionary(pair => pair.Item1, pair => Convert.ToHexStringLower(SHA256.HashData(pair.Value))[..16]);
}
