using Microsoft.Extensions.DependencyInjection;
using PhongTuyen.Imports.Contract;
using PhongTuyen.People.Contract;

namespace PhongTuyen.Lab;

public static class LabSetup
{
    public static IServiceCollection AddLab(this IServiceCollection services) => services.AddScoped<IImportTarget, ResultImport>().AddScoped<RecordResult>().AddScoped<WithdrawResult>()
        .AddScoped<ITimelinePart, ResultTimeline>();
}
