using System.Collections.Concurrent;

namespace PhongTuyen.Data.Keys;

/// <summary>
/// The keys that open the sealed fields. They lie in one file outside of the database (<see cref="KeyFile"/>); which of them are in use, and
/// which one seals, the database says. Whoever has the data without the file has no numbers; whoever loses it has lost them too.
/// </summary>
public sealed class KeyRing
{
    /// <summary>What is in use at one moment; replaced as a whole.</summary>
    private sealed record InUse(int Current, int Edition, IReadOnlyDictionary<int, byte[]> Seal, IReadOnlyDictionary<int, byte[]> Index);

    private readonly string? folder;
    private readonly ConcurrentDictionary<int, byte[]> lateKeys = new();
    private volatile InUse keys;

    private KeyRing(KeyFile file, string? folder)
    {
        this.folder = folder;
        keys = new InUse(file.Current, 0, file.SealKeys, file.IndexKeys);
    }

    /// <summary>The key that new values are sealed with.</summary>
    public int Current => keys.Current;

    /// <summary>Which edition of the keys in use it is, as the database counts them; 0: the database has not been asked.</summary>
    public int Edition => keys.Edition;

    /// <summary>Two keys are in use: values of both are there.</summary>
    public bool Rotating => keys.Index.Count > 1;

    /// <summary>The current key for AES-256-GCM, with its number.</summary>
    internal (int Id, byte[] Key) Sealing
    {
        get
        {
            var now = keys;
            return (now.Current, now.Seal[now.Current]);
        }
    }

    /// <summary>Key for AES-256-GCM, by its number. One that is not in use is looked for in the file: this program may not have heard of it yet. Null when it is not there either.</summary>
    internal byte[]? SealKey(int id)
    {
        if (keys.Seal.TryGetValue(id, out var key) || lateKeys.TryGetValue(id, out key)) return key;
        if (folder is null || !KeyFile.Exists(folder) || !KeyFile.Read(folder).WithRetired(folder).SealKeys.TryGetValue(id, out key)) return null;
        return lateKeys.GetOrAdd(id, key);
    }

    /// <summary>The keys of the blind index: the current one first; two during a rotation.</summary>
    internal IEnumerable<byte[]> IndexKeys
    {
        get
        {
            var now = keys;
            return now.Index.OrderByDescending(pair => pair.Key == now.Current).Select(pair => pair.Value);
        }
    }

    /// <summary>For each key in use the first bytes of its SHA-256: tells a wrong key file from the right one without telling the key.</summary>
    public IReadOnlyDictionary<string, string> Prints
    {
        get
        {
            var now = keys;
            return KeyFile.PrintsOf(now.Seal, now.Index);
        }
    }

    /// <summary>Reads the file; all of its keys are in use.</summary>
    /// <exception cref="DatabaseException">It is not there, not readable, or damaged.</exception>
    public static KeyRing Read(string folder) => new(KeyFile.Read(folder), folder);

    public static bool Exists(string folder) => KeyFile.Exists(folder);

    /// <summary>Makes a new ring with one key of each kind. Never overwrites a file.</summary>
    public static KeyRing Make(string folder) => new(KeyFile.Make(folder), folder);

    /// <summary>Takes what the database says is in use, from the file as it lies there now.</summary>
    /// <param name="prints">The keys in use; each of them has to be in the file.</param>
    /// <param name="current">Null: as the file says.</param>
    /// <returns>False, and all stays as it was: the file is another one's, or does not have all of them.</returns>
    internal bool Take(IReadOnlyDictionary<string, string> prints, int? current, int edition)
    {
        if (folder is null) return false;
        var file = KeyFile.Read(folder);
        if (!file.Has(prints)) file = file.WithRetired(folder);
        if (!file.Has(prints)) return false;
        Use(file.Only(prints), current, edition);
        return true;
    }

    private void Use(KeyFile file, int? current, int edition) => keys = new InUse(current ?? file.Current, edition, file.SealKeys, file.IndexKeys);

    /// <summary>A ring that lives in memory only, for tests.</summary>
    internal static KeyRing Fresh() => new(KeyFile.New(), null);
}
