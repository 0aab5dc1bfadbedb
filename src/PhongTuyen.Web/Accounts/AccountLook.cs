using PhongTuyen.Accounts;

namespace PhongTuyen.Web.Accounts;

/// <summary>Colour and sign of how an account stands.</summary>
public static class AccountLook
{
    public static (string Kind, string Icon) Of(AccountStanding standing) => standing switch { AccountStanding.Usable => ("ok", "check"), AccountStanding.Suspended => ("urgent", "lock"), _ => ("watch", "clock") };

    public static (string Kind, string Icon) Of(ListedStanding standing) => standing switch { ListedStanding.New => ("ok", "plus"), ListedStanding.Known => ("info", "check"), _ => ("urgent", "alert") };

    public static (string Kind, string Icon) Of(AccountCoverage standing) => standing switch { AccountCoverage.Used => ("ok", "check"), AccountCoverage.Given => ("watch", "clock"), _ => ("urgent", "alert") };
}
