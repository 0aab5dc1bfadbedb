using Microsoft.AspNetCore.Mvc.RazorPages;
using PhongTuyen.Web.Entry;

namespace PhongTuyen.Web.Tests.Browser;

/// <summary>The pages of the program, from what is compiled into it, and which of them a tour has seen.</summary>
public static class Pages
{
    /// <summary>Pages that no tour stops at, and why.</summary>
    public static readonly IReadOnlyDictionary<string, string> Elsewhere = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["/"] = "before signing in, see AxeTests",
        ["/sign-in"] = "before signing in, see AxeTests",
        ["/sign-in-code"] = "only on the way in of somebody with a second factor, see OwnAccountTests",
        ["/sign-out"] = "no page of its own",
        ["/language"] = "no page of its own",
        ["/look"] = "no page of its own",
        ["/support"] = "before signing in, see AxeTests",
        ["/guide"] = "before signing in, see AxeTests",
        ["/error"] = "asked for by its status, see AxeTests",
        ["/desk/reporting"] = "leads on to where one's work begins",
    };

    /// <summary>Addresses of all pages without their parameters: the compiler makes one class of each, named by its path.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. from type in typeof(WebProgram).Assembly.GetTypes()
           where typeof(PageBase).IsAssignableFrom(type) && !type.IsAbstract
           let parts = type.Name.Split('_')
           select PageRoutes.RouteOf(string.Join('/', parts[0] == "Areas" ? [parts[0], parts[1], parts[^1]] : parts)) into route
           select "/" + route.Trim('/'),
    ];

    /// <summary>Pages that none of these addresses is on, and of which nobody said why.</summary>
    public static IEnumerable<string> Unseen(IEnumerable<string> pages, IEnumerable<string> addresses)
    {
        var all = pages.ToList();
        var seen = addresses.Select(address => all.Where(page => address == page || address.StartsWith(page + "/", StringComparison.Ordinal)).MaxBy(page => page.Length)).ToHashSet();
        return all.Where(page => !seen.Contains(page) && !Elsewhere.ContainsKey(page)).Select(page => $"{page}: no stop of the tour leads there. Add one to tests/PhongTuyen.Web.Tests/Browser/Tour.cs.");
    }
}
