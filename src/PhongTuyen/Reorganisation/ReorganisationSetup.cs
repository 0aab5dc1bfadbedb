using Microsoft.Extensions.DependencyInjection;

namespace PhongTuyen.Reorganisation;

public static class ReorganisationSetup
{
    public static IServiceCollection AddReorganisation(this IServiceCollection services) => services.AddScoped<PlanUnitAct>().AddScoped<ReformAreas>().AddScoped<EndAct>().AddScoped<ActsList>().AddSingleton<ReorganisationWorker>();
}
