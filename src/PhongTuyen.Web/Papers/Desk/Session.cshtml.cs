using PhongTuyen.Data;
using PhongTuyen.Papers;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Papers.Desk;

/// <summary>What a volunteer did in this session, before they sign out: to be read, and printed for the unit.</summary>
public sealed class SessionModel(Db db, BatchesList batches, TypingList typing) : HousePage(db)
{
    public DateTimeOffset Since { get; private set; }
    public DateTimeOffset Now { get; private set; }
    public TypingList.Pace Pace { get; private set; } = null!;
    /// <summary>Papers that are to be looked at again.</summary>
    public int Again { get; private set; }
    public string Who => Db.Visitor!.DisplayName;

    public async Task OnGetAsync()
    {
        (Since, Pace) = await typing.OfSessionAsync(Ct);
        Now = Db.Clock.GetUtcNow();
        Again = (await batches.QueueAsync(Ct)).Sum(row => row.Unclear);
    }
}
