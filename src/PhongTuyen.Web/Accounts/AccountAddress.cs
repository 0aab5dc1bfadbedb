using PhongTuyen.Accounts;
using PhongTuyen.Kernel;

namespace PhongTuyen.Web.Accounts;

/// <summary>A list of accounts as it stands in an address, both ways.</summary>
internal static class AccountAddress
{
    public static string Of(AccountFilter filter, string? behind = null) =>
        Links.With(Links.Accounts, ("q", filter.Text), ("standing", filter.Standing?.ToString()), ("role", filter.Role?.ToString()), ("unit", filter.Unit.Value == 0 ? null : filter.Unit.ToString()), ("behind", behind));

    public static AccountFilter Read(IQueryCollection query)
    {
        T? Word<T>(string name) where T : struct, Enum => Enum.TryParse<T>(query[name], out var word) && Enum.IsDefined(word) ? word : null;
        return new AccountFilter
        {
            Text = VietnameseText.Clean(query["q"]),
            Standing = Word<AccountStanding>("standing"),
            Role = Word<Role>("role"),
            Unit = UnitId.TryParse(query["unit"], out var unit) ? unit : default,
        };
    }
}
