using PhongTuyen.Kernel;
using PhongTuyen.Tests.House;

namespace PhongTuyen.Web.Tests.Routes;

/// <summary>
/// What stands for the parameters of a route: one object of district A and one of district B. By the type of the id where that says what it
/// is; a route whose parameter is a plain Guid, number or word needs a line of its own in <see cref="ByRoute"/>.
/// </summary>
public static class RouteSamples
{
    private static readonly Dictionary<Type, Func<TwoDistricts.Side, object>> ByType = new()
    {
        [typeof(PersonId)] = side => side.Person,
        [typeof(StayId)] = side => side.Stay,
        [typeof(CaseId)] = side => side.Case,
        [typeof(ResultId)] = side => side.Result,
        [typeof(ImportId)] = side => side.Import,
        [typeof(AccountId)] = side => side.Account,
        [typeof(UnitId)] = side => side.Camp,
        [typeof(AreaId)] = side => side.Commune,
    };

    private static readonly Dictionary<string, Func<TwoDistricts.Side, string, object?>> ByRoute = new(StringComparer.Ordinal)
    {
        ["desk/quarantine/decision/{id}"] = (side, _) => side.Decision,
        ["desk/accounts/list/{id:guid}"] = (side, _) => side.AccountList,
        ["desk/accounts/handover-paper/{id:guid}"] = (side, _) => side.Handover,
        ["desk/papers/new/{id:guid?}"] = (side, _) => side.Batch,
        ["desk/papers/batch/{id:guid}"] = (side, _) => side.Batch,
        ["desk/papers/files/{id:guid}"] = (side, _) => side.Batch,
        ["desk/papers/entry/{id:guid}"] = (side, _) => side.Entry,
        ["desk/people/match/{id:guid}"] = (side, _) => side.Match,
        ["desk/people/split/{id:guid}"] = (side, _) => side.Merge,
        ["desk/papers/again/{id:guid}"] = (side, _) => side.Again,
        ["desk/papers/compare/{id:guid}"] = (side, _) => side.Again,
        ["desk/papers/type/{id:guid}"] = (side, _) => side.Batch,
        ["desk/worklists/act/{id:guid}"] = (side, _) => side.WorkAct,
        ["desk/corrections/request/{id:guid}"] = (side, _) => side.Correction,
        ["desk/oversight/duty/{id:guid}"] = (side, _) => side.Duty,
        ["desk/oversight/paper/{id:guid}"] = (side, _) => side.Duty,
        ["desk/oversight/unit/{id:guid}/{unit}"] = (side, name) => name == "id" ? side.Duty : side.Camp,
        ["desk/oversight/officer/{id:guid}/{unit}"] = (side, name) => name == "id" ? side.Duty : side.Camp,
        ["desk/support/mine/{id:guid}"] = (side, _) => side.Report,
        ["desk/support/report/{id:guid}"] = (side, _) => side.Report,
        ["api/imports/{id:guid}"] = (side, _) => side.Import,
        ["openapi/{documentName}.json"] = (_, _) => "v1",
        ["desk/areas/link/{id:int}"] = (side, _) => side.Finding,
        ["desk/policies/policy/{name}"] = (_, _) => "quarantine.VN.2021-07-14.covid-19",
        ["desk/help/chapter/{chapter}"] = (_, _) => Web.Help.HelpChapters.Begin,
    };

    /// <summary>Routes that show an object of another district on purpose, and why.</summary>
    public static readonly IReadOnlyDictionary<string, string> OpenToAllStaff = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["desk/quarantine/facility/{id}"] = "who sends a patient must see where there is room; of persons it shows only those in scope",
        ["openapi/{documentName}.json"] = "the description of the API",
        ["desk/areas/hamlets/{commune?}"] = "addresses everywhere are written with the hamlets of their commune; only its own people change them",
        ["desk/policies/policy/{name}"] = "decrees are public",
        ["desk/help/chapter/{chapter}"] = "the guide",
    };

    /// <summary>Addresses whose object stands in the query: of district A, of district B.</summary>
    public static readonly IReadOnlyList<(string Path, Func<TestProvince, object> Own, Func<TestProvince, object> Other)> ByQuery =
    [
        ("/desk/quarantine/day?unit=", place => place.CampA, place => place.CampB),
        ("/desk/supervision?Unit=", place => place.CampA, place => place.CampB),
        ("/desk/worklists/list?of=correction&unit=", place => place.CampA, place => place.CampB),
        ("/desk/units?under=", place => place.CampA, place => place.CampB),
        ("/desk/accounts?unit=", place => place.CampA, place => place.CampB),
        ("/desk/support/queue?unit=", place => place.CampA, place => place.CampB),
        ("/desk/support/queue?area=", place => place.DistrictA, place => place.DistrictB),
        ("/board?scope=area/", place => place.DistrictA, place => place.DistrictB),
        ("/board?scope=unit/", place => place.CampA, place => place.CampB),
        ("/api/figures?scope=area/", place => place.DistrictA, place => place.DistrictB),
        ("/api/figures?scope=unit/", place => place.CampA, place => place.CampB),
    ];

    /// <summary>Routes whose object belongs to no district: whoever opens the door and is not bound to one sees it.</summary>
    public static readonly IReadOnlyDictionary<string, string> OfNoDistrict = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["desk/areas/link/{id:int}"] = "a doubtful row of the national list of links",
    };

    /// <summary>Routes whose object is an area: who has only a unit has no area, not even the one that the unit stands in.</summary>
    public static readonly IReadOnlyList<string> OfAnArea = ["desk/areas/hamlets/{commune?}"];

    /// <summary>Routes whose object is a clerk's and is shown to the scope besides: who has none, a volunteer, sees their own only.</summary>
    public static readonly IReadOnlyList<string> OfTheScope = ["desk/support/mine/{id:guid}"];

    /// <summary>What stands for a parameter; null where nobody said it.</summary>
    public static object? Of(Route route, (string Name, Type Type) parameter, TwoDistricts.Side side) =>
        ByRoute.TryGetValue(route.Pattern, out var own) ? own(side, parameter.Name) : ByType.GetValueOrDefault(Nullable.GetUnderlyingType(parameter.Type) ?? parameter.Type)?.Invoke(side);

    public static string Address(Route route, TwoDistricts.Side side) => route.With(parameter => Of(route, parameter, side)!.ToString());
}
