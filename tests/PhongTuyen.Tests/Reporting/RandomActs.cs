using System.Collections.Concurrent;
using PhongTuyen.Cases;
using PhongTuyen.Kernel;
using PhongTuyen.Lab;
using PhongTuyen.Lab.Contract;
using PhongTuyen.Quarantine.Contract;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Quarantine;

namespace PhongTuyen.Tests.Reporting;

/// <summary>Many writers who do anything at all to the same persons, stays, transfers, results and cases. Refusals are as good as deeds.</summary>
public sealed class RandomActs(TestHouse house, int seed)
{
    private readonly ConcurrentQueue<PersonId> persons = [];
    private readonly ConcurrentQueue<StayId> stays = [];
    private readonly ConcurrentQueue<TransferId> transfers = [];
    private readonly ConcurrentQueue<ResultId> results = [];
    private readonly ConcurrentQueue<(CaseId Case, PersonId Person)> cases = [];
    private int done;

    private TestProvince Place => house.Place;
    private AccountId By => Place.ProvinceOfficer;
    public int Done => done;

    public async Task WriteAsync(int writer, int acts)
    {
        var random = new Random(seed * 1000 + writer);
        for (var i = 0; i < acts; i++)
            if (await ActAsync(random)) Interlocked.Increment(ref done);
    }

    private Task<bool> ActAsync(Random random) => random.Next(100) switch
    {
        < 24 => AdmitAsync(random),
        < 28 => AtHomeAsync(random),
        < 32 when !persons.IsEmpty => KeepAsync(stays, house.ExpectAsync(By, Pick(random, persons), Camp(random), random.Next(2) == 0)),
        < 36 => OfStayAsync(random, stay => house.ReceiveExpectedAsync(By, stay)),
        < 48 => OfStayAsync(random, stay => house.EndAsync(By, stay, Any(random, StayEnd.Left, StayEnd.Discharged, StayEnd.Died, StayEnd.Lost, StayEnd.Unknown), Moment(random))),
        < 53 => OfStayAsync(random, stay => house.ReopenAsync(By, stay)),
        < 57 => OfStayAsync(random, stay => house.WithdrawAsync(By, stay)),
        < 60 => OfStayAsync(random, stay => house.AbsenceAsync(By, stay, random.Next(2) == 0)),
        < 63 => OfStayAsync(random, stay => house.AssignAsync(By, stay, null, random.Next(2) == 0)),
        < 66 => OfStayAsync(random, stay => house.ReplanAsync(By, stay, house.Clock.Today().AddDays(random.Next(-2, 20)))),
        < 73 => OfStayAsync(random, stay => house.CorrectAsync(By, stay, input => input with { ArrivedAt = Moment(random), Severity = Any(random, Severity.None, Severity.Severe, Severity.Critical), Reason = StayReason.Entrant })),
        < 80 => OfStayAsync(random, async stay => await KeepAsync(transfers, house.SendAsync(By, stay, Any(random, Place.HospitalA, Place.HospitalB), random.Next(2) == 0))),
        < 82 => OfTransferAsync(random, transfer => house.DepartAsync(By, transfer)),
        < 87 => transfers.IsEmpty ? Task.FromResult(false) : KeepAsync(stays, house.ReceiveAsync(By, Pick(random, transfers), random.Next(2) == 0, Any(random, Severity.Mild, Severity.Moderate))),
        < 89 => OfTransferAsync(random, transfer => house.RefuseAsync(By, transfer)),
        < 90 => OfTransferAsync(random, transfer => house.TakeBackAsync(By, transfer)),
        < 95 => ResultAsync(random),
        < 97 => WithdrawResultAsync(random),
        _ => CaseAsync(random),
    };

    private async Task<bool> AdmitAsync(Random random)
    {
        if (persons.Count < 12 || random.Next(3) == 0) persons.Enqueue(await house.PersonAsync(By));
        var treatment = random.Next(3) == 0;
        var input = house.Admission(Pick(random, persons), treatment ? Any(random, Place.HospitalA, Place.HospitalB) : Camp(random), treatment ? StayClass.Treatment : StayClass.Observation);
        var at = Moment(random);
        return await KeepAsync(stays, house.AdmitAsync(By, input with { ArrivedAt = at, ArrivalUnknown = at is null, AnyBed = random.Next(2) == 0, Severity = treatment ? Any(random, Severity.None, Severity.Mild) : Severity.Unknown }));
    }

    private async Task<bool> AtHomeAsync(Random random)
    {
        var person = await house.PersonAsync(By);
        return await KeepAsync(stays, house.AdmitAsync(By, house.Admission(person, Place.StationA1) with { Place = Any(random, StayPlace.Home, StayPlace.Lodging), Home = Place.KeysA1 }));
    }

    private async Task<bool> ResultAsync(Random random)
    {
        if (persons.IsEmpty) return false;
        var input = new RecordResult.Input(house.Clock.New<ResultId>(), Pick(random, persons), "covid-19", Any(random, TestKind.Pcr, TestKind.Antigen), Any(random, TestOutcome.Positive, TestOutcome.Positive, TestOutcome.Negative), null, Day(random), "CDC");
        return await KeepAsync(results, house.RunAsync<RecordResult, ResultId>(By, use => use.RunAsync(input, CancellationToken.None)));
    }

    private async Task<bool> WithdrawResultAsync(Random random) => !results.IsEmpty
        && (await house.RunAsync<WithdrawResult, Nothing>(By, use => use.RunAsync(Pick(random, results), "nhầm mẫu", CancellationToken.None))).Done;

    private async Task<bool> CaseAsync(Random random)
    {
        if (persons.IsEmpty) return false;
        var (id, person) = cases.IsEmpty || random.Next(2) == 0 ? (house.Clock.New<CaseId>(), Pick(random, persons)) : Pick(random, cases);
        var before = await house.AskAsync<int>("SELECT coalesce(max(version), 0) FROM pt.case_record WHERE id = $1", id.Value);
        var outcome = Any(random, CaseOutcome.Unknown, CaseOutcome.InTreatment, CaseOutcome.Recovered, CaseOutcome.Died);
        var input = new RecordCase.Input(house.Clock.NewGuid(), id, person, before, "covid-19", Any(random, CaseClass.Suspected, CaseClass.Confirmed, CaseClass.Discarded), Day(random), "PCR")
        {
            Area = Any(random, Place.KeysA1, Place.KeysB1, default), ReportedOn = Day(random), Outcome = outcome, OutcomeOn = outcome == CaseOutcome.Unknown ? null : Day(random), Severity = (short)random.Next(6),
        };
        var kept = await house.RunAsync<RecordCase, CaseId>(By, use => use.RunAsync(input, CancellationToken.None));
        if (kept.Done) cases.Enqueue((id, person));
        return kept.Done;
    }

    private UnitId Camp(Random random) => Any(random, Place.CampA, Place.CampB);

    /// <summary>Now, before, or not known.</summary>
    private DateTimeOffset? Moment(Random random) => random.Next(6) switch { 0 => null, 1 => house.Clock.GetUtcNow().AddDays(-1), 2 => house.Clock.GetUtcNow().AddDays(-3), _ => house.Clock.GetUtcNow().AddMinutes(-1) };

    private DateOnly? Day(Random random) => Moment(random)?.LocalDay();

    private static T Any<T>(Random random, params T[] of) => of[random.Next(of.Length)];

    /// <summary>The younger ones more often: with those more can be done.</summary>
    private static T Pick<T>(Random random, ConcurrentQueue<T> from)
    {
        var all = from.ToArray();
        return all[Math.Max(random.Next(all.Length), random.Next(all.Length))];
    }

    private async Task<bool> OfStayAsync(Random random, Func<StayId, Task<Outcome<StayId>>> act) => !stays.IsEmpty && (await act(Pick(random, stays))).Done;

    private async Task<bool> OfStayAsync(Random random, Func<StayId, Task<bool>> act) => !stays.IsEmpty && await act(Pick(random, stays));

    private async Task<bool> OfTransferAsync(Random random, Func<TransferId, Task<Outcome<TransferId>>> act) => !transfers.IsEmpty && (await act(Pick(random, transfers))).Done;

    private static async Task<bool> KeepAsync<T>(ConcurrentQueue<T> into, Task<Outcome<T>> made)
    {
        var outcome = await made;
        if (outcome.Done) into.Enqueue(outcome.Value);
        return outcome.Done;
    }
}
