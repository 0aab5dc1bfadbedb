namespace PhongTuyen.Kernel;

/// <summary>The web server, and what it tells other programs of its state.</summary>
public sealed record WebSettings : ISettings
{
    public static string Section => "Web";

    /// <summary>Addresses to listen on, for a server behind a proxy: http://127.0.0.1:8400. Empty: localhost and the port of the command line.</summary>
    public string Listen { get; set; } = "";

    /// <summary>Whether a proxy in front speaks HTTPS with the browsers: cookies are then sent over HTTPS only, and the proxy's headers are believed.</summary>
    public bool BehindProxy { get; set; }

    /// <summary>Names with passwords, and codes, that one address may send in a minute; a whole office may stand behind one. 5 to 600.</summary>
    public int SignInsPerMinute { get; set; } = 60;

    /// <summary>Domain that passkeys are made for, where the program is reached under several names of it: tinh.gov.vn. Empty: the host of each request; passkeys of one name do not sign in under another.</summary>
    public string PasskeyDomain { get; set; } = "";

    /// <summary>Milliseconds of the beat on which it is answered that something is not there, so that the time does not tell what is another's from what is nobody's. 0 to 1000; 0: at once.</summary>
    public int NotThereBeat { get; set; } = 25;

    /// <summary>Address of an OTLP collector for meters and traces (http://127.0.0.1:4317); empty: none.</summary>
    public string Telemetry { get; set; } = "";

    public IEnumerable<string> Faults()
    {
        if (SignInsPerMinute is < 5 or > 600) yield return $"Web:SignInsPerMinute must be 5 to 600, not {SignInsPerMinute}.";
        if (NotThereBeat is < 0 or > 1000) yield return $"Web:NotThereBeat must be 0 to 1000, not {NotThereBeat}.";
        if (PasskeyDomain.Length > 0 && (PasskeyDomain.Any(char.IsUpper) || Uri.CheckHostName(PasskeyDomain) != UriHostNameType.Dns)) yield return $"Web:PasskeyDomain must be a domain in small letters such as tinh.gov.vn, not {PasskeyDomain}.";
        if (Telemetry.Length > 0 && !Uri.TryCreate(Telemetry, UriKind.Absolute, out _)) yield return "Web:Telemetry must be an address such as http://127.0.0.1:4317.";
    }
}
