using PhongTuyen.Kernel;

namespace PhongTuyen.Worklists.Contract;

/// <summary>How much an item presses. The order of every list, before the deadline.</summary>
public enum Urgency
{
    /// <summary>Khẩn.</summary>
    Urgent = 0,
    /// <summary>Cần sớm.</summary>
    Soon = 1,
    /// <summary>Bình thường.</summary>
    Ordinary = 2,
}

/// <summary>A record that somebody has to look at.</summary>
/// <param name="List">Name of the list, as its <see cref="IWorklist"/> says it.</param>
/// <param name="Kind">Of the record: <c>correction</c>.</param>
/// <param name="Id">Of the record: one item for each list and record.</param>
/// <param name="Person">Whom it is about; null: nobody.</param>
/// <param name="Unit">Whose work it is, wherever it stands.</param>
/// <param name="Area">Where that is: whose right over an area holds it has the item too.</param>
/// <param name="Reason">Why it is that urgent: a sentence of the texts under <c>worklist.reason-</c> + this.</param>
public sealed record WorkPost(string List, string Kind, Guid Id, PersonId? Person, UnitId Unit, AreaKeys Area, Urgency Urgency, string Reason)
{
    /// <summary>What fills the names of that sentence; no name and no number of a person.</summary>
    public IReadOnlyDictionary<string, string> Details { get; init; } = new Dictionary<string, string>();
}

/// <summary>
/// What modules do with work: they post it, and say what became of it. Who has it, until when and in which order is not theirs.
/// Each call writes at once, in the transaction of the caller, who tells what happened.
/// </summary>
public interface IWork
{
    /// <summary>Deadlines come from the policy in force in the area of each. A record that has an item keeps it.</summary>
    Task PostAsync(IReadOnlyList<WorkPost> posts, CancellationToken ct);

    /// <summary>Somebody elsewhere has to answer first: the deadline rests.</summary>
    Task WaitAsync(string list, IReadOnlyList<Guid> ids, CancellationToken ct);

    Task DoneAsync(string list, IReadOnlyList<Guid> ids, CancellationToken ct);

    /// <summary>Not needed any more, although nobody did it.</summary>
    Task DropAsync(string list, IReadOnlyList<Guid> ids, CancellationToken ct);

    /// <summary>Open again, with whoever had it, and the deadline that it had.</summary>
    Task OpenAsync(string list, IReadOnlyList<Guid> ids, CancellationToken ct);

    /// <summary>The same with a new deadline, counted from now.</summary>
    Task OpenAnewAsync(string list, Guid id, Urgency urgency, AreaKeys area, CancellationToken ct);

    /// <summary>To another unit, with a new deadline.</summary>
    /// <returns>False: it is not the visitor's to send on, or nobody works on it any more.</returns>
    Task<bool> MoveAsync(string list, Guid id, UnitId unit, AreaKeys area, Urgency urgency, CancellationToken ct);
}
