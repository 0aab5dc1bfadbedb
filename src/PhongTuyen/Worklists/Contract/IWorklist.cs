using PhongTuyen.Kernel;

namespace PhongTuyen.Worklists.Contract;

/// <summary>
/// A list of work, registered by the module whose records it holds. Its texts: <c>worklist.list-</c>, <c>worklist.lead-</c> and <c>notice.worklist-late-</c> + its name, and
/// <c>worklist.decide-</c> + name + decision for each decision. Its times stand in <c>policies/work-lists.json</c>.
/// </summary>
public interface IWorklist
{
    /// <summary>In addresses and in the database: <c>correction</c>.</summary>
    string Name { get; }

    /// <summary>What can be decided of many alike; none: each is looked at by itself.</summary>
    IReadOnlyList<WorkDecision> Decisions { get; }

    /// <summary>What each is about, in a line, for whoever sees the record; those that are left out show none.</summary>
    Task<IReadOnlyDictionary<Guid, string>> LinesAsync(IReadOnlyList<Guid> ids, Language language, CancellationToken ct);

    /// <summary>
    /// Decides each that can be decided so, its item included. Tells nothing and saves nothing: the bulk act is one row of the audit. A preview calls it too, and takes all back.
    /// </summary>
    /// <returns>Of those to which nothing was done, why.</returns>
    Task<IReadOnlyDictionary<Guid, Problem>> DecideAsync(string decision, IReadOnlyList<Guid> ids, string? note, CancellationToken ct);

    /// <summary>What follows once such a decision, or its taking back, is saved.</summary>
    Task DecidedAsync(string decision, IReadOnlyList<Guid> ids, CancellationToken ct);

    /// <summary>Takes such a decision back, where nothing later depends on it.</summary>
    /// <returns>Of those of which it cannot be taken back, what depends on it. Where there is one, all is undone by the caller.</returns>
    Task<IReadOnlyDictionary<Guid, Problem>> UndoAsync(string decision, IReadOnlyList<Guid> ids, CancellationToken ct);
}

/// <param name="NeedsNote">A reason is asked for.</param>
public sealed record WorkDecision(string Name, bool NeedsNote);
