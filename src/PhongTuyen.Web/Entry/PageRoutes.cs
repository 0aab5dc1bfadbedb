using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Mvc.Filters;

namespace PhongTuyen.Web.Entry;

/// <summary>
/// Pages lie in <c>Module/Face/Page.cshtml</c> and are reached at <c>/face/module/page</c>: <c>Quarantine/Desk/Stays</c> at
/// <c>/desk/quarantine/stays</c>. The face Citizen is the root (<c>/sign-in</c>), Board is <c>/board</c>. Each page gets its door here.
/// The folder Areas means something of its own to the framework: only there the pages lie one level deeper, <c>Areas/Desk/Pages/Index.cshtml</c>.
/// </summary>
public sealed partial class PageRoutes : IPageRouteModelConvention, IPageApplicationModelConvention
{
    public void Apply(PageRouteModel model)
    {
        var name = NameOf(model.AreaName, model.ViewEnginePath);
        // Of an index page the framework makes two routes: …/Index, to which nothing leads, and …; one address is enough.
        while (model.Selectors.Count > 1) model.Selectors.RemoveAt(1);
        model.Selectors[0].AttributeRouteModel!.SuppressLinkGeneration = false;
        var template = model.Selectors[0].AttributeRouteModel!.Template!;
        var own = name.Length - (model.AreaName is null ? 0 : AreasFolder.Length);
        model.Selectors[0].AttributeRouteModel!.Template = (RouteOf(name) + "/" + template[Math.Min(template.Length, own)..].Trim('/')).Trim('/');
    }

    public void Apply(PageApplicationModel model)
    {
        var name = NameOf(model.AreaName, model.ViewEnginePath);
        if (Doors.Of(name) is { } door) model.EndpointMetadata.Add(door with { OfList = model.ModelType is { } type && type.IsAssignableTo(typeof(Shared.ITakenList)) });
        model.EndpointMetadata.Add(new PageName(name));
        foreach (var limit in model.HandlerTypeAttributes.OfType<IRequestSizeLimitMetadata>())
        {
            model.EndpointMetadata.Add(limit);
            // The same attribute is a filter too. It would come when the body is taken already (EnterHouse), could set nothing, and would say so in the log.
            if (limit is IFilterMetadata filter) model.Filters.Remove(filter);
        }
    }

    /// <summary>The address of a page, without its parameters.</summary>
    public static string RouteOf(string name)
    {
        var parts = name.Split('/');
        if (parts.Length != 3) return name;
        var page = parts[2] == "Index" ? "" : "/" + Kebab(parts[2]);
        return parts[1] switch
        {
            "Citizen" => page.TrimStart('/'),
            "Board" => "board" + page,
            var face => Kebab(face) + "/" + Kebab(parts[0]) + page,
        };
    }

    private const string AreasFolder = "Areas/";

    /// <summary>The name of a page: <c>Quarantine/Desk/Stays</c>.</summary>
    /// <param name="face">What the framework takes for an area of its own.</param>
    internal static string NameOf(string? face, string path) => face is null ? path.TrimStart('/') : AreasFolder + face + path;

    private static string Kebab(string name) => Words().Replace(name, "-$1").ToLowerInvariant();

    [GeneratedRegex("(?<!^)([A-Z])")]
    private static partial Regex Words();
}

/// <summary>Which page an endpoint is.</summary>
public sealed record PageName(string Name);
