using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Quarantine;

/// <summary>What makes a unit a facility of quarantine or treatment: a camp, a hospital.</summary>
public sealed class Facility : IOpenToStaff
{
    public UnitId UnitId { get; init; }
    public AreaId ProvinceId { get; init; }
    public AreaId DistrictId { get; init; }
    public AreaId CommuneId { get; init; }
    public bool Observation { get; set; }
    public bool Treatment { get; set; }
    /// <summary>Tier of treatment, as the province defines its tiers (tháp 3 tầng, 5 tầng): 1 to 5.</summary>
    public short? Tier { get; set; }
    public DateOnly? OpenedOn { get; set; }
    public DateOnly? ClosedOn { get; set; }
    public string? Paper { get; set; }
    public string? Note { get; set; }
    public ImportId? ImportId { get; init; }
    public int Version { get; set; } = 1;

    private sealed class Mapping : IEntityTypeConfiguration<Facility>
    {
        public void Configure(EntityTypeBuilder<Facility> builder)
        {
            builder.ToTable("quarantine_facility");
            builder.HasKey(f => f.UnitId);
            builder.Property(f => f.UnitId).ValueGeneratedNever();
            builder.Property(f => f.Version).IsConcurrencyToken();
        }
    }
}

/// <summary>Places of one class by decision, from a day on; <see cref="Until"/> is set when a newer decision replaces it.</summary>
public sealed class Licence : IOpenToStaff
{
    public UnitId UnitId { get; init; }
    public AreaId ProvinceId { get; init; }
    public AreaId DistrictId { get; init; }
    public AreaId CommuneId { get; init; }
    public short Class { get; init; }
    public DateOnly Since { get; init; }
    public int Places { get; init; }
    public DateOnly? Until { get; set; }
    public string? Paper { get; init; }
    public DateTimeOffset EnteredAt { get; init; }
    public AccountId EnteredBy { get; init; }

    private sealed class Mapping : IEntityTypeConfiguration<Licence>
    {
        public void Configure(EntityTypeBuilder<Licence> builder)
        {
            builder.ToTable("quarantine_licence");
            builder.HasKey(l => new { l.UnitId, l.Class, l.Since });
        }
    }
}

/// <summary>A room, in a wing (khu, dãy, tầng) of a facility.</summary>
public sealed class Room : IOpenToStaff
{
    /// <summary>Of its own name, and of its wing's.</summary>
    public const int NameMost = 30, WingMost = 60;

    public RoomId Id { get; init; }
    public UnitId UnitId { get; init; }
    public AreaId ProvinceId { get; init; }
    public AreaId DistrictId { get; init; }
    public AreaId CommuneId { get; init; }
    public string Wing { get; set; } = "";
    public required string Name { get; set; }
    /// <summary>Who may lie here: 0 anyone, 1 men, 2 women.</summary>
    public short Sex { get; set; }
    public string? Note { get; set; }
    public int Version { get; set; } = 1;

    private sealed class Mapping : IEntityTypeConfiguration<Room>
    {
        public void Configure(EntityTypeBuilder<Room> builder)
        {
            builder.ToTable("quarantine_room");
            builder.Property(r => r.Id).ValueGeneratedOnAdd();
            builder.Property(r => r.Version).IsConcurrencyToken();
        }
    }
}

/// <summary>A bed.</summary>
public sealed class Bed : IOpenToStaff
{
    public BedId Id { get; init; }
    public RoomId RoomId { get; init; }
    public UnitId UnitId { get; init; }
    public AreaId ProvinceId { get; init; }
    public AreaId DistrictId { get; init; }
    public AreaId CommuneId { get; init; }
    public required string Label { get; set; }
    /// <summary>See <see cref="PlaceClasses"/>.</summary>
    public short Class { get; set; }
    public bool Icu { get; set; }
    public bool Oxygen { get; set; }
    public bool Open { get; set; } = true;
    public int Version { get; set; } = 1;

    private sealed class Mapping : IEntityTypeConfiguration<Bed>
    {
        public void Configure(EntityTypeBuilder<Bed> builder)
        {
            builder.ToTable("quarantine_bed");
            builder.Property(b => b.Id).ValueGeneratedOnAdd();
            builder.Property(b => b.Version).IsConcurrencyToken();
        }
    }
}

public enum BedUseKind
{
    Reserved = 1,
    Occupied = 2,
}

/// <summary>Who held which bed from when to when. The row without an end is the bed's present use; the database allows one.</summary>
public sealed class BedUse : IScoped
{
    public Guid Id { get; init; }
    public BedId BedId { get; init; }
    public UnitId UnitId { get; init; }
    public AreaId ProvinceId { get; init; }
    public AreaId DistrictId { get; init; }
    public AreaId CommuneId { get; init; }
    public short Class { get; init; }
    public bool Icu { get; init; }
    public bool Oxygen { get; init; }
    public BedUseKind Kind { get; init; }
    public PersonId PersonId { get; init; }
    public StayId StayId { get; init; }
    public DateTimeOffset Since { get; init; }
    public DateTimeOffset? Until { get; set; }

    private sealed class Mapping : IEntityTypeConfiguration<BedUse>
    {
        public void Configure(EntityTypeBuilder<BedUse> builder)
        {
            builder.ToTable("quarantine_bed_use");
            builder.Property(u => u.Id).ValueGeneratedNever();
        }
    }
}
