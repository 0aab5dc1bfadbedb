using PhongTuyen.Kernel;

namespace PhongTuyen.Imports.Contract;

/// <summary>One person of a file, told by a number on a paper; several rows may be about the same one. There may be a million of them: each is small.</summary>
public sealed class NumberOwner
{
    private (string What, int Row) taken;
    private Dictionary<string, int>? more;

    /// <summary>The number of the first row that named the person; 0: none has yet.</summary>
    public int First { get; set; }

    /// <summary>Notes that a row takes something that one person has once (<c>stay</c>). The earlier row that has taken it; null where this one is the first.</summary>
    public int? Claim(string what, int row)
    {
        if (taken.What is null) taken = (what, row);
        var earlier = taken.What == what ? taken.Row : (more ??= new(StringComparer.Ordinal)).TryAdd(what, row) ? row : more[what];
        return earlier == row ? null : earlier;
    }
}

/// <summary>The persons whom the rows of a file have named, by the keyed hashes of their numbers.</summary>
public sealed class NumberOwners
{
    private readonly Dictionary<UInt128, NumberOwner> owners = [];

    /// <summary>Whom these numbers belong to: the person of an earlier row that has one of them, else a new one.</summary>
    /// <param name="known">The recorded person of that number.</param>
    public NumberOwner Of(IEnumerable<byte[]> numbers, PersonId? known)
    {
        List<UInt128> names = [.. numbers.Select(ByteArrays.Half), .. known is { } person ? [ByteArrays.Half(person.Value.ToByteArray())] : Array.Empty<UInt128>()];
        var owner = names.Select(name => owners.GetValueOrDefault(name)).FirstOrDefault(one => one is not null) ?? new NumberOwner();
        foreach (var name in names) owners.TryAdd(name, owner);
        return owner;
    }
}
