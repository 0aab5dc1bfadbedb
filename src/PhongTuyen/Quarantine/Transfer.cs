using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Quarantine;

public enum TransferState
{
    /// <summary>Đã gửi: the other side knows, the person is still here.</summary>
    Sent = 1,
    /// <summary>Đang trên đường.</summary>
    OnTheWay = 2,
    /// <summary>Đã tiếp nhận.</summary>
    Received = 3,
    /// <summary>Bị từ chối: the person is back where they were.</summary>
    Refused = 4,
    /// <summary>Đã rút lại by the sender.</summary>
    Withdrawn = 5,
}

/// <summary>A transfer, seen and written at both ends.</summary>
public sealed class Transfer : IBetweenUnits
{
    public PersonId PersonId { get; init; }
    public TransferId Id { get; init; }
    public StayId FromStay { get; init; }
    public StayId? ToStay { get; set; }
    public UnitId UnitId { get; init; }
    public AreaId ProvinceId { get; init; }
    public AreaId DistrictId { get; init; }
    public AreaId CommuneId { get; init; }
    public UnitId ToUnitId { get; init; }
    public AreaId ToProvinceId { get; init; }
    public AreaId ToDistrictId { get; init; }
    public AreaId ToCommuneId { get; init; }
    /// <summary>Class of place that is asked for, see <see cref="PlaceClasses"/>.</summary>
    public short ToClass { get; init; }
    public TransferState State { get; set; }
    public DateTimeOffset SentAt { get; init; }
    public DateTimeOffset? LeftAt { get; set; }
    public DateTimeOffset? ClosedAt { get; set; }
    public required string Reason { get; init; }
    /// <summary>Why it was refused or withdrawn.</summary>
    public string? Answer { get; set; }
    public AccountId EnteredBy { get; init; }
    public AccountId? ClosedBy { get; set; }
    public int Version { get; set; } = 1;

    public bool Open => State is TransferState.Sent or TransferState.OnTheWay;

    private sealed class Mapping : IEntityTypeConfiguration<Transfer>
    {
        public void Configure(EntityTypeBuilder<Transfer> builder)
        {
            builder.ToTable("quarantine_transfer");
            builder.HasKey(t => new { t.PersonId, t.Id });
            builder.Ignore(t => t.Open);
            builder.Property(t => t.Version).IsConcurrencyToken();
        }
    }
}
