using System.Reflection;
using Microsoft.EntityFrameworkCore;
using PhongTuyen.Kernel;

namespace PhongTuyen.Data;

/// <summary>
/// Who sees which row, said once for all entities: the named filter "scope" for what is read through the context. The write guard
/// (<c>Db.SaveChangesAsync</c>) asks <see cref="Scope.Covers(IScoped)"/>; the row policies of <c>Data/Sql</c> hold where both are left out.
/// </summary>
internal static class AreaGuard
{
    public const string Filter = "scope";

    public static void AddFilters(ModelBuilder model, Db db)
    {
        foreach (var type in model.Model.GetEntityTypes().Select(entity => entity.ClrType).Where(type => type.IsAssignableTo(typeof(IScoped)) && !type.IsAssignableTo(typeof(IOpenToStaff))))
            typeof(AreaGuard).GetMethod(type.IsAssignableTo(typeof(IBetweenUnits)) ? nameof(FilterBetween) : nameof(FilterOwn), BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(type).Invoke(null, [model, db]);
    }

    private static void FilterOwn<TEntity>(ModelBuilder model, Db db) where TEntity : class, IScoped =>
        model.Entity<TEntity>().HasQueryFilter(Filter, row =>
            db.Scope.Units.Contains(row.UnitId) || db.Scope.Provinces.Contains(row.ProvinceId)
            || db.Scope.Districts.Contains(row.DistrictId) || db.Scope.Communes.Contains(row.CommuneId));

    private static void FilterBetween<TEntity>(ModelBuilder model, Db db) where TEntity : class, IBetweenUnits =>
        model.Entity<TEntity>().HasQueryFilter(Filter, row =>
            db.Scope.Units.Contains(row.UnitId) || db.Scope.Provinces.Contains(row.ProvinceId)
            || db.Scope.Districts.Contains(row.DistrictId) || db.Scope.Communes.Contains(row.CommuneId)
            || db.Scope.Units.Contains(row.ToUnitId) || db.Scope.Provinces.Contains(row.ToProvinceId)
            || db.Scope.Districts.Contains(row.ToDistrictId) || db.Scope.Communes.Contains(row.ToCommuneId));
}

/// <summary>A row that all staff may read and only those in whose scope it lies may change: facilities, rooms, beds, hamlets.</summary>
public interface IOpenToStaff : IScoped;

/// <summary>
/// A row that follows a person: it is found by its own place, and changed also by what happens to the person elsewhere, as a case by a death in
/// a hospital of another district. Who may do that its row policy says: whoever has a tie to the person.
/// </summary>
public interface IFollowsPerson : IScoped;

/// <summary>A row that binds two units (a transfer): seen and written at either end.</summary>
public interface IBetweenUnits : IScoped
{
    UnitId ToUnitId { get; }
    AreaId ToProvinceId { get; }
    AreaId ToDistrictId { get; }
    AreaId ToCommuneId { get; }
}

/// <summary>Somebody tried to write where they may not. A page answers as if nothing were there.</summary>
public sealed class OutOfScopeException(string entity) : Exception($"{entity} lies outside of the scope of this request.");
