using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhongTuyen.Kernel;

namespace PhongTuyen.Support;

/// <summary>How a report stands: exactly one of these.</summary>
public enum ReportState
{
    /// <summary>Mới: nobody has taken it.</summary>
    New = 1,
    /// <summary>Đang xử lý: somebody of the team has it.</summary>
    Taken = 2,
    /// <summary>Đã trả lời; a further word of who reported opens it again.</summary>
    Answered = 3,
    /// <summary>Đã đóng.</summary>
    Closed = 4,
}

/// <summary>Something that does not work, as a user of the program reports it (báo sự cố). About the program, never about a person.</summary>
public sealed class SupportReport
{
    public const int WhatMost = 2000, ScreenMost = 80, TraceMost = 40;

    public Guid Id { get; init; }
    /// <summary>Who reported it.</summary>
    public AccountId AccountId { get; init; }
    /// <summary>What they were called then: the team is of another unit and does not see their account.</summary>
    public required string Name { get; init; }
    public UnitId UnitId { get; init; }
    /// <summary>Where the unit stands, or what it looks after where that is not known.</summary>
    public AreaId ProvinceId { get; init; }
    public AreaId DistrictId { get; init; }
    public AreaId CommuneId { get; init; }
    /// <summary>Name of the page: <c>Quarantine/Desk/Stay</c>. Not its address, which may name a person's record.</summary>
    public string? Screen { get; init; }
    /// <summary>Mã lỗi: what the page of a fault said, to find it in the log.</summary>
    public string? Trace { get; init; }
    /// <summary>Version of the program.</summary>
    public required string Program { get; init; }
    /// <summary>Browser and system: Chrome, Android.</summary>
    public string? Device { get; init; }
    public required string What { get; init; }
    public ReportState State { get; set; } = ReportState.New;
    public DateTimeOffset ReportedAt { get; init; }
    /// <summary>By when it shall be answered.</summary>
    public DateTimeOffset DueAt { get; set; }
    public AccountId? TakenBy { get; set; }
    public string? TakenName { get; set; }
    public int Version { get; set; } = 1;

    public AreaKeys Area => new(ProvinceId, DistrictId, CommuneId);

    private sealed class Mapping : IEntityTypeConfiguration<SupportReport>
    {
        public void Configure(EntityTypeBuilder<SupportReport> builder)
        {
            builder.ToTable("support_report");
            builder.Ignore(r => r.Area);
            builder.Property(r => r.Id).ValueGeneratedNever();
            builder.Property(r => r.Version).IsConcurrencyToken();
        }
    }
}

/// <summary>What happened to a report after it was sent.</summary>
public enum EntryKind
{
    Taken = 1,
    GivenBack = 2,
    Answered = 3,
    /// <summary>A further word of who reported.</summary>
    Added = 4,
    Closed = 5,
}

/// <summary>One step in the life of a report; only ever added to.</summary>
public sealed class SupportEntry
{
    public Guid Id { get; init; }
    public Guid ReportId { get; init; }
    public EntryKind Kind { get; init; }
    public AccountId AccountId { get; init; }
    /// <summary>What they were called then.</summary>
    public required string Name { get; init; }
    public string? Text { get; init; }
    public DateTimeOffset At { get; init; }

    private sealed class Mapping : IEntityTypeConfiguration<SupportEntry>
    {
        public void Configure(EntityTypeBuilder<SupportEntry> builder)
        {
            builder.ToTable("support_entry");
            builder.Property(e => e.Id).ValueGeneratedNever();
        }
    }
}
