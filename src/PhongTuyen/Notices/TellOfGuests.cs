using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Notices;

/// <summary>Who gets a role over places of another organisation hears of it, and of its end; so do those who manage the account, and whoever gave it.</summary>
public sealed class TellOfGuests(Db db) : IHear<GuestRoleGiven>, IHear<GuestRoleProlonged>, IHear<GuestRoleEnded>
{
    private static readonly short[] Managers = Roles.With(Permission.ManageAccounts);

    public Task HearAsync(GuestRoleGiven told, CancellationToken ct) => TellAsync(told.Grant, "given", ct);

    public Task HearAsync(GuestRoleProlonged told, CancellationToken ct) => TellAsync(told.Grant, "prolonged", ct);

    public Task HearAsync(GuestRoleEnded told, CancellationToken ct) => TellAsync(told.Grant, "ended", ct);

    /// <summary>The database fills in who it is, of which unit, and until when: the account may lie outside of the visitor's units.</summary>
    private Task TellAsync(Guid grant, string what, CancellationToken ct) => db.Connection.RunAsync("SELECT pt.tell_of_guest($1, $2, $3, $4, $5, $6, $7, $8, $9)", ct,
        $"guest-{what}/{grant}/{db.Clock.NewGuid()}", grant, Managers, $"notice.guest-own-{what}", $"notice.guest-{what}", "{}", "/desk/accounts/own", "/desk/accounts/guests?show=ours", db.Clock.GetUtcNow());
}
