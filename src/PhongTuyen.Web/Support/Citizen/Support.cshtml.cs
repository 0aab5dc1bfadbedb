using Microsoft.AspNetCore.Mvc.RazorPages;
using PhongTuyen.Support;

namespace PhongTuyen.Web.Support.Citizen;

/// <summary>Whom to call in each province: for everybody, signed in or not.</summary>
public sealed class SupportModel(SupportDirectory directory) : PageModel
{
    public IReadOnlyList<SupportDirectory.Contact> Contacts => directory.Known;

    public void OnGet()
    {
    }
}
