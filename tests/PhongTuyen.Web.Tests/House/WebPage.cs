using System.Net;
using System.Text.RegularExpressions;

namespace PhongTuyen.Web.Tests.House;

/// <summary>A page as a browser got it: its words, its links, its forms. Reads the plain HTML that this program writes; no more.</summary>
public sealed partial class WebPage(string address, HttpStatusCode status, string html)
{
    private string? text;

    /// <summary>Path and query at which it ended, after redirects.</summary>
    public string Address => address;
    public HttpStatusCode Status => status;
    public string Html => html;

    /// <summary>What came with the answer, by name; several of one name joined by a line break.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>What stands on the page, without marks, spaces run together.</summary>
    public string Text => text ??= Spaces().Replace(WebUtility.HtmlDecode(Tags().Replace(Hidden().Replace(html, " "), " ")), " ").Trim();

    /// <summary>The main part: without navigation and header.</summary>
    public string Main => html.IndexOf("<main", StringComparison.Ordinal) is >= 0 and var from ? Spaces().Replace(WebUtility.HtmlDecode(Tags().Replace(html[from..], " ")), " ").Trim() : Text;

    public IReadOnlyList<string> Links => [.. Hrefs().Matches(html).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value))];

    public IReadOnlyList<WebForm> Forms => [.. FormTags().Matches(html).Select(match => new WebForm(match.Value, address, html))];

    /// <summary>The first form that contains the mark: the name of a field, a word of a button, a part of its address.</summary>
    public WebForm Form(string mark) => Forms.FirstOrDefault(form => form.Html.Contains(mark, StringComparison.Ordinal))
        ?? throw new InvalidOperationException($"No form with '{mark}' at {address} ({status}). The page says: {Text}");

    [GeneratedRegex("<(template|script|style)[^>]*>.*?</\\1>", RegexOptions.Singleline)]
    private static partial Regex Hidden();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex("<a [^>]*href=\"([^\"]*)\"")]
    private static partial Regex Hrefs();

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline)]
    private static partial Regex FormTags();
}

/// <summary>A form with its fields as they stand on the page.</summary>
public sealed partial class WebForm
{
    /// <param name="page">May hold a choice that stands outside of the form and names it.</param>
    public WebForm(string html, string address, string page = "")
    {
        Html = html;
        var attributes = Attributes(html[..(html.IndexOf('>', StringComparison.Ordinal) + 1)]);
        Action = attributes.GetValueOrDefault("action") is { Length: > 0 } action ? action : address;
        foreach (Match input in Inputs().Matches(html))
        {
            var of = Attributes(input.Value);
            if (of.GetValueOrDefault("name") is not { } name || of.ContainsKey("disabled")) continue;
            if (of.GetValueOrDefault("type") is "checkbox" or "radio" && !of.ContainsKey("checked")) continue;
            fields.Add(KeyValuePair.Create(name, of.GetValueOrDefault("value") ?? ""));
        }
        foreach (Match area in TextAreas().Matches(html)) fields.Add(KeyValuePair.Create(Attributes(area.Groups[1].Value)["name"], WebUtility.HtmlDecode(area.Groups[2].Value)));
        var id = attributes.GetValueOrDefault("id");
        foreach (var select in Selects().Matches(html).Concat(Selects().Matches(page).Where(select => id is not null && Attributes(select.Groups[1].Value).GetValueOrDefault("form") == id)))
        {
            var options = Options().Matches(select.Groups[2].Value).Select(option => Attributes(option.Groups[1].Value)).ToList();
            var chosen = options.FirstOrDefault(option => option.ContainsKey("selected")) ?? options.FirstOrDefault();
            if (chosen is not null) fields.Add(KeyValuePair.Create(Attributes(select.Groups[1].Value)["name"], chosen.GetValueOrDefault("value") ?? ""));
        }
    }

    private readonly List<KeyValuePair<string, string>> fields = [];

    public string Html { get; }
    public string Action { get; }
    public IReadOnlyList<KeyValuePair<string, string>> Fields => fields;

    private static Dictionary<string, string> Attributes(string tag) => Pairs().Matches(tag).GroupBy(match => match.Groups[1].Value).ToDictionary(same => same.Key, same => WebUtility.HtmlDecode(same.First().Groups[2].Value), StringComparer.Ordinal);

    [GeneratedRegex("<input[^>]*>")]
    private static partial Regex Inputs();

    [GeneratedRegex("(<textarea[^>]*>)(.*?)</textarea>", RegexOptions.Singleline)]
    private static partial Regex TextAreas();

    [GeneratedRegex("(<select[^>]*>)(.*?)</select>", RegexOptions.Singleline)]
    private static partial Regex Selects();

    [GeneratedRegex("(<option[^>]*>)")]
    private static partial Regex Options();

    [GeneratedRegex("\\s([a-zA-Z-]+)(?:=\"([^\"]*)\")?(?=[\\s/>])")]
    private static partial Regex Pairs();
}
