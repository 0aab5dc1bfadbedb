using PhongTuyen.Kernel;

namespace PhongTuyen.Oversight;

public static class Problems
{
    public static Problem TimeForm() => new Problem("duty.time-form", 422, "Write an hour of the day, for example 16:00 or 7h30.").At("dueAt");
    public static Problem SincePassed() => new Problem("duty.since-passed", 422, "The first day lies in the past: every unit would be late at once. Choose today or later.").At("since");
    public static Problem SinceFarAway(int days) => new Problem("duty.since-far-away", 422, "The first day lies no more than {days} days from today.").With("days", days).At("since");
    public static Problem SinceNoWorkday() => new Problem("duty.since-no-workday", 422, "The first day is a Saturday or a Sunday.").At("since");
    public static Problem UntilBeforeSince() => new Problem("duty.until-before-since", 422, "The last day lies before the first one.").At("until");
    public static Problem NobodyBelow() => new Problem("duty.nobody-below", 422, "No open unit of this kind lies below: nobody would owe anything.").At("unitText");
    public static Problem AccountNotAble() => new Problem("duty.account-not-able", 422, "This account cannot enter data for the unit: choose one that holds a role over it.").At("account");
    public static Problem NotDue(DateOnly day) => new Problem("duty.not-due", 422, "Nothing is due on {day}.").With("day", day);
    public static Problem NotYet(DateOnly day) => new Problem("duty.not-yet", 422, "What is due on {day} comes later: supply what comes before it first.").With("day", day);
    public static Problem Delivered() => new("duty.delivered", 409, "Somebody has already said that this was supplied.");
    public static Problem NothingToCopy() => new("duty.nothing-to-copy", 422, "No unit that lacks an officer here has one there who still holds a role over it.");
    public static Problem NobodyToRemind() => new("duty.nobody-to-remind", 422, "There is nobody to remind: everything was supplied, or nobody holds a role who could do it.");
}
