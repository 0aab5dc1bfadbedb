using PhongTuyen.Accounts;
using PhongTuyen.Kernel;
using PhongTuyen.Units;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Accounts;

/// <summary>What the report on accounts is narrowed by, as it stands in an address, both ways.</summary>
/// <param name="Deadline">Null: against none.</param>
public sealed record CoverageAddress(Guid? Deadline, UnitKind? Kind, AreaId Area, AccountCoverage? Standing)
{
    public static CoverageAddress Read(IQueryCollection query, out IReadOnlyList<Problem> faults)
    {
        var asked = new FilterQuery(query);
        var read = new CoverageAddress(asked.Id("deadline"), asked.Word<UnitKind>("kind"), asked.AreaNumber("area"), asked.Word<AccountCoverage>("standing"));
        faults = asked.Faults;
        return read;
    }

    public string Of(string page, string? behind = null) =>
        Links.With(page, ("deadline", Deadline?.ToString()), ("kind", Kind?.ToString()), ("area", Area.Value == 0 ? null : Area.ToString()), ("standing", Standing?.ToString()), ("behind", behind));
}
