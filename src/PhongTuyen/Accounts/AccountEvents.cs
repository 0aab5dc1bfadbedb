using PhongTuyen.Kernel;

namespace PhongTuyen.Accounts;

/// <summary>An account was made.</summary>
public sealed record AccountMade(AccountId Account, UnitId Unit) : IEvent
{
    public static string Act => "account.made";
    public IReadOnlyList<PersonId> Persons => [];
    public (string, string) Subject => ("account", Account.ToString());
}

/// <summary>Name, position, mail or last day of an account were changed by its manager.</summary>
public sealed record AccountChanged(AccountId Account, DateTimeOffset? ExpiresAt) : IEvent
{
    public static string Act => "account.changed";
    public IReadOnlyList<PersonId> Persons => [];
    public (string, string) Subject => ("account", Account.ToString());
}

/// <summary>An account was suspended, or let in again.</summary>
public sealed record AccountSuspended(AccountId Account, bool Suspended) : IEvent
{
    public static string Act => "account.suspended";
    public IReadOnlyList<PersonId> Persons => [];
    public (string, string) Subject => ("account", Account.ToString());
}

/// <summary>An account that was stopped for opening more persons than usual was let go on, for the reason that the audit row names.</summary>
public sealed record AccountLetOn(AccountId Account, Guid Stop) : IEvent
{
    public static string Act => "account.looks-let-on";
    public IReadOnlyList<PersonId> Persons => [];
    public (string, string) Subject => ("account", Account.ToString());
}

/// <summary>A new first password was handed out; all sessions ended.</summary>
public sealed record AccountReissued(AccountId Account) : IEvent
{
    public static string Act => "account.reissued";
    public IReadOnlyList<PersonId> Persons => [];
    public (string, string) Subject => ("account", Account.ToString());
}

/// <summary>A list of people who shall have accounts was sent in.</summary>
public sealed record AccountListSent(Guid List, int Rows) : IEvent
{
    public static string Act => "account.list-sent";
    public IReadOnlyList<PersonId> Persons => [];
    public (string, string) Subject => ("account-list", List.ToString());
}

/// <summary>Accounts were made of the rows of a list that are in order.</summary>
public sealed record AccountListMade(Guid List, int Made, int Known, int Rejected) : IEvent
{
    public static string Act => "account.list-made";
    public IReadOnlyList<PersonId> Persons => [];
    public (string, string) Subject => ("account-list", List.ToString());
}

/// <summary>Accounts made of a list were taken back before anybody got them.</summary>
public sealed record AccountListUndone(Guid List, int Accounts) : IEvent
{
    public static string Act => "account.list-undone";
    public IReadOnlyList<PersonId> Persons => [];
    public (string, string) Subject => ("account-list", List.ToString());
}

/// <summary>A role was given.</summary>
public sealed record RoleGiven(AccountId Account, Guid Grant, Role Role, UnitId? Unit, AreaId? Area) : IEvent
{
    public static string Act => "account.role-given";
    public IReadOnlyList<PersonId> Persons => [];
    public (string, string) Subject => ("account", Account.ToString());
}

/// <summary>A volunteer may type for longer, for the reason that the audit row names.</summary>
public sealed record VolunteerExtended(AccountId Account, DateTimeOffset Until) : IEvent
{
    public static string Act => "account.extended";
    public IReadOnlyList<PersonId> Persons => [];
    public (string, string) Subject => ("account", Account.ToString());
}

/// <summary>A role was taken back.</summary>
public sealed record RoleRevoked(AccountId Account, Guid Grant, Role Role) : IEvent
{
    public static string Act => "account.role-revoked";
    public IReadOnlyList<PersonId> Persons => [];
    public (string, string) Subject => ("account", Account.ToString());
}

/// <summary>A role was given to somebody of another organisation, for the purpose that the audit row names.</summary>
public sealed record GuestRoleGiven(AccountId Account, Guid Grant, Role Role, UnitId? Unit, AreaId? Area, DateTimeOffset Until, string UserName) : IEvent
{
    public static string Act => "account.guest-role-given";
    public IReadOnlyList<PersonId> Persons => [];
    public (string, string) Subject => ("account", Account.ToString());
}

/// <summary>A role of somebody of another organisation ends later, or sooner.</summary>
public sealed record GuestRoleProlonged(AccountId Account, Guid Grant, Role Role, DateTimeOffset Until) : IEvent
{
    public static string Act => "account.guest-role-prolonged";
    public IReadOnlyList<PersonId> Persons => [];
    public (string, string) Subject => ("account", Account.ToString());
}

/// <summary>A role of somebody of another organisation was ended before its time.</summary>
public sealed record GuestRoleEnded(AccountId Account, Guid Grant, Role Role) : IEvent
{
    public static string Act => "account.guest-role-ended";
    public IReadOnlyList<PersonId> Persons => [];
    public (string, string) Subject => ("account", Account.ToString());
}

/// <summary>Somebody of another organisation was named for a role who is not there or may not have it; which of the two is not found out.</summary>
public sealed record GuestAskedFor(string UserName) : IEvent
{
    public static string Act => "account.guest-asked-for";
    public IReadOnlyList<PersonId> Persons => [];
    public (string, string) Subject => ("account", UserName);
}

/// <summary>The roles and unread notices of somebody who leaves went to another, or back.</summary>
public sealed record AccountHandedOver(AccountId Account, AccountId To, Guid Handover, bool Undone) : IEvent
{
    public static string Act => "account.handed-over";
    public IReadOnlyList<PersonId> Persons => [];
    public (string, string) Subject => ("account", Account.ToString());
}

/// <summary>A deadline for the accounts of the units below one was set, taken back, or taken up again.</summary>
public sealed record DeadlineChanged(Guid Deadline, UnitId Unit, bool Withdrawn) : IEvent
{
    public static string Act => "account.deadline-changed";
    public IReadOnlyList<PersonId> Persons => [];
    public (string, string) Subject => ("unit", Unit.ToString());
}

/// <summary>Those who manage units without accounts were told by hand.</summary>
public sealed record AccountsUrged(Guid Deadline, UnitId Unit, int Told, int Lacking) : IEvent
{
    public static string Act => "account.urged";
    public IReadOnlyList<PersonId> Persons => [];
    public (string, string) Subject => ("unit", Unit.ToString());
}

/// <summary>Somebody changed something of their own account: password, second factor, passkey, language.</summary>
public sealed record OwnAccountChanged(AccountId Account, OwnChange What) : IEvent
{
    public static string Act => "account.own-changed";
    public IReadOnlyList<PersonId> Persons => [];
    public (string, string) Subject => ("account", Account.ToString());
}

public enum OwnChange
{
    Password,
    SecondFactorOn,
    SecondFactorOff,
    Language,
    SessionEnded,
    PasskeyAdded,
    PasskeyRemoved,
}

/// <summary>A key for a program was made, or put in place of another one.</summary>
public sealed record AccountKeyMade(AccountId Account, Guid Key, string Name, IReadOnlyList<string> Doors) : IEvent
{
    public static string Act => "account.key-made";
    public IReadOnlyList<PersonId> Persons => [];
    public (string, string) Subject => ("account", Account.ToString());
}

/// <summary>A key of a program was ended before its day.</summary>
public sealed record AccountKeyEnded(AccountId Account, Guid Key) : IEvent
{
    public static string Act => "account.key-ended";
    public IReadOnlyList<PersonId> Persons => [];
    public (string, string) Subject => ("account", Account.ToString());
}
