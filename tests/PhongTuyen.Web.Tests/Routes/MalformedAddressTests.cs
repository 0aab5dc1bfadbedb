using System.Net;
using PhongTuyen.Accounts;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Routes;

/// <summary>An address with something that is no id names nothing: 404, on every route that takes a parameter, for whoever may open the door.</summary>
[Trait("Category", "Database")]
public sealed class MalformedAddressTests(RouteHouse house) : IClassFixture<RouteHouse>
{
    private static readonly string[] Garbage = ["garbage", "-1", "0", "%20", "99999999999999999999", "2147483648", "1e3", "00000000-0000-0000-0000-000000000000", "0x1F", "%E2%80%8B", "'--", "%3Cscript%3E", "..%2F..%2Fetc", new string('a', 2000), "%ED%A0%80"];

    [Fact]
    public async Task What_is_no_id_is_not_there()
    {
        var routes = house.Routes.Where(route => route.Gets && route.Parameters.Count > 0).ToList();
        routes.Count.ShouldBeGreaterThan(25);
        var wrong = new List<string>();
        foreach (var route in routes)
        {
            var (name, _, _) = RouteHouse.People.First(one => route.Door!.Look is Permission.Anyone or Permission.SignedIn || Roles.Opens([(int)one.Role], route.Door.Look));
            var visitor = await house.Web.AsAsync(name);
            foreach (var garbage in Garbage)
            {
                var page = await visitor.GetAsync(route.With(_ => garbage));
                if (page.Status != HttpStatusCode.NotFound) wrong.Add($"{name}: GET {route} ({garbage[..Math.Min(40, garbage.Length)]}): {page.Status}");
            }
        }
        wrong.ShouldBeEmpty();
        house.Web.Faults.Kept.ShouldBeEmpty();
    }

    [Fact]
    public async Task Acts_upon_what_is_no_id_are_not_there_either()
    {
        var wrong = new List<string>();
        foreach (var route in house.Routes.Where(route => route.Page is not null && route.Parameters.Count > 0 && route.Posts.Count > 0))
        {
            var (name, _, _) = RouteHouse.People.First(one => Roles.Opens([(int)one.Role], route.Door!.Do));
            var visitor = await house.Web.AsAsync(name);
            foreach (var post in route.Posts)
                if ((await house.PostAsync(visitor, name, route, route.With(_ => "garbage") + post, token: true)).Status is var status and not HttpStatusCode.NotFound) wrong.Add($"{name}: POST {route}{post}: {status}");
        }
        wrong.ShouldBeEmpty();
        house.Web.Faults.Kept.ShouldBeEmpty();
    }
}
