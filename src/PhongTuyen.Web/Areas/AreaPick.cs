using PhongTuyen.Areas;
using PhongTuyen.Kernel;

namespace PhongTuyen.Web.Areas;

/// <summary>An area that somebody chose by typing: the id where it fits the text beside it, else the one area that the text names on that day.</summary>
internal static class AreaPick
{
    /// <param name="field">Where the fault belongs.</param>
    public static Outcome<AreaId> Read(AreaStore areas, AreaId? id, string? text, DateOnly day, string field)
    {
        if (VietnameseText.Clean(text) is not { } typed) return Refusals.Required(field);
        // Without script the id stays as it was while the text is another one: then the text counts.
        if (id is { Value: not 0 } known && (VietnameseText.Fold(areas.Book.Path(known)) + " ").StartsWith(VietnameseText.Fold(typed) + " ", StringComparison.Ordinal)) return known;
        if (areas.Matcher.MatchText(typed, day) is { Head: null, Match: { Verdict: AreaVerdict.One } match }) return match.Area;
        return areas.Book.Search(typed, day) is [var only] ? only.Id : AreaProblems.NotOne(field);
    }

    /// <summary>The same where nothing need be chosen: no text is no area.</summary>
    public static Outcome<AreaId?> ReadOrNone(AreaStore areas, AreaId? id, string? text, DateOnly day, string field)
    {
        if (VietnameseText.Clean(text) is null) return (AreaId?)null;
        var read = Read(areas, id, text, day, field);
        return read.Done ? (AreaId?)read.Value : read.As<AreaId?>();
    }
}
