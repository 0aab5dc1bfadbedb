using PhongTuyen.Kernel;
using PhongTuyen.People;

namespace PhongTuyen.Corrections;

/// <summary>What can be wrong in a record.</summary>
public enum CorrectedField
{
    Name = 1,
    Birth = 2,
    Sex = 3,
    Nationality = 4,
    Document = 5,
    Phone = 6,
    /// <summary>Thường trú.</summary>
    PermanentAddress = 7,
    /// <summary>Tạm trú.</summary>
    TemporaryAddress = 8,
    /// <summary>Nơi ở hiện tại.</summary>
    PresentAddress = 9,
    /// <summary>Something else, said in words: whoever decides mends it by hand.</summary>
    Other = 10,
}

public enum CorrectionState
{
    Open = 1,
    /// <summary>Hỏi lại: who asked has to answer.</summary>
    AskedBack = 2,
    Approved = 3,
    Refused = 4,
    /// <summary>Rút lại, by who asked.</summary>
    Withdrawn = 5,
}

/// <summary>Why a unit is answerable for a person (0073_corrections.sql): the first that holds.</summary>
public enum AnswerableBecause
{
    Stay = 1,
    Case = 2,
    Address = 3,
    Entered = 4,
}

/// <summary>Why it must not wait, as who asks says it.</summary>
public enum CorrectionHaste
{
    None = 0,
    /// <summary>The person leaves soon, and papers are issued.</summary>
    Leaving = 1,
    /// <summary>It hinders treatment or tests.</summary>
    Treatment = 2,
}

/// <summary>One field as it stood when the correction was asked for, and as it shall be. Values are compared as they are written here.</summary>
/// <param name="Part">The number or telephone that is wrong; null: one that is missing.</param>
/// <param name="Before">As it stood; null: nothing.</param>
/// <param name="After">As it shall be; null: taken away.</param>
public sealed record FieldCorrection(CorrectedField Field, Guid? Part, string? Before, string? After)
{
    public DocumentKind? Kind { get; init; }
    public PhoneOwner? Whose { get; init; }
    public AreaKeys Area { get; init; }
    public int? Hamlet { get; init; }
    /// <summary>House number and street; of something else, what is wrong.</summary>
    public string? Line { get; init; }

    public AddressKind? Address => AddressOf(Field);

    internal static AddressKind? AddressOf(CorrectedField field) => field switch { CorrectedField.PermanentAddress => AddressKind.Permanent, CorrectedField.TemporaryAddress => AddressKind.Temporary, CorrectedField.PresentAddress => AddressKind.Present, _ => null };
}

/// <summary>What is asked for, sealed in the database.</summary>
/// <param name="Why">In the words of who asks.</param>
public sealed record CorrectionContent(IReadOnlyList<FieldCorrection> Fields, string? Why);

/// <summary>A request to correct what is known of a person (yêu cầu đính chính).</summary>
public sealed record Correction(PersonId Person, Guid Id, UnitId Unit, UnitId ToUnit, AreaKeys ToArea, AnswerableBecause Because, CorrectionState State, string? Paper, DateTimeOffset AskedAt, AccountId AskedBy, string AskedName,
    DateTimeOffset? DecidedAt, AccountId? DecidedBy, int Version, CorrectionContent Content)
{
    public const int PaperMost = 200, WhyMost = 500, ReasonMost = 300;

    /// <summary>Still to be decided.</summary>
    public bool IsOpen => State is CorrectionState.Open or CorrectionState.AskedBack;
}

public enum CorrectionStepKind
{
    Asked = 1,
    AskedBack = 2,
    Answered = 3,
    Approved = 4,
    Refused = 5,
    Withdrawn = 6,
    /// <summary>A decision was taken back.</summary>
    Undone = 7,
    /// <summary>Sent on to the unit that is answerable now.</summary>
    SentOn = 8,
}
