using PhongTuyen.Kernel;
using PhongTuyen.People.Matching;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.People;

/// <summary>The queue of possible duplicates as a file: both records of a pair in one row.</summary>
internal static class MatchColumns
{
    public static ListFile<MatchesList.Row> File(Screen s, Func<AreaKeys, string?> place) => new ListFile<MatchesList.Row>(s, s["matches.title"])
        .With("matches.one", row => row.One.Shown, 28).With("person.sex", row => s.Word(row.One.Sex)).With("person.birth", row => row.One.Birth.ToString()).With("cases.area", row => place(row.One.Lives) ?? row.One.Unit, 40)
        .With("matches.other", row => row.Other.Shown, 28).With("person.sex", row => s.Word(row.Other.Sex)).With("person.birth", row => row.Other.Birth.ToString()).With("cases.area", row => place(row.Other.Lives) ?? row.Other.Unit, 40)
        .With("matches.because", row => string.Join("; ", row.Reasons.Select(reason => s["match." + reason])), 60).With("matches.score", row => Math.Round((decimal)row.Score, 1)).With("matches.found", row => row.FoundAt)
        .With("matches.decided", row => row.DecidedAt).With("matches.decided-by", row => row.DecidedBy, 24).With("matches.reason", row => row.Reason, 40);
}
