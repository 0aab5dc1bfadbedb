using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PhongTuyen.Audit;
using PhongTuyen.Support;
using PhongTuyen.Web.Entry;
using PhongTuyen.Web.Support;

namespace PhongTuyen.Web.Help.Citizen;

/// <summary>
/// What happened, what was kept, what to do, and a number to quote. Nothing of the inside. It takes no value of the request into its hands: what could
/// not be read a moment ago could not be read here either.
/// </summary>
[IgnoreAntiforgeryToken]
public sealed class ErrorModel(SupportDirectory directory) : PageModel
{
    private const string Unread = "error.unread";

    private static readonly Dictionary<int, string> Known = new()
    {
        [400] = Unread, [403] = "error.closed", [404] = "error.not-found", [409] = "error.changed", [413] = "error.too-large", [429] = "error.too-many", [503] = "error.audit",
    };

    public string Text { get; private set; } = "error.fault";
    public string Quote { get; private set; } = "";
    /// <summary>The page that was asked for.</summary>
    public string? Of => ReportedScreen.OfRefused(HttpContext);
    public SupportDirectory.Contact? Contact => directory.Likely;

    /// <summary>What could not be done for want of the audit, to be sent again from here.</summary>
    public KeptForm? Kept { get; private set; }

    public Task OnGetAsync() => ShowAsync();

    public Task OnPostAsync() => ShowAsync();

    private async Task ShowAsync()
    {
        // Whoever types the address has not met a refusal: to them nothing is here, or what they ask for.
        if (Response.StatusCode < 400) Response.StatusCode = int.TryParse(Request.Query["status"], NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && Known.ContainsKey(asked) ? asked : 404;
        Quote = Activity.Current?.TraceId.ToString() is { } trace ? trace[..12] : HttpContext.TraceIdentifier;
        if (HttpContext.Features.Get<IExceptionHandlerFeature>()?.Error is AuditUnavailableException) Kept = await KeptForm.OfAsync(HttpContext);
        Text = Response.StatusCode == 503 ? HttpMethods.IsPost(Request.Method) ? Kept is null ? "error.audit-form" : "error.audit-kept" : "error.audit" : Response.StatusCode >= 500 ? "error.fault" : Response.StatusCode == 400 && await IsWholeFormAsync() ? "error.form-old" : Known.GetValueOrDefault(Response.StatusCode, Unread);
    }

    /// <summary>A form that can be read and was refused all the same: its token is too old. Another cannot even be read.</summary>
    private async Task<bool> IsWholeFormAsync()
    {
        if (!Request.HasFormContentType) return false;
        try
        {
            return WholeForm.Holds(await Request.ReadFormAsync(HttpContext.RequestAborted));
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException)
        {
            return false;
        }
    }
}
