using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Web.Shared;
using QRCoder;

namespace PhongTuyen.Web.Accounts.Desk;

/// <summary>Turns the codes of an app on and off, as a second factor. The key travels sealed in the form until one of its codes proves it; recovery codes are shown in one answer only.</summary>
public sealed class SecondFactorModel(Db db, OwnAccount own, AccountSettings settings, IDataProtectionProvider protection) : HousePage(db)
{
    public sealed class Fields
    {
        /// <summary>The new key, sealed for this account and for half an hour.</summary>
        public string? Key { get; set; }
        public string? Code { get; set; }
        public string? Current { get; set; }
    }

    [BindProperty]
    public Fields Form { get; set; } = new();

    public bool On { get; private set; }
    /// <summary>Whether a passkey stays a second factor without the codes.</summary>
    public bool Passkeys { get; private set; }
    /// <summary>Whether the province asks for it before anything else opens.</summary>
    public bool Required => settings.SecondFactorRequired && Roles.Opens(Db.Visitor!.Roles, Permission.SeePersons);
    public string Picture { get; private set; } = "";
    public string KeyText { get; private set; } = "";
    public IReadOnlyList<string> Recovery { get; private set; } = [];

    public async Task OnGetAsync()
    {
        await LoadAsync();
        if (!On) Show(TimeCode.NewKey());
    }

    public async Task<IActionResult> OnPostOnAsync()
    {
        if ((await own.SecondFactorsAsync(Ct)).Code) return Redirect(Links.SecondFactor);
        if (Read(Form.Key) is not { } key)
        {
            ModelState.Remove("Form.Key");
            Show(TimeCode.NewKey());
            return Refuse(PhongTuyen.Accounts.Problems.TooLate());
        }
        var outcome = string.IsNullOrWhiteSpace(Form.Code) ? Refusals.Required("code") : await own.TurnOnSecondFactorAsync(key, Form.Code, Ct);
        if (!outcome.Done)
        {
            Show(key);
            return Refuse(outcome.Problems);
        }
        (On, Recovery) = (true, outcome.Value);
        return Page();
    }

    public async Task<IActionResult> OnPostOffAsync()
    {
        await LoadAsync();
        if (!On) return Redirect(Links.SecondFactor);
        var outcome = string.IsNullOrEmpty(Form.Current) ? Refusals.Required("current") : await own.TurnOffSecondFactorAsync(Form.Current, Ct);
        return outcome.Done ? Done(Links.Own, "second.off") : Refuse(outcome.Problems);
    }

    private async Task LoadAsync()
    {
        var second = await own.SecondFactorsAsync(Ct);
        (On, Passkeys) = (second.Code, second.Passkeys > 0);
    }

    private ITimeLimitedDataProtector Seal => protection.CreateProtector("second-factor", Db.Visitor!.Account.ToString()).ToTimeLimitedDataProtector();

    private void Show(byte[] key)
    {
        Form.Key = Seal.Protect(Convert.ToBase64String(key), TimeSpan.FromMinutes(30));
        KeyText = string.Join(' ', TimeCode.Text(key).Chunk(4).Select(four => new string(four)));
        using var generator = new QRCodeGenerator();
        using var code = generator.CreateQrCode(TimeCode.Address(key, Db.Visitor!.UserName), QRCodeGenerator.ECCLevel.M);
        using var drawing = new SvgQRCode(code);
        Picture = "data:image/svg+xml;base64," + Convert.ToBase64String(Encoding.UTF8.GetBytes(drawing.GetGraphic(4)));
    }

    private byte[]? Read(string? text)
    {
        try
        {
            return string.IsNullOrEmpty(text) ? null : Convert.FromBase64String(Seal.Unprotect(text));
        }
        catch (CryptographicException)
        {
            return null; // too late, or of another account
        }
    }
}
