using PhongTuyen.Kernel;

namespace PhongTuyen.Papers;

public static class Problems
{
    public static Problem VolunteerUnknown() => new Problem("papers.volunteer-unknown", 422, "This account types for your unit no more, or never did. Choose one of the list; whoever manages accounts can make another or extend one.").At("volunteer");
    public static Problem Papers(int most) => new Problem("papers.count", 422, "Write how many papers there are, from 1 to {most}.").With("most", most).At("papers");
    public static Problem DuePassed() => new Problem("papers.due-passed", 422, "This day has passed.").At("due");
    public static Problem SameVolunteer() => new Problem("papers.same-volunteer", 422, "The second one has to be somebody else than the first: choose another volunteer.").At("second");
    public static Problem Percent() => new Problem("papers.percent", 422, "Write how many percent are typed again, from 1 to 100.").At("percent");
    /// <summary>Typed by another window, or taken out of the sample.</summary>
    public static Problem TypedAgain() => new("papers.typed-again", 409, "This paper was typed again already. Go on with the next one.");
    /// <summary>Of the papers in hand only; it says nothing of the register.</summary>
    public static Problem NumberTyped() => new Problem("papers.number-typed", 409, "This number was typed before among these papers. See whether it is the same paper; if not, tick «so on the paper» and save.").At("number");
    public static Problem Empty() => new("papers.empty", 422, "Nothing was typed. If the paper cannot be read, press «Cannot be read».");
    public static Problem Full(int most) => new Problem("papers.full", 422, "A batch holds at most {most} papers. Ask the unit for another one.").With("most", most);
    public static Problem Closed() => new("papers.is-closed", 409, "This batch is closed. Open it again first.");
    public static Problem TooManyFiles(int most) => new Problem("papers.too-many-files", 422, "A batch has at most {most} files. Give the rest as another batch.").With("most", most);
    /// <summary>What was typed from it says so.</summary>
    public static Problem FileTyped() => new("papers.file-typed", 409, "Somebody typed from this file: it stays with what was typed.");
    /// <summary>The unit took it out while who types had it in hand.</summary>
    public static Problem FileGone() => new Problem("papers.file-gone", 409, "The unit took this file out. Choose another one, then save again.").At("fileId");
    /// <summary>Whoever typed it may not correct it any more either.</summary>
    /// <summary>Of a paper that cannot be taken back out of the register.</summary>
    public static Problem WentOn(string what) => new Problem("papers.went-on", 409, "Something was written about this person since: {what}.").With("what", what);
    public static Problem Settled() => new("papers.settled", 409, "This paper was taken into the register already.");
}
