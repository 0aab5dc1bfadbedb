using PhongTuyen.Audit;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Notices.Contract;

namespace PhongTuyen.Notices;

/// <summary>Whoever manages an account is told in the very moment in which it is stopped for opening more persons than usual.</summary>
public sealed class TellOfStops(Db db, INotify notify) : IHear<LooksStopped>
{
    public Task HearAsync(LooksStopped told, CancellationToken ct) => notify.MyManagersAsync("notice.looks-stopped",
        new Dictionary<string, string> { ["name"] = db.Visitor!.DisplayName, ["account"] = db.Visitor.UserName, ["n"] = Words.Show(told.Shown) }, $"/desk/accounts/account/{told.Account}", $"looks-stopped/{db.Clock.NewGuid()}", ct);
}
