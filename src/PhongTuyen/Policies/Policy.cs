using PhongTuyen.Kernel;

namespace PhongTuyen.Policies;

/// <summary>One dated edition of a rule that a decree sets: immutable, pure, without clock and database.</summary>
public abstract record Policy
{
    /// <summary>The first day on which it is in force.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Official code of the area that it holds for; VN is the whole country.</summary>
    public required string Area { get; init; }

    /// <summary>The disease, or null where it makes no difference.</summary>
    public required string? Disease { get; init; }

    /// <summary>Number of the paper.</summary>
    public required string Paper { get; init; }

    /// <summary>False: from the press or from practice, not compared with the paper's text.</summary>
    public bool Sure { get; init; }

    public string? Note { get; init; }

    /// <summary>What is wrong with it, its own test cases included.</summary>
    public IEnumerable<string> Faults() => string.IsNullOrWhiteSpace(Paper) ? OwnFaults().Prepend("the number of the paper is missing.") : OwnFaults();

    /// <summary>What is wrong with what only its kind says.</summary>
    protected abstract IEnumerable<string> OwnFaults();
}

/// <summary>A kind of rule.</summary>
public interface IPolicyKind
{
    /// <summary>As its files say: <c>quarantine</c>.</summary>
    static abstract string Kind { get; }
}

/// <summary>The rules in force.</summary>
public interface IPolicyBook
{
    /// <summary>The edition in force on a day in an area: the newest of the nearest area that has one. Null where none was in force.</summary>
    TPolicy? For<TPolicy>(AreaId area, DateOnly day, string disease) where TPolicy : Policy, IPolicyKind;

    /// <summary>Every edition, oldest first.</summary>
    IReadOnlyList<TPolicy> All<TPolicy>() where TPolicy : Policy, IPolicyKind;
}

/// <summary>How an edition is named in a record that was planned by it: <c>quarantine/VN/2021-07-14</c>.</summary>
public static class PolicyNames
{
    public static string Name<TPolicy>(this TPolicy policy) where TPolicy : Policy, IPolicyKind => $"{TPolicy.Kind}/{policy.Area}/{policy.From:yyyy-MM-dd}";
}
