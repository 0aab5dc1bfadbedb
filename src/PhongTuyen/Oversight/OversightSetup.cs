using Microsoft.Extensions.DependencyInjection;
using PhongTuyen.Accounts;
using PhongTuyen.Kernel;

namespace PhongTuyen.Oversight;

public static class OversightSetup
{
    public static IServiceCollection AddOversight(this IServiceCollection services) => services
        .AddScoped<KeepDuties>().AddScoped<NameOfficers>().AddScoped<IHear<AccountHandedOver>, NameOfficers>().AddScoped<DeliverData>().AddScoped<DutyReport>().AddScoped<RemindOfDuties>().AddSingleton<DutyReminders>();
}
