using Microsoft.EntityFrameworkCore;
using Npgsql;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Units;

/// <summary>Changes what is known of a unit, looks at one that an import made, closes it or opens it again.</summary>
public sealed class EditUnit(Db db, TimeProvider clock)
{
    /// <param name="Intent">Made by the sender.</param>
    /// <param name="BaseVersion">The version that the form showed.</param>
    /// <param name="Code">A better one than the import made up; usually the one that it has.</param>
    public sealed record Input(Guid Intent, UnitId Id, int BaseVersion, [property: Most(20)] string Code, [property: Most(Unit.NameMost)] string? Name, UnitKind Kind, AreaKeys Area, AreaId? Covers, [property: Most(Unit.TelephoneMost)] string? Telephone, [property: Most(Unit.EmailMost)] string? Email, [property: Most(Unit.AddressMost)] string? Address);

    public Task<Outcome<Nothing>> RunAsync(Input input, CancellationToken ct) => db.OnceAsync(input.Intent, "unit.edit", input, () => EditAsync(input, ct), ct);

    private async Task<Outcome<Nothing>> EditAsync(Input input, CancellationToken ct)
    {
        if (await FindAsync(input.Id, ct) is not { } unit) return Refusals.NotFound();
        var faults = new List<Problem>();
        if (VietnameseText.Clean(input.Name) is not { } name) faults.Add(Refusals.Required("name"));
        else if (name.Length > Unit.NameMost) faults.Add(Refusals.TooLong("name", Unit.NameMost));
        if (input.Code != unit.Code && !AddUnit.IsCode(input.Code)) faults.Add(Problems.CodeForm());
        if (faults.Count > 0) return faults;
        if (unit.Version != input.BaseVersion) return Refusals.Changed();
        (unit.Code, unit.Name, unit.NameFolded, unit.Kind, unit.CoversAreaId) = (input.Code, VietnameseText.Clean(input.Name)!, VietnameseText.Fold(input.Name), input.Kind, input.Covers);
        (unit.ProvinceId, unit.DistrictId, unit.CommuneId) = (input.Area.Province, input.Area.District, input.Area.Commune);
        (unit.Telephone, unit.Email, unit.Address) = (VietnameseText.Clean(input.Telephone), VietnameseText.Clean(input.Email), VietnameseText.Clean(input.Address));
        unit.Verified = true;
        db.Tell(new UnitChanged(unit.Id, false));
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException clash) when (clash.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return Problems.CodeTaken(input.Code);
        }
        return Nothing.Value;
    }

    /// <summary>Closes a unit with this day, once nothing hangs on it any more. What it did stays in its name.</summary>
    public Task<Outcome<Nothing>> CloseAsync(UnitId id, CancellationToken ct) => db.WholeAsync(async () =>
    {
        if (await FindAsync(id, ct) is not { } unit) return Refusals.NotFound();
        if (unit.ValidTo is not null) return Nothing.Value;
        if (await UsesAsync(id, ct) is { } use) return Problems.StillInUse(use);
        unit.ValidTo = clock.Today();
        db.Tell(new UnitChanged(id, true));
        await db.SaveChangesAsync(ct);
        return (Outcome<Nothing>)Nothing.Value;
    }, ct);

    /// <summary>Opens a closed unit again, as it was.</summary>
    public Task<Outcome<Nothing>> ReopenAsync(UnitId id, CancellationToken ct) => db.WholeAsync(async () =>
    {
        if (await FindAsync(id, ct) is not { } unit) return Refusals.NotFound();
        if (unit.ValidTo is null) return Nothing.Value;
        if (unit.MergedInto is not null) return Problems.WasMerged();
        if (await db.Connection.ValueAsync<bool>("SELECT EXISTS (SELECT 1 FROM pt.unit WHERE id = $1 AND valid_to IS NOT NULL)", ct, unit.ParentId?.Value)) return Problems.ParentClosed();
        unit.ValidTo = null;
        db.Tell(new UnitChanged(id, false));
        await db.SaveChangesAsync(ct);
        return (Outcome<Nothing>)Nothing.Value;
    }, ct);

    private async Task<Unit?> FindAsync(UnitId id, CancellationToken ct) => db.Scope.Units.Contains(id) ? await db.Set<Unit>().FirstOrDefaultAsync(u => u.Id == id, ct) : null;

    /// <summary>What still hangs on a unit that is to be closed; null when nothing does.</summary>
    private async Task<string?> UsesAsync(UnitId id, CancellationToken ct) => await db.Connection.ValueAsync<string>("""
        SELECT CASE WHEN EXISTS (SELECT 1 FROM pt.unit WHERE parent_id = $1 AND valid_to IS NULL) THEN 'units'
                    WHEN EXISTS (SELECT 1 FROM pt.account WHERE unit_id = $1 AND state = 1) THEN 'accounts' END
        """, ct, id.Value);
}
