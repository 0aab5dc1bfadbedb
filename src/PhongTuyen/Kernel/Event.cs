namespace PhongTuyen.Kernel;

/// <summary>
/// Something that happened, in the past tense. Told with <c>Db.Tell</c>, it is at once the audit row, the entry of the timeline
/// and the message to other modules, all in the transaction that changed the data.
/// </summary>
public interface IEvent
{
    /// <summary>What was done, for the audit and for <c>docs/events.md</c>: <c>stay.admitted</c>.</summary>
    static abstract string Act { get; }

    /// <summary>The persons concerned; a list or an import names all of them in one event.</summary>
    IReadOnlyList<PersonId> Persons { get; }

    /// <summary>The record concerned, as kind and id: <c>stay</c>, <c>0191…</c>.</summary>
    (string Kind, string Id) Subject { get; }
}

/// <summary>Hears an event of a module further down, in the same transaction. If it throws, all is undone.</summary>
public interface IHear<in TEvent> where TEvent : IEvent
{
    Task HearAsync(TEvent told, CancellationToken ct);
}

/// <summary>An entity whose changes need no event: queues, sessions, reading marks.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class UntoldAttribute : Attribute;
