using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhongTuyen.Kernel;

namespace PhongTuyen.Accounts;

/// <summary>A row of a list of people who shall have accounts, as it was typed.</summary>
/// <param name="Number">As Excel shows it at the left edge.</param>
public sealed record ListedAccount(int Number, string Name, string UserName, string Unit, string Role, string Place, string Position, string Email, string Until);

/// <summary>A list of people who shall have accounts (danh sách cấp tài khoản), as it was sent; seen by those who manage the sender's unit.</summary>
public sealed class AccountList
{
    public Guid Id { get; init; }
    public AccountId AccountId { get; init; }
    public UnitId UnitId { get; init; }
    public required string FileName { get; init; }
    /// <summary>JSON of <see cref="ListedAccount"/>.</summary>
    public required string Rows { get; init; }
    public int RowCount { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? MadeAt { get; set; }

    public IReadOnlyList<ListedAccount> Listed() => JsonSerializer.Deserialize<List<ListedAccount>>(Rows)!;

    private sealed class Mapping : IEntityTypeConfiguration<AccountList>
    {
        public void Configure(EntityTypeBuilder<AccountList> builder) => builder.ToTable("account_list");
    }
}
