using PhongTuyen.Kernel;

namespace PhongTuyen.Reorganisation;

public static class Problems
{
    public static Problem TooFarBack(int days) => new Problem("tree.too-far-back", 422, "The effective day lies more than {days} days back.").With("days", days).At("on");
    public static Problem TooFarAhead() => new Problem("tree.too-far-ahead", 422, "The effective day lies more than two years ahead.").At("on");
    public static Problem NotStanding(string name) => new Problem("tree.not-standing", 409, "{name} is closed: choose a unit that stands.").With("name", name);
    public static Problem NotYetStanding(DateOnly since) => new Problem("tree.not-yet-standing", 422, "The unit stands since {since} only: choose a later day.").With("since", since).At("on");
    public static Problem Itself() => new Problem("tree.itself", 422, "Choose another unit: this is the one concerned.").At("intoText");
    public static Problem BelowItself() => new Problem("tree.below-itself", 422, "Choose a unit that does not lie below this one.").At("intoText");
    public static Problem AlreadyThere() => new Problem("tree.already-there", 422, "The unit lies there already.").At("intoText");
    public static Problem NothingChanges() => new Problem("tree.nothing-changes", 422, "Neither the name nor the kind would change.").At("name");
    public static Problem PlannedAlready(string paper, DateOnly day) => new Problem("tree.planned-already", 409, "Another act on this unit is planned for {day} ({paper}). Withdraw it first, or wait.").With("paper", paper).With("day", day);
    public static Problem LaterAct(string paper, DateOnly day) => new Problem("tree.later-act", 409, "A later act on this unit was already carried out ({paper}, {day}): choose a day after it.").With("paper", paper).With("day", day).At("on");
    public static Problem OpenTransfers(int n) => new Problem("tree.open-transfers", 409, "{n} transfers to or from the unit are open. Have them received, refused or withdrawn first.").With("n", n);
    public static Problem PeopleInside(int n) => new Problem("tree.people-inside", 409, "{n} people are in the unit, expected or on the way. Name a successor instead, or discharge and move them first.").With("n", n);
    public static Problem BegunSince(DateOnly day) => new Problem("tree.begun-since", 409, "People were admitted to the unit since {day}: choose today.").With("day", day).At("on");
    public static Problem UnitsBelow(int n) => new Problem("tree.units-below", 409, "{n} units lie below it. Move them first, or name a successor.").With("n", n);
    public static Problem AccountsLeft(int n) => new Problem("tree.accounts-left", 409, "{n} accounts belong to it. Move or suspend them first, or name a successor.").With("n", n);
    public static Problem NoParts() => new Problem("tree.no-parts", 422, "Say at least one unit that goes out of it.").At("parts");
    public static Problem NotOfTheUnit() => new Problem("tree.not-of-the-unit", 422, "Choose accounts of the unit and units right below it, each for one new unit only.").At("parts");
    public static Problem OwnReach() => new("tree.own-reach", 409, "The act would change what you see yourself: somebody above has to do it.");
    public static Problem NoLinks() => new Problem("tree.no-links", 422, "Nothing is known of what became of this province's communes. Give the lines of the resolution instead.").At("province");
    public static Problem AreasUsed() => new("tree.areas-used", 409, "It cannot be undone any more: people were entered under the new areas since.");
    public static Problem StepUnreadable(int line, string text) => new Problem("tree.step-unreadable", 422, "Line {line}: '{text}' is not understood.").With("line", line).With("text", text);
    public static Problem FileLacks(string file, string columns) => new Problem("tree.file-lacks", 422, "'{file}' has no column {columns}.").With("file", file).With("columns", columns);
    public static Problem NotPlanned() => new("tree.not-planned", 409, "This act is not planned any more.");
    public static Problem NotDone() => new("tree.not-done", 409, "Only an act that was carried out can be undone.");
    public static Problem Depends(string papers) => new Problem("tree.depends", 409, "Later acts build upon it and have to be undone first: {papers}.").With("papers", papers);
    public static Problem UsedSince() => new("tree.used-since", 409, "It cannot be undone any more: records, units or accounts were added to the new unit since.");
}
