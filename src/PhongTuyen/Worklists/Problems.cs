using PhongTuyen.Kernel;

namespace PhongTuyen.Worklists;

public static class Problems
{
    public static Problem ChooseItems(int most) => new Problem("worklist.choose-items", 422, "Choose 1 to {most} lines.").With("most", most);
    public static Problem ChooseWho() => new Problem("worklist.choose-who", 422, "Choose who shall do it.").At("to");
    public static Problem NothingDone() => new("worklist.nothing-done", 422, "Nothing can be done to any of these lines. Beside each stands why.");
    /// <summary>Somebody was quicker.</summary>
    public static Problem Moved(string who) => new Problem("worklist.moved", 409, "Changed since it was shown here ({who}). Look at it again.").With("who", who);
    public static Problem Closed() => new("worklist.closed", 409, "Done already.");
    public static Problem Waits() => new("worklist.waits", 409, "Waits for an answer: nobody works on it now.");
    public static Problem TheirsAlready(string who) => new Problem("worklist.theirs-already", 409, "{who} has it already.").With("who", who);
    public static Problem NobodyHasIt() => new("worklist.nobody-has-it", 409, "Nobody has it.");
    public static Problem NotAble(string who, string unit) => new Problem("worklist.not-able", 422, "{who} holds no role over {unit} that could do it.").With("who", who).With("unit", unit);
    public static Problem UndoneAlready() => new("worklist.undone-already", 409, "This act was taken back already.");
    public static Problem ChangedSince(string who, DateTimeOffset at) => new Problem("worklist.changed-since", 409, "{who} went on with it at {at}.").With("who", who).With("at", at);
    public static Problem DependsOn(int n) => new Problem("worklist.depends-on", 409, "It cannot be taken back: {n} lines have gone on since. They are listed here.").With("n", n);
}
