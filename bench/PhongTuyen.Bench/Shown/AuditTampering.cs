using Npgsql;
using PhongTuyen.Bench.Tampering;
using PhongTuyen.Data;

namespace PhongTuyen.Bench.Shown;

/// <summary>
/// The audit of a running demonstration province is read, and tampered with 10,000 times at random in memory: the verification has to name the first bad row or
/// seal with its day, and nothing where nothing was done. (That the verification reads the same from PostgreSQL and from disk is proven by the tests, which put tampered
/// journals there.)
/// </summary>
internal static class AuditTampering
{
    private const int Times = 10_000;
    private const int Seed = 20210820;
    private const int Seals = 12;

    public static async Task<Figure> MeasureAsync(CancellationToken ct)
    {
        Journal journal;
        await using (var rig = await DemonstrationRig.StartAsync(ct))
        {
            var clerk = await rig.ClientAsync("nhap-lieu", ct);
            for (var seal = 0; seal < Seals; seal++)
            {
                for (var i = 0; i <= seal % 4; i++)
                {
                    var admission = DemonstrationRig.Admission(await rig.PersonAsync(clerk, ct), rig.Units["KCL-HS"]) with { AnyBed = false };
                    await clerk.SendAsync("/api/quarantine/stays", admission, ct);
                    await clerk.SendAsync("/api/quarantine/stays/end", DemonstrationRig.Leave(admission.Id), ct);
                }
                await Task.Delay(TimeSpan.FromSeconds(1.2), ct); // the sealer works about once a second
            }
            await using var cluster = (await EmbeddedPostgres.AttachAsync(rig.Folder, null, ct)).Value;
            await using var connection = new NpgsqlConnection(cluster.SuperuserConnectionString(Installation.DatabaseName));
            await connection.OpenAsync(ct);
            journal = await Journal.ReadAsync(connection, Path.Combine(rig.Folder, "audit-seals"), ct);
        }
        var untouched = await journal.ProveAsync(ct);
        var report = await TamperRun.RunAsync(journal, Times, Seed, tampered => tampered.ProveAsync(ct), ct);
        return new Figure($"{report}; {journal.Seals.Count} seals over {journal.Rows.Count} rows, {journal.Values.Count} values; untouched: {untouched.Fault ?? "whole"}; seed {Seed}", report.Passed && untouched.Fault is null);
    }
}
