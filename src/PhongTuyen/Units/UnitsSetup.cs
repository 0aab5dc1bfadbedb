using Microsoft.Extensions.DependencyInjection;
using PhongTuyen.Units.Contract;

namespace PhongTuyen.Units;

public static class UnitsSetup
{
    public static IServiceCollection AddUnits(this IServiceCollection services) => services.AddScoped<IUnits, UnitRegister>().AddScoped<AddUnit>().AddScoped<EditUnit>().AddScoped<MergeUnit>().AddScoped<UnmergeUnit>().AddScoped<UnitsList>();
}
