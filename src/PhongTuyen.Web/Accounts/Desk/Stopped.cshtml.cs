using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Accounts.Desk;

/// <summary>Says to an account that opened more persons than usual why it sees nobody now, who was told and what it can still do.</summary>
public sealed class StoppedModel(Db db, LookStops stops) : HousePage(db)
{
    /// <summary>Null: the account sees persons as ever.</summary>
    public LookStops.Stop? Stop { get; private set; }
    public IReadOnlyList<LookStops.Manager> Managers { get; private set; } = [];

    public async Task OnGetAsync()
    {
        Stop = await stops.OfAsync(Db.Visitor!.Account, Ct);
        if (Stop is not null) Managers = await stops.MyManagersAsync(Ct);
    }
}
