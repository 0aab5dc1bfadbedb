using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Cases;

public enum CaseClass
{
    /// <summary>Nghi ngờ.</summary>
    Suspected = 1,
    /// <summary>Có thể.</summary>
    Probable = 2,
    /// <summary>Xác định (F0).</summary>
    Confirmed = 3,
    /// <summary>Loại trừ.</summary>
    Discarded = 4,
}

public enum CaseOutcome
{
    Unknown = 0,
    /// <summary>Đang điều trị.</summary>
    InTreatment = 1,
    /// <summary>Khỏi.</summary>
    Recovered = 2,
    /// <summary>Tử vong.</summary>
    Died = 3,
    /// <summary>Khác.</summary>
    Other = 4,
}

/// <summary>The plain case of a notifiable disease, once for every later system. Every date may be unknown; none is invented.</summary>
public sealed class CaseRecord : IFollowsPerson
{
    public const int CodeMost = 40;
    public const int DecidingMost = 500;
    public const int ReasonMost = 300;

    public PersonId PersonId { get; init; }
    public CaseId Id { get; init; }
    /// <summary>Responsible for it.</summary>
    public UnitId UnitId { get; set; }
    /// <summary>Where it is counted.</summary>
    public AreaId ProvinceId { get; set; }
    public AreaId DistrictId { get; set; }
    public AreaId CommuneId { get; set; }
    public required string Disease { get; init; }
    /// <summary>Patient number: BN1100.</summary>
    public string? Code { get; set; }
    public CaseClass Classification { get; set; }
    public DateOnly? ClassifiedOn { get; set; }
    /// <summary>The facts that decided the class.</summary>
    public string? Deciding { get; set; }
    public DateOnly? OnsetOn { get; set; }
    public DateOnly? ReportedOn { get; set; }
    public DateOnly? FirstPositiveOn { get; set; }
    public CaseOutcome Outcome { get; set; }
    public DateOnly? OutcomeOn { get; set; }
    /// <summary>Clinical severity as in <c>Quarantine.Severity</c>: 0 not known, 1 none … 5 critical.</summary>
    public short Severity { get; set; }
    public ImportId? ImportId { get; init; }
    public DateTimeOffset EnteredAt { get; init; }
    public AccountId EnteredBy { get; init; }
    public int Version { get; set; } = 1;

    private sealed class Mapping : IEntityTypeConfiguration<CaseRecord>
    {
        public void Configure(EntityTypeBuilder<CaseRecord> builder)
        {
            builder.ToTable("case_record");
            builder.HasKey(c => new { c.PersonId, c.Id });
            builder.Property(c => c.Version).IsConcurrencyToken();
        }
    }
}
