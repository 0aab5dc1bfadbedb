using System.Net;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PhongTuyen.Accounts;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Routes;

/// <summary>Whatever is written into an address or a field, the program answers with a page and not with a fault of its own.</summary>
[Trait("Category", "Database")]
public sealed class GarbageTests(RouteHouse house) : IClassFixture<RouteHouse>
{
    private static readonly string[] Garbage =
    [
        "garbage", "-1", "99999999999999999999", "31/12/9999", "0001-01-01", "9999-12-31", "áº£\u0301\u0323", "\u202e\u200b\u200d", "' OR 1=1 --", "<script>alert(1)</script>", "=HYPERLINK(\"http://x\")", "%", "\\", "{}", "[null]",
        "00000000-0000-0000-0000-000000000000", "NaN", "1e308", "true", "😀𝔄", "\ufffe", new('x', 5000),
    ];

    /// <summary>Who may look, with the greatest rights first: what nobody may is not asked for.</summary>
    private static string? Whoever(Permission permission) => RouteHouse.People.Where(one => Roles.Opens([(int)one.Role], permission)).Select(one => one.Name).LastOrDefault();

    private IReadOnlyList<Route> Pages => [.. house.Routes.Where(route => route is { Gets: true, Page: not null, Pattern: not "error" })];

    [Fact]
    public async Task Garbage_in_the_query_of_a_page_is_no_fault()
    {
        var names = await QueryNamesAsync();
        var (wrong, asked) = (new List<string>(), 0);
        foreach (var route in Pages)
        {
            if (Whoever(route.Door!.Look) is not { } name) continue;
            var visitor = await house.Web.AsAsync(name);
            var address = RouteSamples.Address(route, house.Both.A);
            foreach (var parameter in names.GetValueOrDefault(route.Page!, []))
                foreach (var garbage in Garbage.Where((_, i) => (i + asked) % 4 == 0))
                {
                    asked++;
                    var page = await visitor.GetAsync($"{address}?{parameter}={Uri.EscapeDataString(garbage)}");
                    if ((int)page.Status >= 500) wrong.Add($"{name}: {route}?{parameter}={garbage[..Math.Min(40, garbage.Length)]}: {page.Status}");
                    if (page.Html.Contains("<script>alert", StringComparison.Ordinal)) wrong.Add($"{route}?{parameter}: not escaped");
                }
        }
        wrong.ShouldBeEmpty();
        asked.ShouldBeGreaterThan(300);
        house.Web.Faults.Kept.ShouldBeEmpty();
    }

    [Fact]
    public async Task Garbage_in_the_fields_of_a_form_is_no_fault()
    {
        var (wrong, sent) = (new List<string>(), 0);
        foreach (var route in Pages.Where(route => route.Posts.Count > 0 && route.Page is not ("Accounts/Citizen/SignOut" or "Accounts/Desk/Password")))
            foreach (var name in RouteHouse.People.Where(one => one.Name is "clerk-a" or "head-a" or "administrator" && Roles.Opens([(int)one.Role], route.Door!.Do)).Select(one => one.Name))
            {
                var visitor = await house.Web.AsAsync(name);
                var page = await visitor.GetAsync(RouteSamples.Address(route, house.Both.A));
                if (page.Status != HttpStatusCode.OK) continue;
                foreach (var form in page.Forms.Where(form => form.Html.Contains("method=\"post\"", StringComparison.Ordinal) && !LayoutForms.Any(form.Action.StartsWith)))
                    foreach (var field in form.Fields.Select(field => field.Key).Distinct().Where(field => field != "_form"))
                        foreach (var garbage in Garbage.Where((_, i) => (i + sent) % 8 == 0))
                        {
                            sent++;
                            var answer = await visitor.PostBareAsync(form.Action, [.. form.Fields.Where(one => one.Key != field).Select(one => (one.Key, one.Key == "Intent" ? Guid.CreateVersion7().ToString() : one.Value)), (field, garbage)]);
                            if ((int)answer.Status >= 500) wrong.Add($"{name}: POST {form.Action} {field}={garbage[..Math.Min(40, garbage.Length)]}: {answer.Status}");
                            if (answer.Html.Contains("<script>alert", StringComparison.Ordinal)) wrong.Add($"{name}: POST {form.Action} {field}: not escaped");
                            if (answer.Html.Contains("The value", StringComparison.Ordinal)) wrong.Add($"{name}: POST {form.Action} {field}: words of the framework");
                        }
            }
        wrong.ShouldBeEmpty();
        sent.ShouldBeGreaterThan(300);
        house.Web.Faults.Kept.ShouldBeEmpty();
    }

    private static readonly string[] LayoutForms = [Links.SignOut, Links.Language, Links.Look];

    /// <summary>What a page reads from its query, by its name: parameters of its handlers and properties that are bound on looking.</summary>
    private async Task<Dictionary<string, IReadOnlyList<string>>> QueryNamesAsync()
    {
        var loader = house.Web.Services.GetRequiredService<PageLoader>();
        var found = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var endpoint in house.Web.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            if (endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not { } page) continue;
            var loaded = await loader.LoadAsync(page, endpoint.Metadata);
            if ((loaded.Endpoint?.Metadata ?? endpoint.Metadata).GetMetadata<Web.Entry.PageName>()?.Name is not { } name) continue;
            var inRoute = endpoint.RoutePattern.Parameters.Select(parameter => parameter.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
            found[name] = [.. loaded.HandlerMethods.Where(handler => handler.HttpMethod == "Get").SelectMany(handler => handler.Parameters.Select(parameter => parameter.Name!))
                .Concat(loaded.ModelTypeInfo!.GetProperties().Select(property => (property, Bound: property.GetCustomAttributes(true).OfType<BindPropertyAttribute>().FirstOrDefault())).Where(pair => pair.Bound is { SupportsGet: true }).Select(pair => pair.Bound!.Name ?? pair.property.Name))
                .Append("handler").Where(parameter => !inRoute.Contains(parameter)).Distinct(StringComparer.OrdinalIgnoreCase)];
        }
        return found;
    }
}
