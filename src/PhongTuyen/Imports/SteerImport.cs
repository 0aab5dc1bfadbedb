using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using PhongTuyen.Data;
using PhongTuyen.Formats.Sheets;
using PhongTuyen.Imports.Contract;
using PhongTuyen.Kernel;

namespace PhongTuyen.Imports;

/// <summary>What a person decides about an import: the mapping, the commit, the undo. Small files are checked at once, large ones in the background.</summary>
public sealed class SteerImport(Db db, ImportRows rows, ImportEngine engine, ImportAnswers answers, Words words, TimeProvider clock)
{
    /// <summary>Rows up to which the check is made while the page waits.</summary>
    public const int AtOnce = 2000;

    /// <summary>Of a mapping's name.</summary>
    public const int NameMost = 100;

    /// <param name="wait">The check is made now, however large the file is.</param>
    public Task<Outcome<ImportState>> MapAsync(ImportId id, Mapping mapping, string? saveAs, CancellationToken ct, bool wait = false) => db.WholeAsync(() => SetAsync(id, mapping, saveAs, wait, ct), ct);

    private async Task<Outcome<ImportState>> SetAsync(ImportId id, Mapping mapping, string? saveAs, bool wait, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } run) return Refusals.NotFound();
        if (!run.MayBeMapped) return Problems.NotNow();
        if (Inputs.TooLong("saveAs", saveAs, NameMost) is { } tooLong) return tooLong;
        if (Faults(mapping) is { Count: > 0 } faults) return faults;
        run.Mapping = mapping.Write();
        run.Profile = VietnameseText.Clean(saveAs) ?? (mapping.Name.Length > 0 ? mapping.Name : null);
        if (VietnameseText.Clean(saveAs) is { } name) await SaveProfileAsync(run, mapping with { Name = name }, name, ct);
        if (wait || run.Read <= AtOnce)
        {
            try
            {
                await engine.CheckAsync(run, ct);
            }
            catch (ImportStoppedException stopped)
            {
                return stopped.Problem;
            }
        }
        else
        {
            run.State = ImportState.Checking;
            run.Progress = 0;
            db.Tell(new ImportUploaded(run.Id, run.Read));
            await db.SaveChangesAsync(ct);
        }
        return run.State;
    }

    /// <summary>Takes another mapping by its name, before the check.</summary>
    public Task<Outcome<ImportState>> UseAsync(ImportId id, string name, CancellationToken ct) => db.WholeAsync(() => TakeAsync(id, name, ct), ct);

    private async Task<Outcome<ImportState>> TakeAsync(ImportId id, string name, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } run) return Refusals.NotFound();
        if (!run.MayBeMapped) return Problems.NotNow();
        if (await KnownMappings.NamedAsync(db, run.UnitId, name, ct) is not { } named) return Problems.UnknownMapping(name);
        (run.Mapping, run.Profile, run.State) = (named.For(run.Headers).Write(), named.Name, ImportState.Mapping);
        db.Tell(new ImportUploaded(run.Id, run.Read));
        await db.SaveChangesAsync(ct);
        return run.State;
    }

    /// <summary>Reads the old texts of the file in another alphabet, or as they stand. What is matched stays matched; the check is made anew.</summary>
    public Task<Outcome<ImportState>> ReadAsAsync(ImportId id, LegacyLetters letters, CancellationToken ct) => db.WholeAsync(() => ReadAnewAsync(id, letters, ct), ct);

    private async Task<Outcome<ImportState>> ReadAnewAsync(ImportId id, LegacyLetters letters, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } run) return Refusals.NotFound();
        if (!run.MayBeMapped) return Problems.NotNow();
        await rows.ReadAsAsync(id, letters, ct);
        var reading = run.ReadAs;
        if (reading.HeadersIn(letters) is { } headers)
        {
            var (before, mapping) = (run.Headers, Mapping.Read(run.Mapping));
            run.Headers = headers;
            run.Mapping = (mapping with { Columns = mapping.Columns.ToDictionary(pair => headers[Array.IndexOf(before, pair.Key)], pair => pair.Value) }).Write();
        }
        (run.Reading, run.State) = (JsonSerializer.Serialize(reading with { Letters = letters }), ImportState.Mapping);
        db.Tell(new ImportUploaded(id, run.Read));
        await db.SaveChangesAsync(ct);
        return run.State;
    }

    public Task<Outcome<ImportState>> StartAsync(ImportId id, CancellationToken ct) => db.WholeAsync(() => BeginAsync(id, ct), ct);

    private async Task<Outcome<ImportState>> BeginAsync(ImportId id, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } run) return Refusals.NotFound();
        if (run.State is ImportState.Committing or ImportState.Done) return run.State; // pressed twice
        if (run.State != ImportState.Checked && !run.MayGoOn) return Problems.NotNow();
        if (run.Accepted == 0) return Problems.NothingToTakeIn();
        (run.State, run.StartedAt, run.Progress, run.Fault) = (ImportState.Committing, clock.GetUtcNow(), run.MayGoOn ? run.Progress : 0, null);
        db.Tell(new ImportCommitted(run.Id, 0, []));
        await db.SaveChangesAsync(ct);
        return run.State;
    }

    /// <summary>Throws away what was never taken in: the rows of the file go, nothing else was written.</summary>
    public Task<Outcome<Nothing>> DiscardAsync(ImportId id, CancellationToken ct) => db.WholeAsync(() => DropAsync(id, ct), ct);

    private async Task<Outcome<Nothing>> DropAsync(ImportId id, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } run) return Nothing.Value; // pressed twice
        if (!run.MayBeMapped) return Problems.NotNow();
        db.Tell(new ImportDiscarded(id, run.Read));
        db.Remove(run);
        await db.SaveChangesAsync(ct);
        return Nothing.Value;
    }

    /// <summary>Ends an import that brings nothing new, so that it does not wait for anybody.</summary>
    public Task<Outcome<ImportState>> EndEmptyAsync(ImportId id, CancellationToken ct) => db.WholeAsync(() => EndAsync(id, ct), ct);

    private async Task<Outcome<ImportState>> EndAsync(ImportId id, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } run) return Refusals.NotFound();
        if (run.State != ImportState.Checked || run.Accepted > 0) return Problems.NotNow();
        await engine.FinishAsync(run, ct);
        return run.State;
    }

    /// <summary>
    /// All in one act: at once, or of a large one in the background. Refused where something later depends on it: how many of each kind, and whom it is about
    /// (in <see cref="Problem.Field"/>). Of a large one that is found in the background and stands at the run.
    /// </summary>
    /// <returns>Undone, or undoing.</returns>
    public Task<Outcome<ImportState>> UndoAsync(Guid intent, ImportId id, string? reason, CancellationToken ct) => db.OnceAsync(intent, "import.undo", new { id, reason }, async () =>
    {
        if (await FindAsync(id, ct) is not { } run) return Refusals.NotFound();
        if (VietnameseText.Clean(reason) is not { } why) return Refusals.ReasonNeeded("reason");
        if (run.State is ImportState.Undone or ImportState.Undoing) return run.State; // pressed twice
        if (run.State is not (ImportState.Done or ImportState.Failed)) return Problems.NotNow();
        if (run.Accepted > AtOnce)
        {
            (run.State, run.UndoneBy, run.UndoneWhy, run.Fault) = (ImportState.Undoing, db.Visitor!.Account, why, null);
            db.Tell(new ImportUndoAsked(id, run.Accepted), why);
            await db.SaveChangesAsync(ct);
            return run.State;
        }
        try
        {
            if (await engine.UndoAsync(run, why, _ => Task.CompletedTask, ct) is { Count: > 0 } later) return DependedOn(later);
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.ForeignKeyViolation)
        {
            // Somebody of another area has taken one of the persons over; who and where is not ours to see.
            return DependedOn([]);
        }
        return (Outcome<ImportState>)run.State;
    }, ct);

    /// <summary>What became of an undo in the background: undone, or why not.</summary>
    public async Task<Outcome<ImportState>> UndoneAsync(ImportId id, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } run) return Refusals.NotFound();
        return run.State is ImportState.Undone or ImportState.Undoing ? run.State : run.Fault == "undo-depended" ? DependedOn(run.InTheWay) : Problems.NotUndone();
    }

    /// <summary>Each kind with how many, and each that may be named.</summary>
    private List<Problem> DependedOn(IReadOnlyList<Later> later)
    {
        string Word(string what) => words.Say(db.Visitor!.Language, "depends." + what);
        return
        [
            Problems.DependedOn(later.Count == 0 ? Word("elsewhere") : string.Join(", ", later.Select(one => $"{Word(one.What)}: {Words.Show(one.Many)}"))),
            .. later.SelectMany(one => one.Persons.Select(person => person.ToString()).Concat(one.Units.Select(unit => unit.ToString())).Select(about => Problems.LaterEntry(Word(one.What), about))),
        ];
    }

    private Task<ImportRun?> FindAsync(ImportId id, CancellationToken ct) => db.Set<ImportRun>().FirstOrDefaultAsync(run => run.Id == id, ct);

    private List<Problem> Faults(Mapping mapping)
    {
        var known = answers.Fields.Select(field => field.Key).ToHashSet(StringComparer.Ordinal);
        var faults = mapping.Fields.Where(field => !known.Contains(field)).Select(Problems.UnknownField).ToList();
        faults.AddRange(mapping.Columns.GroupBy(pair => pair.Value).Where(same => same.Count() > 1).Select(twice => Problems.FieldTwice(twice.Key)));
        if (!mapping.Fields.Any(field => field is "person.name" or "person.code" or "case.code")) faults.Add(Problems.NoColumns());
        return faults;
    }

    private Task SaveProfileAsync(ImportRun run, Mapping mapping, string name, CancellationToken ct) => db.Connection.RunAsync("""
        INSERT INTO pt.import_profile AS p (id, unit_id, province_id, district_id, commune_id, name, headers, mapping, saved_at, saved_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        ON CONFLICT (unit_id, name) DO UPDATE SET headers = $7, mapping = $8, saved_at = $9, saved_by = $10
        """, ct, clock.NewGuid(), run.UnitId.Value, run.ProvinceId.Value, run.DistrictId.Value, run.CommuneId.Value, name, run.Headers, mapping.Write(), clock.GetUtcNow(), db.Visitor!.Account.Value);
}
