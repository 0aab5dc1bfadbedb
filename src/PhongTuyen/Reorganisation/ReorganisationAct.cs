using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhongTuyen.Kernel;

namespace PhongTuyen.Reorganisation;

/// <summary>What an act does to a tree (nội dung sắp xếp).</summary>
public enum ActKind
{
    /// <summary>Thành lập.</summary>
    Make = 1,
    /// <summary>Chuyển về trực thuộc đơn vị khác.</summary>
    Move = 2,
    /// <summary>Đổi tên, đổi loại hình.</summary>
    Rename = 3,
    /// <summary>Sáp nhập vào đơn vị khác.</summary>
    Merge = 4,
    /// <summary>Chia tách: new units go out of one that stands on.</summary>
    Divide = 5,
    /// <summary>Giải thể.</summary>
    Close = 6,
    /// <summary>Địa bàn đổi theo nghị quyết.</summary>
    Areas = 11,
    /// <summary>Sắp xếp cả tỉnh: from the tree of three levels to that of two.</summary>
    Reform = 12,
}

public enum ActState
{
    /// <summary>Chờ đến ngày.</summary>
    Planned = 1,
    /// <summary>Đã thực hiện.</summary>
    Done = 2,
    /// <summary>Đã rút.</summary>
    Withdrawn = 3,
    /// <summary>Đã hoàn tác.</summary>
    Undone = 4,
    /// <summary>Không thực hiện được: on its day something stood in the way.</summary>
    Stuck = 5,
}

/// <summary>A dated act on the tree of units or of areas, with the number of its paper (quyết định sắp xếp).</summary>
public sealed class ReorganisationAct
{
    public const int PaperMost = 60;

    public Guid Id { get; init; }
    /// <summary>The unit concerned; of a new one the unit above it; of areas the unit of whoever decided.</summary>
    public UnitId UnitId { get; init; }
    public ActKind Kind { get; init; }
    /// <summary>All units that it touches: while it is planned those that it names, when it is done those that it changed.</summary>
    public required int[] Units { get; init; }
    public required string Paper { get; init; }
    /// <summary>The first day on which it holds (ngày có hiệu lực).</summary>
    public DateOnly EffectiveOn { get; init; }
    /// <summary>JSON of what is asked for.</summary>
    public required string Content { get; init; }
    /// <summary>JSON of what it changed and what stood there before; null while it is not done.</summary>
    public string? Done { get; set; }
    public ActState State { get; set; }
    /// <summary>Code of the refusal that it met on its day.</summary>
    public string? Why { get; set; }
    public DateTimeOffset EnteredAt { get; init; }
    public AccountId EnteredBy { get; init; }
    public DateTimeOffset? DoneAt { get; set; }
    /// <summary>In which order acts were done: what came later is undone first.</summary>
    public long? DoneNo { get; set; }
    public DateTimeOffset? EndedAt { get; set; }
    public AccountId? EndedBy { get; set; }

    private sealed class Mapping : IEntityTypeConfiguration<ReorganisationAct>
    {
        public void Configure(EntityTypeBuilder<ReorganisationAct> builder)
        {
            builder.ToTable("reorganisation_act");
            builder.Property(act => act.Id).ValueGeneratedNever();
        }
    }
}
