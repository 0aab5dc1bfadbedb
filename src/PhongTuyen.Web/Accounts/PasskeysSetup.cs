using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using PhongTuyen.Accounts;
using PhongTuyen.Kernel;

namespace PhongTuyen.Web.Accounts;

/// <summary>The framework's passkeys (ASP.NET Core Identity) over our own accounts; of Identity nothing else is used.</summary>
public static class PasskeysSetup
{
    public static IServiceCollection AddPasskeys(this IServiceCollection services)
    {
        services.AddIdentityCore<PasskeyHolder>();
        services.AddScoped<PasskeyStore>().AddScoped<IUserStore<PasskeyHolder>>(provider => provider.GetRequiredService<PasskeyStore>());
        services.AddScoped<IPasskeyHandler<PasskeyHolder>, PasskeyHandler<PasskeyHolder>>().AddScoped<PasskeyCeremony>();
        services.AddSingleton<IConfigureOptions<IdentityPasskeyOptions>>(provider => new ConfigureOptions<IdentityPasskeyOptions>(options => Set(options, provider.GetRequiredService<WebSettings>())));
        return services;
    }

    private static void Set(IdentityPasskeyOptions options, WebSettings settings)
    {
        options.AuthenticatorTimeout = PasskeyCeremony.Life;
        // Alone it signs in without a name: the authenticator keeps the account, and verifies its user each time.
        (options.ResidentKeyRequirement, options.UserVerificationRequirement) = ("required", "required");
        // Which make of device somebody has is nothing to us.
        options.AttestationConveyancePreference = "none";
        options.ServerDomain = settings.PasskeyDomain.Length > 0 ? settings.PasskeyDomain : null;
        options.ValidateOrigin = asked => ValueTask.FromResult(IsOurs(asked.Origin, asked.CrossOrigin, asked.HttpContext.Request, settings.PasskeyDomain));
    }

    /// <summary>The page that asked was one of this request's own address, in no frame of another, and of the domain where one is set. Over plain HTTP only on this machine, as browsers have it.</summary>
    internal static bool IsOurs(string? origin, bool crossOrigin, HttpRequest request, string domain) =>
        !crossOrigin && Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Authority == request.Host.Value && from.Scheme == request.Scheme
        && (from.Scheme == Uri.UriSchemeHttps || from.IsLoopback)
        && (domain.Length == 0 || from.Host == domain || from.Host.EndsWith("." + domain, StringComparison.Ordinal));
}
