namespace PhongTuyen.Web.Shared;

/// <summary>The look that somebody chose on a device: nothing personal, kept in a cookie as words joined by points. <c>Islands/theme.ts</c> does the same at once where there is a script.</summary>
/// <param name="Theme"><c>light</c>, <c>dark</c>, or null: as the device says.</param>
/// <param name="Compact">Rows close together.</param>
/// <param name="NoKeys">Single keys do nothing.</param>
public sealed record Look(string? Theme, bool Compact, bool NoKeys)
{
    public static Look Read(string? cookie)
    {
        var words = cookie?.Split('.') ?? [];
        return new(words.FirstOrDefault(word => word is "dark" or "light"), words.Contains("compact"), words.Contains("nokeys"));
    }

    /// <summary>What a button makes of it; a word that no button has changes nothing.</summary>
    public Look Chosen(string? choice) => choice switch
    {
        "light" or "dark" => this with { Theme = choice },
        "system" => this with { Theme = null },
        "compact" or "roomy" => this with { Compact = choice == "compact" },
        "keys" or "nokeys" => this with { NoKeys = choice == "nokeys" },
        _ => this,
    };

    public override string ToString() => string.Join('.', new[] { Theme, Compact ? "compact" : null, NoKeys ? "nokeys" : null }.Where(word => word is not null));
}
