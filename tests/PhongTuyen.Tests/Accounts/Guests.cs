using PhongTuyen.Accounts;
using PhongTuyen.Kernel;
using PhongTuyen.Tests.House;

namespace PhongTuyen.Tests.Accounts;

/// <summary>People of other organisations with a role over somebody's place.</summary>
public static class Guests
{
    /// <summary>An inspector who belongs to one unit and looks at another with those below it, and at an area.</summary>
    public static Task<AccountId> InspectorAsync(TestHouse house, string name, UnitId home, UnitId unit, AreaId area) => house.AccountAsync(name, home, (Role.Inspector, unit, null), (Role.Inspector, null, area));

    public static Task<Outcome<Guid>> GuestAsync(this TestHouse house, AccountId by, string name, Role role, UnitId? unit, AreaId? area, DateTimeOffset? until, string? purpose = "Thanh tra công tác cách ly", Guid? id = null) =>
        house.RunAsync<GiveGuestRole, Guid>(by, use => use.RunAsync(new(id ?? house.Clock.NewGuid(), name, role, unit, area, until, purpose, "25/QĐ-SYT"), CancellationToken.None), Permission.ManageAccounts);

    public static Task<Outcome<Nothing>> EndGuestAsync(this TestHouse house, AccountId by, Guid grant) =>
        house.RunAsync<GiveGuestRole, Nothing>(by, use => use.EndAsync(grant, "xong việc", CancellationToken.None), Permission.ManageAccounts);
}
