using Microsoft.Extensions.DependencyInjection;

namespace PhongTuyen.Areas;

public static class AreasSetup
{
    public static IServiceCollection AddAreas(this IServiceCollection services) => services
        .AddScoped<AreaKin>().AddScoped<HamletsOfCommune>().AddScoped<KeepHamlets>().AddScoped<AreaLinkFindings>().AddScoped<SettleAreaLink>();
}
