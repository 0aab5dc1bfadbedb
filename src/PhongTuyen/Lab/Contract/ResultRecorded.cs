using PhongTuyen.Kernel;

namespace PhongTuyen.Lab.Contract;

public enum TestKind
{
    /// <summary>RT-PCR.</summary>
    Pcr = 1,
    /// <summary>Test nhanh kháng nguyên.</summary>
    Antigen = 2,
    Other = 9,
}

public enum TestOutcome
{
    /// <summary>Âm tính.</summary>
    Negative = 1,
    /// <summary>Dương tính.</summary>
    Positive = 2,
    /// <summary>Nghi ngờ, không rõ.</summary>
    Inconclusive = 3,
}

/// <summary>A test result was recorded. A positive one opens or decides a case.</summary>
public sealed record ResultRecorded(PersonId Person, ResultId Result, string Disease, TestKind Kind, TestOutcome Outcome, DateOnly? TakenOn) : IEvent
{
    public static string Act => "result.recorded";
    public IReadOnlyList<PersonId> Persons => [Person];
    public (string, string) Subject => ("result", Result.ToString());
}

/// <summary>A list brought results; those that are positive, in the order of the list. The import's own audit row names all persons.</summary>
public sealed record PositivesImported(ImportId Import, UnitId Unit, AreaKeys UnitArea, IReadOnlyList<ResultRecorded> Results) : IEvent
{
    public static string Act => "result.imported";
    public IReadOnlyList<PersonId> Persons => [.. Results.Select(result => result.Person)];
    public (string, string) Subject => ("import", Import.ToString());
}

/// <summary>A wrong result was withdrawn.</summary>
public sealed record ResultWithdrawn(PersonId Person, ResultId Result, TestOutcome Outcome) : IEvent
{
    public static string Act => "result.withdrawn";
    public IReadOnlyList<PersonId> Persons => [Person];
    public (string, string) Subject => ("result", Result.ToString());
}
