using System.Text.Json;
using System.Text.Json.Serialization;

namespace PhongTuyen.Imports;

/// <summary>How the columns of a list become fields: kept as a profile for the next file of the same source.</summary>
public sealed record Mapping
{
    /// <summary>Name of the profile that it came from; empty for one made by hand.</summary>
    public string Name { get; init; } = "";

    /// <summary>What the list is about; part of what tells its rows from those of other lists. SK_1 of one list is not SK_1 of another.</summary>
    public string List { get; init; } = "";

    /// <summary>Header → key of the field. Headers that are left out are kept in the row and used for nothing.</summary>
    public IReadOnlyDictionary<string, string> Columns { get; init; } = new Dictionary<string, string>();

    /// <summary>Key of a field → value for every row.</summary>
    public IReadOnlyDictionary<string, string> Constants { get; init; } = new Dictionary<string, string>();

    /// <summary>Key of a field → word of the list → word of the program.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Values { get; init; } = new Dictionary<string, IReadOnlyDictionary<string, string>>();

    /// <summary>The day of the list; null: today.</summary>
    public DateOnly? AsOf { get; init; }

    [JsonIgnore]
    public IReadOnlySet<string> Fields => Columns.Values.Concat(Constants.Keys).ToHashSet(StringComparer.Ordinal);

    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };
}

/// <summary>The mappings that ship with the program, recognised by their headers.</summary>
public static class ShippedMappings
{
    /// <param name="Headers">The headers by which a file is recognised: all of them, in any order; others may stand beside them.</param>
    public sealed record Shipped(string Name, IReadOnlyList<string> Headers, Mapping Mapping);

    public static IReadOnlyList<Shipped> All { get; } = [.. Load()];

    /// <summary>The mapping whose headers the file has; the one with most headers where several fit. Null when none does.</summary>
    public static Shipped? For(IReadOnlyList<string> header) => All.Where(one => one.Headers.All(name => header.Contains(name, StringComparer.OrdinalIgnoreCase))).MaxBy(one => one.Headers.Count);

    private static IEnumerable<Shipped> Load()
    {
        var assembly = typeof(ShippedMappings).Assembly;
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith("mappings/", StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(resource)!;
            yield return JsonSerializer.Deserialize<Shipped>(stream, Mapping.Json)!;
        }
    }
}
