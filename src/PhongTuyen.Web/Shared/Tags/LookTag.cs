using Microsoft.AspNetCore.Razor.TagHelpers;

namespace PhongTuyen.Web.Shared.Tags;

/// <summary>The chosen look, on &lt;html&gt;. Razor itself would write attributes that begin with data- even when they are empty.</summary>
[HtmlTargetElement("html")]
public sealed class LookTag(Screen screen) : TagHelper
{
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (screen.Look.Theme is { } theme) output.Attributes.SetAttribute("data-bs-theme", theme);
        if (screen.Look.Compact) output.Attributes.SetAttribute("data-density", "compact");
        if (screen.Look.NoKeys) output.Attributes.SetAttribute("data-keys", "off");
    }
}
