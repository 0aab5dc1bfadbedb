using Microsoft.Extensions.DependencyInjection;
using PhongTuyen.Data.Keys;

namespace PhongTuyen.Imports;

public static class ImportsSetup
{
    public static IServiceCollection AddImports(this IServiceCollection services) => services
        .AddScoped<ImportAnswers>().AddScoped<ImportRows>().AddScoped<ImportEngine>().AddScoped<ISealedTables, ImportSeals>().AddScoped<UploadList>().AddScoped<SteerImport>().AddScoped<ImportsList>().AddScoped<ImportContents>().AddScoped<RowsFile>().AddSingleton<ImportWorker>();
}
