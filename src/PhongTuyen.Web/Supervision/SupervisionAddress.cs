using System.Globalization;
using PhongTuyen.Kernel;
using PhongTuyen.Supervision;

namespace PhongTuyen.Web.Supervision;

/// <summary>A list of operators as it stands in an address, and an operator as they open from it.</summary>
public static class SupervisionAddress
{
    public static string Of(OperatorFilter filter, string? who = null, string? behind = null) => Links.With(Links.Supervision, ("From", Day(filter.First)), ("To", Day(filter.Last)), ("Show", filter.Tab == SupervisionTab.Waiting ? null : filter.Tab.ToString()),
        ("Unit", filter.Unit.Value == 0 ? null : filter.Unit.ToString()), ("Kind", filter.Kind?.ToString()), ("Who", who), ("behind", behind));

    public static string Of(AccountId account, UnitId unit, DateOnly first, DateOnly last, SightKind? kind = null, string? behind = null) =>
        Links.With(Links.SupervisedOperator(account, unit), ("From", Day(first)), ("To", Day(last)), ("Kind", kind?.ToString()), ("behind", behind));

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
