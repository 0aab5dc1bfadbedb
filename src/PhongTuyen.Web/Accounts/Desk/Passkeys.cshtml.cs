using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Accounts.Desk;

/// <summary>
/// One's own passkeys (khóa truy cập): added in two steps, first name and password, then the browser makes the key; and taken away. The challenge of the
/// second step travels sealed in its form.
/// </summary>
public sealed class PasskeysModel(Db db, OwnPasskeys own, PasskeyCeremony ceremony) : HousePage(db)
{
    public sealed class Fields
    {
        public string? Name { get; set; }
        public string? Current { get; set; }
        /// <summary>The challenge, sealed for this session.</summary>
        public string? Sealed { get; set; }
        /// <summary>What the browser made.</summary>
        public string? Credential { get; set; }
    }

    [BindProperty]
    public Fields Form { get; set; } = new();

    /// <summary>The one that is to go.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? Remove { get; set; }

    public IReadOnlyList<Passkey> Keys { get; private set; } = [];
    /// <summary>The second step; null: the first.</summary>
    public PasskeyCeremony.Invitation? Invitation { get; private set; }
    public Passkey? Removing => Remove is { } id ? Keys.FirstOrDefault(key => key.Id == id) : null;
    public int Most => own.Most;

    public async Task<IActionResult> OnGetAsync()
    {
        Keys = await own.ListAsync(Ct);
        return Remove is { } id && Removing is null ? await NotHereAsync("passkey", id) : Page();
    }

    public async Task<IActionResult> OnPostBeginAsync()
    {
        Remove = null;
        var outcome = await own.BeginAsync(Form.Name, Form.Current, Ct);
        Keys = await own.ListAsync(Ct);
        if (!outcome.Done) return Refuse(outcome.Problems);
        Invitation = await ceremony.InviteAsync(HttpContext, Db.Visitor!, outcome.Value);
        return Page();
    }

    public async Task<IActionResult> OnPostAddAsync()
    {
        Remove = null;
        var made = await ceremony.TakeAsync(HttpContext, Db.Visitor!, Form.Sealed, Form.Credential);
        var outcome = made.Done ? await own.AddAsync(Form.Name ?? "", made.Value, Ct) : made.As<Nothing>();
        if (outcome.Done) return Done(Links.Passkeys, "passkeys.added");
        Keys = await own.ListAsync(Ct);
        return Refuse(outcome.Problems);
    }

    public async Task<IActionResult> OnPostRemoveAsync()
    {
        var outcome = await own.RemoveAsync(Remove ?? default, Form.Current, Ct);
        if (outcome.Done) return Done(Links.Passkeys, "passkeys.removed");
        Keys = await own.ListAsync(Ct);
        return Removing is null ? await NotHereAsync("passkey", Remove ?? default) : Refuse(outcome.Problems);
    }
}
