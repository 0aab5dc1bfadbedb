using System.Text.Json;

namespace PhongTuyen.People.Matching;

/// <summary>What two records have in common, or in what they differ. The sentence stands in the texts under <c>match.</c> + the word.</summary>
public enum MatchReason
{
    /// <summary>A number of a card, a passport or an insurance card.</summary>
    NumberSame,
    /// <summary>Both have a number of twelve digits, and they differ.</summary>
    NumberDiffers,
    /// <summary>They differ in one digit, or two stand in each other's place.</summary>
    NumberDigit,
    OldNumberDiffers,
    InsuranceDiffers,
    CodeSame,
    NameSame,
    /// <summary>One of them is written without marks.</summary>
    NameWithoutMarks,
    NameOrder,
    /// <summary>One of them lacks a middle name.</summary>
    NamePart,
    /// <summary>One letter of the family or a middle name.</summary>
    NameLetter,
    NameGivenLetter,
    /// <summary>Both have marks, and they differ: Hương, Hường.</summary>
    NameMarks,
    /// <summary>Family and given name.</summary>
    NameNear,
    NameDiffers,
    BirthSame,
    /// <summary>One of them says the year only, or both do.</summary>
    BirthYear,
    BirthAbout,
    /// <summary>Day and month in each other's place.</summary>
    BirthSwapped,
    BirthYearDigit,
    BirthDigit,
    BirthDayOfYear,
    BirthYearOnly,
    BirthDiffers,
    SexSame,
    SexDiffers,
    PhoneSame,
    HamletSame,
    CommuneSame,
    CommuneDiffers,
    HouseholdSame,
}

public static class MatchReasons
{
    private static readonly string[] Words = [.. Enum.GetValues<MatchReason>().Select(reason => JsonNamingPolicy.KebabCaseLower.ConvertName(reason.ToString()))];

    /// <summary>As the policies, the database and the texts write it: <c>name-without-marks</c>.</summary>
    public static string Word(this MatchReason reason) => Words[(int)reason];
}
