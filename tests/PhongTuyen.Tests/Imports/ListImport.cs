using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Imports;
using PhongTuyen.Imports.Contract;
using PhongTuyen.Kernel;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Quarantine;

namespace PhongTuyen.Tests.Imports;

/// <summary>A list on its way through the import, by the same use-cases as the pages and the command line.</summary>
public static class ListImport
{
    public static Stream Csv(params string[] lines) => new MemoryStream(Encoding.UTF8.GetBytes(string.Join("\r\n", lines)));

    public static async Task<ImportId> UploadAsync(this TestHouse house, AccountId by, UnitId unit, Stream file, string name = "danh sách.csv", ListAbout about = ListAbout.Recognised) =>
        (await house.RunAsync<UploadList, ImportId>(by, use => use.RunAsync(new(house.Clock.New<ImportId>(), name, unit, null) { About = about }, file, CancellationToken.None), Permission.Import)).Value;

    public static Task<ImportRun> RunOfAsync(this TestHouse house, AccountId by, ImportId id) =>
        house.AsAsync(by, Permission.Import, (_, db) => db.Set<ImportRun>().AsNoTracking().FirstAsync(run => run.Id == id));

    /// <summary>With the mapping that was suggested, changed where a test wants it.</summary>
    public static async Task<ImportRun> CheckAsync(this TestHouse house, AccountId by, ImportId id, Func<Mapping, Mapping>? change = null)
    {
        var mapping = Mapping.Read((await house.RunOfAsync(by, id)).Mapping);
        (await house.RunAsync<SteerImport, ImportState>(by, use => use.MapAsync(id, change?.Invoke(mapping) ?? mapping, null, CancellationToken.None), Permission.Import)).Value.ToString();
        await house.WorkAsync();
        return await house.RunOfAsync(by, id);
    }

    public static async Task<ImportRun> CommitAsync(this TestHouse house, AccountId by, ImportId id)
    {
        (await house.RunAsync<SteerImport, ImportState>(by, use => use.StartAsync(id, CancellationToken.None), Permission.Import)).Value.ToString();
        await house.WorkAsync();
        return await house.RunOfAsync(by, id);
    }

    /// <summary>Upload, check, commit.</summary>
    public static async Task<ImportRun> ImportAsync(this TestHouse house, AccountId by, UnitId unit, Stream file, ListAbout about = ListAbout.Recognised, Func<Mapping, Mapping>? change = null)
    {
        var id = await house.UploadAsync(by, unit, file, about: about);
        var run = await house.CheckAsync(by, id, change);
        return run.Accepted == 0 ? run : await house.CommitAsync(by, id);
    }

    public static Task<Outcome<ImportState>> AskUndoAsync(this TestHouse house, AccountId by, ImportId id) =>
        house.RunAsync<SteerImport, ImportState>(by, use => use.UndoAsync(house.Clock.NewGuid(), id, "nhập nhầm tệp", CancellationToken.None), Permission.Import);

    /// <summary>To its end, a large one in the background.</summary>
    public static async Task<Outcome<ImportState>> UndoAsync(this TestHouse house, AccountId by, ImportId id)
    {
        var asked = await house.AskUndoAsync(by, id);
        if (!asked.Done || asked.Value != ImportState.Undoing) return asked;
        await house.WorkAsync();
        return await house.RunAsync<SteerImport, ImportState>(by, use => use.UndoneAsync(id, CancellationToken.None), Permission.Import);
    }

    public static Task<List<ImportRows.Stored>> RowsAsync(this TestHouse house, AccountId by, ImportId id, RowVerdict? verdict = null) =>
        house.AsAsync(by, Permission.Import, (provider, _) => ((ImportRows)provider.GetService(typeof(ImportRows))!).ReadAsync(id, 0, 100_000, verdict, CancellationToken.None));

    private static async Task WorkAsync(this TestHouse house)
    {
        while (await house.Get<ImportWorker>().WorkAsync(CancellationToken.None)) { }
    }

    /// <summary>One number from the database, past all policies.</summary>
    public static async Task<long> CountAsync(this TestHouse house, string sql, params object[] values) => Convert.ToInt64(await house.AskAsync<object>(sql, values), CultureInfo.InvariantCulture);

    /// <summary>Officers with hundreds of units, as those of a province have: lists ask otherwise then.</summary>
    public static Task HoldManyUnitsAsync(this TestHouse house, params AccountId[] officers) =>
        house.SqlAsync("UPDATE pt.account_right SET units = units || ARRAY(SELECT generate_series(900001, 900400)) WHERE account_id = ANY ($1)", officers.Select(officer => officer.Value).ToArray());

    /// <summary>Somebody who holds single units and no area, as mergers and teams leave them: each is a range of its own in the lists.</summary>
    public static Task HoldSingleUnitsAsync(this TestHouse house, AccountId account, UnitId unit, int others) =>
        house.SqlAsync("UPDATE pt.account_right SET units = ARRAY(SELECT DISTINCT unnest(units || $2::int || ARRAY(SELECT generate_series(910001, 910000 + $3)))) WHERE account_id = $1", account.Value, unit.Value, others);

    /// <summary>A statement, past all policies.</summary>
    public static async Task SqlAsync(this TestHouse house, string sql, params object[] values)
    {
        await using var connection = await house.Direct.OpenConnectionAsync();
        await connection.RunAsync(sql, CancellationToken.None, values);
    }

    /// <summary>One value from the database, past all policies.</summary>
    public static async Task<T> ValueAsync<T>(this TestHouse house, string sql, params object[] values) => (await house.AskAsync<T>(sql, values))!;
}
