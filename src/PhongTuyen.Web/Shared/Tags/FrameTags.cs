using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace PhongTuyen.Web.Shared.Tags;

/// <summary>&lt;pt-errors /&gt;: every fault of a form, in a summary that leads to the fields.</summary>
[HtmlTargetElement("pt-errors", TagStructure = TagStructure.WithoutEndTag)]
public sealed class ErrorsTag(Screen screen) : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var page = ViewContext.ViewData.Model as HousePage;
        var atFields = ViewContext.ModelState.Where(entry => entry.Value!.Errors.Count > 0).SelectMany(entry => entry.Value!.Errors.Select(error => (entry.Key, error.ErrorMessage))).ToList();
        var others = page?.Refused.Where(problem => problem.Field is null).Select(screen.Say).ToList() ?? [];
        if (atFields.Count + others.Count == 0)
        {
            output.SuppressOutput();
            return;
        }
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "pt-errors");
        output.Attributes.SetAttribute("role", "alert");
        output.Attributes.SetAttribute("tabindex", "-1");
        if (atFields.Count == 0) output.Attributes.SetAttribute("autofocus", "autofocus");
        output.Content.AppendHtml("<h2>").Append(screen["form.to-mend"]).AppendHtml("</h2><ul>");
        foreach (var sentence in others) output.Content.AppendHtml("<li>").Append(sentence).AppendHtml("</li>");
        foreach (var (key, sentence) in atFields) output.Content.AppendHtml(new Faults(screen, ViewContext.HttpContext, key, sentence));
        output.Content.AppendHtml("</ul>");
    }
}

/// <summary>A line of the summary, written when the fields that come after it are known: "Reason: please fill this in", leading to the field.</summary>
internal sealed class Faults(Screen screen, HttpContext http, string key, string sentence) : IHtmlContent
{
    private sealed record Known(string Label, string Id);

    /// <summary>A field says what it is called and where it stands.</summary>
    public static void Label(HttpContext http, string name, string label, string id) => http.Items.TryAdd(("field", name), new Known(label, id));

    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        var known = http.Items.TryGetValue(("field", key), out var found) ? (Known)found! : new Known("", TagBuilder.CreateSanitizedId(key, "_"));
        writer.Write($"<li><a href=\"#{known.Id}\">");
        encoder.Encode(writer, known.Label.Length > 0 ? $"{screen[known.Label]}: {sentence}" : sentence);
        writer.Write("</a></li>");
    }
}

/// <summary>&lt;pt-status kind="ok|watch|urgent|info" icon="check"&gt;word&lt;/pt-status&gt;: a state by colour, sign and word.</summary>
[HtmlTargetElement("pt-status")]
public sealed class StatusTag : TagHelper
{
    public string Kind { get; set; } = "info";
    public string? Icon { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "span";
        output.Attributes.SetAttribute("class", $"pt-status pt-status--{Kind}");
        var icon = Icon ?? Kind switch { "ok" => "check", "watch" => "clock", "urgent" => "alert", _ => "file" };
        output.PreContent.SetHtmlContent($"<svg class=\"pt-icon\" aria-hidden=\"true\"><use href=\"{Assets.Icons}#{icon}\"></use></svg> ");
    }
}

/// <summary>&lt;pt-sealed /&gt;: in place of a name that is not shown to this visitor.</summary>
[HtmlTargetElement("pt-sealed", TagStructure = TagStructure.WithoutEndTag)]
public sealed class SealedTag(Screen screen) : TagHelper
{
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "pt-muted");
        output.Content.AppendHtml($"<svg class=\"pt-icon\" aria-hidden=\"true\"><use href=\"{Assets.Icons}#lock\"></use></svg> ").Append(screen["seal.hidden"]);
    }
}

/// <summary>&lt;pt-counter figure="120" word="board.in-quarantine" href="…" key="in-quarantine" /&gt;: a figure, its word, the change since yesterday; the whole card opens the list behind it.</summary>
[HtmlTargetElement("pt-counter", TagStructure = TagStructure.WithoutEndTag)]
public sealed class CounterTag(Screen screen) : TagHelper
{
    public long Figure { get; set; }
    public string Word { get; set; } = "";
    public string? Href { get; set; }
    /// <summary>Key of the live figure.</summary>
    public string? Key { get; set; }
    public string? Kind { get; set; }
    /// <summary>Yesterday's figure, where there is one to compare with.</summary>
    public long? Before { get; set; }
    /// <summary>A line below: what it is made of.</summary>
    public string? Note { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "li";
        output.TagMode = TagMode.StartTagAndEndTag;
        var card = new TagBuilder(string.IsNullOrEmpty(Href) ? "div" : "a");
        card.AddCssClass("pt-counter" + (Kind is null ? "" : $" pt-counter--{Kind}"));
        if (!string.IsNullOrEmpty(Href)) card.Attributes["href"] = Href;
        var help = screen[Word + ".means"];
        if (help != Word + ".means") card.Attributes["title"] = help;
        var inside = card.InnerHtml;
        inside.AppendHtml("<span class=\"pt-counter-word\">").Append(screen[Word]).AppendHtml("</span><span class=\"pt-counter-figure\"");
        if (Key is not null) inside.AppendHtml($" data-figure=\"{Key}\"");
        inside.AppendHtml(">").Append(Screen.Show(Figure)).AppendHtml("</span>");
        if (Before is { } before) Line(inside, "pt-counter-change", screen.Say("board.yesterday", ("n", Key is null ? Screen.Show(before) : Live(Key.Replace("-today", "-yesterday", StringComparison.Ordinal), before))));
        if (Note is not null) Line(inside, "pt-counter-asof", Note);
        output.Content.AppendHtml(card);
    }

    /// <summary>A figure within a sentence, which follows the server as the large ones do.</summary>
    public static string Live(string key, long value) => $"\u0001{key}\u0002{Screen.Show(value)}\u0001";

    private static void Line(IHtmlContentBuilder inside, string kind, string sentence)
    {
        inside.AppendHtml($"<span class=\"{kind}\">");
        foreach (var part in sentence.Split('\u0001'))
        {
            if (part.Split('\u0002') is [var key, var shown]) inside.AppendHtml($"<span data-figure=\"{key}\">").Append(shown).AppendHtml("</span>");
            else inside.Append(part);
        }
        inside.AppendHtml("</span>");
    }
}

/// <summary>&lt;pt-form-id /&gt; inside a form: the id by which it is done once however often it is sent.</summary>
[HtmlTargetElement("pt-form-id", TagStructure = TagStructure.WithoutEndTag)]
public sealed class FormIdTag(TimeProvider clock) : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var kept = (ViewContext.ViewData.Model as HousePage)?.Intent ?? Guid.Empty;
        output.TagName = "input";
        output.TagMode = TagMode.SelfClosing;
        output.Attributes.SetAttribute("type", "hidden");
        output.Attributes.SetAttribute("name", "Intent");
        output.Attributes.SetAttribute("value", kept == Guid.Empty ? Guid.CreateVersion7(clock.GetUtcNow()) : kept);
    }
}
