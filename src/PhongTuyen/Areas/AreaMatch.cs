using System.Text.Json;
using PhongTuyen.Kernel;

namespace PhongTuyen.Areas;

public enum AreaVerdict
{
    /// <summary>Some name is known nowhere, or the names say too little.</summary>
    Unmatched = 0,
    /// <summary>Exactly one unit.</summary>
    One = 1,
    /// <summary>Several units bear these names; only a person can choose.</summary>
    Ambiguous = 2,
    /// <summary>All names exist, but not under each other.</summary>
    Impossible = 3,
}

/// <summary>What had to be overlooked to find the unit; nothing when it was written as in the list.</summary>
[Flags]
public enum AreaHow
{
    AsWritten = 0,
    /// <summary>Other marks or letters: "Quí Lộc" for "Quý Lộc".</summary>
    OtherSpelling = 1,
    /// <summary>Another type: "Phường Hồng Tiến", a xã until 2022.</summary>
    OtherType = 2,
    /// <summary>A former or later official name, or an abbreviation: "Quận 9", "TP.HCM".</summary>
    OtherName = 4,
    /// <summary>As the units lay on another day, not more than <see cref="AreaMatcher.Window"/> days off.</summary>
    OtherDate = 8,
    /// <summary>An address of three levels on a day that knows two.</summary>
    OldAddress = 16,
}

/// <summary>Why there is not exactly one. The sentence stands in the module's text files under <c>areas.reason.</c> and the name in small letters with hyphens.</summary>
public enum AreaReason
{
    None = 0,
    /// <summary>No name was written, or none for the level that is asked for.</summary>
    Nothing = 1,
    /// <summary>A name is known nowhere on that day.</summary>
    UnknownName = 2,
    /// <summary>Several units fit equally well.</summary>
    SameName = 3,
    /// <summary>The lower unit lies elsewhere.</summary>
    WrongParent = 4,
    /// <summary>What fits the place differs in marks or type, and what fits the name lies elsewhere.</summary>
    Contradiction = 5,
    /// <summary>The unit stood on another day, and has no single successor on this one.</summary>
    OtherDay = 6,
    /// <summary>Districts do not exist since 1 July 2025, and no commune is named.</summary>
    DistrictAbolished = 7,
    /// <summary>The old commune was divided.</summary>
    Divided = 8,
}

/// <summary>What the written names mean.</summary>
/// <param name="Area">The unit, valid on the day asked for; 0 unless the verdict is <see cref="AreaVerdict.One"/>.</param>
/// <param name="Candidates">For a person to choose from, best first, at most <see cref="AreaMatcher.MostCandidates"/>: the units that fit
/// equally well, or where the names do exist. May be versions of another day.</param>
/// <param name="What">The written name that the reason is about; null where it is about all.</param>
public sealed record AreaMatch(AreaVerdict Verdict, AreaId Area, AreaHow How, AreaReason Reason, string? What, IReadOnlyList<AreaId> Candidates)
{
    /// <summary>The reason in words; empty where the verdict is <see cref="AreaVerdict.One"/>.</summary>
    public string Say(Words words, Language language) => Reason == AreaReason.None ? "" : words.Say(language, Key(Reason), ("what", What));

    /// <summary>The key of the sentence: <c>areas.reason.wrong-parent</c>.</summary>
    public static string Key(AreaReason reason) => "areas.reason." + JsonNamingPolicy.KebabCaseLower.ConvertName(reason.ToString());

    internal static AreaMatch One(AreaId area, AreaHow how) => new(AreaVerdict.One, area, how, AreaReason.None, null, []);

    internal static AreaMatch Not(AreaVerdict verdict, AreaReason reason, string? what, IEnumerable<AreaId> candidates) =>
        new(verdict, default, AreaHow.AsWritten, reason, what, [.. candidates.Distinct().Take(AreaMatcher.MostCandidates)]);
}

/// <summary>What an address in one line means.</summary>
/// <param name="Head">What stands before the units: "Thôn 3". Null where nothing does.</param>
public sealed record AreaTextMatch(AreaMatch Match, string? Head);
