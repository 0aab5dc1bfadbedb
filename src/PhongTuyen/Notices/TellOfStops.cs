using System.Text.Json;
using PhongTuyen.Accounts;
using PhongTuyen.Audit;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Notices;

/// <summary>Whoever manages an account is told in the very moment in which it is stopped for opening more persons than usual.</summary>
public sealed class TellOfStops(Db db) : IHear<LooksStopped>
{
    public Task HearAsync(LooksStopped told, CancellationToken ct)
    {
        var me = db.Visitor!;
        var details = new Dictionary<string, string> { ["name"] = me.DisplayName, ["account"] = me.UserName, ["n"] = Words.Show(told.Shown) };
        return db.Connection.RunAsync("SELECT pt.tell_my_managers($1, $2, $3, $4, $5, $6)", ct, $"looks-stopped/{db.Clock.NewGuid()}", Roles.MayActOn(me.Roles), "notice.looks-stopped",
            JsonSerializer.Serialize(details), $"/desk/accounts/account/{told.Account}", db.Clock.GetUtcNow());
    }
}
