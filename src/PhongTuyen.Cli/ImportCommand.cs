using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Imports;
using PhongTuyen.Imports.Contract;
using PhongTuyen.Kernel;

namespace PhongTuyen.Cli;

/// <summary>The work of <c>phongtuyen import</c>, by the use-cases of the pages.</summary>
internal sealed class ImportCommand(Import.Options options, IServiceProvider services, TimeProvider clock)
{
    public async Task<Outcome<Import.Answer>> TakeInAsync(CancellationToken ct)
    {
        var id = clock.New<ImportId>();
        var prepared = await AsAsync(async (provider, db) =>
        {
            var read = await PrepareAsync(id, provider, db, ct);
            return read.Done ? await AnswerAsync(id, db, ct) : read.As<Import.Answer>();
        }, keep: !options.DryRun, ct);
        if (!prepared.Done) return prepared;
        if (options.DryRun) return prepared.Value with { ImportId = null };
        await WorkAsync(id, ImportState.Checking, ct);
        var checkedRun = await AsAsync((_, db) => AnswerAsync(id, db, ct), keep: true, ct);
        if (!checkedRun.Done) return checkedRun;
        var started = await AsAsync((provider, _) => checkedRun.Value.Accepted > 0 ? provider.GetRequiredService<SteerImport>().StartAsync(id, ct) : provider.GetRequiredService<SteerImport>().EndEmptyAsync(id, ct), keep: true, ct);
        if (!started.Done) return started.As<Import.Answer>();
        await WorkAsync(id, ImportState.Committing, ct);
        return await AsAsync((_, db) => AnswerAsync(id, db, ct), keep: true, ct);
    }

    public async Task<Outcome<Import.Answer>> UndoAsync(ImportId id, CancellationToken ct)
    {
        var undone = await AsAsync((provider, _) => provider.GetRequiredService<SteerImport>().UndoAsync(clock.NewGuid(), id, options.Reason, ct), keep: true, ct);
        if (undone.Done) await WorkAsync(id, ImportState.Undoing, ct);
        if (undone.Done) undone = await AsAsync((provider, _) => provider.GetRequiredService<SteerImport>().UndoneAsync(id, ct), keep: true, ct);
        return undone.Done ? await AsAsync((_, db) => AnswerAsync(id, db, ct), keep: true, ct) : undone.As<Import.Answer>();
    }

    /// <summary>Reads the file in, and checks every row of a small one or in a dry run, all in one transaction: a dry run leaves it and nothing was there.</summary>
    private async Task<Outcome<ImportState>> PrepareAsync(ImportId id, IServiceProvider provider, Db db, CancellationToken ct)
    {
        if (await UnitAsync(db, ct) is not { } unit) return CliProblems.NoUnit(options.Unit!);
        FileStream file;
        try
        {
            file = options.File!.OpenRead();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return CliProblems.Unreadable(options.File!.Name);
        }
        await using (file)
        {
            var uploaded = await provider.GetRequiredService<UploadList>().RunAsync(new(id, options.File.Name, unit, options.Sheet) { Mapping = options.Mapping }, file, ct);
            if (!uploaded.Done) return uploaded.As<ImportState>();
        }
        var run = await db.Set<ImportRun>().FirstAsync(one => one.Id == id, ct);
        return await provider.GetRequiredService<SteerImport>().MapAsync(id, Mapping.Read(run.Mapping), null, ct, wait: options.DryRun);
    }

    private Task<UnitId?> UnitAsync(Db db, CancellationToken ct) => options.Unit is null ? Task.FromResult<UnitId?>(db.Visitor!.Unit)
        : db.Connection.RowAsync<UnitId?>("SELECT id FROM pt.unit WHERE code = $1 AND valid_to IS NULL", r => new UnitId(r.GetInt32(0)), ct, options.Unit);

    /// <summary>Works batch by batch while it is in this state; where the program runs and has taken the work already, waits for it.</summary>
    private async Task WorkAsync(ImportId id, ImportState state, CancellationToken ct)
    {
        var worker = services.GetRequiredService<ImportWorker>();
        while ((await AsAsync(async (_, db) => (Outcome<ImportState>)(await db.Set<ImportRun>().AsNoTracking().FirstAsync(one => one.Id == id, ct)).State, keep: true, ct)).Value == state)
            if (!await worker.WorkAsync(ct, id)) await Task.Delay(TimeSpan.FromMilliseconds(200), clock, ct);
    }

    private static async Task<Outcome<Import.Answer>> AnswerAsync(ImportId id, Db db, CancellationToken ct)
    {
        var run = await db.Set<ImportRun>().AsNoTracking().FirstAsync(one => one.Id == id, ct);
        return new Import.Answer(run.Read, run.Accepted, run.Duplicate, run.Rejected, run.Findings, id.Value, run.FindingsByKind, run.Profile, RowWords.Word(run.State));
    }

    /// <param name="keep">False: what was done is undone again.</param>
    private async Task<Outcome<T>> AsAsync<T>(Func<IServiceProvider, Db, Task<Outcome<T>>> act, bool keep, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        if (await AccountAsync(scope.ServiceProvider, ct) is not { } account) return CliProblems.NoAccount(options.Account ?? FirstAccounts.Operator);
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        if (await db.ActAsAsync(account, Roles.With(Permission.Import), Roles.Faceless, ct) is not { } visitor) return CliProblems.NoAccount(options.Account ?? FirstAccounts.Operator);
        if (!Roles.Opens(visitor.Roles, Permission.Import)) return CliProblems.MayNot(options.Account ?? FirstAccounts.Operator);
        var outcome = await act(scope.ServiceProvider, db);
        if (outcome.Done && keep) await db.CommitAsync(ct);
        return outcome;
    }

    private async Task<AccountId?> AccountAsync(IServiceProvider provider, CancellationToken ct)
    {
        await using var connection = await provider.GetRequiredService<Database>().Jobs.OpenConnectionAsync(ct);
        return await connection.RowAsync<AccountId?>("SELECT id FROM pt.account WHERE user_name = $1", r => new AccountId(r.GetGuid(0)), ct, (options.Account ?? FirstAccounts.Operator).ToLowerInvariant());
    }
}

/// <summary>Refusals of the command line itself.</summary>
internal static class CliProblems
{
    public static Problem NoAccount(string name) => new Problem("cli.no-account", 404, "There is no account {name}, or it is suspended.").With("name", name);
    public static Problem MayNot(string name) => new Problem("cli.may-not", 403, "The role of {name} does not take lists in.").With("name", name);
    public static Problem NoUnit(string code) => new Problem("cli.no-unit", 404, "There is no unit with the code {code}.").With("code", code);
    public static Problem Unreadable(string file) => new Problem("cli.unreadable", 400, "The file {file} cannot be read.").With("file", file);
}
