using PhongTuyen.Kernel;
using PhongTuyen.Oversight;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Oversight;

/// <summary>What the list of one duty is narrowed by, as it stands in an address, both ways.</summary>
/// <param name="On">The day on which it was, or is, due; null: the present one.</param>
/// <param name="Officer">"none": only units without somebody answerable.</param>
public sealed record DutyAddress(DateOnly? On = null, AreaId Area = default, DutyStanding? Standing = null, string? Officer = null)
{
    public const string None = "none";

    public static DutyAddress Read(IQueryCollection query, out IReadOnlyList<Problem> faults)
    {
        var asked = new FilterQuery(query);
        var read = new DutyAddress(asked.Day("on"), asked.AreaNumber("area"), asked.Word<DutyStanding>("standing"), asked.OneOf("officer", None));
        faults = asked.Faults;
        return read;
    }

    public string Of(string page, string? behind = null) =>
        Links.With(page, ("on", On?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)), ("area", Area.Value == 0 ? null : Area.ToString()), ("standing", Standing?.ToString()), ("officer", Officer), ("behind", behind));

    public DutyFilter Filter => new() { Area = Area, Standing = Standing, WithoutOfficer = Officer is not null };
}
