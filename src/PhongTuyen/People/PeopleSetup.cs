using Microsoft.Extensions.DependencyInjection;
using PhongTuyen.Data.Keys;
using PhongTuyen.Imports.Contract;
using PhongTuyen.Kernel;
using PhongTuyen.People.Contract;
using PhongTuyen.People.Matching;

namespace PhongTuyen.People;

public static class PeopleSetup
{
    public static IServiceCollection AddPeople(this IServiceCollection services) => services
        .AddSingleton<PersonSeals>().AddScoped<ISealedTables>(provider => provider.GetRequiredService<PersonSeals>()).AddSingleton<NumberQuota>().AddScoped<IImportTarget, PeopleImport>()
        .AddScoped<EnterPerson>().AddScoped<EditPerson>().AddScoped<DropDocument>().AddScoped<SeeNumbers>().AddScoped<LookUpPerson>().AddScoped<OpenPerson>().AddScoped<Openings>().AddScoped<IHear<PersonOpened>, TellOfOpenings>().AddScoped<IHear<OpeningAsked>, TellOfOpenings>().AddScoped<FindPersons>().AddSingleton<CommonWords>().AddScoped<TakeList>().AddScoped<SealPerson>().AddScoped<SharePerson>().AddScoped<SharesList>().AddScoped<SealsList>().AddScoped<ListRequests>().AddScoped<MoveHousehold>()
        .AddScoped<Matcher>().AddScoped<MatchesList>().AddScoped<DecideMatches>().AddScoped<MergePersons>().AddScoped<PersonRecords>()
        .AddScoped<PersonView>().AddScoped<FindingsList>().AddScoped<CloseFindings>().AddScoped<ITimelinePart, PersonTimeline>();
}
