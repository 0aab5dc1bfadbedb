using System.Globalization;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using PhongTuyen.Kernel;

namespace PhongTuyen.Web.Shared.Tags;

/// <summary>
/// &lt;pt-field for="Form.Name" label="person.name" kind="text" /&gt;: label above, hint below, the fault at the field, what was typed still in it.
/// Kinds: text, number, date, moment, tel, email, password, area (long text), file, search.
/// </summary>
[HtmlTargetElement("pt-field", TagStructure = TagStructure.WithoutEndTag)]
public class FieldTag(Screen screen) : TagHelper
{
    public ModelExpression For { get; set; } = null!;
    /// <summary>Key of the label's text; the hint stands under the same key with <c>.hint</c>, if there is one.</summary>
    public string Label { get; set; } = "";
    public string Kind { get; set; } = "text";
    public bool Required { get; set; }
    public int? Most { get; set; }
    public string? Autocomplete { get; set; }
    public bool Autofocus { get; set; }
    public string? Unit { get; set; }
    /// <summary>For dates and moments: a button that fills in now.</summary>
    public bool Now { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    protected Screen Screen => screen;
    protected string Id => TagBuilder.CreateSanitizedId(For.Name, "_");

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        Begin(output);
        var input = new TagBuilder(Kind == "area" ? "textarea" : "input") { TagRenderMode = Kind == "area" ? TagRenderMode.Normal : TagRenderMode.SelfClosing };
        Common(input);
        input.AddCssClass("form-control");
        if (Kind == "area") input.InnerHtml.Append(Typed());
        else
        {
            input.Attributes["type"] = Kind switch { "number" or "date" or "moment" => "text", _ => Kind };
            if (Kind is not ("password" or "file")) input.Attributes["value"] = Typed();
            if (Kind is "number" or "date" or "moment") input.Attributes["inputmode"] = Kind == "moment" ? "text" : "numeric";
            if (Kind == "date") input.Attributes["data-date"] = "";
            if (Kind is "date" or "moment") input.Attributes["placeholder"] = screen[Kind == "date" ? "form.date-form" : "form.moment-form"];
            if (Now) input.Attributes["data-now"] = Kind;
        }
        if (Most is { } most) input.Attributes["maxlength"] = most.ToString(CultureInfo.InvariantCulture);
        if (Autocomplete is not null) input.Attributes["autocomplete"] = Autocomplete;
        if (Autofocus) input.Attributes["autofocus"] = "autofocus";
        if (Unit is null) output.Content.AppendHtml(input);
        else
        {
            var group = new TagBuilder("div");
            group.AddCssClass("input-group");
            group.InnerHtml.AppendHtml(input);
            group.InnerHtml.AppendHtml("<span class=\"input-group-text\">").Append(Unit).AppendHtml("</span>");
            output.Content.AppendHtml(group);
        }
        End(output);
    }

    /// <summary>The frame and the label.</summary>
    protected void Begin(TagHelperOutput output, string tag = "div")
    {
        output.TagName = tag;
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "pt-field" + (Errors().Any() ? " pt-field--bad" : ""));
        if (Label.Length == 0) return;
        output.Content.AppendHtml(tag == "fieldset" ? "<legend class=\"form-label\">" : $"<label class=\"form-label\" for=\"{Id}\">").Append(screen[Label]);
        if (!Required) output.Content.AppendHtml(" <span class=\"pt-optional\">").Append(screen["form.optional"]).AppendHtml("</span>");
        output.Content.AppendHtml(tag == "fieldset" ? "</legend>" : "</label>");
    }

    /// <summary>The hint and the faults.</summary>
    protected void End(TagHelperOutput output)
    {
        if (Hint() is { } hint) output.Content.AppendHtml($"<div class=\"form-hint\" id=\"{Id}-hint\">").Append(hint).AppendHtml("</div>");
        var errors = Errors().ToList();
        if (errors.Count == 0) return;
        output.Content.AppendHtml($"<div class=\"pt-field-error\" id=\"{Id}-error\">");
        foreach (var error in errors) output.Content.AppendHtml("<p>").Append(error).AppendHtml("</p>");
        output.Content.AppendHtml("</div>");
    }

    protected void Common(TagBuilder input)
    {
        input.Attributes["id"] = Id;
        input.Attributes["name"] = For.Name;
        var described = string.Join(' ', new[] { Hint() is null ? null : Id + "-hint", Errors().Any() ? Id + "-error" : null }.Where(id => id is not null));
        if (described.Length > 0) input.Attributes["aria-describedby"] = described;
        if (Errors().Any()) input.Attributes["aria-invalid"] = "true";
        if (Required) input.Attributes["aria-required"] = "true";
    }

    /// <summary>What was typed, else what the model holds, in the form in which people write it.</summary>
    protected string Typed() => ViewContext.ModelState.TryGetValue(For.Name, out var entry) && entry.AttemptedValue is { } attempted ? attempted : For.Model switch
    {
        null => "",
        DateOnly day => day == default ? "" : Words.Show(day),
        DateTimeOffset moment => moment == default ? "" : Words.Show(moment),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        var other => other.ToString() ?? "",
    };

    private string? Hint() => Label.Length > 0 && screen[Label + ".hint"] is var hint && hint != Label + ".hint" ? hint : null;

    protected IEnumerable<string> Errors() => ViewContext.ModelState.TryGetValue(For.Name, out var entry) ? entry.Errors.Select(error => error.ErrorMessage) : [];
}

/// <summary>&lt;pt-choice for="Form.Sex" label="person.sex" /&gt;: an enum as radio buttons (up to five answers) or a list; words under <c>word.Type.Name</c>.</summary>
[HtmlTargetElement("pt-choice", TagStructure = TagStructure.WithoutEndTag)]
public sealed class ChoiceTag(Screen screen) : FieldTag(screen)
{
    /// <summary>Answers other than those of the enum: value and word.</summary>
    public IEnumerable<(string Value, string Word)>? Items { get; set; }
    /// <summary>Answers of the enum that are left out.</summary>
    public string Without { get; set; } = "";
    /// <summary>A list even for few answers.</summary>
    public bool List { get; set; }
    /// <summary>The first, empty line of a list; null: none.</summary>
    public string? None { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var answers = (Items ?? FromEnum()).ToList();
        var chosen = Chosen();
        var radio = !List && answers.Count <= 5;
        Begin(output, radio ? "fieldset" : "div");
        if (radio)
            foreach (var (value, word) in answers)
            {
                output.Content.AppendHtml("<label class=\"form-check form-check-inline\"><input class=\"form-check-input\" type=\"radio\" name=\"").Append(For.Name).AppendHtml("\" value=\"").Append(value).AppendHtml(value == chosen ? "\" checked>" : "\">");
                output.Content.AppendHtml("<span class=\"form-check-label\">").Append(word).AppendHtml("</span></label>");
            }
        else
        {
            var select = new TagBuilder("select");
            Common(select);
            select.AddCssClass("form-select");
            if (None is not null) Option(select, "", Screen[None], chosen.Length == 0);
            foreach (var (value, word) in answers) Option(select, value, word, value == chosen);
            output.Content.AppendHtml(select);
        }
        End(output);
    }

    private string Chosen() => ViewContext.ModelState.TryGetValue(For.Name, out var entry) && entry.AttemptedValue is { } attempted ? attempted : For.Model?.ToString() ?? "";

    private IEnumerable<(string, string)> FromEnum()
    {
        var type = Nullable.GetUnderlyingType(For.Metadata.ModelType) ?? For.Metadata.ModelType;
        var without = Without.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return Enum.GetNames(type).Where(name => !without.Contains(name)).Select(name => (name, Screen[$"word.{type.Name}.{name}"]));
    }

    private static void Option(TagBuilder select, string value, string word, bool chosen)
    {
        var option = new TagBuilder("option");
        option.Attributes["value"] = value;
        if (chosen) option.Attributes["selected"] = "selected";
        option.InnerHtml.Append(word);
        select.InnerHtml.AppendHtml(option);
    }
}

/// <summary>&lt;pt-check for="Form.Any" label="stay.any-bed" /&gt;: one box to tick.</summary>
[HtmlTargetElement("pt-check", TagStructure = TagStructure.WithoutEndTag)]
public sealed class CheckTag(Screen screen) : FieldTag(screen)
{
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "pt-field");
        output.Content.AppendHtml("<label class=\"form-check\"><input class=\"form-check-input\" type=\"checkbox\" value=\"true\" name=\"").Append(For.Name).AppendHtml("\" id=\"").Append(Id).AppendHtml(Ticked() ? "\" checked>" : "\">");
        output.Content.AppendHtml("<span class=\"form-check-label\">").Append(Screen[Label]).AppendHtml("</span></label>");
        End(output);
    }

    private bool Ticked() => ViewContext.ModelState.TryGetValue(For.Name, out var entry) && entry.AttemptedValue is { } attempted ? attempted.Contains("true", StringComparison.OrdinalIgnoreCase) : For.Model is true;
}

/// <summary>&lt;pt-pick for="Form.Area" text-for="Form.AreaText" src="/api/areas" label="person.area" /&gt;: an id found by typing a name; without script the text itself is sent and read by the server.</summary>
[HtmlTargetElement("pt-pick", TagStructure = TagStructure.WithoutEndTag)]
public sealed class PickTag(Screen screen) : FieldTag(screen)
{
    public ModelExpression TextFor { get; set; } = null!;
    public string Src { get; set; } = "/api/areas";
    public string? AsOf { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var idName = For;
        var id = For.Model?.ToString() is { } known && known != "0" ? known : "";
        if (ViewContext.ModelState.TryGetValue(For.Name, out var sent) && sent.AttemptedValue is { } attempted) id = attempted;
        For = TextFor;
        Begin(output);
        output.Content.AppendHtml($"<div class=\"{(Src.Contains("units", StringComparison.Ordinal) ? "pt-unit" : "pt-area")}\" data-src=\"{Src}\"");
        if (AsOf is not null) output.Content.AppendHtml($" data-as-of=\"{AsOf}\"");
        output.Content.AppendHtml(">");
        var input = new TagBuilder("input") { TagRenderMode = TagRenderMode.SelfClosing };
        Common(input);
        input.AddCssClass("form-control");
        (input.Attributes["type"], input.Attributes["value"], input.Attributes["autocomplete"]) = ("text", Typed(), "off");
        output.Content.AppendHtml(input);
        output.Content.AppendHtml("<input type=\"hidden\" name=\"").Append(idName.Name).AppendHtml("\" value=\"").Append(id).AppendHtml("\"></div>");
        For = TextFor;
        End(output);
        For = idName;
        foreach (var error in Errors()) output.Content.AppendHtml("<p class=\"pt-field-error\">").Append(error).AppendHtml("</p>");
    }
}
