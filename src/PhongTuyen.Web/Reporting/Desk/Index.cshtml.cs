using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Reporting.Desk;

/// <summary>Where somebody begins: a clerk with the day, officers and leaders with the board, an administrator with the accounts, the IT team with what was reported, a volunteer with the papers to type.</summary>
public sealed class IndexModel(Db db) : HousePage(db)
{
    public IActionResult OnGet()
    {
        var roles = Db.Visitor!.Roles.Select(role => (Role)role).ToList();
        if (roles.Any(role => role is Role.Clerk or Role.UnitHead)) return Redirect(Links.Day);
        return Redirect(S.May(Permission.SeeFigures) ? Links.Board : S.May(Permission.ManageAccounts) ? Links.Accounts : S.May(Permission.SeeReports) ? Links.ReportQueue : S.May(Permission.TypePapers) ? Links.PaperQueue : Links.Own);
    }
}
