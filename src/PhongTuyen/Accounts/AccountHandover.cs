using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhongTuyen.Kernel;

namespace PhongTuyen.Accounts;

/// <summary>Who left an account's roles and unread notices to whom (bàn giao tài khoản), and what went over, so that it can be taken back whole.</summary>
public sealed class AccountHandover
{
    public const int ReasonMost = 200;

    public Guid Id { get; init; }
    /// <summary>Who leaves.</summary>
    public AccountId AccountId { get; init; }
    /// <summary>Who takes over.</summary>
    public AccountId ToAccountId { get; init; }
    /// <summary>Of who leaves, at that time.</summary>
    public UnitId UnitId { get; init; }
    public required string Reason { get; init; }
    /// <summary>Until whose end both work; null: who leaves was stopped at once.</summary>
    public DateOnly? LastDay { get; init; }
    /// <summary>Grants that ended with it.</summary>
    public required Guid[] Ended { get; init; }
    /// <summary>Grants that were given instead: to who takes over, and to who leaves until the last day.</summary>
    public required Guid[] Given { get; init; }
    public required Guid[] Notices { get; init; }
    public DateTimeOffset? ExpiresBefore { get; init; }
    /// <summary>Whether it was this that suspended the account.</summary>
    public bool Stopped { get; init; }
    public DateTimeOffset DoneAt { get; init; }
    public AccountId DoneBy { get; init; }
    public DateTimeOffset? UndoneAt { get; set; }
    public AccountId? UndoneBy { get; set; }

    private sealed class Mapping : IEntityTypeConfiguration<AccountHandover>
    {
        public void Configure(EntityTypeBuilder<AccountHandover> builder)
        {
            builder.ToTable("account_handover");
            builder.Property(h => h.Id).ValueGeneratedNever();
        }
    }
}
