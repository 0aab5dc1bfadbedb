using PhongTuyen.Areas;
using PhongTuyen.Kernel;

namespace PhongTuyen.Web.Areas;

/// <summary>An area that somebody chose by typing: the id where the list was used, else the one area that the text names on that day.</summary>
internal static class AreaPick
{
    /// <param name="field">Where the fault belongs.</param>
    public static Outcome<AreaId> Read(AreaStore areas, AreaId? id, string? text, DateOnly day, string field)
    {
        if (id is { Value: not 0 } known) return areas.Book.Find(known) is not null ? known : AreaProblems.NotOne(field);
        if (VietnameseText.Clean(text) is not { } typed) return Refusals.Required(field);
        if (areas.Matcher.MatchText(typed, day) is { Head: null, Match: { Verdict: AreaVerdict.One } match }) return match.Area;
        return areas.Book.Search(typed, day) is [var only] ? only.Id : AreaProblems.NotOne(field);
    }
}
