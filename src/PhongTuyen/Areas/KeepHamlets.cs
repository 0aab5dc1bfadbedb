using Microsoft.EntityFrameworkCore;
using Npgsql;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Areas;

/// <summary>A commune keeps the list of its hamlets: adds, renames, ends one, takes one up again.</summary>
public sealed class KeepHamlets(Db db, AreaStore areas, TimeProvider clock)
{
    /// <param name="Intent">Made by the sender.</param>
    public sealed record Add(Guid Intent, AreaId Commune, HamletKind Kind, [property: Most(Hamlet.NameMost)] string? Name, int? Households);

    /// <param name="BaseVersion">The version that the form showed.</param>
    public sealed record Change(Guid Intent, int Hamlet, int BaseVersion, HamletKind Kind, [property: Most(Hamlet.NameMost)] string? Name, int? Households);

    public Task<Outcome<int>> RunAsync(Add input, CancellationToken ct) => db.OnceAsync(input.Intent, "hamlet.add", input, async () =>
    {
        var keys = areas.Book.Keys(input.Commune);
        if (keys.Commune != input.Commune || input.Commune.Value == 0 || !db.Scope.Covers(default, keys)) return Refusals.NotFound();
        if (!areas.Book.Find(input.Commune)!.ValidOn(clock.Today())) return AreaProblems.CommuneEnded();
        if (Check(input.Kind, input.Name, input.Households) is { Count: > 0 } faults) return faults;
        var name = Hamlet.FullName(input.Kind, input.Name)!;
        if (await TakenAsync(input.Commune, input.Kind, name, 0, ct)) return AreaProblems.HamletTaken(name);
        var id = await db.Connection.ValueAsync<int>("""
            INSERT INTO pt.area_hamlet (province_id, district_id, commune_id, name, name_folded, kind, households, valid_from) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id
            """, ct, keys.Province.Value, keys.District.Value, keys.Commune.Value, name, VietnameseText.Fold(name), (short)input.Kind, input.Households, clock.Today());
        db.Tell(new HamletAdded(id, input.Commune, input.Kind));
        await db.SaveChangesAsync(ct);
        return (Outcome<int>)id;
    }, ct);

    public Task<Outcome<Nothing>> RunAsync(Change input, CancellationToken ct) => db.OnceAsync(input.Intent, "hamlet.change", input, async () =>
    {
        if (await FindAsync(input.Hamlet, ct) is not { } hamlet) return Refusals.NotFound();
        if (Check(input.Kind, input.Name, input.Households) is { Count: > 0 } faults) return faults;
        if (hamlet.Version != input.BaseVersion) return Refusals.Changed();
        var name = Hamlet.FullName(input.Kind, input.Name)!;
        if (await TakenAsync(hamlet.CommuneId, input.Kind, name, hamlet.Id, ct)) return AreaProblems.HamletTaken(name);
        (hamlet.Name, hamlet.NameFolded, hamlet.Kind, hamlet.Households) = (name, VietnameseText.Fold(name), input.Kind, input.Households);
        return await SaveAsync(hamlet, ended: false, ct);
    }, ct);

    /// <summary>Ends a hamlet with this day (merged, dissolved). Addresses that name it stay as they are.</summary>
    public async Task<Outcome<Nothing>> EndAsync(int id, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } hamlet) return Refusals.NotFound();
        if (hamlet.ValidTo is not null) return Nothing.Value;
        hamlet.ValidTo = clock.Today();
        return await SaveAsync(hamlet, ended: true, ct);
    }

    /// <summary>Takes back an end.</summary>
    public async Task<Outcome<Nothing>> ReopenAsync(int id, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } hamlet) return Refusals.NotFound();
        if (hamlet.ValidTo is null) return Nothing.Value;
        if (await TakenAsync(hamlet.CommuneId, hamlet.Kind, hamlet.Name, id, ct)) return AreaProblems.HamletTaken(hamlet.Name);
        hamlet.ValidTo = null;
        return await SaveAsync(hamlet, ended: false, ct);
    }

    /// <summary>Null where it is not there or not within the visitor's area: everybody may read hamlets, only their own area changes them.</summary>
    private async Task<Hamlet?> FindAsync(int id, CancellationToken ct) => await db.Set<Hamlet>().FirstOrDefaultAsync(h => h.Id == id, ct) is { } hamlet && db.Scope.Covers(hamlet) ? hamlet : null;

    private Task<bool> TakenAsync(AreaId commune, HamletKind kind, string name, int but, CancellationToken ct) =>
        db.Connection.ValueAsync<bool>("SELECT EXISTS (SELECT 1 FROM pt.area_hamlet WHERE commune_id = $1 AND name_folded = $2 AND kind = $3 AND valid_to IS NULL AND id <> $4)", ct, commune.Value, VietnameseText.Fold(name), (short)kind, but);

    private async Task<Outcome<Nothing>> SaveAsync(Hamlet hamlet, bool ended, CancellationToken ct)
    {
        db.Tell(new HamletChanged(hamlet.Id, hamlet.CommuneId, ended));
        try
        {
            await db.SaveChangesAsync(ct);
            return Nothing.Value;
        }
        catch (DbUpdateException clash) when (clash.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return AreaProblems.HamletTaken(hamlet.Name); // somebody was faster
        }
    }

    private static List<Problem> Check(HamletKind kind, string? typed, int? households)
    {
        var faults = new List<Problem>();
        if (Hamlet.FullName(kind, typed) is not { } name) faults.Add(Refusals.Required("name"));
        else if (name.Length > Hamlet.NameMost) faults.Add(Refusals.TooLong("name", Hamlet.NameMost));
        if (households is < 0 or > Hamlet.HouseholdsMost) faults.Add(Refusals.NotANumber("households"));
        return faults;
    }
}
