using Microsoft.Extensions.DependencyInjection;

namespace PhongTuyen.Imports;

public static class ImportsSetup
{
    public static IServiceCollection AddImports(this IServiceCollection services) => services
        .AddScoped<ImportAnswers>().AddScoped<ImportRows>().AddScoped<ImportEngine>().AddScoped<UploadList>().AddScoped<SteerImport>().AddScoped<ImportsList>().AddScoped<ImportContents>().AddScoped<RowsFile>().AddSingleton<ImportWorker>();
}
