using System.Text.Json;
using System.Text.Json.Serialization;
using PhongTuyen.Areas;
using PhongTuyen.Kernel;

namespace PhongTuyen.Policies;

/// <summary>All editions of all kinds, read once at start. Everything that is wrong in any file is said together, and nothing starts.</summary>
public sealed class PolicyBook(AreaStore areas, IReadOnlyDictionary<Type, IReadOnlyList<IPolicy>> editions) : IPolicyBook
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
    };

    private sealed record PolicyFile(string Kind, JsonElement[] Editions);

    /// <param name="folders">The shipped folder, and the province's own.</param>
    /// <exception cref="SettingsException">A file cannot be read, an edition contradicts its own cases, or two editions say the same day.</exception>
    public static PolicyBook Read(AreaStore areas, IEnumerable<string> folders)
    {
        var faults = new List<string>();
        var kinds = typeof(PolicyBook).Assembly.GetTypes().Where(type => type is { IsAbstract: false, IsInterface: false } && type.IsAssignableTo(typeof(IPolicyKind))).ToDictionary(KindOf);
        var editions = kinds.Values.ToDictionary(type => type, _ => new List<IPolicy>());
        foreach (var path in folders.Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal)))
        {
            try
            {
                var file = JsonSerializer.Deserialize<PolicyFile>(File.ReadAllText(path), Json)!;
                if (!kinds.TryGetValue(file.Kind, out var type)) faults.Add($"{Path.GetFileName(path)}: there is no kind of rule '{file.Kind}'.");
                else editions[type].AddRange(file.Editions.Select(edition => (IPolicy)edition.Deserialize(type, Json)!));
            }
            catch (Exception fault) when (fault is JsonException or IOException)
            {
                faults.Add($"{Path.GetFileName(path)}: {fault.Message}");
            }
        }
        foreach (var (type, all) in editions)
        {
            faults.AddRange(all.SelectMany(edition => edition.Faults().Select(fault => $"{KindOf(type)}/{edition.Area}/{edition.From:yyyy-MM-dd}: {fault}")));
            faults.AddRange(all.GroupBy(edition => (edition.Area, edition.From, edition.Disease)).Where(same => same.Count() > 1)
                .Select(same => $"{KindOf(type)}: two editions for {same.Key.Disease} in {same.Key.Area} from {same.Key.From:yyyy-MM-dd}."));
        }
        if (faults.Count > 0) throw new SettingsException(faults);
        return new PolicyBook(areas, editions.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<IPolicy>)[.. pair.Value.OrderBy(edition => edition.From)]));
    }

    public TPolicy? For<TPolicy>(AreaId area, DateOnly day, string disease) where TPolicy : class, IPolicyKind
    {
        foreach (var code in areas.CodesUp(area))
            if (All<TPolicy>().LastOrDefault(edition => edition.Area == code && edition.From <= day && (edition.Disease is null || edition.Disease == disease)) is { } found) return found;
        return null;
    }

    public IReadOnlyList<TPolicy> All<TPolicy>() where TPolicy : class, IPolicyKind => [.. editions[typeof(TPolicy)].Cast<TPolicy>()];

    private static string KindOf(Type type) => (string)type.GetProperty(nameof(IPolicyKind.Kind))!.GetValue(null)!;
}
