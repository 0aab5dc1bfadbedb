using PhongTuyen.Areas;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Areas.Desk;

/// <summary>Rows of the list of old and new communes that contradict the official lists: for a person to settle, one by one.</summary>
public sealed class LinksModel(Db db, AreaLinkFindings findings, AreaStore areas) : HousePage(db)
{
    public AreaFindingState State { get; private set; }
    public AreaId? Province { get; private set; }
    public AreaLinkFault? Fault { get; private set; }
    public int Behind { get; private set; }
    public AreaLinkFindings.Found Found { get; private set; } = null!;
    /// <summary>Old communes of which nothing is known, in the whole country.</summary>
    public int Missing { get; private set; }
    public bool Narrowed => Province is not null || Fault is not null;

    public async Task OnGetAsync(AreaFindingState? state, AreaId? province, AreaLinkFault? fault, int? behind)
    {
        State = state is { } one && Enum.IsDefined(one) ? one : AreaFindingState.Open;
        (Province, Fault, Behind) = (province is { Value: not 0 } ? province : null, fault is { } kind && Enum.IsDefined(kind) ? kind : null, Math.Max(behind ?? 0, 0));
        Found = await findings.FindAsync(State, Province, Fault, Behind, Ct);
        Missing = await findings.MissingAsync(Ct);
    }

    public string NameOf(AreaId area) => areas.Book.Find(area)?.Name ?? "";

    public string Address(AreaFindingState state, AreaId? province, AreaLinkFault? fault, int? behind = null)
    {
        var parts = new[] { ("state", state.ToString()), ("province", province?.ToString()), ("fault", fault?.ToString()), ("behind", behind is { } n ? Id(n) : null) };
        return Links.AreaLinks + "?" + string.Join('&', parts.Where(part => part.Item2 is not null).Select(part => $"{part.Item1}={part.Item2}"));
    }

    private static string Id(int id) => new AreaId(id).ToString();
}
