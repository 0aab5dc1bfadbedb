using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PhongTuyen.Data;
using PhongTuyen.Imports.Contract;
using PhongTuyen.Kernel;

namespace PhongTuyen.Imports;

/// <summary>What a person decides about an import: the mapping, the commit, the undo. Small files are checked at once, large ones in the background.</summary>
public sealed class SteerImport(Db db, ImportEngine engine, IEnumerable<IImportTarget> targets, TimeProvider clock)
{
    /// <summary>Rows up to which the check is made while the page waits.</summary>
    public const int AtOnce = 2000;

    public async Task<Outcome<ImportState>> MapAsync(ImportId id, Mapping mapping, string? saveAs, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } run) return Refusals.NotFound();
        if (run.State is not (ImportState.Mapping or ImportState.Checked)) return Problems.NotNow();
        if (Fault(mapping) is { } fault) return fault;
        run.Mapping = JsonSerializer.Serialize(mapping, Mapping.Json);
        run.Profile = VietnameseText.Clean(saveAs) ?? (mapping.Name.Length > 0 ? mapping.Name : null);
        if (VietnameseText.Clean(saveAs) is { } name) await SaveProfileAsync(run, mapping with { Name = name }, name, ct);
        if (run.Read <= AtOnce) await engine.CheckAsync(run, ct);
        else
        {
            run.State = ImportState.Checking;
            db.Tell(new ImportUploaded(run.Id, run.Read));
            await db.SaveChangesAsync(ct);
        }
        return run.State;
    }

    public async Task<Outcome<ImportState>> StartAsync(ImportId id, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } run) return Refusals.NotFound();
        if (run.State is ImportState.Committing or ImportState.Done) return run.State; // pressed twice
        if (run.State != ImportState.Checked) return Problems.NotNow();
        if (run.Accepted == 0) return Problems.NothingToTakeIn();
        (run.State, run.StartedAt, run.Progress) = (ImportState.Committing, clock.GetUtcNow(), 0);
        db.Tell(new ImportCommitted(run.Id, 0, []));
        await db.SaveChangesAsync(ct);
        return run.State;
    }

    public async Task<Outcome<ImportState>> UndoAsync(ImportId id, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } run) return Refusals.NotFound();
        if (run.State is ImportState.Undone) return run.State;
        if (run.State != ImportState.Done) return Problems.NotNow();
        var undone = await engine.UndoAsync(run, ct);
        return undone.Done ? run.State : undone.As<ImportState>();
    }

    private Task<ImportRun?> FindAsync(ImportId id, CancellationToken ct) => db.Set<ImportRun>().FirstOrDefaultAsync(run => run.Id == id, ct);

    private Problem? Fault(Mapping mapping)
    {
        var known = targets.SelectMany(target => target.Fields).Select(field => field.Key).ToHashSet(StringComparer.Ordinal);
        if (mapping.Fields.FirstOrDefault(field => !known.Contains(field)) is { } unknown) return Problems.UnknownField(unknown);
        if (mapping.Columns.GroupBy(pair => pair.Value).FirstOrDefault(same => same.Count() > 1) is { } twice) return Problems.FieldTwice(twice.Key);
        return mapping.Fields.Any(field => field is "person.name" or "person.code" or "case.code" or "person.document" or "person.cccd") ? null : Problems.NoColumns();
    }

    private Task SaveProfileAsync(ImportRun run, Mapping mapping, string name, CancellationToken ct) => db.Connection.RunAsync("""
        INSERT INTO pt.import_profile AS p (id, unit_id, province_id, district_id, commune_id, name, headers, mapping, saved_at, saved_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        ON CONFLICT (unit_id, name) DO UPDATE SET headers = $7, mapping = $8, saved_at = $9, saved_by = $10
        """, ct, clock.NewGuid(), run.UnitId.Value, run.ProvinceId.Value, run.DistrictId.Value, run.CommuneId.Value, name, run.Headers, JsonSerializer.Serialize(mapping, Mapping.Json), clock.GetUtcNow(), db.Visitor!.Account.Value);
}
