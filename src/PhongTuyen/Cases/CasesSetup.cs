using Microsoft.Extensions.DependencyInjection;
using PhongTuyen.Imports.Contract;
using PhongTuyen.Kernel;
using PhongTuyen.Lab.Contract;
using PhongTuyen.Quarantine.Contract;

namespace PhongTuyen.Cases;

public static class CasesSetup
{
    public static IServiceCollection AddCases(this IServiceCollection services) => services
        .AddScoped<IImportTarget, CaseImport>().AddScoped<RecordCase>()
        .AddScoped<IHear<ResultRecorded>, HearPositiveResult>().AddScoped<IHear<PositivesImported>, HearImportedPositives>().AddScoped<IHear<StayEnded>, HearStay>().AddScoped<IHear<StayReopened>, HearStay>().AddScoped<IHear<SeverityChanged>, HearStay>();
}
