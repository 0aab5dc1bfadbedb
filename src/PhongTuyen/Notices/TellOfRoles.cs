using System.Text.Json;
using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Notices;

/// <summary>
/// An administrator sees no persons, and can give roles that do, to a second account of their own too. So each such role is told to the
/// province whose persons it opens (<c>docs/decisions/0001-who-sees-what.md</c>).
/// </summary>
public sealed class TellOfRoles(Db db) : IHear<RoleGiven>, IHear<GuestRoleGiven>
{
    private static readonly short[] Answerable = [(short)Role.ProvinceOfficer];

    public async Task HearAsync(RoleGiven told, CancellationToken ct) => await TellAsync(told, null, ct);

    public async Task HearAsync(GuestRoleGiven told, CancellationToken ct) => await TellAsync(new RoleGiven(told.Account, told.Grant, told.Role, told.Unit, told.Area), told.UserName, ct);

    /// <param name="guest">The name of an account that the giver does not see.</param>
    private async Task TellAsync(RoleGiven told, string? guest, CancellationToken ct)
    {
        var giver = db.Visitor!;
        // The operator of the command line holds the database anyway, and makes the demonstration.
        if (!giver.Roles.Contains((int)Role.Administrator) || giver.UserName == FirstAccounts.Operator || !Roles.Opens([(int)told.Role], Permission.SeePersons)) return;
        var account = guest ?? await db.Connection.ValueAsync<string>("SELECT user_name FROM pt.account WHERE id = $1", ct, told.Account.Value) ?? "";
        await db.Connection.RunAsync("SELECT pt.tell_of_grant($1, $2, $3, $4, $5, $6, $7, $8, $9)", ct, $"grant/{told.Grant}", told.Account.Value, told.Unit?.Value, told.Area?.Value, Answerable,
            "notice.role-by-administrator", JsonSerializer.Serialize(new Dictionary<string, string> { ["account"] = account }), $"/desk/accounts/account/{told.Account}", db.Clock.GetUtcNow());
    }
}
