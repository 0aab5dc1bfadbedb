using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Accounts.Desk;

/// <summary>A new password of one's own; the first one has to be changed before anything else opens.</summary>
public sealed class PasswordModel(Db db, OwnAccount own, AccountSettings settings) : HousePage(db)
{
    public sealed class Fields
    {
        public string? Current { get; set; }
        public string? Password { get; set; }
        public string? Again { get; set; }
    }

    [BindProperty]
    public Fields Form { get; set; } = new();

    /// <summary>Whether the first password is still in use.</summary>
    public bool First => Db.Visitor!.MustChangePassword;

    /// <summary>Fewest characters, as long as the account has no second factor, and with one.</summary>
    public (int Alone, int WithSecondFactor) Fewest => (settings.PasswordAlone, settings.PasswordWithSecondFactor);

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var faults = new List<Problem>();
        if (string.IsNullOrEmpty(Form.Current)) faults.Add(Refusals.Required("current"));
        if (string.IsNullOrEmpty(Form.Password)) faults.Add(Refusals.Required("password"));
        else if (Form.Password != Form.Again) faults.Add(PhongTuyen.Accounts.Problems.PasswordRepeat());
        if (faults.Count > 0) return Refuse(faults);
        var first = First;
        var outcome = await own.ChangePasswordAsync(Form.Current!, Form.Password!, Ct);
        if (!outcome.Done) return Refuse(outcome.Problems);
        return Done(first ? Links.Home : Links.Own, "password.changed");
    }
}
