using PhongTuyen.Accounts;
using PhongTuyen.Tests.Accounts;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Support;
using PhongTuyen.Web.Tests.House;
using Xunit;

namespace PhongTuyen.Web.Tests.Routes;

/// <summary>The real program with all its routes, and one of everything in each of two districts.</summary>
public sealed class RouteHouse : IAsyncLifetime
{
    /// <summary>Who walks through all doors: one of each role, and what each may see of district A and of district B.</summary>
    public static readonly IReadOnlyList<(string Name, Role Role, bool SeesB)> People =
    [
        ("clerk-a", Role.Clerk, false), ("nurse", Role.Clerk, false), ("head-a", Role.UnitHead, false), ("officer-a", Role.DistrictOfficer, false),
        ("province", Role.ProvinceOfficer, true), ("leader", Role.Leader, true), ("committee", Role.SteeringCommittee, true), ("administrator", Role.Administrator, true),
        ("team-a", Role.TechnologyTeam, false), ("volunteer-a", Role.Volunteer, false), ("inspector-a", Role.Inspector, false),
    ];

    /// <summary>The role of a province over district A alone: for the doors that open to no other role of one district.</summary>
    public const string OverA = "over-a";

    public WebTestHouse Web { get; } = new();
    public IReadOnlyList<Route> Routes { get; private set; } = [];
    public TwoDistricts Both { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await Web.InitializeAsync();
        Routes = await Route.AllAsync(Web.Services);
        Both = await TwoDistricts.MakeAsync(Web.House);
        await Team.MakeAsync(Web.House, "team-a", Web.Place.CentreA, Web.Place.DistrictA);
        await Guests.InspectorAsync(Web.House, "inspector-a", Web.Place.Department, Web.Place.CentreA, Web.Place.DistrictA);
        await Web.House.AccountAsync(OverA, Web.Place.CentreA, (Role.ProvinceOfficer, Web.Place.CentreA, null), (Role.ProvinceOfficer, null, Web.Place.DistrictA));
        // Houses to which a transfer can be sent.
        foreach (var (officer, hospital) in new[] { (Web.Place.OfficerA, Web.Place.HospitalA), (Web.Place.OfficerB, Web.Place.HospitalB) }) await Web.House.FacilityAsync(officer, hospital);
    }

    private readonly Dictionary<string, string> tokens = [];

    /// <summary>Sends an act as somebody, with the token of a form of theirs or with none; the API gets JSON and its header.</summary>
    public async Task<WebPage> PostAsync(WebVisitor visitor, string name, Route route, string address, bool token, params (string Name, string Value)[] fields)
    {
        if (route.Page is null) return await visitor.PostJsonAsync(address, "{}", header: token);
        if (!token) return await visitor.PostBareAsync(address);
        if (!tokens.TryGetValue(name, out var known))
            tokens[name] = known = (await visitor.GetAsync(Links.Own)).Forms.SelectMany(form => form.Fields).First(field => field.Key == "_form").Value;
        return await visitor.PostBareAsync(address, [("Intent", Guid.CreateVersion7().ToString()), ("_form", known), .. fields]);
    }

    public ValueTask DisposeAsync() => Web.DisposeAsync();
}
