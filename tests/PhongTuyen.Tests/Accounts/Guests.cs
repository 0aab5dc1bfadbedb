using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Tests.House;

namespace PhongTuyen.Tests.Accounts;

/// <summary>People of other organisations with a role over somebody's place.</summary>
public static class Guests
{
    /// <summary>An inspector who belongs to one unit and looks at another with those below it, and at an area.</summary>
    public static async Task<AccountId> InspectorAsync(TestHouse house, string name, UnitId home, UnitId unit, AreaId area)
    {
        await using var connection = await house.Database.Jobs.OpenConnectionAsync();
        var id = await FirstAccounts.InsertAsync(connection, house.Clock, name, name, home, CancellationToken.None);
        await FirstAccounts.SecretAsync(connection, house.Clock, id, TestProvince.TestHash, CancellationToken.None);
        await FirstAccounts.GrantAsync(connection, house.Clock, id, Role.Inspector, unit, null, CancellationToken.None);
        await FirstAccounts.GrantAsync(connection, house.Clock, id, Role.Inspector, null, area, CancellationToken.None);
        await connection.RunAsync("UPDATE pt.account SET must_change_password = false WHERE id = $1", CancellationToken.None, id.Value);
        await connection.RunAsync("SELECT pt.write_rights($1)", CancellationToken.None, (object)new[] { id.Value });
        return id;
    }

    public static Task<Outcome<Guid>> GuestAsync(this TestHouse house, AccountId by, string name, Role role, UnitId? unit, AreaId? area, DateTimeOffset? until, string? purpose = "Thanh tra công tác cách ly", Guid? id = null) =>
        house.RunAsync<GiveGuestRole, Guid>(by, use => use.RunAsync(new(id ?? house.Clock.NewGuid(), name, role, unit, area, until, purpose, "25/QĐ-SYT"), CancellationToken.None), Permission.ManageAccounts);

    public static Task<Outcome<Nothing>> EndGuestAsync(this TestHouse house, AccountId by, Guid grant) =>
        house.RunAsync<GiveGuestRole, Nothing>(by, use => use.EndAsync(grant, "xong việc", CancellationToken.None), Permission.ManageAccounts);
}
