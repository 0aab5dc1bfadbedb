using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Units;

/// <summary>Makes a unit below one of the visitor's own.</summary>
public sealed partial class AddUnit(Db db, TimeProvider clock)
{
    /// <param name="Intent">Made by the sender.</param>
    /// <param name="Area">Where it stands, down to the level that is known.</param>
    public sealed record Input(Guid Intent, UnitId Parent, [property: Most(20)] string Code, [property: Most(Unit.NameMost)] string Name, UnitKind Kind, AreaKeys Area, AreaId? Covers, [property: Most(Unit.TelephoneMost)] string? Telephone, [property: Most(Unit.EmailMost)] string? Email, [property: Most(Unit.AddressMost)] string? Address)
    {
        public ImportId? Import { get; init; }
    }

    public Task<Outcome<UnitId>> RunAsync(Input input, CancellationToken ct) => db.OnceAsync(input.Intent, "unit.add", input, () => MakeAsync(db, clock, input, ct), ct);

    /// <summary>The same inside a larger act (an import that meets an unknown facility).</summary>
    public static async Task<Outcome<UnitId>> MakeAsync(Db db, TimeProvider clock, Input input, CancellationToken ct)
    {
        var faults = new List<Problem>();
        if (!IsCode(input.Code)) faults.Add(Problems.CodeForm());
        if (VietnameseText.Clean(input.Name) is not { } name) faults.Add(Refusals.Required("name"));
        else if (name.Length > Unit.NameMost) faults.Add(Refusals.TooLong("name", Unit.NameMost));
        if (!db.Scope.Units.Contains(input.Parent)) faults.Add(Refusals.NotFound());
        if (faults.Count > 0) return faults;
        if (await db.Set<Unit>().AnyAsync(u => u.Code == input.Code, ct)) return Problems.CodeTaken(input.Code);
        var unit = new Unit
        {
            // Taken by hand, so that the event can name it before it is saved.
            Id = new UnitId(await db.Connection.ValueAsync<int>("SELECT nextval(pg_get_serial_sequence('pt.unit', 'id'))::int", ct)),
            ParentId = input.Parent,
            Code = input.Code,
            Name = VietnameseText.Clean(input.Name)!,
            NameFolded = VietnameseText.Fold(input.Name),
            Kind = input.Kind,
            ProvinceId = input.Area.Province,
            DistrictId = input.Area.District,
            CommuneId = input.Area.Commune,
            CoversAreaId = input.Covers,
            Telephone = VietnameseText.Clean(input.Telephone),
            Email = VietnameseText.Clean(input.Email),
            Address = VietnameseText.Clean(input.Address),
            Verified = input.Import is null,
            ImportId = input.Import,
            ValidFrom = clock.Today(),
        };
        db.Add(unit);
        db.Tell(new UnitMade(unit.Id, unit.ParentId, unit.Kind));
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException clash) when (clash.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return Problems.CodeTaken(input.Code);
        }
        await TakeInAsync(db, unit.Id, ct);
        return unit.Id;
    }

    internal static bool IsCode(string code) => CodeForm().IsMatch(code);

    /// <summary>Those who see the units above see the new one too, this request included.</summary>
    private static async Task TakeInAsync(Db db, UnitId unit, CancellationToken ct)
    {
        await db.Connection.RunAsync("SELECT pt.unit_added($1)", ct, unit.Value);
        db.WidenScope(unit);
        await db.Connection.RunAsync("SELECT set_config('pt.units', $1, true)", ct, "{" + string.Join(',', db.Scope.Units.Select(u => u.Value)) + "}");
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9-]{1,19}$")]
    private static partial Regex CodeForm();
}
