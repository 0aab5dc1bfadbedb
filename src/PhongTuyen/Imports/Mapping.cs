using System.Text.Json;
using System.Text.Json.Serialization;
using PhongTuyen.Kernel;

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

    public static Mapping Read(string stored) => JsonSerializer.Deserialize<Mapping>(stored, Json)!;

    /// <summary>What a word of the list means in this field; null where the mapping says nothing of it.</summary>
    public string? WordOf(string field, string text) =>
        Values.TryGetValue(field, out var words) && VietnameseText.ToneKey(text) is var wanted && words.FirstOrDefault(pair => VietnameseText.ToneKey(pair.Key) == wanted).Value is { } word ? word : null;

    public string Write() => JsonSerializer.Serialize(this, Json);

    /// <summary>The same for a file with these headers: as they are written there, and without columns that it does not have.</summary>
    public Mapping For(IReadOnlyList<string> headers) => this with
    {
        Columns = Columns.Select(pair => (Header: headers.FirstOrDefault(header => header.Equals(pair.Key, StringComparison.OrdinalIgnoreCase)), pair.Value)).Where(pair => pair.Header is not null).ToDictionary(pair => pair.Header!, pair => pair.Value),
    };
}

/// <summary>The mappings that ship with the program, recognised by their headers.</summary>
public static class ShippedMappings
{
    /// <param name="Headers">The headers by which a file is recognised: all of them, in any order; others may stand beside them.</param>
    public sealed record Shipped(string Name, IReadOnlyList<string> Headers, Mapping Mapping);

    public static IReadOnlyList<Shipped> All { get; } = [.. Load()];

    /// <summary>The mapping whose headers the file has; the one with most headers where several fit. Null when none does.</summary>
    public static Shipped? For(IReadOnlyList<string> header) => All.Where(one => one.Headers.All(name => header.Contains(name, StringComparer.OrdinalIgnoreCase))).MaxBy(one => one.Headers.Count);

    public static Shipped? Named(string name) => All.FirstOrDefault(one => one.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

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
