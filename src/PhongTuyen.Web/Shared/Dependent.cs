namespace PhongTuyen.Web.Shared;

/// <summary>A record that stands in the way of an act over many: what depends on it, or what is not as the act needs it.</summary>
/// <param name="Shown">How the page calls it.</param>
/// <param name="Address">Where it is.</param>
public sealed record Dependent(string Shown, string Address)
{
    /// <summary>In the visitor's language.</summary>
    public string Why { get; init; } = "";
}
