using PhongTuyen.Kernel;

namespace PhongTuyen.Outbox;

/// <summary>Mail that the program sends. Without a server nothing leaves the house; notices inside the program work all the same.</summary>
public sealed record OutboxSettings : ISettings
{
    public static string Section => "Mail";

    /// <summary>Host name of the mail server; empty: no mail.</summary>
    public string Server { get; set; } = "";

    /// <summary>Its port. 1 to 65535.</summary>
    public int Port { get; set; } = 587;

    /// <summary>Whether the connection is encrypted (STARTTLS).</summary>
    public bool Encrypted { get; set; } = true;

    /// <summary>Name at the mail server; empty: none is asked for.</summary>
    public string UserName { get; set; } = "";

    /// <summary>Password at the mail server. Best given in the environment.</summary>
    public string Password { get; set; } = "";

    /// <summary>Address that mails come from.</summary>
    public string From { get; set; } = "";

    /// <summary>Tries before a message is parked for a person to look at. 1 to 20.</summary>
    public int Tries { get; set; } = 5;

    /// <summary>Seconds that the server has for one message. 1 to 60.</summary>
    public int Seconds { get; set; } = 30;

    /// <summary>Days for which a message that was sent is kept. 1 to 3650.</summary>
    public int KeepDays { get; set; } = 30;

    public bool On => Server.Length > 0;

    public IEnumerable<string> Faults()
    {
        if (Port is < 1 or > 65535) yield return $"Mail:Port must be 1 to 65535, not {Port}.";
        if (On && !From.Contains('@', StringComparison.Ordinal)) yield return "Mail:From must be an address where Mail:Server is set.";
        if (Tries is < 1 or > 20) yield return $"Mail:Tries must be 1 to 20, not {Tries}.";
        if (KeepDays is < 1 or > 3650) yield return $"Mail:KeepDays must be 1 to 3650, not {KeepDays}.";
        if (Seconds is < 1 or > 60) yield return $"Mail:Seconds must be 1 to 60, not {Seconds}.";
    }
}
