using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Quarantine;
using PhongTuyen.Quarantine.Contract;
using PhongTuyen.Tests.House;

namespace PhongTuyen.Tests.Quarantine;

/// <summary>The acts of the register as one line each: done by somebody, in a request of their own.</summary>
public static class Register
{
    public static Task<Outcome<StayId>> AdmitAsync(this TestHouse house, AccountId by, AdmitPerson.Input input) =>
        house.RunAsync<AdmitPerson, StayId>(by, use => use.RunAsync(input, CancellationToken.None));

    public static Task<Outcome<StayId>> ExpectAsync(this TestHouse house, AccountId by, PersonId person, UnitId unit, bool bed = false, StayClass of = StayClass.Observation) =>
        house.RunAsync<ExpectPerson, StayId>(by, use => use.RunAsync(new(house.Clock.New<StayId>(), person, unit, of, 0, house.Clock.GetUtcNow().AddHours(3), StayReason.CloseContact, null, Protection.Unknown, bed, null, null), CancellationToken.None));

    public static Task<Outcome<StayId>> ReceiveExpectedAsync(this TestHouse house, AccountId by, StayId stay) =>
        house.RunAsync<ReceiveExpected, StayId>(by, use => use.RunAsync(new(house.Clock.NewGuid(), stay, house.Clock.GetUtcNow()), CancellationToken.None));

    public static Task<Outcome<StayId>> EndAsync(this TestHouse house, AccountId by, StayId stay, StayEnd how) => house.EndAsync(by, stay, how, house.Clock.GetUtcNow());

    public static Task<Outcome<StayId>> EndAsync(this TestHouse house, AccountId by, StayId stay, StayEnd how, DateTimeOffset? at) =>
        house.RunAsync<EndStay, StayId>(by, use => use.RunAsync(new(house.Clock.NewGuid(), stay, how, at, null), CancellationToken.None));

    public static Task<Outcome<StayId>> ReopenAsync(this TestHouse house, AccountId by, StayId stay) =>
        house.RunAsync<ReopenStay, StayId>(by, use => use.RunAsync(new(house.Clock.NewGuid(), stay, "nhập nhầm"), CancellationToken.None));

    public static Task<Outcome<StayId>> WithdrawAsync(this TestHouse house, AccountId by, StayId stay) =>
        house.RunAsync<WithdrawStay, StayId>(by, use => use.RunAsync(new(house.Clock.NewGuid(), stay, "nhập nhầm người"), CancellationToken.None));

    public static Task<Outcome<StayId>> AbsenceAsync(this TestHouse house, AccountId by, StayId stay, bool absent, DateTimeOffset? at = null) =>
        house.RunAsync<MarkAbsence, StayId>(by, use => use.RunAsync(new(house.Clock.NewGuid(), stay, absent, at, null), CancellationToken.None));

    public static Task<Outcome<StayId>> AssignAsync(this TestHouse house, AccountId by, StayId stay, BedId? bed, bool any = false) =>
        house.RunAsync<AssignBed, StayId>(by, use => use.RunAsync(new(house.Clock.NewGuid(), stay, bed, any), CancellationToken.None));

    public static Task<Outcome<StayId>> ReplanAsync(this TestHouse house, AccountId by, StayId stay, DateOnly end, string reason = "theo quyết định", string? paper = null) =>
        house.RunAsync<ChangePlan, StayId>(by, use => use.RunAsync(new(house.Clock.NewGuid(), stay, end, reason, paper), CancellationToken.None));

    public static async Task<Outcome<StayId>> CorrectAsync(this TestHouse house, AccountId by, StayId id, Func<CorrectStay.Input, CorrectStay.Input> change)
    {
        if (await house.LookAsync(by, id) is not { } stay) return Refusals.NotFound();
        var input = new CorrectStay.Input(house.Clock.NewGuid(), id, stay.Version, stay.Class, stay.Tier, stay.Severity, stay.ArrivedAt, stay.Reason, stay.ReasonNote, stay.Protection, stay.OriginOn, stay.Disease, stay.Note);
        return await house.RunAsync<CorrectStay, StayId>(by, use => use.RunAsync(change(input), CancellationToken.None));
    }

    public static Task<Outcome<TransferId>> SendAsync(this TestHouse house, AccountId by, StayId stay, UnitId to, bool leaves = false, StayClass of = StayClass.Treatment, DateTimeOffset? left = null) =>
        house.RunAsync<SendTransfer, TransferId>(by, use => use.RunAsync(new(house.Clock.New<TransferId>(), stay, to, of, "chuyển điều trị", leaves) { LeftAt = left }, CancellationToken.None));

    public static Task<Outcome<TransferId>> DepartAsync(this TestHouse house, AccountId by, TransferId transfer, DateTimeOffset? left = null) =>
        house.RunAsync<DepartTransfer, TransferId>(by, use => use.RunAsync(new(house.Clock.NewGuid(), transfer, left), CancellationToken.None));

    public static Task<Outcome<StayId>> ReceiveAsync(this TestHouse house, AccountId by, TransferId transfer, bool bed = false, Severity severity = Severity.Mild, DateTimeOffset? at = null) =>
        house.RunAsync<AnswerTransfer, StayId>(by, use => use.ReceiveAsync(new(transfer, house.Clock.New<StayId>(), at ?? house.Clock.GetUtcNow(), null, bed, severity), CancellationToken.None));

    public static Task<Outcome<TransferId>> RefuseAsync(this TestHouse house, AccountId by, TransferId transfer) =>
        house.RunAsync<AnswerTransfer, TransferId>(by, use => use.RefuseAsync(new(house.Clock.NewGuid(), transfer, "hết giường"), CancellationToken.None));

    public static Task<Outcome<TransferId>> TakeBackAsync(this TestHouse house, AccountId by, TransferId transfer) =>
        house.RunAsync<AnswerTransfer, TransferId>(by, use => use.WithdrawAsync(new(house.Clock.NewGuid(), transfer, "không chuyển nữa"), CancellationToken.None));

    public static Task<Stay?> LookAsync(this TestHouse house, AccountId by, StayId stay) =>
        house.AsAsync(by, Permission.SeePersons, (_, db) => db.StayAsync(stay, CancellationToken.None));

    public static Task<Transfer?> LookAsync(this TestHouse house, AccountId by, TransferId transfer) =>
        house.AsAsync(by, Permission.SeePersons, (_, db) => db.TransferAsync(transfer, CancellationToken.None));

    /// <summary>What one statement of plain SQL answers to the administrator of the database, past every policy.</summary>
    public static async Task<T?> AskAsync<T>(this TestHouse house, string sql, params object?[] values)
    {
        await using var connection = await house.Direct.OpenConnectionAsync();
        return await connection.ValueAsync<T>(sql, CancellationToken.None, values);
    }
}
