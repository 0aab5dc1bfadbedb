using PhongTuyen.Kernel;

namespace PhongTuyen.Accounts;

public static class Problems
{
    /// <summary>One sentence for an unknown name, a wrong password, a suspended, expired or locked account: none can be told from another.</summary>
    public static Problem SignInFailed() => new("account.sign-in-failed", 401, "The name or the password is wrong, or the account is not active or is locked for a while after too many attempts.");
    public static Problem CodeWrong() => new Problem("account.code-wrong", 401, "This code is wrong, or it was used already. Wait for the next one.").At("code");
    public static Problem TooLate() => new("account.too-late", 401, "That took too long. Please start again.");
    public static Problem PasswordTooShort(int fewest) => new Problem("account.password-too-short", 422, "At least {fewest} characters. A sentence of several words is easy to keep in mind.").With("fewest", fewest).At("password");
    /// <summary>Good enough beside a second factor, too short without one.</summary>
    public static Problem PasswordAloneTooShort(int fewest) => new Problem("account.password-alone-too-short", 422, "Without the second factor a password needs at least {fewest} characters. Change the password first.").With("fewest", fewest).At("current");
    public static Problem PasswordTooCommon() => new Problem("account.password-too-common", 422, "This password is too easy to guess.").At("password");
    public static Problem PasswordSame() => new Problem("account.password-same", 422, "The new password must be another one than the present.").At("password");
    /// <summary>The last wrong one of too many, inside a session.</summary>
    public static Problem SignedOut() => new("account.signed-out", 401, "Too many wrong passwords. The account is locked for a while, and this browser was signed out.");
    /// <summary>Said only inside a session of the account itself; at the sign-in nobody learns it.</summary>
    public static Problem Locked() => new("account.locked", 429, "The account is locked for a while after too many wrong passwords. Try again later.");
    public static Problem PasswordWrong() => new Problem("account.password-wrong", 422, "The present password is wrong.").At("current");
    public static Problem UserNameTaken(string userName) => new Problem("account.user-name-taken", 409, "The name {userName} is taken.").With("userName", userName).At("userName");
    public static Problem UserNameForm() => new Problem("account.user-name-form", 422, "3 to 40 small letters, digits, points or hyphens, without marks.").At("userName");
    public static Problem RoleNotYours() => new Problem("account.role-not-yours", 403, "You cannot give this role.").At("role");
    public static Problem RoleHeld() => new Problem("account.role-held", 409, "The account has this role there already, for at least as long.").At("role");
    /// <summary>No end, or one too far off.</summary>
    public static Problem VolunteerEnd(int days, DateOnly last) => new Problem("account.volunteer-end", 422, "A volunteer's account ends by itself after at most {days} days: name a last day, {last} at the latest. It can be extended later, with a reason.").With("days", days).With("last", last).At("until");
    public static Problem VolunteerNeedsUnit() => new Problem("account.volunteer-needs-unit", 422, "A volunteer types for a unit: choose a unit, not an area.").At("place");
    public static Problem VolunteerExtend(DateOnly last) => new Problem("account.volunteer-extend", 422, "This account has only the role of a volunteer and ends with it, on {last}. If it is needed for longer, extend it and say why.").With("last", last).At("until");
    public static Problem NotVolunteer() => new("account.not-volunteer", 422, "This account has no role of a volunteer that could be extended.");
    public static Problem NotYourself() => new("account.not-yourself", 422, "Nobody changes their own rights or suspends themselves. Ask the manager above you.");
    public static Problem AboveYou() => new("account.above-you", 403, "This account has a role that you could not give. Ask the manager above you.");
    /// <summary>One sentence for an unknown name and for an account that may not have the role: neither can be told from the other.</summary>
    public static Problem GuestUnknown() => new Problem("account.guest-unknown", 422, "No account that can have this role is called so. Ask the colleague for the exact account name. The attempt is kept.").At("userName");
    public static Problem GuestIsOurs() => new Problem("account.guest-is-ours", 422, "This account is one of your units: give the role on the account's own page.").At("userName");
    public static Problem PurposeOfGuest() => new Problem("account.purpose-of-guest", 422, "Say what the role is needed for, in a few words.").At("purpose");
    public static Problem GuestTooLong(DateOnly last) => new Problem("account.guest-too-long", 422, "This role can be given until {day} at the latest today. It can be prolonged later.").With("day", last).At("until");
    public static Problem GuestRoleFirst() => new("account.guest-role-first", 409, "Another organisation gave this account a role over places that are not yours. End that role first.");
    public static Problem EmailForm() => new Problem("account.email-form", 422, "This is not a mail address, such as name@office.vn.").At("email");
    /// <summary>One sentence for an unknown passkey, a wrong signature, a suspended, expired or locked account: none can be told from another.</summary>
    public static Problem PasskeyFailed() => new("account.passkey-failed", 401, "This passkey does not sign in here: it is not known or was removed, or the account is not active or is locked for a while. Try again, or use the password.");
    /// <summary>Said to whoever holds the passkey, or a copy of it.</summary>
    public static Problem PasskeyStopped() => new("account.passkey-stopped", 401, "This passkey was stopped because there may be a copy of it. Sign in another way, remove it and make a new one.");
    public static Problem PasskeyNotMade() => new("account.passkey-not-made", 422, "The browser made no passkey that can be used here. Please try again.");
    public static Problem PasskeyKnown() => new("account.passkey-known", 409, "This passkey is known here already.");
    public static Problem PasskeysMany(int most) => new Problem("account.passkeys-many", 422, "An account has at most {most} passkeys. Remove one first.").With("most", most);
    public static Problem PasswordRepeat() => new Problem("account.password-repeat", 422, "The two new passwords differ.").At("again");
    public static Problem GrantNeedsPlace() => new Problem("account.grant-needs-place", 422, "Choose the unit or the area that the role is for.").At("place");
    public static Problem DeadlineFarAway(int days) => new Problem("account.deadline-far-away", 422, "A deadline lies no more than {days} days from today.").With("days", days).At("due");
    public static Problem NobodyToRemind() => new("account.deadline-nobody", 422, "There is nobody to remind: every unit has an account, or nobody above manages accounts.");
    public static Problem ListLacks(string columns) => new Problem("account.list-lacks", 422, "The list has no column {columns}. Take the empty list on this page and fill it in.").With("columns", columns).At("file");
    public static Problem ListEmpty() => new Problem("account.list-empty", 422, "The list has a header and no rows below it.").At("file");
    public static Problem ListTooLong(int rows, int most) => new Problem("account.list-too-long", 422, "The list has {rows} rows; at most {most} at once. Cut it, by districts for example.").With("rows", rows).With("most", most).At("file");
    public static Problem ListUnitUnknown(string unit) => new Problem("account.list-unit-unknown", 422, "“{unit}” is no unit of yours that is open. Write its code or its whole name.").With("unit", unit).At("unit");
    public static Problem ListUnitAmbiguous(string unit, int n) => new Problem("account.list-unit-ambiguous", 422, "{n} units are called “{unit}”. Write the code.").With("unit", unit).With("n", n).At("unit");
    public static Problem ListRoleUnknown(string role) => new Problem("account.list-role-unknown", 422, "“{role}” is no role.").With("role", role).At("role");
    public static Problem ListPlaceUnknown(string place) => new Problem("account.list-place-unknown", 422, "“{place}” is no extent: write unit, area or both.").With("place", place).At("place");
    public static Problem ListNoArea(string unit) => new Problem("account.list-no-area", 422, "{unit} looks after no area of yours: only a role over the unit can be given.").With("unit", unit).At("place");
    public static Problem ListNameTwice() => new Problem("account.list-name-twice", 422, "This name stands twice for this unit. If they are two people, write an account name for each.").At("name");
    public static Problem ListNothingToTakeBack() => new("account.list-nothing-to-take-back", 422, "There is nothing to take back: every slip was handed out, or no account was made.");
    public static Problem NoSlipsWait() => new("account.no-slips-wait", 422, "No slip waits to be handed out.");
    public static Problem ReasonToLetOn() => new Problem("account.reason-to-let-on", 422, "Write why so many records were opened.").At("reason");
    public static Problem LooksStopped() => new("account.looks-stopped", 429, "This account opened more records than usual within an hour and sees nobody until its manager lets it go on.");
    public static Problem NothingToHandOver() => new("account.nothing-to-hand-over", 422, "This account has no role that is in force: there is nothing to hand over.");
    public static Problem SuccessorUnknown(string name) => new Problem("account.successor-unknown", 422, "No account of your units is called “{name}”. Write the account name as it stands in the list.").With("name", name).At("to");
    public static Problem SuccessorSame() => new Problem("account.successor-same", 422, "Choose another account than the one that leaves.").At("to");
    public static Problem SuccessorNotUsable(string name) => new Problem("account.successor-not-usable", 422, "The account of {name} cannot sign in: it is suspended, has ended, or its slip was not handed out.").With("name", name).At("to");
    public static Problem HandedOn() => new("account.handed-on", 422, "Roles of this hand-over were handed on since. Take that hand-over back first.");
    public static Problem LastDayPassed() => new Problem("account.last-day-passed", 422, "The last day lies in the past. Leave it empty to stop the account at once.").At("lastDay");
    public static Problem EndBeforeStart() => new Problem("account.end-before-start", 422, "The end lies before the beginning.").At("until");
    public static Problem KeyTooLong(int days) => new Problem("account.key-too-long", 422, "A key ends today or on a day within the next {days} days; then another is put in its place.").With("days", days).At("lastDay");
    public static Problem KeysMany(int most) => new Problem("account.keys-many", 422, "An account has at most {most} keys in force. End one first.").With("most", most);
}
