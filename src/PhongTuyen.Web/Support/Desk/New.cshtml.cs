using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using PhongTuyen.Data;
using PhongTuyen.Support;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Support.Desk;

/// <summary>Something does not work: said in the visitor's words. The page that it is about comes along by its name, with the version of the program and the number of a fault; nothing of what was shown.</summary>
public sealed partial class NewModel(Db db, SendReport send, IActionDescriptorCollectionProvider pages) : HousePage(db)
{
    public sealed class Fields
    {
        public string? What { get; set; }
        public string? Screen { get; set; }
        public string? Trace { get; set; }
    }

    [BindProperty]
    public Fields Form { get; set; } = new();

    public static string Program => Audit.Desk.IndexModel.ProgramVersion;
    public string Device => Accounts.Device.Name(Request.Headers.UserAgent);
    public SupportDirectory.Contact? Contact { get; private set; }

    public async Task OnGetAsync(string? screen, string? trace)
    {
        (Form.Screen, Form.Trace) = (screen, trace);
        await LoadAsync();
        NewIntent();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        if (!ModelState.IsValid) return Refuse([]);
        var outcome = await send.RunAsync(new SendReport.Input(Intent, Form.What, Form.Screen, Form.Trace), new SendReport.Machine(Program, Device), Ct);
        return outcome.Done ? Done(Links.MyReport(outcome.Value), "support.sent") : Refuse(outcome.Problems);
    }

    private async Task LoadAsync()
    {
        Form.Screen = ReportedScreen.Known(pages, Form.Screen);
        if (Form.Trace is { } trace && !OfAFault().IsMatch(trace)) Form.Trace = null;
        Contact = await SupportDirectory.OfUnitAsync(Db, Db.Visitor!.Unit, Ct);
    }

    /// <summary>The page of a fault shows the beginning of a trace's id, or the number of the connection and the request.</summary>
    [GeneratedRegex("^(?:[0-9a-f]{12}|[0-9A-Z]{13}:[0-9A-F]{8})$")]
    private static partial Regex OfAFault();
}
