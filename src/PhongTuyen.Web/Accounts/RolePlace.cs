using PhongTuyen.Areas;
using PhongTuyen.Kernel;

namespace PhongTuyen.Web.Accounts;

/// <summary>How the area of a role is called on the screen.</summary>
internal static class RolePlace
{
    public static string Of(AreaStore areas, Screen screen, AreaId area) => area == AreaStore.Country ? screen["area.country"] : areas.Book.Path(area);
}
