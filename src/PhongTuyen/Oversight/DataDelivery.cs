using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhongTuyen.Kernel;

namespace PhongTuyen.Oversight;

/// <summary>A unit said that it has supplied what was due on a day (đã cung cấp), or that there was nothing (không phát sinh).</summary>
public sealed class DataDelivery : IScoped
{
    public const int NoteMost = 300;

    public Guid Id { get; init; }
    public Guid DutyId { get; init; }
    public UnitId UnitId { get; init; }
    public AreaId ProvinceId { get; init; }
    public AreaId DistrictId { get; init; }
    public AreaId CommuneId { get; init; }
    /// <summary>For what was due on this day.</summary>
    public DateOnly Due { get; init; }
    /// <summary>There was nothing to supply, said on purpose.</summary>
    public bool Nothing { get; init; }
    public string? Note { get; init; }
    public DateTimeOffset DeliveredAt { get; init; }
    public AccountId DeliveredBy { get; init; }
    public DateTimeOffset? WithdrawnAt { get; set; }
    public AccountId? WithdrawnBy { get; set; }

    private sealed class Mapping : IEntityTypeConfiguration<DataDelivery>
    {
        public void Configure(EntityTypeBuilder<DataDelivery> builder)
        {
            builder.ToTable("oversight_delivery");
            builder.Property(delivery => delivery.Id).ValueGeneratedNever();
        }
    }
}
