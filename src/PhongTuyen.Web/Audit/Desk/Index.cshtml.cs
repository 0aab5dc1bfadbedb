using System.Reflection;
using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Audit;
using PhongTuyen.Data;
using PhongTuyen.Outbox;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Audit.Desk;

/// <summary>How the installation stands, for whoever operates it: database, outbox, seals, keys. Numbers only; no person.</summary>
public sealed class IndexModel(Db db, DatabaseState database, OutboxState outbox, SealState seals, VerifyAudit verify, AuditStore audit, SendAgain again) : HousePage(db)
{
    /// <summary>Above this many events a verification takes longer than a page may: then the command line does it.</summary>
    public const long MostHere = 500_000;

    public DatabaseState.Found Database { get; private set; } = null!;
    public OutboxState.Found Outbox { get; private set; } = null!;
    public SealState.Found Seals { get; private set; } = null!;
    /// <summary>Whether rows get into the audit; if not, nobody is shown and nothing is kept.</summary>
    public bool Takes { get; private set; }

    public bool MayVerify => Seals.About <= MostHere;

    public static string ProgramVersion { get; } = typeof(Platform).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";

    /// <summary>The sealer works about once a second: what waits longer than this waits for a fault to be mended.</summary>
    public bool SealsLate => Seals.WaitingSince is { } since && S.Now - since > TimeSpan.FromMinutes(2);

    public Task OnGetAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        Database = await database.ReadAsync(Ct);
        Outbox = await outbox.ReadAsync(Ct);
        Seals = await seals.ReadAsync(Ct);
        Takes = await audit.TakesAsync();
    }

    public async Task<IActionResult> OnPostVerifyAsync()
    {
        Seals = await seals.ReadAsync(Ct);
        if (!MayVerify) return Redirect(Links.Operation);
        var report = await verify.RunAsync(Ct);
        return report.Fault is null ? Done(Links.Operation, "operation.verified", ("seals", report.Seals), ("rows", report.Rows), ("unsealed", report.Unsealed)) : Redirect(Links.Operation);
    }

    /// <summary>One message that waits for somebody to look at it, or all that failed at every try.</summary>
    public async Task<IActionResult> OnPostAgainAsync(Guid? message)
    {
        if (!ModelState.IsValid) return NotFound();
        var outcome = await again.RunAsync(Intent, message, Ct);
        if (outcome.Done) return Done(Links.Operation + "#outbox", "operation.begun-again", ("n", outcome.Value));
        await LoadAsync();
        return Refuse(outcome.Problems);
    }

    public static string Size(long bytes) => bytes >= 1L << 30 ? Screen.Show(Math.Round(bytes / (decimal)(1L << 30), 1)) + " GB" : Screen.Show(bytes >> 20) + " MB";
}
