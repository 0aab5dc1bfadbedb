using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Quarantine.Contract;

namespace PhongTuyen.Cases;

/// <summary>
/// What a facility records of a patient reaches the patient's case: the severity, a death, a discharge from treatment; and that one of these
/// was a mistake. A death ends every open case; treatment speaks of the disease that was treated.
/// </summary>
public sealed class HearStay(Db db) : IHear<StayEnded>, IHear<StayReopened>, IHear<SeverityChanged>
{
    /// <returns>Null: the end says nothing of a case, as that of an observation.</returns>
    private static CaseOutcome? OutcomeOf(StayEnd how, StayClass of) => how switch { StayEnd.Died => CaseOutcome.Died, StayEnd.Discharged when of == StayClass.Treatment => CaseOutcome.Recovered, _ => null };

    private static bool Concerns(CaseRecord record, CaseOutcome known, string disease) => known == CaseOutcome.Died || record.Disease == disease;

    public async Task HearAsync(StayEnded told, CancellationToken ct)
    {
        if (OutcomeOf(told.How, told.Class) is not { } known) return;
        foreach (var record in (await CaseLookup.OpenOfAsync(db, told.Person, ct)).Where(record => Concerns(record, known, told.Disease)))
        {
            (record.Outcome, record.OutcomeOn) = (known, told.On);
            db.Tell(new CaseChanged(record.PersonId, record.Id, record.Classification, record.Outcome));
        }
    }

    public async Task HearAsync(StayReopened told, CancellationToken ct)
    {
        if (OutcomeOf(told.How, told.Class) is not { } known) return;
        foreach (var record in (await CaseLookup.EndedOfAsync(db, told.Person, known, told.On, ct)).Where(record => Concerns(record, known, told.Disease)))
        {
            (record.Outcome, record.OutcomeOn) = (CaseOutcome.InTreatment, null);
            db.Tell(new CaseChanged(record.PersonId, record.Id, record.Classification, record.Outcome));
        }
    }

    public async Task HearAsync(SeverityChanged told, CancellationToken ct)
    {
        foreach (var record in (await CaseLookup.OpenOfAsync(db, told.Person, ct)).Where(record => record.Disease == told.Disease && record.Severity != (short)told.Severity))
        {
            record.Severity = (short)told.Severity;
            db.Tell(new CaseChanged(record.PersonId, record.Id, record.Classification, record.Outcome));
        }
    }
}
