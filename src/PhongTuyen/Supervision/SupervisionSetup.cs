using Microsoft.Extensions.DependencyInjection;

namespace PhongTuyen.Supervision;

public static class SupervisionSetup
{
    public static IServiceCollection AddSupervision(this IServiceCollection services) => services.AddScoped<OperatorsList>().AddScoped<OperatorActs>().AddScoped<FindOnDay>().AddSingleton<SupervisionWorker>();
}
