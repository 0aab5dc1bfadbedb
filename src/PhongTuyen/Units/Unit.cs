using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhongTuyen.Kernel;

namespace PhongTuyen.Units;

/// <summary>The kinds of organisation that the orders name.</summary>
public enum UnitKind
{
    /// <summary>Bộ Y tế, Cục Y tế dự phòng.</summary>
    Ministry = 1,
    /// <summary>Ủy ban nhân dân (tỉnh, huyện, xã).</summary>
    PeoplesCommittee = 2,
    /// <summary>Ban chỉ đạo phòng, chống dịch.</summary>
    SteeringCommittee = 3,
    /// <summary>Sở Y tế.</summary>
    HealthDepartment = 4,
    /// <summary>Sở Thông tin và Truyền thông.</summary>
    InformationDepartment = 5,
    /// <summary>Trung tâm kiểm soát bệnh tật (CDC).</summary>
    DiseaseControl = 6,
    /// <summary>Trung tâm y tế quận, huyện.</summary>
    DistrictHealthCentre = 7,
    /// <summary>Tổ công nghệ thông tin liên ngành của huyện.</summary>
    DistrictTechnologyTeam = 8,
    /// <summary>Trạm y tế xã, phường, thị trấn.</summary>
    HealthStation = 9,
    /// <summary>Bệnh viện tuyến tỉnh, thành phố, trung ương.</summary>
    CityHospital = 10,
    /// <summary>Bệnh viện quận, huyện.</summary>
    DistrictHospital = 11,
    /// <summary>Bệnh viện tư nhân.</summary>
    PrivateHospital = 12,
    /// <summary>Bệnh viện dã chiến.</summary>
    FieldHospital = 13,
    /// <summary>Khu cách ly tập trung.</summary>
    Camp = 14,
    /// <summary>Chốt, trạm kiểm soát.</summary>
    Checkpoint = 15,
    /// <summary>Phòng xét nghiệm.</summary>
    Laboratory = 16,
    Other = 99,
}

/// <summary>An organisation in the tree of units, which stands beside the tree of areas.</summary>
public sealed class Unit
{
    public const int NameMost = 200, TelephoneMost = 60, EmailMost = 200, AddressMost = 300;

    public UnitId Id { get; init; }
    public UnitId? ParentId { get; init; }
    /// <summary>Short and unique; the province's own.</summary>
    public required string Code { get; set; }
    public required string Name { get; set; }
    /// <summary>For search.</summary>
    public required string NameFolded { get; set; }
    public UnitKind Kind { get; set; }
    public AreaId ProvinceId { get; set; }
    public AreaId DistrictId { get; set; }
    public AreaId CommuneId { get; set; }
    /// <summary>The area that it looks after; null for a hospital or a camp.</summary>
    public AreaId? CoversAreaId { get; set; }
    public string? Telephone { get; set; }
    public string? Email { get; set; }
    public string? Address { get; set; }
    /// <summary>False: an import made it and nobody has looked at it yet.</summary>
    public bool Verified { get; set; } = true;
    public ImportId? ImportId { get; init; }
    /// <summary>The unit that took this one over.</summary>
    public UnitId? MergedInto { get; init; }
    public DateOnly ValidFrom { get; init; }
    /// <summary>Last day; null while it stands.</summary>
    public DateOnly? ValidTo { get; set; }
    public int Version { get; set; } = 1;

    public AreaKeys Area => new(ProvinceId, DistrictId, CommuneId);

    private sealed class Mapping : IEntityTypeConfiguration<Unit>
    {
        public void Configure(EntityTypeBuilder<Unit> builder)
        {
            builder.ToTable("unit");
            builder.Ignore(u => u.Area);
            builder.Property(u => u.Id).ValueGeneratedOnAdd();
            builder.Property(u => u.Version).IsConcurrencyToken();
        }
    }
}
