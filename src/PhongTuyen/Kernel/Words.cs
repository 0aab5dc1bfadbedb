using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace PhongTuyen.Kernel;

/// <summary>The languages of the program. Vietnamese comes first; English is a full second language.</summary>
public enum Language
{
    Vietnamese = 0,
    English = 1,
}

/// <summary>
/// The sentences of the screens, in both languages: one <c>Texts.vi.json</c> and one <c>Texts.en.json</c> in each module's folder,
/// with keys <c>module.what</c>. A test compares the two sets of keys, and both with what the pages use.
/// </summary>
public sealed partial class Words
{
    private readonly Dictionary<string, string>[] texts = [new(StringComparer.Ordinal), new(StringComparer.Ordinal)];

    /// <exception cref="InvalidOperationException">A key stands twice.</exception>
    public Words(params IEnumerable<Assembly> assemblies)
    {
        foreach (var assembly in assemblies)
            foreach (var resource in assembly.GetManifestResourceNames())
            {
                if (resource.EndsWith("Texts.vi.json", StringComparison.Ordinal)) Read(assembly, resource, Language.Vietnamese);
                if (resource.EndsWith("Texts.en.json", StringComparison.Ordinal)) Read(assembly, resource, Language.English);
            }
    }

    public IReadOnlyDictionary<string, string> Of(Language language) => texts[(int)language];

    /// <summary>The sentence, with its <c>{names}</c> filled. A key that is missing shows itself, so that a look at the page finds it.</summary>
    public string Say(Language language, string key, params ReadOnlySpan<(string Name, object? Value)> details)
    {
        if (!texts[(int)language].TryGetValue(key, out var text)) return key;
        foreach (var (name, value) in details) text = text.Replace("{" + name + "}", Show(value), StringComparison.Ordinal);
        return text;
    }

    public bool Has(Language language, string key) => texts[(int)language].ContainsKey(key);

    /// <summary>A refusal in the user's language. A choice among its details is said in the words of the language (<c>word.kind.Passport</c>), not in the program's.</summary>
    public string Say(Language language, Problem problem)
    {
        var key = "problem." + problem.Code;
        var text = texts[(int)language].TryGetValue(key, out var found) ? found : problem.Sentence;
        foreach (var (name, value) in problem.Details) text = text.Replace("{" + name + "}", texts[(int)language].GetValueOrDefault($"word.{name}.{value}", value), StringComparison.Ordinal);
        return text;
    }

    /// <summary>A value as the screens of both languages write it: dates dd/MM/yyyy, decimals with a comma, thousands with a point.</summary>
    public static string Show(object? value) => value switch
    {
        null => "",
        string text => text,
        DateOnly day => day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm", CultureInfo.InvariantCulture),
        DateTimeOffset moment => moment.Local().ToString("dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture),
        int or long => ((IFormattable)value).ToString("#,0", Numbers),
        IFormattable number => number.ToString(null, Numbers),
        _ => value.ToString() ?? "",
    };

    /// <summary>The names in braces that a sentence expects.</summary>
    public static IEnumerable<string> NamesIn(string text) => Braces().Matches(text).Select(match => match.Groups[1].Value);

    private static readonly CultureInfo Numbers = CultureInfo.GetCultureInfo("vi-VN");

    private void Read(Assembly assembly, string resource, Language language)
    {
        using var stream = assembly.GetManifestResourceStream(resource)!;
        foreach (var (key, text) in JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!)
            if (!texts[(int)language].TryAdd(key, text)) throw new InvalidOperationException($"The text '{key}' of {resource} stands twice.");
    }

    [GeneratedRegex(@"\{([a-z][A-Za-z]*)\}")]
    private static partial Regex Braces();
}
