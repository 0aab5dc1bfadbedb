using System.Globalization;
using PhongTuyen.Kernel;
using PhongTuyen.Quarantine;
using PhongTuyen.Quarantine.Contract;

namespace PhongTuyen.Web.Quarantine;

/// <summary>What a stay's page can do, from what its forms send to the use-cases.</summary>
public sealed class StayActs(AssignBed assign, ReceiveExpected receive, EndStay end, ReopenStay reopen, MarkAbsence absence, ChangePlan plan, SendTransfer transfer, WithdrawStay withdraw)
{
    /// <summary>The tiers of treatment, as answers of a form.</summary>
    public static IEnumerable<(string Value, string Word)> Tiers(Screen s) => Enumerable.Range(1, 5).Select(tier => (tier.ToString(CultureInfo.InvariantCulture), s.Say("stay.tier-n", ("n", tier))));

    /// <param name="bed">The number of a bed, <c>any</c>, or <c>none</c>: the bed is given back.</param>
    public async Task<Outcome<StayId>> BedAsync(Guid intent, StayId id, string? bed, CancellationToken ct) =>
        BedId.TryParse(bed, out var certain) && certain.Value > 0 ? await assign.RunAsync(new(intent, id, certain, false), ct)
        : bed is "any" or "none" ? await assign.RunAsync(new(intent, id, null, bed == "any"), ct) : Refusals.NotOneOf("bed");

    public async Task<Outcome<StayId>> ArriveAsync(Guid intent, StayId id, DateTimeOffset? at, CancellationToken ct) =>
        at is { } moment ? await receive.RunAsync(new(intent, id, moment), ct) : Refusals.Required("at");

    public async Task<Outcome<StayId>> EndAsync(Guid intent, StayId id, StayEnd? how, DateTimeOffset? at, bool dayUnknown, string? note, CancellationToken ct) =>
        how is not { } known ? Refusals.Required("how") : at is null && !dayUnknown ? Refusals.Required("at") : await end.RunAsync(new(intent, id, known, at, note), ct);

    public Task<Outcome<StayId>> ReopenAsync(Guid intent, StayId id, string? reason, CancellationToken ct) => reopen.RunAsync(new(intent, id, reason ?? ""), ct);

    public Task<Outcome<StayId>> AbsenceAsync(Guid intent, StayId id, bool absent, DateTimeOffset? at, string? note, CancellationToken ct) => absence.RunAsync(new(intent, id, absent, at, note), ct);

    public async Task<Outcome<StayId>> PlanAsync(Guid intent, StayId id, DateOnly? plannedEnd, string? reason, string? paper, CancellationToken ct) =>
        plannedEnd is { } day ? await plan.RunAsync(new(intent, id, day, reason ?? "", paper), ct) : Refusals.Required("plannedEnd");

    public async Task<Outcome<TransferId>> TransferAsync(Guid intent, StayId id, UnitId to, StayClass toClass, string? reason, bool leavesNow, DateTimeOffset? leftAt, CancellationToken ct) =>
        to.Value == 0 ? Refusals.Required("toUnitText") : await transfer.RunAsync(new(new TransferId(intent), id, to, toClass, reason ?? "", leavesNow) { LeftAt = leftAt }, ct);

    public Task<Outcome<StayId>> WithdrawAsync(Guid intent, StayId id, string? reason, CancellationToken ct) => withdraw.RunAsync(new(intent, id, reason ?? ""), ct);
}
