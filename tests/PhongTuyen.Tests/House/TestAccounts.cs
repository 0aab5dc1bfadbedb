using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Tests.House;

/// <summary>Accounts beside those of the test province. They sign in with the password of all.</summary>
public static class TestAccounts
{
    /// <summary>A name that nobody else has.</summary>
    public static string NewName(string begins) => $"{begins}-{Guid.CreateVersion7().ToString("N")[^12..]}";

    public static Task<AccountId> AccountAsync(this TestHouse house, string name, UnitId unit, params (Role Role, UnitId? Unit, AreaId? Area)[] grants) => house.AccountUntilAsync(name, unit, null, grants);

    /// <summary>The same with roles that end.</summary>
    public static async Task<AccountId> AccountUntilAsync(this TestHouse house, string name, UnitId unit, DateTimeOffset? until, params (Role Role, UnitId? Unit, AreaId? Area)[] grants)
    {
        await using var connection = await house.Database.Jobs.OpenConnectionAsync();
        var id = await InsertAsync(connection, house.Clock, name, unit, until, grants);
        await connection.RunAsync("SELECT pt.write_rights($1)", CancellationToken.None, (object)new[] { id.Value });
        return id;
    }

    /// <summary>Without its rights written out.</summary>
    internal static async Task<AccountId> InsertAsync(Npgsql.NpgsqlConnection connection, TimeProvider clock, string name, UnitId unit, DateTimeOffset? until, IEnumerable<(Role Role, UnitId? Unit, AreaId? Area)> grants)
    {
        var id = await FirstAccounts.InsertAsync(connection, clock, name, name, unit, CancellationToken.None);
        await FirstAccounts.SecretAsync(connection, clock, id, TestProvince.TestHash, CancellationToken.None);
        await connection.RunAsync("UPDATE pt.account SET must_change_password = false WHERE id = $1", CancellationToken.None, id.Value);
        foreach (var grant in grants) await FirstAccounts.GrantAsync(connection, clock, id, grant.Role, grant.Unit, grant.Area, CancellationToken.None, until);
        return id;
    }
}
