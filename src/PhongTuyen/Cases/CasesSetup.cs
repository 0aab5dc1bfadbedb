using Microsoft.Extensions.DependencyInjection;
using PhongTuyen.Imports.Contract;
using PhongTuyen.Kernel;
using PhongTuyen.Lab.Contract;
using PhongTuyen.People.Contract;
using PhongTuyen.Quarantine.Contract;

namespace PhongTuyen.Cases;

public static class CasesSetup
{
    public static IServiceCollection AddCases(this IServiceCollection services) => services
        .AddScoped<IImportTarget, CaseImport>().AddScoped<RecordCase>().AddScoped<HandOverCase>().AddScoped<CasesList>().AddScoped<CaseView>().AddScoped<IPersonStanding, CaseStanding>().AddScoped<ITimelinePart, CaseTimeline>()
        .AddScoped<IHear<PersonsMerged>, HearMerged>().AddScoped<IHear<PersonsSplit>, HearMerged>().AddScoped<StrengthenedCases>().AddScoped<IHear<ImportWasUndone>, StrengthenedCases>().AddScoped<IHear<ResultRecorded>, HearPositiveResult>().AddScoped<IHear<ResultWithdrawn>, HearWithdrawnResult>().AddScoped<IHear<PositivesImported>, HearImportedPositives>().AddScoped<IHear<StayEnded>, HearStay>().AddScoped<IHear<StayReopened>, HearStay>().AddScoped<IHear<SeverityChanged>, HearStay>();
}
