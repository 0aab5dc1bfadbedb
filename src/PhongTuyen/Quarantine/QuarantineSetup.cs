using Microsoft.Extensions.DependencyInjection;
using PhongTuyen.Imports.Contract;
using PhongTuyen.Kernel;
using PhongTuyen.People.Contract;

namespace PhongTuyen.Quarantine;

public static class QuarantineSetup
{
    public static IServiceCollection AddQuarantine(this IServiceCollection services) => services
        .AddSingleton<ReachOfUnits>().AddScoped<StayPlanner>().AddScoped<Beds>().AddScoped<StayClash>().AddScoped<CloseTransfer>().AddScoped<IImportTarget, StayImport>()
        .AddScoped<AdmitPerson>().AddScoped<ExpectPerson>().AddScoped<ReceiveExpected>().AddScoped<AssignBed>().AddScoped<EndStay>().AddScoped<ReopenStay>().AddScoped<MarkAbsence>()
        .AddScoped<ChangePlan>().AddScoped<CorrectStay>().AddScoped<WithdrawStay>().AddScoped<SendTransfer>().AddScoped<DepartTransfer>().AddScoped<AnswerTransfer>().AddScoped<RunFacility>().AddScoped<IssueDecision>()
        .AddScoped<StaysList>().AddScoped<StayView>().AddScoped<DayOfUnit>().AddScoped<TransfersList>().AddScoped<FacilitiesList>().AddScoped<EntriesOfUnit>()
        .AddScoped<IHear<PersonsMerged>, HearMerged>().AddScoped<IHear<PersonsSplit>, HearMerged>().AddScoped<IPersonStanding, StayStanding>().AddScoped<ITimelinePart, StayTimeline>();
}
