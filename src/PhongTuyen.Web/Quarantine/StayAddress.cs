using System.Globalization;
using PhongTuyen.Areas;
using PhongTuyen.Kernel;
using PhongTuyen.Quarantine;
using PhongTuyen.Quarantine.Contract;
using PhongTuyen.Reporting;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Quarantine;

/// <summary>A list of stays as it stands in an address, both ways: so that each figure opens to its list and a list can be sent to a colleague.</summary>
public static class StayAddress
{
    public static string Of(StayFilter filter) => Links.With(Links.Stays,
        ("state", filter.State?.ToString()), ("unit", filter.Unit.Value == 0 ? null : filter.Unit.ToString()), ("area", AreaText(filter.Area)), ("class", filter.Class?.ToString()),
        ("tier", filter.Tier?.ToString(CultureInfo.InvariantCulture)), ("severity", filter.Severity?.ToString()), ("place", filter.Place?.ToString()), ("end", filter.EndedAs?.ToString()),
        ("day", DayText(filter.Day)), ("transfer", filter.ByTransfer ? "yes" : filter.NotByTransfer ? "no" : null), ("due", DayText(filter.DueOn)), ("due-before", DayText(filter.DueBefore)),
        ("lacks", filter.WithoutBed ? "bed" : filter.StartUnknown ? "arrival" : filter.NoPlannedEnd ? "plan" : filter.Disputed ? "agreement" : null), ("import", filter.Import?.ToString()));

    public static StayFilter Read(FilterQuery query, AreaStore areas)
    {
        var (transfer, lacks) = (query.OneOf("transfer", "yes", "no"), query.OneOf("lacks", "bed", "arrival", "plan", "agreement"));
        return new StayFilter
        {
            State = query.Word<StayState>("state"),
            Unit = query.Unit("unit"),
            Area = query.Area("area", areas),
            Class = query.Word<StayClass>("class"),
            Tier = query.Number("tier", 5),
            Severity = query.Word<Severity>("severity"),
            Place = query.Word<StayPlace>("place"),
            EndedAs = query.Word<StayEnd>("end"),
            Day = query.Day("day"),
            ByTransfer = transfer == "yes",
            NotByTransfer = transfer == "no",
            DueOn = query.Day("due"),
            DueBefore = query.Day("due-before"),
            WithoutBed = lacks == "bed",
            StartUnknown = lacks == "arrival",
            NoPlannedEnd = lacks == "plan",
            Disputed = lacks == "agreement",
            Import = query.Import("import"),
        };
    }

    /// <summary>The list behind a figure of a board.</summary>
    public static StayFilter Behind(string figure, FigureScope scope, DateOnly today)
    {
        var of = new StayFilter { Unit = scope.Unit, Area = scope.OfUnit ? default : scope.Area };
        return figure switch
        {
            "in-quarantine" => of with { State = StayState.InHouse, Class = StayClass.Observation },
            "in-quarantine-facility" => of with { State = StayState.InHouse, Class = StayClass.Observation, Place = StayPlace.Facility },
            "in-quarantine-home" => of with { State = StayState.InHouse, Class = StayClass.Observation, Place = StayPlace.Home },
            "in-treatment" => of with { State = StayState.InHouse, Class = StayClass.Treatment },
            "absent" => of with { State = StayState.Absent },
            "on-the-way" => of with { State = StayState.OnTheWay },
            "expected" => of with { State = StayState.Expected },
            "without-bed" => of with { State = StayState.InHouse, Place = StayPlace.Facility, WithoutBed = true },
            "start-unknown" => of with { StartUnknown = true },
            "leaving-today" => of with { State = StayState.InHouse, DueOn = today },
            "overdue" => of with { State = StayState.InHouse, DueBefore = today },
            "arrived-today" => of with { Day = today, NotByTransfer = true },
            "transferred-in-today" => of with { Day = today, ByTransfer = true },
            "left-today" => of with { EndedAs = StayEnd.Left, Day = today },
            "discharged-today" => of with { EndedAs = StayEnd.Discharged, Day = today },
            "transferred-today" => of with { EndedAs = StayEnd.Transferred, Day = today },
            "died-today" => of with { EndedAs = StayEnd.Died, Day = today },
            "lost-today" => of with { EndedAs = StayEnd.Lost, Day = today },
            _ when figure.StartsWith("tier-", StringComparison.Ordinal) => of with { State = StayState.InHouse, Class = StayClass.Treatment, Place = StayPlace.Facility, Tier = (short)(figure[^1] - '0') },
            _ when figure.StartsWith("severity-", StringComparison.Ordinal) => of with { State = StayState.InHouse, Class = StayClass.Treatment, Place = StayPlace.Facility, Severity = (Severity)(figure[^1] - '0') },
            _ => of,
        };
    }

    private static string? AreaText(AreaKeys area) => area.Commune.Value != 0 ? area.Commune.ToString() : area.District.Value != 0 ? area.District.ToString() : area.Known ? area.Province.ToString() : null;

    private static string? DayText(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
