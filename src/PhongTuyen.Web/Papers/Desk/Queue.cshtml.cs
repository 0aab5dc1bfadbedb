using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Papers;
using PhongTuyen.Web.Accounts;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Papers.Desk;

/// <summary>Where a volunteer begins: the papers that were given to them, and until when they work here.</summary>
public sealed class QueueModel(Db db, BatchesList batches, TypingList typing) : HousePage(db)
{
    public IReadOnlyList<BatchesList.Queued> Rows { get; private set; } = [];
    public IReadOnlyList<BatchesList.Again> Again { get; private set; } = [];
    /// <summary>Of today; what two typed differently of all time.</summary>
    public TypingList.Pace Pace { get; private set; } = null!;
    /// <summary>Since the visitor signed in.</summary>
    public (DateTimeOffset Since, TypingList.Pace Pace) Session { get; private set; }
    /// <summary>The last day of the account.</summary>
    public DateOnly? Until { get; private set; }

    public async Task OnGetAsync()
    {
        Rows = await batches.QueueAsync(Ct);
        Again = [.. (await batches.AgainAsync(Ct)).Where(row => row.Left > 0)];
        Pace = await typing.OwnAsync(S.Today.AtLocal(), Ct);
        Session = await typing.OfSessionAsync(Ct);
        if (await Db.Connection.ValueAsync<DateTimeOffset?>("SELECT expires_at FROM pt.account WHERE id = $1", Ct, Db.Visitor!.Account.Value) is { } end) Until = LastDay.Of(end);
    }
}
