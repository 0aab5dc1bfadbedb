using System.Globalization;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using PhongTuyen.Kernel;

namespace PhongTuyen.Web.Shared.Tags;

/// <summary>
/// &lt;pt-field for="Form.Name" label="person.name" kind="text" /&gt;: label above, hint below, the fault at the field, what was typed still in it.
/// Kinds: text, number, date, moment, birth (also a year alone), tel, email, password, area (long text), file, search.
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
    /// <summary>As it is sent: a row of a list stands in a view of its own, which knows only its prefix.</summary>
    protected string Name => ViewContext.ViewData.TemplateInfo.GetFullHtmlFieldName(For.Name);
    /// <summary>The form of the page in which this stands, if it has several.</summary>
    private FormScope? form;
    private string? id;

    protected string Id => id ??= OwnId();
    protected virtual string IdName => Name;

    public override void Init(TagHelperContext context) => form = context.Items.TryGetValue(typeof(FormScope), out var found) ? (FormScope)found : null;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        Begin(output);
        var input = new TagBuilder(Kind == "area" ? "textarea" : "input") { TagRenderMode = Kind == "area" ? TagRenderMode.Normal : TagRenderMode.SelfClosing };
        Common(input);
        if (Kind == "area")
        {
            input.Attributes["rows"] = "3";
            input.InnerHtml.Append(Typed());
        }
        else
        {
            input.Attributes["type"] = Kind switch { "number" or "date" or "moment" or "birth" => "text", _ => Kind };
            if (Kind is not ("password" or "file")) input.Attributes["value"] = Typed();
            if (Kind is "number" or "date" or "moment" or "birth") input.Attributes["inputmode"] = "numeric";
            if (Kind is "date" or "moment" or "birth")
            {
                input.Attributes["data-" + Kind] = "";
                input.Attributes["placeholder"] = screen[Kind == "moment" ? "form.moment-form" : "form.date-form"];
                input.Attributes["autocomplete"] = "off";
            }
            if (Now) input.Attributes["data-now"] = "";
            if (Kind == "number") input.AddCssClass("pt-short");
        }
        if (Most is { } most) input.Attributes["maxlength"] = most.ToString(CultureInfo.InvariantCulture);
        if (Autocomplete is not null) input.Attributes["autocomplete"] = Autocomplete;
        if (Autofocus && ViewContext.ModelState.IsValid) input.Attributes["autofocus"] = "autofocus";
        if (Unit is null) output.Content.AppendHtml(input);
        else output.Content.AppendHtml("<div class=\"pt-affix\">").AppendHtml(input).AppendHtml("<span>").Append(Unit).AppendHtml("</span></div>");
    }

    /// <summary>Not where something is answered already, nor in a form whose lead says that all may be left out.</summary>
    protected virtual bool SaysOptional => !Required && ViewContext.ViewData["AllOptional"] is not true;

    /// <summary>The frame: label, hint, faults; what is asked for follows.</summary>
    protected void Begin(TagHelperOutput output, string tag = "div")
    {
        output.TagName = tag;
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "pt-field");
        if (IsMine) Faults.Label(ViewContext.HttpContext, IdName, Label.Length > 0 ? Label : HintKey ?? "", Id);
        if (Label.Length > 0)
        {
            output.Content.AppendHtml(tag == "fieldset" ? "<legend>" : $"<label for=\"{Id}\">").Append(screen[Label]);
            if (SaysOptional) output.Content.AppendHtml(" <span class=\"pt-optional\">").Append(screen["form.optional"]).AppendHtml("</span>");
            output.Content.AppendHtml(tag == "fieldset" ? "</legend>" : "</label>");
        }
        if (Hint() is { } hint) output.Content.AppendHtml($"<p class=\"pt-hint\" id=\"{Id}-hint\">").Append(hint).AppendHtml("</p>");
        foreach (var (error, index) in Errors().Select((error, index) => (error, index)))
            output.Content.AppendHtml($"<p class=\"pt-field-error\"{(index == 0 ? $" id=\"{Id}-error\"" : "")}>").Append(error).AppendHtml("</p>");
    }

    protected void Common(TagBuilder input)
    {
        input.Attributes["id"] = Id;
        input.Attributes["name"] = Name;
        var described = string.Join(' ', new[] { Hint() is null ? null : Id + "-hint", Errors().Any() ? Id + "-error" : null }.Where(id => id is not null));
        if (described.Length > 0) input.Attributes["aria-describedby"] = described;
        if (Errors().Any()) input.Attributes["aria-invalid"] = "true";
        if (IsFirstFault()) input.Attributes["autofocus"] = "autofocus";
        if (Required) input.Attributes["aria-required"] = "true";
    }

    /// <summary>The plain id in the form that was sent, so that the summary of faults leads there; once only in a page.</summary>
    private string OwnId()
    {
        var plain = TagBuilder.CreateSanitizedId(IdName, "_");
        var mine = IsMine ? plain : $"{form!.Handler}_{plain}";
        var items = ViewContext.HttpContext.Items;
        if (items.TryAdd(("id", mine), true)) return mine;
        var n = items.TryGetValue(("ids", plain), out var before) ? (int)before! + 1 : 1;
        items[("ids", plain)] = n;
        return $"{plain}-{n}";
    }

    private bool IsMine => form is null || form.WasSent(ViewContext.HttpContext);

    /// <summary>What was sent under a name, if by this form.</summary>
    protected ModelStateEntry? Sent(string name) => IsMine && ViewContext.ModelState.TryGetValue(name, out var entry) ? entry : null;

    /// <summary>What was typed, else what the model holds, in the form in which people write it.</summary>
    protected string Typed() => Sent(Name)?.AttemptedValue is { } attempted ? attempted : For.Model switch
    {
        null => "",
        DateOnly day => day == default ? "" : Words.Show(day),
        DateTimeOffset moment => moment == default ? "" : Words.Show(moment),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        var other => other.ToString() ?? "",
    };

    /// <summary>Key under which the hint stands, if not that of the label.</summary>
    protected string? HintKey { get; set; }

    /// <summary>The cursor goes where the first thing is to be mended, also without script.</summary>
    protected bool IsFirstFault() => Errors().Any() && ViewContext.HttpContext.Items.TryAdd("first-fault", Name);

    private string? Hint() => (HintKey ?? Label) is { Length: > 0 } key && screen[key + ".hint"] is var hint && hint != key + ".hint" ? hint : null;

    protected virtual IEnumerable<string> Errors() => Sent(Name)?.Errors.Select(error => error.ErrorMessage) ?? [];
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
        answered = radio || None is not null ? chosen.Length > 0 : answers.Count > 0;
        Begin(output, radio ? "fieldset" : "div");
        var focus = radio && IsFirstFault() ? " autofocus" : "";
        if (radio)
        {
            output.Content.AppendHtml("<div class=\"pt-choices pt-choices--inline\">");
            foreach (var (value, word) in answers)
            {
                // The summary of faults leads to the first answer.
                output.Content.AppendHtml("<label class=\"pt-choice\"><input type=\"radio\"").AppendHtml(value == answers[0].Value ? $" id=\"{Id}\"{focus}" : "").AppendHtml(" name=\"").Append(Name).AppendHtml("\" value=\"").Append(value).AppendHtml(value == chosen ? "\" checked>" : "\">");
                output.Content.AppendHtml("<span>").Append(word).AppendHtml("</span></label>");
            }
            output.Content.AppendHtml("</div>");
        }
        else
        {
            var select = new TagBuilder("select");
            Common(select);
            if (None is not null) Option(select, "", Screen[None], chosen.Length == 0);
            foreach (var (value, word) in answers) Option(select, value, word, value == chosen);
            output.Content.AppendHtml(select);
        }
    }

    /// <summary>An answer stands there already: a list without an empty line shows its first one.</summary>
    private bool answered;

    protected override bool SaysOptional => base.SaysOptional && !answered;

    private string Chosen() => Sent(Name)?.AttemptedValue is { } attempted ? attempted : For.Model?.ToString() ?? "";

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
        var (label, key) = (Screen[Label], Label);
        // The word stands beside the box, and no label above it.
        (Label, HintKey) = ("", key);
        Begin(output);
        output.Content.AppendHtml("<label class=\"pt-choice\"><input type=\"checkbox\" value=\"true\" name=\"").Append(Name).AppendHtml("\" id=\"").Append(Id).AppendHtml(Ticked() ? "\" checked>" : "\">");
        output.Content.AppendHtml("<span>").Append(label).AppendHtml("</span></label>");
    }

    private bool Ticked() => Sent(Name)?.AttemptedValue is { } attempted ? attempted.Contains("true", StringComparison.OrdinalIgnoreCase) : For.Model is true;
}

/// <summary>&lt;pt-pick for="Form.Area" text-for="Form.AreaText" src="/api/areas" label="person.area" /&gt;: an id found by typing a name; without script the text itself is sent and read by the server.</summary>
[HtmlTargetElement("pt-pick", TagStructure = TagStructure.WithoutEndTag)]
public sealed class PickTag(Screen screen) : FieldTag(screen)
{
    public ModelExpression TextFor { get; set; } = null!;
    public string Src { get; set; } = "/api/areas";
    public string? AsOf { get; set; }

    private string? idName;

    /// <summary>The summary of faults leads to the field by the name of what is found.</summary>
    protected override string IdName => idName is not null && Sent(idName) is { Errors.Count: > 0 } ? idName : Name;

    protected override IEnumerable<string> Errors() => base.Errors().Concat(idName is null ? [] : Sent(idName)?.Errors.Select(error => error.ErrorMessage) ?? []);

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        idName = Name;
        var id = For.Model?.ToString() is { } known && known != "0" ? known : "";
        if (Sent(Name)?.AttemptedValue is { } attempted) id = attempted;
        For = TextFor;
        Begin(output);
        output.Content.AppendHtml($"<div class=\"{(Src.Contains("units", StringComparison.Ordinal) ? "pt-unit" : "pt-area")}\" data-src=\"{Src}\"");
        if (AsOf is not null) output.Content.AppendHtml($" data-as-of=\"{AsOf}\"");
        output.Content.AppendHtml(">");
        var input = new TagBuilder("input") { TagRenderMode = TagRenderMode.SelfClosing };
        Common(input);
        (input.Attributes["type"], input.Attributes["value"], input.Attributes["autocomplete"]) = ("text", Typed(), "off");
        output.Content.AppendHtml(input);
        output.Content.AppendHtml("<input type=\"hidden\" name=\"").Append(idName).AppendHtml("\" value=\"").Append(id).AppendHtml("\"></div>");
    }
}
