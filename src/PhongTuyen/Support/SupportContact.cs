using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhongTuyen.Kernel;

namespace PhongTuyen.Support;

/// <summary>Whom the users of a province call when the program gives them trouble (đầu mối hỗ trợ): an office, never a person. Open to everybody: who cannot sign in needs it most.</summary>
public sealed class SupportContact
{
    public const int OfficeMost = 200, TelephoneMost = 60, EmailMost = 200, HoursMost = 120;

    /// <summary>0: the whole country, where a province has none of its own.</summary>
    public AreaId ProvinceId { get; init; }
    public required string Office { get; set; }
    public string? Telephone { get; set; }
    public string? Email { get; set; }
    /// <summary>When somebody answers, in words: thứ Hai – thứ Sáu, 7h30–17h00.</summary>
    public string? Hours { get; set; }
    public DateTimeOffset ChangedAt { get; set; }
    public AccountId ChangedBy { get; set; }
    public int Version { get; set; } = 1;

    private sealed class Mapping : IEntityTypeConfiguration<SupportContact>
    {
        public void Configure(EntityTypeBuilder<SupportContact> builder)
        {
            builder.ToTable("support_contact");
            builder.HasKey(c => c.ProvinceId);
            builder.Property(c => c.ProvinceId).ValueGeneratedNever();
            builder.Property(c => c.Version).IsConcurrencyToken();
        }
    }
}
