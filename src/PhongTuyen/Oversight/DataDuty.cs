using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhongTuyen.Kernel;
using PhongTuyen.Units;

namespace PhongTuyen.Oversight;

/// <summary>How often data are owed (định kỳ).</summary>
public enum DutyRhythm
{
    /// <summary>Một lần.</summary>
    Once = 1,
    /// <summary>Hằng ngày.</summary>
    Daily = 2,
    /// <summary>Thứ Hai đến thứ Sáu. Holidays are not known here.</summary>
    Workdays = 3,
    /// <summary>Hằng tuần, on the weekday of the first day.</summary>
    Weekly = 4,
    /// <summary>Hằng tháng, on the day of the first one; where a month is shorter, on its last.</summary>
    Monthly = 5,
}

/// <summary>Which data the units below one owe, and by when (yêu cầu cung cấp dữ liệu), as a paper asks for it (R32).</summary>
public sealed class DataDuty
{
    public const int NameMost = 120, GuidanceMost = 2000, PaperMost = 60;

    public Guid Id { get; init; }
    /// <summary>Who asks; the units below it owe, however deep.</summary>
    public UnitId UnitId { get; init; }
    /// <summary>Those of this kind; null: of every kind.</summary>
    public UnitKind? Kind { get; init; }
    /// <summary>Which data: "Địa chỉ F0 đến thôn, tổ dân phố".</summary>
    public required string Name { get; init; }
    /// <summary>What exactly, from where, entered how.</summary>
    public string? Guidance { get; init; }
    public required string Paper { get; init; }
    public DutyRhythm Rhythm { get; init; }
    /// <summary>The first day on which it is due.</summary>
    public DateOnly Since { get; init; }
    /// <summary>The last day on which it can be due; null: until further notice.</summary>
    public DateOnly? Until { get; init; }
    /// <summary>By the wall clock of Viet Nam.</summary>
    public TimeOnly DueAt { get; init; }
    public DateTimeOffset EnteredAt { get; init; }
    public AccountId EnteredBy { get; init; }
    /// <summary>What is due later is not owed any more; null: it is in force.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    public DutyDays Days => new(Rhythm, Since, Until, DueAt, EndedAt);

    private sealed class Mapping : IEntityTypeConfiguration<DataDuty>
    {
        public void Configure(EntityTypeBuilder<DataDuty> builder)
        {
            builder.ToTable("oversight_duty");
            builder.Property(duty => duty.Id).ValueGeneratedNever();
            builder.Ignore(duty => duty.Days);
        }
    }
}
