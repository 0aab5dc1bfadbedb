using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhongTuyen.Kernel;
using PhongTuyen.Lab.Contract;

namespace PhongTuyen.Lab;

/// <summary>The plain result of a test, once for every later system: when taken, what kind, what result, who says so. Append only: a wrong one is withdrawn, not erased.</summary>
public sealed class TestResult : IScoped
{
    public PersonId PersonId { get; init; }
    public ResultId Id { get; init; }
    public UnitId UnitId { get; init; }
    public AreaId ProvinceId { get; init; }
    public AreaId DistrictId { get; init; }
    public AreaId CommuneId { get; init; }
    public required string Disease { get; init; }
    public TestKind Kind { get; init; }
    public TestOutcome Result { get; init; }
    /// <summary>Cycle threshold, 0 to 50.</summary>
    public decimal? Ct { get; init; }
    /// <summary>Null: not known.</summary>
    public DateOnly? TakenOn { get; init; }
    public string? SaidBy { get; init; }
    public DateTimeOffset? WithdrawnAt { get; set; }
    public string? WithdrawnWhy { get; set; }
    public ImportId? ImportId { get; init; }
    public DateTimeOffset EnteredAt { get; init; }
    public AccountId EnteredBy { get; init; }
    public int Version { get; set; } = 1;

    private sealed class Mapping : IEntityTypeConfiguration<TestResult>
    {
        public void Configure(EntityTypeBuilder<TestResult> builder)
        {
            builder.ToTable("lab_result");
            builder.HasKey(r => new { r.PersonId, r.Id });
            builder.Property(r => r.Version).IsConcurrencyToken();
        }
    }
}
