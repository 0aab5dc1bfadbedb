using Microsoft.EntityFrameworkCore;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People.Contract;

namespace PhongTuyen.Cases;

/// <summary>Records a case of a person, or changes one.</summary>
public sealed class RecordCase(Db db, TimeProvider clock)
{
    /// <param name="BaseVersion">0 for a new case; otherwise the version that the form showed.</param>
    public sealed record Input(Guid Intent, CaseId Id, PersonId Person, int BaseVersion, [property: Most(40)] string Disease, CaseClass Classification, DateOnly? ClassifiedOn, [property: Most(CaseRecord.DecidingMost)] string? Deciding)
    {
        [Most(CaseRecord.CodeMost)]
        public string? Code { get; init; }
        /// <summary>Where it is counted; unknown: where the person lives or stays, else at the reporting unit.</summary>
        public AreaKeys Area { get; init; }
        public DateOnly? OnsetOn { get; init; }
        public DateOnly? ReportedOn { get; init; }
        public DateOnly? FirstPositiveOn { get; init; }
        public CaseOutcome Outcome { get; init; }
        public DateOnly? OutcomeOn { get; init; }
        public short Severity { get; init; }
    }

    public Task<Outcome<CaseId>> RunAsync(Input input, CancellationToken ct) => db.OnceAsync(input.Intent, "case.record", input, async () =>
    {
        var faults = CaseRules.Faults(clock.Today(), input.Classification, input.Deciding, input.OnsetOn, input.ReportedOn, input.FirstPositiveOn, input.Outcome, input.OutcomeOn);
        if (!Diseases.Known(input.Disease)) faults.Add(Problems.DiseaseUnknown());
        if (input.ClassifiedOn > clock.Today()) faults.Add(Refusals.InFuture("classifiedOn"));
        if (input.Severity is < 0 or > 5) faults.Add(Refusals.NotOneOf("severity"));
        if (faults.Count > 0) return faults;
        return input.BaseVersion == 0 ? await OpenAsync(input, ct) : await ChangeAsync(input, ct);
    }, ct);

    private async Task<Outcome<CaseId>> OpenAsync(Input input, CancellationToken ct)
    {
        if (!await db.Connection.ValueAsync<bool>("SELECT EXISTS (SELECT 1 FROM pt.person WHERE id = $1)", ct, input.Person.Value)) return Refusals.NotFound();
        if (!await db.TiedAsync(input.Person, ct)) return PhongTuyen.People.Contract.OnlySeen.Problem();
        var open = await CaseLookup.OpenOfAsync(db, input.Person, input.Disease, ct);
        if (open is not null) return Problems.SameCase(open.Id);
        var record = new CaseRecord { PersonId = input.Person, Id = input.Id, Disease = input.Disease, UnitId = db.Visitor!.Unit, EnteredAt = clock.GetUtcNow(), EnteredBy = db.Visitor.Account };
        Apply(record, input, input.Area.Known ? input.Area : await CaseLookup.AreaOfAsync(db, input.Person, ct));
        db.Add(record);
        await db.TieAsync(input.Person, TieBecause.Case, input.Id.Value, record.UnitId, new AreaKeys(record.ProvinceId, record.DistrictId, record.CommuneId), ct);
        db.Tell(new CaseOpened(record.PersonId, record.Id, record.Classification, record.ReportedOn));
        await db.SaveChangesAsync(ct);
        return record.Id;
    }

    private async Task<Outcome<CaseId>> ChangeAsync(Input input, CancellationToken ct)
    {
        var record = await db.Set<CaseRecord>().IgnoreQueryFilters([AreaGuard.Filter]).FirstOrDefaultAsync(c => c.Id == input.Id, ct);
        if (record is null || !db.Scope.Covers(record)) return Refusals.NotFound();
        if (record.Version != input.BaseVersion) return Refusals.Changed();
        var before = new AreaKeys(record.ProvinceId, record.DistrictId, record.CommuneId);
        var area = input.Area.Known ? input.Area : before;
        Apply(record, input, area);
        db.Tell(new CaseChanged(record.PersonId, record.Id, record.Classification, record.Outcome));
        await db.SaveChangesAsync(ct);
        // Where it is counted it can be opened.
        if (area != before && !await db.Connection.ValueAsync<bool>("SELECT pt.case_tied_again($1, $2, $3)", ct, record.Id.Value, input.Intent, clock.GetUtcNow())) return Refusals.NotFound();
        return record.Id;
    }

    private static void Apply(CaseRecord record, Input input, AreaKeys area)
    {
        (record.ProvinceId, record.DistrictId, record.CommuneId) = (area.Province, area.District, area.Commune);
        (record.Code, record.Classification, record.ClassifiedOn, record.Deciding) = (VietnameseText.Clean(input.Code), input.Classification, input.ClassifiedOn, VietnameseText.Clean(input.Deciding));
        (record.OnsetOn, record.ReportedOn, record.FirstPositiveOn) = (input.OnsetOn, input.ReportedOn, input.FirstPositiveOn);
        (record.Outcome, record.OutcomeOn, record.Severity) = (input.Outcome, input.OutcomeOn, input.Severity);
    }
}
