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

    private static readonly Dictionary<string, Func<TwoDistricts.Side, object>> ByRoute = new(StringComparer.Ordinal)
    {
        ["desk/quarantine/decision/{id}"] = side => side.Decision,
        ["api/imports/{id}"] = side => side.Import,
        ["openapi/{documentName}.json"] = _ => "v1",
        ["desk/areas/link/{id:int}"] = side => side.Finding,
        ["desk/policies/policy/{name}"] = _ => "quarantine.VN.2021-07-14.covid-19",
        ["desk/help/chapter/{chapter}"] = _ => Web.Help.HelpChapters.Begin,
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
        ("/desk/units?under=", place => place.CampA, place => place.CampB),
        ("/desk/accounts?unit=", place => place.CampA, place => place.CampB),
        ("/board?scope=area/", place => place.DistrictA, place => place.DistrictB),
        ("/board?scope=unit/", place => place.CampA, place => place.CampB),
        ("/api/figures?scope=area/", place => place.DistrictA, place => place.DistrictB),
        ("/api/figures?scope=unit/", place => place.CampA, place => place.CampB),
    ];

    public static Func<TwoDistricts.Side, object>? Of(Route route, Type type) =>
        ByRoute.GetValueOrDefault(route.Pattern) ?? ByType.GetValueOrDefault(Nullable.GetUnderlyingType(type) ?? type);

    public static string Address(Route route, TwoDistricts.Side side) => route.With(parameter => Of(route, parameter.Type)!(side).ToString());
}
