using Microsoft.Extensions.DependencyInjection;
using PhongTuyen.Data.Keys;
using PhongTuyen.Audit;
using PhongTuyen.Kernel;

namespace PhongTuyen.Accounts;

public static class AccountsSetup
{
    public static IServiceCollection AddAccounts(this IServiceCollection services) => services
        .AddScoped<ISealedTables, AccountSeals>().AddSingleton<ILookLimit, LookLimit>().AddScoped<IHear<LooksStopped>, StopLooks>().AddScoped<LetLooksOn>().AddScoped<LookStops>().AddScoped<AccountKeys>()
        .AddSingleton<Passwords>().AddSingleton<StartSession>()
        .AddScoped<MakeAccount>().AddSingleton<VolunteerEnds>().AddScoped<GiveRole>().AddScoped<ExtendVolunteer>().AddScoped<RevokeRole>().AddScoped<GiveGuestRole>().AddScoped<GuestRolesList>().AddScoped<SuspendAccount>().AddScoped<ReissueAccount>().AddScoped<OwnAccount>().AddScoped<OwnPasskeys>().AddSingleton<PasskeyHolders>().AddScoped<EndSession>().AddScoped<EditAccount>().AddScoped<HandOverAccount>().AddScoped<HandoverView>()
        .AddScoped<SendAccountList>().AddScoped<CheckAccountList>().AddScoped<MakeListedAccounts>().AddScoped<IssueSlips>().AddScoped<KeepDeadlines>().AddScoped<CoverageReport>().AddScoped<AccountsList>().AddScoped<AccountView>();
}
