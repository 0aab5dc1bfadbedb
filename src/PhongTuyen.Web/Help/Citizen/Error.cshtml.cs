using System.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace PhongTuyen.Web.Help.Citizen;

/// <summary>What happened, what was kept, what to do, and a number to quote. Nothing of the inside.</summary>
[IgnoreAntiforgeryToken]
public sealed class ErrorModel : PageModel
{
    public string Text { get; private set; } = "error.fault";
    public string Quote { get; private set; } = "";

    public void OnGet(int? status) => Show(status);

    public void OnPost(int? status) => Show(status);

    private void Show(int? status)
    {
        Quote = Activity.Current?.TraceId.ToString() is { } trace ? trace[..12] : HttpContext.TraceIdentifier;
        Text = status switch { 404 => "error.not-found", 403 => "error.closed", 429 => "error.too-many", 400 => "error.form-old", _ => "error.fault" };
        if (status is null or 0 && Response.StatusCode < 400) Response.StatusCode = 500;
    }
}
