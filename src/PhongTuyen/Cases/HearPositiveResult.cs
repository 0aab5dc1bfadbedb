using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Lab.Contract;
using PhongTuyen.People.Contract;
using PhongTuyen.Policies;

namespace PhongTuyen.Cases;

/// <summary>A positive result opens a case, or strengthens the open one, as the case definition in force says. The deciding fact is written down.</summary>
public sealed class HearPositiveResult(Db db, IPolicyBook policies, Words words, TimeProvider clock) : IHear<ResultRecorded>
{
    public async Task HearAsync(ResultRecorded told, CancellationToken ct)
    {
        if (told.Outcome != TestOutcome.Positive) return;
        var area = await CaseLookup.AreaOfAsync(db, told.Person, ct);
        var day = told.TakenOn ?? clock.Today();
        var definition = policies.For<CaseDefinition>(area.Commune.Value != 0 ? area.Commune : area.Province, day, told.Disease);
        var gives = definition is null ? CaseClass.Suspected : definition.ClassBy(told.Kind) ?? CaseClass.Suspected;
        var record = await CaseLookup.OpenOfAsync(db, told.Person, told.Disease, ct);
        var fresh = record is null;
        if (record is null) db.Add(record = await OpenAsync(told, area, gives, ct));
        if (record.FirstPositiveOn is null || told.TakenOn < record.FirstPositiveOn) record.FirstPositiveOn = told.TakenOn;
        if (fresh || CaseRules.Strengthens(record.Classification, gives))
            (record.Classification, record.ClassifiedOn, record.Deciding) = (gives, day, CaseDefinition.Deciding(words, definition, told));
        if (!fresh) db.Tell(new CaseChanged(record.PersonId, record.Id, record.Classification, record.Outcome));
    }

    private async Task<CaseRecord> OpenAsync(ResultRecorded told, AreaKeys area, CaseClass gives, CancellationToken ct)
    {
        var record = new CaseRecord
        {
            PersonId = told.Person, Id = clock.New<CaseId>(), UnitId = db.Visitor!.Unit, ProvinceId = area.Province, DistrictId = area.District, CommuneId = area.Commune,
            Disease = told.Disease, ReportedOn = clock.Today(), Outcome = CaseOutcome.InTreatment, EnteredAt = clock.GetUtcNow(), EnteredBy = db.Visitor.Account,
        };
        await db.TieAsync(told.Person, TieBecause.Case, record.Id.Value, record.UnitId, area, ct);
        db.Tell(new CaseOpened(record.PersonId, record.Id, gives, record.ReportedOn));
        return record;
    }
}
