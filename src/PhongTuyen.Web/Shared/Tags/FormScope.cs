using Microsoft.AspNetCore.Razor.TagHelpers;

namespace PhongTuyen.Web.Shared.Tags;

/// <summary>Which of a page's forms a field stands in: faults, what was typed and the plain id belong to the one that was sent, not to its neighbours with fields of the same name.</summary>
/// <param name="Handler">The act that the form asks for.</param>
/// <param name="About">The id of the thing that it is about, where each row of a page has such a form.</param>
public sealed record FormScope(string Handler, string? About)
{
    public bool WasSent(HttpContext http) => WasSent(http, Handler, About);

    /// <summary>This very form was sent: its block is drawn open.</summary>
    public static bool WasSent(HttpContext http, string handler, object? about = null) =>
        HttpMethods.IsPost(http.Request.Method) && http.Request.Query["handler"] == handler && (about is null || http.Request.Form["Form.Id"] == about.ToString());
}

/// <summary>&lt;form asp-page-handler="Receive" form-about="…"&gt;: tells the fields within which form is theirs.</summary>
[HtmlTargetElement("form", Attributes = "asp-page-handler")]
public sealed class FormScopeTag : TagHelper
{
    [HtmlAttributeName("asp-page-handler")]
    public string? Handler { get; set; }

    [HtmlAttributeName("form-about")]
    public string? About { get; set; }

    public override void Init(TagHelperContext context)
    {
        if (Handler is not null) context.Items[typeof(FormScope)] = new FormScope(Handler, About);
    }
}
