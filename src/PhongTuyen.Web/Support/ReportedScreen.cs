using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PhongTuyen.Web.Entry;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Support;

/// <summary>The page that a report is about, by its name (<c>Quarantine/Desk/Stay</c>): its address may name a person's record.</summary>
public static class ReportedScreen
{
    /// <summary>The name, where the program has such a page; null for anything else that stands in an address.</summary>
    public static string? Known(IActionDescriptorCollectionProvider program, string? name) =>
        name is not null && program.ActionDescriptors.Items.OfType<PageActionDescriptor>().Any(page => PageRoutes.NameOf(page.AreaName, page.ViewEnginePath) == name) ? name : null;

    /// <summary>As people know it: the word of the navigation under which it lies, and its address without what it is about.</summary>
    public static string Shown(Screen screen, string name)
    {
        var address = "/" + PageRoutes.RouteOf(name).TrimEnd('/');
        var item = Navigation.Groups.SelectMany(group => group.Items).Where(item => address == item.Address || address.StartsWith(item.Address + "/", StringComparison.Ordinal) || item.Address.StartsWith(address, StringComparison.Ordinal))
            .MaxBy(item => item.Address.Length);
        return item is null ? address : $"{screen[item.Text]} ({address})";
    }

    /// <summary>The page that was asked for and refused, or that failed: the page that says so stands in its place.</summary>
    public static string? OfRefused(HttpContext http) =>
        (http.Features.Get<IExceptionHandlerFeature>()?.Endpoint ?? http.Features.Get<IStatusCodeReExecuteFeature>()?.Endpoint)?.Metadata.GetMetadata<PageName>()?.Name;
}
