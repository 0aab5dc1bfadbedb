using Microsoft.Extensions.DependencyInjection;
using PhongTuyen.Data.Keys;
using PhongTuyen.People.Contract;
using PhongTuyen.Worklists.Contract;

namespace PhongTuyen.Corrections;

public static class CorrectionsSetup
{
    public static IServiceCollection AddCorrections(this IServiceCollection services) => services
        .AddSingleton<CorrectionSeals>().AddScoped<ISealedTables>(provider => provider.GetRequiredService<CorrectionSeals>()).AddSingleton<CorrectionWords>().AddScoped<CorrectionReader>().AddScoped<CorrectionChanges>().AddScoped<AskCorrection>().AddScoped<FollowCorrection>().AddScoped<DecideCorrection>().AddScoped<SeeAskedNumbers>()
        .AddScoped<IWorklist, CorrectionWorklist>().AddScoped<ITimelinePart, CorrectionTimeline>();
}
