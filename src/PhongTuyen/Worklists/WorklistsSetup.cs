using Microsoft.Extensions.DependencyInjection;
using PhongTuyen.Accounts;
using PhongTuyen.Kernel;
using PhongTuyen.Worklists.Contract;

namespace PhongTuyen.Worklists;

public static class WorklistsSetup
{
    public static IServiceCollection AddWorklists(this IServiceCollection services) => services
        .AddScoped<IWork, WorkItems>().AddScoped<WorkCounts>().AddScoped<WorkItemsList>().AddScoped<ActOnWork>().AddScoped<UndoWork>().AddScoped<WorkActView>().AddScoped<WorkersOf>()
        .AddScoped<IHear<AccountHandedOver>, HandWorkOver>().AddSingleton<WorklistWorker>();
}
