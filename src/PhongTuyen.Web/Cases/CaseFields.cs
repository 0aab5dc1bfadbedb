using PhongTuyen.Areas;
using PhongTuyen.Cases;
using PhongTuyen.Kernel;
using PhongTuyen.Quarantine.Contract;
using PhongTuyen.Web.Areas;

namespace PhongTuyen.Web.Cases;

/// <summary>The form of a case as it is typed. Every day may be unknown: left empty it stays so.</summary>
public sealed class CaseFields
{
    public string Disease { get; set; } = Diseases.Covid19;
    public CaseClass? Classification { get; set; }
    public DateOnly? ClassifiedOn { get; set; }
    public string? Deciding { get; set; }
    public string? Code { get; set; }
    public AreaId Area { get; set; }
    public string? AreaText { get; set; }
    public DateOnly? OnsetOn { get; set; }
    public DateOnly? ReportedOn { get; set; }
    public DateOnly? FirstPositiveOn { get; set; }
    public CaseOutcome Outcome { get; set; }
    public DateOnly? OutcomeOn { get; set; }
    public Severity Severity { get; set; }

    public static CaseFields Of(CaseRecord record, AreaStore areas)
    {
        var area = record.CommuneId.Value != 0 ? record.CommuneId : record.DistrictId.Value != 0 ? record.DistrictId : record.ProvinceId;
        return new CaseFields
        {
            Disease = record.Disease, Classification = record.Classification, ClassifiedOn = record.ClassifiedOn, Deciding = record.Deciding, Code = record.Code, Area = area, AreaText = area.Value == 0 ? null : areas.Book.Path(area),
            OnsetOn = record.OnsetOn, ReportedOn = record.ReportedOn, FirstPositiveOn = record.FirstPositiveOn, Outcome = record.Outcome, OutcomeOn = record.OutcomeOn, Severity = (Severity)record.Severity,
        };
    }

    public Outcome<RecordCase.Input> Read(AreaStore areas, DateOnly today, Guid intent, CaseId id, PersonId person, int version)
    {
        if (Classification is not { } of) return Refusals.Required("classification");
        var area = AreaPick.ReadOrNone(areas, Area, AreaText, today, "areaText");
        if (!area.Done) return area.As<RecordCase.Input>();
        return new RecordCase.Input(intent, id, person, version, Disease, of, ClassifiedOn, Deciding)
        {
            Code = Code, Area = area.Value is { } known ? areas.Book.Keys(known) : AreaKeys.Unknown, OnsetOn = OnsetOn, ReportedOn = ReportedOn, FirstPositiveOn = FirstPositiveOn, Outcome = Outcome, OutcomeOn = OutcomeOn, Severity = (short)Severity,
        };
    }
}

/// <summary>A page with the form of a case.</summary>
public interface ICaseForm
{
    CaseFields Form { get; }

    /// <summary>A case keeps its disease.</summary>
    bool Existing { get; }
}
