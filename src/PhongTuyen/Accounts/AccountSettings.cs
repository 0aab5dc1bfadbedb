using PhongTuyen.Kernel;

namespace PhongTuyen.Accounts;

/// <summary>Signing in.</summary>
public sealed record AccountSettings : ISettings
{
    public static string Section => "Accounts";

    /// <summary>Minutes without a request after which a session ends. 5 to 720.</summary>
    public int IdleMinutes { get; set; } = 30;

    /// <summary>Hours after which a session ends in any case. 1 to 24.</summary>
    public int SessionHours { get; set; } = 12;

    /// <summary>Wrong passwords or codes in a row that lock an account. 3 to 20.</summary>
    public int FailuresToLock { get; set; } = 5;

    /// <summary>Minutes for which it stays locked. 1 to 1440.</summary>
    public int LockMinutes { get; set; } = 15;

    /// <summary>Fewest characters of a password that stands alone (NIST 800-63B-4: 15). 15 to 64.</summary>
    public int PasswordAlone { get; set; } = 15;

    /// <summary>Fewest characters of a password beside a second factor (NIST 800-63B-4: 8). 8 to 64.</summary>
    public int PasswordWithSecondFactor { get; set; } = 8;

    /// <summary>Whether everyone who sees persons must have a second factor before anything else.</summary>
    public bool SecondFactorRequired { get; set; }

    /// <summary>Passkeys that one account may have. 1 to 20.</summary>
    public int PasskeysMost { get; set; } = 10;

    /// <summary>From so many days before a deadline for accounts those who lack them are reminded each morning. 0 to 60; 0: only by hand.</summary>
    public int RemindDays { get; set; } = 7;

    /// <summary>And for so many days after it. 0 to 365.</summary>
    public int RemindDaysAfter { get; set; } = 30;

    public IEnumerable<string> Faults()
    {
        if (IdleMinutes is < 5 or > 720) yield return $"Accounts:IdleMinutes must be 5 to 720, not {IdleMinutes}.";
        if (SessionHours is < 1 or > 24) yield return $"Accounts:SessionHours must be 1 to 24, not {SessionHours}.";
        if (FailuresToLock is < 3 or > 20) yield return $"Accounts:FailuresToLock must be 3 to 20, not {FailuresToLock}.";
        if (LockMinutes is < 1 or > 1440) yield return $"Accounts:LockMinutes must be 1 to 1440, not {LockMinutes}.";
        if (PasswordAlone is < 15 or > 64) yield return $"Accounts:PasswordAlone must be 15 to 64, not {PasswordAlone}.";
        if (PasskeysMost is < 1 or > 20) yield return $"Accounts:PasskeysMost must be 1 to 20, not {PasskeysMost}.";
        if (RemindDays is < 0 or > 60) yield return $"Accounts:RemindDays must be 0 to 60, not {RemindDays}.";
        if (RemindDaysAfter is < 0 or > 365) yield return $"Accounts:RemindDaysAfter must be 0 to 365, not {RemindDaysAfter}.";
        if (PasswordWithSecondFactor is < 8 or > 64) yield return $"Accounts:PasswordWithSecondFactor must be 8 to 64, not {PasswordWithSecondFactor}.";
    }
}
