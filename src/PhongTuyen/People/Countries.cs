using PhongTuyen.Kernel;

namespace PhongTuyen.People;

/// <summary>Nationalities: stored as ISO 3166-1 alpha-2, shown and understood in both languages.</summary>
public static class Countries
{
    // Spellings of Vietnamese notices that the Unicode names do not have, and a state that is no more.
    private static readonly Dictionary<string, string> Spellings = new(StringComparer.Ordinal)
    {
        ["vietnam"] = "VN", ["bra xin"] = "BR", ["mi an ma"] = "MM", ["lat vi a"] = "LV", ["ai xo len"] = "IS", ["cong hoa nam phi"] = "ZA", ["cong hoa sec"] = "CZ", ["sec"] = "CZ",
        ["serbia va montenegro"] = "CS", ["anh"] = "GB", ["my"] = "US", ["hoa ky"] = "US", ["duc"] = "DE", ["uc"] = "AU", ["lien bang nga"] = "RU", ["ha lan"] = "NL", ["bi"] = "BE", ["ai len"] = "IE",
        ["campuchia"] = "KH", ["cam pu chia"] = "KH", ["lao"] = "LA", ["hong kong"] = "HK", ["dai loan trung quoc"] = "TW", ["trieu tien"] = "KP", ["han quoc"] = "KR", ["tay ban nha"] = "ES", ["bo dao nha"] = "PT",
        ["y"] = "IT", ["phap"] = "FR", ["thuy sy"] = "CH", ["ao"] = "AT", ["an do"] = "IN", ["in do ne xi a"] = "ID", ["ma lai xi a"] = "MY", ["phi lip pin"] = "PH", ["xinh ga po"] = "SG", ["thai lan"] = "TH",
        ["u crai na"] = "UA", ["ca na da"] = "CA", ["me hi co"] = "MX", ["ac hen ti na"] = "AR", ["ni ge ri a"] = "NG", ["ai cap"] = "EG", ["tho nhi ky"] = "TR", ["ba lan"] = "PL",
        ["vuong quoc anh"] = "GB", ["trung quoc"] = "CN", ["dai loan"] = "TW", ["cong hoa nhan dan trung hoa"] = "CN", ["hong kong trung quoc"] = "HK", ["ma cao"] = "MO", ["myanmar mien dien"] = "MM", ["mien dien"] = "MM", ["thuy si"] = "CH", ["ucraina"] = "UA", ["ukraine"] = "UA", ["nhat"] = "JP", ["turkey"] = "TR",
        ["taiwan"] = "TW", ["hong kong china"] = "HK", ["south korea"] = "KR", ["north korea"] = "KP", ["uk"] = "GB", ["usa"] = "US",
    };

    private static readonly Dictionary<string, (string Vietnamese, string English)> Names = Load();

    private static readonly Dictionary<string, string> ByName = Names
        .SelectMany(pair => new[] { (Key: VietnameseText.Fold(pair.Value.Vietnamese), pair.Key), (Key: VietnameseText.Fold(pair.Value.English), pair.Key), (Key: pair.Key.ToLowerInvariant(), pair.Key) })
        .Concat(Spellings.Select(pair => (Key: VietnameseText.Fold(pair.Key), pair.Value)))
        .GroupBy(pair => pair.Key).ToDictionary(same => same.Key, same => same.Last().Item2);

    /// <summary>The code for a name in either language, or for a code; null when the country is not known.</summary>
    public static string? Code(string? text) => ByName.GetValueOrDefault(VietnameseText.Fold(text));

    public static string Name(string? code, Language language) =>
        code is null ? "" : Names.TryGetValue(code, out var name) ? (language == Language.Vietnamese ? name.Vietnamese : name.English) : code;

    /// <summary>All, Viet Nam first, for a list to choose from.</summary>
    public static IEnumerable<(string Code, string Name)> All(Language language) => Names.Keys.Select(code => (code, Name(code, language)))
        .OrderBy(pair => pair.code != "VN").ThenBy(pair => pair.Item2, Comparer<string>.Create(VietnameseText.Compare));

    /// <summary>The runtime knows no Vietnamese names of countries, so the list is our own file: code, Vietnamese, English. No name holds a comma.</summary>
    private static Dictionary<string, (string, string)> Load()
    {
        using var reader = new StreamReader(typeof(Countries).Assembly.GetManifestResourceStream("people/Countries.csv")!);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(',')).ToDictionary(parts => parts[0], parts => (parts[1], parts[2]), StringComparer.Ordinal);
    }
}
