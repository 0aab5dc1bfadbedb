using PhongTuyen.Data;
using PhongTuyen.Imports;
using PhongTuyen.Kernel;
using PhongTuyen.Quarantine;
using PhongTuyen.Web.Entry;
using Microsoft.EntityFrameworkCore;

namespace PhongTuyen.Web.Api;

/// <summary>Admissions and transfers for programs: the same use-cases as the pages, with ids made by the sender, so that anything may be sent again.</summary>
internal static class QuarantineApi
{
    public static WebApplication MapQuarantine(this WebApplication app)
    {
        var group = app.MapGroup("/api/quarantine").WithDoor("Api/Quarantine").AddEndpointFilter<FormTokenFilter>();
        group.MapPost("/stays", (AdmitPerson.Input input, AdmitPerson use, Db db, HttpContext http) => use.RunAsync(input, http.RequestAborted).AnswerAsync(db, http)).WithSummary("Admits a person.");
        group.MapPost("/stays/end", (EndStay.Input input, EndStay use, Db db, HttpContext http) => use.RunAsync(input, http.RequestAborted).AnswerAsync(db, http)).WithSummary("Ends a stay.");
        group.MapPost("/transfers", (SendTransfer.Input input, SendTransfer use, Db db, HttpContext http) => use.RunAsync(input, http.RequestAborted).AnswerAsync(db, http)).WithSummary("Sends a transfer.");
        group.MapPost("/transfers/receive", (AnswerTransfer.Receipt input, AnswerTransfer use, Db db, HttpContext http) => use.ReceiveAsync(input, http.RequestAborted).AnswerAsync(db, http)).WithSummary("Receives a transfer.");
        app.MapPost("/api/people", (PhongTuyen.People.EnterPerson.Input input, PhongTuyen.People.EnterPerson use, Db db, HttpContext http) => use.RunAsync(input, http.RequestAborted).AnswerAsync(db, http))
            .WithDoor("Api/People").AddEndpointFilter<FormTokenFilter>().WithSummary("Records a person.");
        return app;
    }

    public static WebApplication MapImports(this WebApplication app)
    {
        app.MapGet("/api/imports/{id:guid}", async (Guid id, Db db, HttpContext http) =>
        {
            var run = await db.Set<ImportRun>().AsNoTracking().FirstOrDefaultAsync(i => i.Id == new ImportId(id), http.RequestAborted);
            await db.CommitAsync(http.RequestAborted);
            if (run is null)
            {
                await Turned.ProblemAsync(http, Refusals.NotFound());
                return Results.Empty;
            }
            // Of the rows to be taken in so many are; the others were done with at the check.
            return Results.Json(new { state = run.State.ToString(), read = run.Read, done = run.State switch { ImportState.Committing => run.Progress + run.Duplicate + run.Rejected, ImportState.Done => run.Read, ImportState.Undoing => run.TakenBack, _ => run.Progress }, accepted = run.Accepted, duplicate = run.Duplicate, rejected = run.Rejected });
        }).WithDoor("Api/Imports").WithSummary("How far an import is.");
        return app;
    }
}
