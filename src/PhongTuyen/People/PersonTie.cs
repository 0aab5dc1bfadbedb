using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhongTuyen.Kernel;
using PhongTuyen.People.Contract;

namespace PhongTuyen.People;

/// <summary>Why a unit or an area sees a person. Written by the event that makes the tie; ended, never erased, when the reason ends.</summary>
[Untold]
public sealed class PersonTie : IScoped
{
    public PersonId PersonId { get; init; }
    public TieBecause Because { get; init; }
    /// <summary>The record that made it.</summary>
    public Guid SourceId { get; init; }
    public UnitId UnitId { get; init; }
    public AreaId ProvinceId { get; init; }
    public AreaId DistrictId { get; init; }
    public AreaId CommuneId { get; init; }
    /// <summary>Filled in by the database.</summary>
    public byte[] NameKey { get; init; } = [];
    public DateTimeOffset Since { get; init; }
    public DateTimeOffset? Until { get; set; }

    private sealed class Mapping : IEntityTypeConfiguration<PersonTie>
    {
        public void Configure(EntityTypeBuilder<PersonTie> builder)
        {
            builder.ToTable("person_scope");
            builder.HasKey(t => new { t.PersonId, t.Because, t.SourceId });
            builder.Property(t => t.NameKey).Metadata.SetAfterSaveBehavior(Microsoft.EntityFrameworkCore.Metadata.PropertySaveBehavior.Ignore);
        }
    }
}
