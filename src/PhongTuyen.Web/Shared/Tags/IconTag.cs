using Microsoft.AspNetCore.Razor.TagHelpers;

namespace PhongTuyen.Web.Shared.Tags;

/// <summary>&lt;pt-icon name="bed" /&gt;: a sign beside a word, hidden from screen readers.</summary>
[HtmlTargetElement("pt-icon", TagStructure = TagStructure.WithoutEndTag)]
public sealed class IconTag : TagHelper
{
    public string Name { get; set; } = "";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "svg";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "pt-icon");
        output.Attributes.SetAttribute("aria-hidden", "true");
        output.Content.SetHtmlContent($"<use href=\"{Assets.Icons}#{Name}\"></use>");
    }
}
