using PhongTuyen.Kernel;

namespace PhongTuyen.Units.Contract;

/// <summary>What other modules ask of the tree of units.</summary>
public interface IUnits
{
    /// <summary>Units of the visitor's scope that bear exactly one of these names and have facilities.</summary>
    Task<IReadOnlyDictionary<string, UnitId>> FacilitiesByNameAsync(IReadOnlyList<string> names, CancellationToken ct);

    /// <summary>A unit that a list named and nobody has looked at yet.</summary>
    Task<UnitId> MakeUnverifiedAsync(UnitId parent, string name, AreaKeys area, ImportId import, CancellationToken ct);

    /// <summary>Takes away again what an import made and nobody has looked at, out of every scope too.</summary>
    Task TakeBackAsync(ImportId import, CancellationToken ct);
}
