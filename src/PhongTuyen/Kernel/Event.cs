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

/// <summary>Somebody saw persons. While an account is stopped its sights are written down as asked for and not shown.</summary>
public interface ISight : IEvent
{
    /// <summary>One person's record was opened: that counts towards the bound of an hour. A list does not.</summary>
    bool Opens { get; }
}

/// <summary>How many persons an account may open within an hour before it is stopped.</summary>
public interface ILookLimit
{
    /// <param name="roles">Those that are in force now.</param>
    int PersonsAnHour(IReadOnlyList<int> roles);
}

/// <summary>Hears an event of a module further down, in the same transaction. If it throws, all is undone.</summary>
public interface IHear<in TEvent> where TEvent : IEvent
{
    Task HearAsync(TEvent told, CancellationToken ct);
}

/// <summary>An entity whose changes need no event: queues, sessions, reading marks.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class UntoldAttribute : Attribute;
