using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Quarantine.Contract;

namespace PhongTuyen.Cases;

/// <summary>What a facility records of a patient reaches the patient's case: the severity, a death, a discharge from treatment.</summary>
public sealed class HearStay(Db db) : IHear<StayEnded>, IHear<SeverityChanged>
{
    public async Task HearAsync(StayEnded told, CancellationToken ct)
    {
        CaseOutcome? outcome = told.How switch { StayEnd.Died => CaseOutcome.Died, StayEnd.Discharged => CaseOutcome.Recovered, _ => null };
        if (outcome is not { } known) return;
        foreach (var record in await CaseLookup.OpenOfAsync(db, told.Person, ct))
        {
            (record.Outcome, record.OutcomeOn) = (known, told.On);
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
