namespace PhongTuyen.Web.Shared;

/// <summary>Addresses of style and script with the version of the build behind them, so that browsers may keep them for a year.</summary>
public static class Assets
{
    // The time the program was built: another build, another address.
    private static readonly string Version = typeof(Assets).Assembly.ManifestModule.ModuleVersionId.ToString("N")[..8];

    public static string Desk => "/dist/desk.css?v=" + Version;
    public static string DeskScript => "/dist/desk.js?v=" + Version;
    public static string PasskeyScript => "/dist/passkeys.js?v=" + Version;
    public static string Citizen => "/dist/citizen.css?v=" + Version;
    public static string Print => "/dist/print.css?v=" + Version;
    public static string Favicon => "/dist/favicon.svg?v=" + Version;
    public static string Icons => "/dist/icons.svg?v=" + Version;
}
