using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.People.Contract;

/// <summary>How much an entry asks for attention; a page gives it colour and sign.</summary>
public enum Tone
{
    Info,
    Ok,
    Watch,
    Urgent,
}

/// <summary>What a module tells of a person's course (diễn biến). The person's page shows the entries of all modules in order.</summary>
public interface ITimelinePart
{
    /// <param name="records">All records of the person.</param>
    /// <returns>The entries, once the questions are answered.</returns>
    Func<IEnumerable<TimelineEntry>> Ask(Questions questions, IReadOnlyList<PersonId> records);
}

/// <summary>One thing that happened to a person.</summary>
/// <param name="Kind">The sentence stands in the texts under <c>timeline.</c> + this.</param>
/// <param name="Subject">Kind of the record behind it: <c>stay</c>, <c>result</c>, <c>case</c>, <c>person</c>.</param>
public sealed record TimelineEntry(DateTimeOffset At, string Kind, string Subject, Guid Id)
{
    public Tone Tone { get; init; }
    /// <summary>Only the day is known, or a day is meant.</summary>
    public bool WholeDay { get; init; }
    /// <summary>The day is not known: <see cref="At"/> is when it was entered.</summary>
    public bool DayUnknown { get; init; }
    /// <summary>What fills the names of the sentence. Choices (enums) are said in the user's words.</summary>
    public IReadOnlyList<(string Name, object? Value)> Details { get; init; } = [];
    /// <summary>As somebody typed it.</summary>
    public string? More { get; init; }
    /// <summary>Who recorded it.</summary>
    public string? By { get; init; }
    /// <summary>The visitor may take it back.</summary>
    public bool Mine { get; init; }
    /// <summary>Taken back later.</summary>
    public bool Undone { get; init; }
    public IReadOnlyList<FieldChange> Changes { get; init; } = [];
}

/// <summary>A value that is itself a text of the screens: <c>disease.mers</c>.</summary>
public sealed record TextKey(string Key);

/// <summary>What a module says of persons as of now, a line each: where they stay, which case they have.</summary>
public interface IPersonStanding
{
    /// <summary>The place among the lines of a person.</summary>
    int Order { get; }

    /// <returns>The lines, once the questions are answered.</returns>
    IReadOnlyList<PersonStanding> Ask(Questions questions, IReadOnlyList<PersonId> persons);
}

/// <param name="Kind">The sentence stands in the texts under <c>standing.</c> + this.</param>
public sealed record PersonStanding(PersonId Person, string Kind, Tone Tone, string Subject, Guid Id, IReadOnlyList<(string Name, object? Value)> Details);
