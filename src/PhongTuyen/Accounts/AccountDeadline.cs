using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhongTuyen.Kernel;
using PhongTuyen.Units;

namespace PhongTuyen.Accounts;

/// <summary>By when the units below one shall have accounts (thời hạn cấp tài khoản), as a paper asks for it.</summary>
public sealed class AccountDeadline
{
    public const int PaperMost = 60;

    public Guid Id { get; init; }
    /// <summary>The units below it are meant, however deep.</summary>
    public UnitId UnitId { get; init; }
    /// <summary>Those of this kind; null: of every kind.</summary>
    public UnitKind? Kind { get; init; }
    /// <summary>The last day.</summary>
    public DateOnly Due { get; init; }
    /// <summary>Number of the paper that asks for it: 1792/UBND-KGVX.</summary>
    public required string Paper { get; init; }
    public DateTimeOffset EnteredAt { get; init; }
    public AccountId EnteredBy { get; init; }
    public DateTimeOffset? WithdrawnAt { get; set; }

    private sealed class Mapping : IEntityTypeConfiguration<AccountDeadline>
    {
        public void Configure(EntityTypeBuilder<AccountDeadline> builder) => builder.ToTable("account_deadline");
    }
}
