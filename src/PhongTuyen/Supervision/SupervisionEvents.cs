using PhongTuyen.Kernel;

namespace PhongTuyen.Supervision;

/// <summary>Somebody looked at what operators looked at, over these days.</summary>
/// <param name="Unit">Null: all units of theirs.</param>
public sealed record OperatorsSeen(UnitId? Unit, DateOnly First, DateOnly Last, int Operators) : IEvent
{
    public static string Act => "supervision.seen";
    public IReadOnlyList<PersonId> Persons => [];
    public (string, string) Subject => ("list", "supervision");
}

/// <summary>Somebody read the acts of one operator; these persons are named in them.</summary>
public sealed record OperatorSeen(AccountId Account, UnitId Unit, DateOnly First, DateOnly Last, IReadOnlyList<PersonId> Persons) : ISight
{
    public static string Act => "supervision.operator-seen";
    public (string, string) Subject => ("account", Account.ToString());
    public bool Opens => false;
}

/// <summary>A supervisor wrote down what they found on an operator's day; the note stands in the audit row.</summary>
public sealed record OperatorDayFound(AccountId Account, UnitId Unit, DateOnly Day, DayVerdict Verdict, Guid Finding) : IEvent
{
    public static string Act => "supervision.found";
    public IReadOnlyList<PersonId> Persons => [];
    public (string, string) Subject => ("account", Account.ToString());
}

/// <summary>What a supervisor had found was taken back.</summary>
public sealed record OperatorDayUnfound(AccountId Account, UnitId Unit, DateOnly Day, Guid Finding) : IEvent
{
    public static string Act => "supervision.found-undone";
    public IReadOnlyList<PersonId> Persons => [];
    public (string, string) Subject => ("account", Account.ToString());
}

public enum DayVerdict
{
    /// <summary>Nobody looked yet.</summary>
    None = 0,
    /// <summary>Đã xem, bình thường.</summary>
    Ordinary = 1,
    /// <summary>Cần làm rõ.</summary>
    ToClear = 2,
}
