using Microsoft.Extensions.DependencyInjection;
using PhongTuyen.Accounts;
using PhongTuyen.Areas;
using PhongTuyen.Audit;
using PhongTuyen.Cases;
using PhongTuyen.Corrections;
using PhongTuyen.Data;
using PhongTuyen.Data.Keys;
using PhongTuyen.Imports;
using PhongTuyen.Kernel;
using PhongTuyen.Lab;
using PhongTuyen.Notices;
using PhongTuyen.Notices.Contract;
using PhongTuyen.Outbox;
using PhongTuyen.Oversight;
using PhongTuyen.Papers;
using PhongTuyen.People;
using PhongTuyen.Policies;
using PhongTuyen.Quarantine;
using PhongTuyen.Reorganisation;
using PhongTuyen.Reporting;
using PhongTuyen.Supervision;
using PhongTuyen.Support;
using PhongTuyen.Units;
using PhongTuyen.Worklists;

namespace PhongTuyen;

/// <summary>The whole library as services: the web program, the command line, the tests and the bench all begin here.</summary>
public static class Platform
{
    /// <summary>Everything that needs no background work. The installation is open, its area lists are loaded.</summary>
    public static IServiceCollection AddPlatform(this IServiceCollection services, Database database, KeyRing keys, AreaStore areas, PolicyBook policies, Words words)
    {
        services.AddSingleton(database).AddSingleton(keys).AddSingleton<FieldCipher>().AddSingleton<BlindIndex>().AddSingleton(areas).AddSingleton<IPolicyBook>(policies).AddSingleton(words);
        services.AddScoped<Db>();
        services.AddScoped<INotify, NoticeBoard>().AddScoped<NoticeBoard>().AddScoped<IHear<RoleGiven>, TellOfRoles>().AddScoped<IHear<GuestRoleGiven>, TellOfRoles>().AddScoped<IHear<GuestRoleGiven>, TellOfGuests>().AddScoped<IHear<GuestRoleProlonged>, TellOfGuests>().AddScoped<IHear<GuestRoleEnded>, TellOfGuests>().AddScoped<IHear<LooksStopped>, TellOfStops>().AddScoped<IHear<AccountKeyMade>, TellOfKeys>().AddScoped<RemindOfAccounts>().AddScoped<Letters>().AddScoped<ISealedTables>(provider => provider.GetRequiredService<Letters>()).AddScoped<FigureReader>().AddScoped<VerifyAudit>();
        services.AddScoped<SealState>().AddScoped<OutboxState>().AddScoped<SendAgain>().AddScoped<DatabaseState>().AddScoped<ActsTrail>();
        services.AddSingleton<AuditStore>().AddSingleton<AuditSealer>().AddSingleton<OutboxSender>().AddSingleton<AccountReminders>().AddSingleton<LiveFigures>().AddSingleton<FigureShelf>();
        return services.AddAreas().AddAccounts().AddUnits().AddSupport().AddPeople().AddSupervision().AddWorklists().AddCorrections().AddPapers().AddImports().AddQuarantine().AddLab().AddCases().AddOversight().AddReorganisation();
    }

    /// <summary>The background work of a running program: sealing, sending, folding, importing, reminding, counting work and telling of what is late, counting who looked at whom, keeping at hand whom to call, acts on their day.</summary>
    public static IServiceCollection AddPlatformWork(this IServiceCollection services)
    {
        services.AddHostedService(provider => provider.GetRequiredService<AuditSealer>());
        services.AddHostedService(provider => provider.GetRequiredService<OutboxSender>());
        services.AddHostedService(provider => provider.GetRequiredService<LiveFigures>());
        services.AddHostedService(provider => provider.GetRequiredService<ImportWorker>());
        services.AddHostedService(provider => provider.GetRequiredService<AccountReminders>());
        services.AddHostedService(provider => provider.GetRequiredService<DutyReminders>());
        services.AddHostedService(provider => provider.GetRequiredService<ForgetPapers>());
        services.AddHostedService(provider => provider.GetRequiredService<WorklistWorker>());
        services.AddHostedService(provider => provider.GetRequiredService<SupervisionWorker>());
        services.AddHostedService(provider => provider.GetRequiredService<SupportDirectory>());
        services.AddHostedService(provider => provider.GetRequiredService<ReorganisationWorker>());
        return services;
    }

    /// <summary>The folder of the shipped policies: beside the program, or above it in a working copy.</summary>
    public static string PolicyFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "policies", "quarantine.json"))) return Path.Combine(folder.FullName, "policies");
        throw new SettingsException(["The folder 'policies' is missing beside the program."]);
    }
}
