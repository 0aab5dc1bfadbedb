using PhongTuyen.Kernel;

namespace PhongTuyen.Policies;

/// <summary>One dated edition of a rule that a decree sets: immutable, pure, without clock and database.</summary>
public interface IPolicy
{
    /// <summary>The first day on which it is in force.</summary>
    DateOnly From { get; }

    /// <summary>Official code of the area that it holds for; VN is the whole country.</summary>
    string Area { get; }

    /// <summary>The disease, or null where it makes no difference.</summary>
    string? Disease { get; }

    /// <summary>Number of the paper.</summary>
    string Paper { get; }

    /// <summary>What is wrong with it, its own test cases included.</summary>
    IEnumerable<string> Faults();
}

/// <summary>A kind of rule.</summary>
public interface IPolicyKind : IPolicy
{
    /// <summary>As its files say: <c>quarantine</c>.</summary>
    static abstract string Kind { get; }
}

/// <summary>The rules in force.</summary>
public interface IPolicyBook
{
    /// <summary>The edition in force on a day in an area: the newest of the nearest area that has one. Null where none was in force.</summary>
    TPolicy? For<TPolicy>(AreaId area, DateOnly day, string disease) where TPolicy : class, IPolicyKind;

    /// <summary>Every edition, oldest first.</summary>
    IReadOnlyList<TPolicy> All<TPolicy>() where TPolicy : class, IPolicyKind;
}

/// <summary>How an edition is named in a record that was planned by it: <c>quarantine/VN/2021-07-14</c>.</summary>
public static class PolicyNames
{
    public static string Name<TPolicy>(this TPolicy policy) where TPolicy : IPolicyKind => $"{TPolicy.Kind}/{policy.Area}/{policy.From:yyyy-MM-dd}";
}
