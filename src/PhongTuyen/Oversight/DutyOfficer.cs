using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhongTuyen.Kernel;

namespace PhongTuyen.Oversight;

/// <summary>Who is answerable for what a unit owes (cán bộ được phân công), from when to when.</summary>
public sealed class DutyOfficer : IScoped
{
    public Guid Id { get; init; }
    public Guid DutyId { get; init; }
    /// <summary>For whom.</summary>
    public UnitId UnitId { get; init; }
    public AreaId ProvinceId { get; init; }
    public AreaId DistrictId { get; init; }
    public AreaId CommuneId { get; init; }
    public AccountId AccountId { get; init; }
    /// <summary>The act that named many at once, or the hand-over of an account that did.</summary>
    public Guid? Cause { get; init; }
    public DateTimeOffset NamedAt { get; init; }
    public AccountId NamedBy { get; init; }
    public DateTimeOffset? EndedAt { get; set; }
    public AccountId? EndedBy { get; set; }
    /// <summary>The hand-over of an account that ended it.</summary>
    public Guid? EndedCause { get; set; }

    private sealed class Mapping : IEntityTypeConfiguration<DutyOfficer>
    {
        public void Configure(EntityTypeBuilder<DutyOfficer> builder)
        {
            builder.ToTable("oversight_officer");
            builder.Property(officer => officer.Id).ValueGeneratedNever();
        }
    }
}
