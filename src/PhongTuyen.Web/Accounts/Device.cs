namespace PhongTuyen.Web.Accounts;

/// <summary>A browser in two words that its owner knows it by: "Chrome, Windows". What it calls itself is no proof of anything.</summary>
internal static class Device
{
    private static readonly (string Mark, string Name)[] Browsers = [("Edg", "Edge"), ("OPR/", "Opera"), ("coc_coc", "Cốc Cốc"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("CriOS", "Chrome"), ("Safari", "Safari")];
    private static readonly (string Mark, string Name)[] Systems = [("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"), ("Linux", "Linux")];

    /// <summary>Empty where neither is known.</summary>
    public static string Name(string? agent) => string.Join(", ", new[] { Find(Browsers, agent), Find(Systems, agent) }.Where(name => name is not null));

    private static string? Find((string Mark, string Name)[] known, string? agent) => agent is null ? null : known.FirstOrDefault(one => agent.Contains(one.Mark, StringComparison.Ordinal)).Name;
}
