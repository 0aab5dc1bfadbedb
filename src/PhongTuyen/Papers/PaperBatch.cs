using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhongTuyen.Kernel;

namespace PhongTuyen.Papers;

/// <summary>
/// Papers that one account is to type for a unit (việc nhập liệu). Whoever enters data for the unit keeps it; who types it sees it until it is closed. The row policy says both,
/// so the filter of scopes does not: a volunteer has no scope.
/// </summary>
public sealed class PaperBatch
{
    public const int TitleMost = 100, PlaceMost = 100, PapersMost = 2000;

    public Guid Id { get; init; }
    public UnitId UnitId { get; init; }
    /// <summary>Where the unit stands.</summary>
    public AreaId ProvinceId { get; init; }
    public AreaId DistrictId { get; init; }
    public AreaId CommuneId { get; init; }
    /// <summary>As it was called then.</summary>
    public required string UnitName { get; init; }
    public required string Title { get; set; }
    /// <summary>Where the papers lie.</summary>
    public string? Place { get; set; }
    /// <summary>How many there are, as somebody counted. 1 to 2000.</summary>
    public int Papers { get; set; }
    public string? Note { get; set; }
    public DateOnly? Due { get; set; }
    /// <summary>Who types them.</summary>
    public AccountId AccountId { get; set; }
    public required string AccountName { get; set; }
    /// <summary>Who types a sample of them again, without seeing what the first one wrote.</summary>
    public AccountId? SecondAccountId { get; set; }
    public string? SecondName { get; set; }
    /// <summary>One of so many papers is typed again. 1 to 100; 1: all of them.</summary>
    public int? SecondEvery { get; set; }
    public DateTimeOffset GivenAt { get; init; }
    public AccountId GivenBy { get; init; }
    public DateTimeOffset? ClosedAt { get; set; }
    public AccountId? ClosedBy { get; set; }
    public int Version { get; set; } = 1;

    public AreaKeys Area => new(ProvinceId, DistrictId, CommuneId);

    private sealed class Mapping : IEntityTypeConfiguration<PaperBatch>
    {
        public void Configure(EntityTypeBuilder<PaperBatch> builder)
        {
            builder.ToTable("paper_batch");
            builder.Ignore(b => b.Area);
            builder.Property(b => b.Id).ValueGeneratedNever();
            builder.Property(b => b.Version).IsConcurrencyToken();
        }
    }
}

/// <summary>What became of a paper that was typed: exactly one of these. All that was typed = taken + duplicate + unclear + waiting.</summary>
public enum PaperState
{
    /// <summary>Chờ đơn vị: typed, and nobody of the unit has settled it.</summary>
    Waiting = 1,
    /// <summary>Chưa rõ: it cannot be read, or the unit sent it back.</summary>
    Unclear = 2,
    /// <summary>Đã có: somebody with this number is in the register already.</summary>
    Duplicate = 3,
    /// <summary>Đã nhập: a person was made of it.</summary>
    Taken = 4,
}

/// <summary>One paper of a batch, as it was typed.</summary>
public sealed class PaperEntry
{
    public Guid Id { get; init; }
    public Guid BatchId { get; init; }
    /// <summary>Who typed it.</summary>
    public AccountId AccountId { get; init; }
    /// <summary>From which it was typed; null: from a paper in hand.</summary>
    public Guid? FileId { get; init; }
    /// <summary>Written on the corner of the paper, so that it is found again.</summary>
    public int No { get; init; }
    public PaperState State { get; set; }
    /// <summary><see cref="PaperContent"/>, sealed.</summary>
    public byte[] Content { get; set; } = [];
    /// <summary>Finds the same number within the batch, and nowhere else.</summary>
    public byte[]? NumberIndex { get; set; }
    public DateTimeOffset TypedAt { get; set; }
    /// <summary>Whom it became.</summary>
    public PersonId? PersonId { get; set; }
    public DateTimeOffset? SettledAt { get; set; }
    public AccountId? SettledBy { get; set; }
    /// <summary>How often the unit sent it back.</summary>
    public int Returns { get; set; }
    public int Version { get; set; } = 1;

    private sealed class Mapping : IEntityTypeConfiguration<PaperEntry>
    {
        public void Configure(EntityTypeBuilder<PaperEntry> builder)
        {
            builder.ToTable("paper_entry");
            builder.Property(e => e.Id).ValueGeneratedNever();
            builder.Property(e => e.Version).IsConcurrencyToken();
        }
    }
}
