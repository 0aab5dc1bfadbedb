using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Quarantine.Contract;

namespace PhongTuyen.Cases;

/// <summary>What a facility records of a patient reaches the patient's case: the severity, a death, a discharge from treatment; and that one of these was a mistake.</summary>
public sealed class HearStay(Db db) : IHear<StayEnded>, IHear<StayReopened>, IHear<SeverityChanged>
{
    private static CaseOutcome? OutcomeOf(StayEnd how) => how switch { StayEnd.Died => CaseOutcome.Died, StayEnd.Discharged => CaseOutcome.Recovered, _ => null };

    public async Task HearAsync(StayEnded told, CancellationToken ct)
    {
        if (OutcomeOf(told.How) is not { } known) return;
        foreach (var record in await CaseLookup.OpenOfAsync(db, told.Person, ct))
        {
            (record.Outcome, record.OutcomeOn) = (known, told.On);
            db.Tell(new CaseChanged(record.PersonId, record.Id, record.Classification, record.Outcome));
        }
    }

    public async Task HearAsync(StayReopened told, CancellationToken ct)
    {
        if (OutcomeOf(told.How) is not { } known) return;
        foreach (var record in await CaseLookup.EndedOfAsync(db, told.Person, known, told.On, ct))
        {
            (record.Outcome, record.OutcomeOn) = (CaseOutcome.InTreatment, null);
            db.Tell(new CaseChanged(record.PersonId, record.Id, record.Classification, record.Outcome));
        }
    }

    public async Task HearAsync(SeverityChanged told, CancellationToken ct)
    {
        foreach (var record in await CaseLookup.OpenOfAsync(db, told.Person, ct))
        {
            record.Severity = (short)told.Severity;
            db.Tell(new CaseChanged(record.PersonId, record.Id, record.Classification, record.Outcome));
        }
    }
}
