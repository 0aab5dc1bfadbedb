using PhongTuyen.Cases;
using PhongTuyen.Kernel;
using PhongTuyen.Lab.Contract;
using PhongTuyen.People.Contract;
using PhongTuyen.Quarantine.Contract;

namespace PhongTuyen.Bench.Province;

/// <summary>What was found of those who stay: a result each, a case of each patient and of some contacts, and here and there something to mend.</summary>
internal sealed class ResultRows(ProvinceLoader loader, TableCopy ties) : IDisposable
{
    private readonly TableCopy results = new(loader, "lab_result", "person_id, id, unit_id, province_id, district_id, commune_id, disease, kind, result, ct, taken_on, said_by, entered_at, entered_by");
    private readonly TableCopy cases = new(loader, "case_record", "person_id, id, unit_id, province_id, district_id, commune_id, disease, code, classification, classified_on, onset_on, reported_on, first_positive_on, outcome, outcome_on, severity, entered_at, entered_by");
    private readonly TableCopy findings = new(loader, "person_finding", "person_id, id, unit_id, province_id, district_id, commune_id, kind, subject_kind, subject_id, found_at");

    public void Of(int i, Guid person, byte[] sortKey, GroundUnit unit, AreaKeys lives, bool observed, short severity, DateTimeOffset at, DateTimeOffset? ended, StayEnd? how)
    {
        var (result, day) = (Guid.CreateVersion7(at), at.LocalDay());
        results.Row(person, result, unit.Id, unit.Area.Province.Value, unit.Area.District.Value, unit.Area.Commune.Value, "covid-19", (short)TestKind.Pcr, (short)(observed ? TestOutcome.Negative : TestOutcome.Positive), observed ? null : 18m + i % 15, day, "CDC tỉnh", at, unit.Clerk);
        ties.Row(person, (short)TieBecause.Result, result, unit.Id, 0, 0, 0, sortKey, at, null);
        if (!observed || i % 10 == 3) Case(i, person, sortKey, unit, lives, observed, severity, at, ended, how);
        if (i % 200 == 11) findings.Row(person, Guid.CreateVersion7(at), unit.Id, 0, 0, 0, "document.contradicts-birth", "person", person, at);
    }

    private void Case(int i, Guid person, byte[] sortKey, GroundUnit unit, AreaKeys lives, bool observed, short severity, DateTimeOffset at, DateTimeOffset? ended, StayEnd? how)
    {
        var (id, day) = (Guid.CreateVersion7(at), at.LocalDay());
        var of = observed ? i % 3 == 0 ? CaseClass.Suspected : i % 3 == 1 ? CaseClass.Probable : CaseClass.Discarded : CaseClass.Confirmed;
        var outcome = observed ? CaseOutcome.Unknown : how switch { null => CaseOutcome.InTreatment, StayEnd.Died => CaseOutcome.Died, _ => CaseOutcome.Recovered };
        cases.Row(person, id, unit.Id, lives.Province.Value, lives.District.Value, lives.Commune.Value, "covid-19", observed ? null : $"BN{i}", (short)of, day, day.AddDays(-3), day, observed ? null : day,
            (short)outcome, outcome is CaseOutcome.Died or CaseOutcome.Recovered ? ended?.LocalDay() : null, severity, at, unit.Clerk);
        ties.Row(person, (short)TieBecause.Case, id, unit.Id, lives.Province.Value, lives.District.Value, lives.Commune.Value, sortKey, at, null);
    }

    public void Complete()
    {
        results.Complete();
        cases.Complete();
        findings.Complete();
    }

    public void Dispose()
    {
        results.Dispose();
        cases.Dispose();
        findings.Dispose();
    }
}
