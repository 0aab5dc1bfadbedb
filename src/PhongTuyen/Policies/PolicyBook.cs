using System.Text.Json;
using System.Text.Json.Serialization;
using PhongTuyen.Areas;
using PhongTuyen.Kernel;

namespace PhongTuyen.Policies;

/// <summary>All editions of all kinds, read once at start. Everything that is wrong in any file is said together, and nothing starts.</summary>
public sealed class PolicyBook(AreaStore areas, IReadOnlyDictionary<Type, IReadOnlyList<Policy>> editions) : IPolicyBook
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
    };

    private sealed record PolicyFile(string? Kind, JsonElement[]? Editions);

    /// <param name="folders">The shipped folder, and the province's own.</param>
    /// <exception cref="SettingsException">A file cannot be read, an edition contradicts its own cases, or two editions say the same day.</exception>
    public static PolicyBook Read(AreaStore areas, IEnumerable<string> folders)
    {
        var faults = new List<string>();
        var kinds = typeof(PolicyBook).Assembly.GetTypes().Where(type => type is { IsAbstract: false, IsInterface: false } && type.IsAssignableTo(typeof(IPolicyKind))).ToDictionary(KindOf);
        var read = folders.Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal)).SelectMany(path => Editions(path, kinds, faults)).ToList();
        foreach (var (edition, place) in read)
        {
            faults.AddRange(edition.Faults().Select(fault => $"{place}: {fault}"));
            if (edition.Area != "VN" && !areas.Book.Knows(edition.Area)) faults.Add($"{place}: there is no area {edition.Area}.");
        }
        faults.AddRange(read.GroupBy(one => (one.Edition.GetType(), one.Edition.Area, one.Edition.From, one.Edition.Disease)).Where(same => same.Count() > 1)
            .Select(same => $"{string.Join(", ", same.Select(one => one.Place))}: two editions for {same.Key.Disease} in {same.Key.Area} from {same.Key.From:yyyy-MM-dd}."));
        if (faults.Count > 0) throw new SettingsException(faults);
        return new PolicyBook(areas, kinds.Values.ToDictionary(type => type, type => (IReadOnlyList<Policy>)[.. read.Select(one => one.Edition).Where(edition => edition.GetType() == type).OrderBy(edition => edition.From)]));
    }

    /// <summary>The editions of a file, each with its place for people: the file and which of its editions, counted from 1.</summary>
    private static List<(Policy Edition, string Place)> Editions(string path, Dictionary<string, Type> kinds, List<string> faults)
    {
        var (name, editions) = (Path.GetFileName(path), new List<(Policy, string)>());
        try
        {
            var file = JsonSerializer.Deserialize<PolicyFile>(File.ReadAllText(path), Json);
            if (file?.Editions is null || file.Kind is null) faults.Add($"{name}: 'kind' and 'editions' are needed.");
            else if (!kinds.TryGetValue(file.Kind, out var type)) faults.Add($"{name}: there is no kind of rule '{file.Kind}'.");
            else
                for (var i = 0; i < file.Editions.Length; i++)
                {
                    var place = $"{name}, edition {i + 1}";
                    try
                    {
                        if (file.Editions[i].Deserialize(type, Json) is Policy edition) editions.Add((edition, $"{place} ({edition.Area} {edition.From:yyyy-MM-dd})"));
                        else faults.Add($"{place}: there is nothing.");
                    }
                    catch (JsonException fault)
                    {
                        faults.Add($"{place}: {Said(fault)}{(fault.Path is { Length: > 1 } at ? $" ({at[2..]})" : "")}");
                    }
                }
        }
        catch (JsonException fault)
        {
            faults.Add($"{name}, line {fault.LineNumber + 1}: {Said(fault)}");
        }
        catch (IOException fault)
        {
            faults.Add($"{name}: {fault.Message}");
        }
        return editions;
    }

    /// <summary>The sentence without the reader's own counting of lines, which begins anew in each edition.</summary>
    private static string Said(JsonException fault) => fault.Message.Split(" Path: ")[0].Split(" LineNumber: ")[0];

    public TPolicy? For<TPolicy>(AreaId area, DateOnly day, string disease) where TPolicy : Policy, IPolicyKind
    {
        foreach (var code in areas.CodesUp(area))
            if (All<TPolicy>().LastOrDefault(edition => edition.Area == code && edition.From <= day && (edition.Disease is null || edition.Disease == disease)) is { } found) return found;
        return null;
    }

    public IReadOnlyList<TPolicy> All<TPolicy>() where TPolicy : Policy, IPolicyKind => [.. editions[typeof(TPolicy)].Cast<TPolicy>()];

    private static string KindOf(Type type) => (string)type.GetProperty(nameof(IPolicyKind.Kind))!.GetValue(null)!;
}
