using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PhongTuyen.Web.Entry;

namespace PhongTuyen.Web.Tests.Routes;

/// <summary>One route of the real program, as it is mapped: no list that somebody has to keep.</summary>
/// <param name="Pattern"><c>desk/quarantine/stay/{id}</c>.</param>
/// <param name="Page">Name of the page; null for the API.</param>
/// <param name="Parameters">What stands in braces, with the type that the page or handler reads it as.</param>
/// <param name="Posts">Addresses of its acts, relative to the route: <c>?handler=End</c>, or nothing.</param>
public sealed partial record Route(string Pattern, string? Page, Door? Door, bool Gets, IReadOnlyList<(string Name, Type Type)> Parameters, IReadOnlyList<string> Posts)
{
    /// <summary>Addresses under which it shows something, relative to the route: of the page itself nothing, and <c>?handler=File</c>.</summary>
    public IReadOnlyList<string> Looks { get; init; } = Gets ? [""] : [];

    /// <summary>What its act asks for.</summary>
    /// <param name="post">One of <see cref="Posts"/>.</param>
    public PhongTuyen.Accounts.Permission For(string post) => Door!.For("POST", post.Split('=')[^1]);

    public override string ToString() => "/" + Pattern;

    /// <summary>The address with these values.</summary>
    public string With(Func<(string Name, Type Type), string?> value) =>
        "/" + Braces().Replace(Pattern, match => value(Parameters.Single(parameter => parameter.Name == match.Groups[1].Value)) ?? "").TrimEnd('/');

    public static async Task<IReadOnlyList<Route>> AllAsync(IServiceProvider services)
    {
        var loader = services.GetRequiredService<PageLoader>();
        var routes = new List<Route>();
        foreach (var endpoint in services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            if (endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not { } page)
            {
                routes.Add(OfApi(endpoint));
                continue;
            }
            // A page that is compiled when it is first asked for gets its metadata, the door among it, with it.
            var loaded = await loader.LoadAsync(page, endpoint.Metadata);
            routes.Add(OfPage(endpoint, loaded, loaded.Endpoint?.Metadata ?? endpoint.Metadata));
        }
        return [.. routes.OrderBy(route => route.Pattern, StringComparer.Ordinal)];
    }

    private static Route OfPage(RouteEndpoint endpoint, CompiledPageActionDescriptor page, EndpointMetadataCollection metadata)
    {
        var posts = page.HandlerMethods.Where(handler => handler.HttpMethod == "Post").Select(handler => handler.Name is { } name ? "?handler=" + name : "").ToList();
        return new Route(Text(endpoint), metadata.GetMetadata<PageName>()?.Name, metadata.GetMetadata<Door>(), page.HandlerMethods.Any(handler => handler.HttpMethod == "Get"), [.. endpoint.RoutePattern.Parameters.Select(parameter => (parameter.Name, TypeOf(parameter.Name)))], posts)
        {
            Looks = [.. page.HandlerMethods.Where(handler => handler.HttpMethod == "Get").Select(handler => handler.Name is { } name ? "?handler=" + name : "")],
        };

        Type TypeOf(string name) =>
            page.HandlerMethods.SelectMany(handler => handler.Parameters).FirstOrDefault(parameter => Same(parameter.Name, name))?.ParameterType
            ?? page.ModelTypeInfo!.GetProperties().FirstOrDefault(property => Same(property.Name, name) && property.GetCustomAttribute<Microsoft.AspNetCore.Mvc.BindPropertyAttribute>() is not null)?.PropertyType
            ?? typeof(string);
    }

    private static Route OfApi(RouteEndpoint endpoint)
    {
        var method = endpoint.Metadata.GetMetadata<MethodInfo>();
        var methods = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"];
        return new Route(Text(endpoint), null, endpoint.Metadata.GetMetadata<Door>(), methods.Contains("GET"),
            [.. endpoint.RoutePattern.Parameters.Select(parameter => (parameter.Name, method?.GetParameters().FirstOrDefault(one => Same(one.Name, parameter.Name))?.ParameterType ?? typeof(string)))],
            methods.Contains("POST") ? [""] : []);
    }

    private static string Text(RouteEndpoint endpoint) => endpoint.RoutePattern.RawText!.TrimStart('/');

    private static bool Same(string? one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"\{\**([A-Za-z]+)[^}]*\}")]
    private static partial Regex Braces();
}
