using Microsoft.EntityFrameworkCore;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Units;

/// <summary>Changes what is known of a unit, looks at one that an import made, or closes it.</summary>
public sealed class EditUnit(Db db, TimeProvider clock)
{
    /// <param name="BaseVersion">The version that the form showed.</param>
    public sealed record Input(UnitId Id, int BaseVersion, string Name, UnitKind Kind, AreaKeys Area, AreaId? Covers, string? Telephone, string? Email, string? Address, bool Close);

    public async Task<Outcome<Nothing>> RunAsync(Input input, CancellationToken ct)
    {
        var unit = await db.Set<Unit>().FirstOrDefaultAsync(u => u.Id == input.Id, ct);
        if (unit is null || !db.Scope.Units.Contains(unit.Id)) return Refusals.NotFound();
        if (VietnameseText.Clean(input.Name) is not { } name) return Refusals.Required("name");
        if (name.Length > Unit.NameMost) return Refusals.TooLong("name", Unit.NameMost);
        if (unit.Version != input.BaseVersion) return Refusals.Changed();
        if (input.Close && await UsesAsync(input.Id, ct) is { } use) return Problems.StillInUse(use);
        (unit.Name, unit.NameFolded, unit.Kind, unit.CoversAreaId) = (name, VietnameseText.Fold(name), input.Kind, input.Covers);
        (unit.ProvinceId, unit.DistrictId, unit.CommuneId) = (input.Area.Province, input.Area.District, input.Area.Commune);
        (unit.Telephone, unit.Email, unit.Address) = (VietnameseText.Clean(input.Telephone), VietnameseText.Clean(input.Email), VietnameseText.Clean(input.Address));
        unit.Verified = true;
        if (input.Close) unit.ValidTo = clock.Today();
        db.Tell(new UnitChanged(unit.Id, input.Close));
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Refusals.Changed();
        }
        return Nothing.Value;
    }

    /// <summary>What still hangs on a unit that is to be closed; null when nothing does.</summary>
    private async Task<string?> UsesAsync(UnitId id, CancellationToken ct) => await db.Connection.ValueAsync<string>("""
        SELECT CASE WHEN EXISTS (SELECT 1 FROM pt.unit WHERE parent_id = $1 AND valid_to IS NULL) THEN 'units'
                    WHEN EXISTS (SELECT 1 FROM pt.account WHERE unit_id = $1 AND state = 1) THEN 'accounts' END
        """, ct, id.Value);
}
