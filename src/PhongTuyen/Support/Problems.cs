using PhongTuyen.Kernel;

namespace PhongTuyen.Support;

public static class Problems
{
    /// <summary>Which number, it does not say: it would be repeated on the screen and in the log of refusals.</summary>
    public static Problem HoldsNumber() => new("support.holds-number", 422, "This holds what looks like the number of a paper or a telephone. Take it out and describe what happened without names and numbers of persons. Nothing was sent; what you typed still stands here.");
    public static Problem TooMany(int most) => new Problem("support.too-many", 429, "{most} reports were sent from this account in the last 24 hours. Add to one of them, or call the support contact.").With("most", most);
    public static Problem ContactEmpty() => new Problem("support.contact-empty", 422, "A telephone or a mail address is needed.").At("telephone");
    public static Problem Closed() => new("support.closed", 409, "This report is closed. Who sent it opens it again by adding a word.");
    public static Problem NotAnswered() => new("support.not-answered", 422, "A report is closed when it was answered.");
}
