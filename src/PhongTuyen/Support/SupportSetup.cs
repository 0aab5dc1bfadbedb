using Microsoft.Extensions.DependencyInjection;

namespace PhongTuyen.Support;

public static class SupportSetup
{
    public static IServiceCollection AddSupport(this IServiceCollection services) => services
        .AddSingleton<SupportDirectory>().AddScoped<KeepContact>()
        .AddScoped<SendReport>().AddScoped<FollowReport>().AddScoped<AnswerReport>().AddScoped<ReportsList>().AddScoped<ReportView>();
}
