using Microsoft.Extensions.DependencyInjection;
using PhongTuyen.Data.Keys;

namespace PhongTuyen.Papers;

public static class PapersSetup
{
    public static IServiceCollection AddPapers(this IServiceCollection services) => services
        .AddSingleton<PaperSeals>().AddScoped<ISealedTables>(provider => provider.GetRequiredService<PaperSeals>()).AddScoped<PaperReader>()
        .AddScoped<GivePapers>().AddScoped<AddPaperFiles>().AddScoped<PaperFilesList>().AddScoped<TypePaper>().AddScoped<TakePaper>().AddScoped<TakeBackPapers>().AddScoped<BatchesList>().AddScoped<TypeAgain>().AddScoped<DecidePaper>().AddScoped<TypingList>().AddSingleton<ForgetPapers>();
}
