using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhongTuyen.Kernel;

namespace PhongTuyen.Accounts;

public enum AccountState
{
    Active = 1,
    Suspended = 2,
}

/// <summary>An account of one member of staff. It has no rights by itself: those come from its grants.</summary>
public sealed class Account
{
    public const int NameMost = 100;

    public AccountId Id { get; init; }
    /// <summary>Lower case, without spaces; unique in the whole installation.</summary>
    public required string UserName { get; init; }
    public required string DisplayName { get; set; }
    public UnitId UnitId { get; set; }
    public string? Position { get; set; }
    public string? Email { get; set; }
    /// <summary>Sealed.</summary>
    public byte[]? Telephone { get; set; }
    public AccountState State { get; set; } = AccountState.Active;
    /// <summary>From this moment on it signs in no more; null: until it is suspended.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }
    public bool MustChangePassword { get; set; } = true;
    public Language Language { get; set; }
    public DateTimeOffset CreatedAt { get; init; }
    public AccountId? CreatedBy { get; init; }
    /// <summary>The list that it was made of; null: made one by one.</summary>
    public Guid? ListId { get; init; }
    /// <summary>Whether a first password was ever handed out. The database says so.</summary>
    public bool Issued { get; private set; }
    public int Version { get; set; } = 1;

    /// <summary>An address of a person at a host; whether it exists, only a letter tells.</summary>
    public static bool IsEmail(string text) => text.Length <= 200 && text.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && text.IndexOf('.', at) > at + 1 && !text.EndsWith('.') && !text.Contains(' ', StringComparison.Ordinal);

    public bool Usable(DateTimeOffset now) => State == AccountState.Active && (ExpiresAt is null || ExpiresAt > now);

    private sealed class Mapping : IEntityTypeConfiguration<Account>
    {
        public void Configure(EntityTypeBuilder<Account> builder)
        {
            builder.ToTable("account");
            builder.Property(a => a.Id).ValueGeneratedNever();
            builder.Property(a => a.Version).IsConcurrencyToken();
        }
    }
}

/// <summary>A role over the units below one unit, or over the areas below one area, for a time.</summary>
public sealed class AccountGrant
{
    public Guid Id { get; init; }
    public AccountId AccountId { get; init; }
    public Role Role { get; init; }
    public UnitId? UnitId { get; init; }
    public AreaId? AreaId { get; init; }
    public DateTimeOffset Since { get; init; }
    public DateTimeOffset? Until { get; set; }
    public AccountId? GivenBy { get; init; }
    public DateTimeOffset GivenAt { get; init; }
    public DateTimeOffset? RevokedAt { get; set; }
    public AccountId? RevokedBy { get; set; }
    public string? Reason { get; set; }
    /// <summary>In whose name it was given to somebody of another organisation; null: by the account's own managers.</summary>
    public UnitId? GivenUnit { get; init; }
    /// <summary>What for, of a role of somebody of another organisation.</summary>
    public string? Purpose { get; init; }
    /// <summary>Number of the paper that it was given by.</summary>
    public string? Paper { get; init; }

    private sealed class Mapping : IEntityTypeConfiguration<AccountGrant>
    {
        public void Configure(EntityTypeBuilder<AccountGrant> builder)
        {
            builder.ToTable("account_grant");
            builder.Property(g => g.Id).ValueGeneratedNever();
        }
    }
}

/// <summary>One signed-in browser.</summary>
[Untold]
public sealed class AccountSession
{
    public Guid Id { get; init; }
    public AccountId AccountId { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset LastSeenAt { get; init; }
    public DateTimeOffset ExpiresAt { get; init; }
    public string? Address { get; init; }
    public string? Device { get; init; }
    public bool SecondFactor { get; init; }
    public DateTimeOffset? EndedAt { get; set; }
    public AccountId? EndedBy { get; set; }

    private sealed class Mapping : IEntityTypeConfiguration<AccountSession>
    {
        public void Configure(EntityTypeBuilder<AccountSession> builder)
        {
            builder.ToTable("account_session");
            builder.Property(s => s.Id).ValueGeneratedNever();
        }
    }
}
