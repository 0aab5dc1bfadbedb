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

    public void OnGet(string? status) => Show(status);

    public void OnPost(string? status) => Show(status);

    private void Show(string? said)
    {
        var status = int.TryParse(said, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : 0;
        Quote = Activity.Current?.TraceId.ToString() is { } trace ? trace[..12] : HttpContext.TraceIdentifier;
        Text = status switch { 404 => "error.not-found", 403 => "error.closed", 429 => "error.too-many", 413 => "error.too-large", 400 => "error.form-old", _ => "error.fault" };
        if (status == 0 && Response.StatusCode < 400) Response.StatusCode = 500;
    }
}
