namespace PhongTuyen.Kernel;

/// <summary>Notifiable diseases that the program knows by name. The names stand in the texts under <c>disease.</c> + code.</summary>
public static class Diseases
{
    public const string Covid19 = "covid-19";

    /// <summary>From the lists of circular 54/2015/TT-BYT, the commonest; the rest is <c>other</c>.</summary>
    public static readonly IReadOnlyList<string> All = [Covid19, "mers", "sars", "influenza-a", "measles", "dengue", "hand-foot-mouth", "cholera", "diphtheria", "ebola", "plague", "rabies", "other"];

    public static bool Known(string code) => All.Contains(code);

    /// <summary>The code for a name in either language, or a code; null when not known.</summary>
    public static string? Code(string? text, Words words) => VietnameseText.Fold(text) is { Length: > 0 } wanted
        ? All.FirstOrDefault(code => VietnameseText.Fold(code) == wanted || Enum.GetValues<Language>().Any(language => VietnameseText.Fold(words.Say(language, "disease." + code)) == wanted))
        : null;
}
