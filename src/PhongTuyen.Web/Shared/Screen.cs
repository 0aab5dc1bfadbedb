using System.Globalization;
using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web;

/// <summary>What every page needs to draw itself: who looks, in which language, on which day. Filled before drawing; asks nothing later.</summary>
public sealed class Screen(Words words, TimeProvider clock)
{
    public const string LanguageCookie = "pt-language";

    public Visitor? Visitor { get; private set; }
    public Language Language { get; private set; }
    public int Unread => Visitor?.Unread ?? 0;
    public Look Look { get; private set; } = new(null, false, false);
    /// <summary>Name of the cookie with the look: cookies ignore ports, so that two installations on one host need two.</summary>
    public string LookCookie { get; init; } = "pt-look";
    public string Path { get; private set; } = "/";
    /// <summary>Name of the page that is drawn: <c>Quarantine/Desk/Stay</c>.</summary>
    public string? Page { get; private set; }
    public bool Demonstration { get; init; }

    public DateOnly Today => clock.Today();
    public DateTimeOffset Now => clock.GetUtcNow();
    public string Lang => Language == Language.Vietnamese ? "vi" : "en";

    internal void Begin(HttpContext http)
    {
        Path = http.Request.Path;
        Page = http.GetEndpoint()?.Metadata.GetMetadata<Entry.PageName>()?.Name;
        Language = Visitor?.Language is { } spoken ? spoken : http.Request.Cookies[LanguageCookie] == "en" ? Language.English : Language.Vietnamese;
        Look = Look.Read(http.Request.Cookies[LookCookie]);
    }

    internal void Known(Visitor visitor) => (Visitor, Language) = (visitor, visitor.Language);

    public string this[string key] => words.Say(Language, key);

    public string Say(string key, params ReadOnlySpan<(string Name, object? Value)> details) => words.Say(Language, key, details);

    public string Say(Problem problem) => words.Say(Language, problem);

    /// <summary>The word of a choice: <c>word.StayState.InHouse</c>.</summary>
    public string Word<T>(T choice) where T : struct, Enum => this[$"word.{typeof(T).Name}.{choice}"];

    public static string Show(object? value) => Words.Show(value);

    public static string Day(DateOnly? day) => day is { } known ? known.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture) : "";

    public bool May(Permission permission) => Visitor is { } visitor && Roles.Opens(visitor.Roles, permission);
}
