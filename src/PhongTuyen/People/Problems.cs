using PhongTuyen.Kernel;

namespace PhongTuyen.People;

public static class Problems
{
    public static Problem NameOrCode() => new Problem("person.name-or-code", 422, "Write the name as on the paper, or the patient code where no name is known.").At("name");
    public static Problem NameForm() => new Problem("person.name-form", 422, "A name has letters only.").At("name");
    public static Problem DocumentForm(DocumentKind kind, string field) => new Problem("person.document-form", 422, "This number has not the form of its kind ({kind}).").With("kind", kind).At(field);
    public static Problem DocumentContradicts(string field) => new Problem("person.document-contradicts", 422, "The number says another year of birth or another sex than the form. Compare with the paper; if it is so on the paper, tick «as on the paper».").At(field);
    public static Problem PhoneForm(string field) => new Problem("person.phone-form", 422, "This is no telephone number. Vietnamese ones have ten digits; others begin with + and the country.").At(field);
    /// <summary>Offered before a second person with the same number is made.</summary>
    public static Problem SameNumber(PersonId person) => new Problem("person.same-number", 409, "A person with this number is already recorded. Use that record, or tick «another person» and say why.").With("person", person.Value);
    /// <summary>Known elsewhere: nothing is told but that.</summary>
    public static Problem SameNumberElsewhere() => new("person.same-number-elsewhere", 409, "A person with this number is recorded in another area. With the number, the birth and a purpose you can look the record up.");
    public static Problem BirthForm() => new Problem("person.birth-form", 422, "Write the birth as 05/08/1985, 08/1985 or 1985.").At("birth");
    public static Problem NationalityUnknown() => new Problem("person.nationality-unknown", 422, "This country is not known.").At("nationality");
    public static Problem PregnancyOfMan() => new Problem("person.pregnancy-of-man", 422, "The form says man and pregnant.").At("pregnant");
    public static Problem PregnancyWeeks() => new Problem("person.pregnancy-weeks", 422, "1 to 45 weeks.").At("pregnancyWeeks");
    public static Problem PurposeNeeded() => new Problem("person.purpose-needed", 422, "Say what the number is needed for.").At("purpose");
    public static Problem PurposeOfList() => new Problem("person.purpose-of-list", 422, "Say what the list is needed for.").At("purpose");
    public static Problem TooManyToTake(int most) => new Problem("person.too-many-to-take", 422, "At most {most} rows leave the program in one file. Narrow the list: a tab, a filter, a day, a unit.").With("most", most);
    public static Problem NeedsSecond(int most) => new Problem("person.needs-second", 422, "More than {most} persons leave the program only when a second officer allows it. Ask for that here, or narrow the list: a tab, a filter, a day, a unit.").With("most", most);
    public static Problem NoSecondNeeded(int rows) => new Problem("person.no-second-needed", 422, "The list has {rows} rows: take it without a second officer.").With("rows", rows);
    public static Problem AskedAlready() => new("person.asked-already", 409, "You have asked for this list already; it waits for a second officer.");
    public static Problem SecondIsAnother() => new("person.second-is-another", 403, "Whoever asks does not decide: it needs another officer at or above the unit.");
    public static Problem NoteToRefuse() => new Problem("person.note-to-refuse", 422, "Say why it is refused.").At("note");
    public static Problem ReasonOfSeal() => new Problem("person.reason-of-seal", 422, "Say why, in a few words.").At("reason");
    public static Problem TooManyKeys(int most) => new Problem("person.too-many-keys", 422, "At most {most} persons are named for a sealed record.").With("most", most);
    public static Problem SealedAlready() => new("person.sealed-already", 409, "The record is sealed already.");
    public static Problem NobodyToName() => new Problem("person.nobody-to-name", 422, "Choose somebody of your unit or of a unit that has to do with the person now.").At("account");
    public static Problem NobodyWhoCares(string unit) => new Problem("person.nobody-who-cares", 422, "The person is at {unit}: name at least one of those who work there, or nobody who looks after the person sees them.").With("unit", unit).At("keys");
    public static Problem PurposeOfShare() => new Problem("person.purpose-of-share", 422, "Say what it is shared for, in a few words.").At("purpose");
    public static Problem ShareWithOthers() => new Problem("person.share-with-others", 422, "This is your own unit: choose another.").At("unitText");
    public static Problem ShareEnded() => new Problem("person.share-ended", 422, "The last day lies in the past.").At("until");
    public static Problem ShareTooLong(DateOnly last) => new Problem("person.share-too-long", 422, "It can be shared until {day} at the latest today; shared again, it is prolonged.").With("day", last).At("until");
    public static Problem NobodyThere() => new Problem("person.nobody-there", 422, "Nobody works with records in this unit: choose the unit above it, or another.").At("unitText");
    public static Problem SharedLonger() => new Problem("person.shared-longer", 409, "It is shared with this unit for longer already. End it on the page of shares, and share it anew.").At("until");
    public static Problem AnswerNeeded() => new Problem("person.answer-needed", 422, "Write the answer.").At("answer");
    public static Problem LongListsNotForInspectors() => new Problem("person.long-lists-not-for-inspectors", 403, "An inspector takes no list that needs a second officer. Narrow the list, or ask the unit for it.");
    public static Problem SearchTooShort() => new Problem("person.search-too-short", 422, "At least two letters of a name, or a whole number.").At("q");
    /// <summary>Of a line that is not opened again.</summary>
    public static Problem FoundAnew() => new("person.found-anew", 409, "The same was found once more since, and that line is open.");
    public static Problem ChooseFindings(int most) => new Problem("person.choose-findings", 422, "Choose 1 to {most} lines.").With("most", most);
    public static Problem HamletUnknown() => new Problem("person.hamlet-unknown", 422, "The list of this commune has no such hamlet. Write it into the address line, or add it to the commune's list first.").At("hamlet");
    public static Problem HamletWithoutCommune() => new Problem("person.hamlet-without-commune", 422, "Choose the commune of this hamlet first.").At("hamlet");
    public static Problem NoHousehold() => new("person.no-household", 409, "This person is in no household.");
    public static Problem SameHousehold() => new("person.same-household", 409, "They live in one household already.");
    public static Problem HouseholdChanged() => new("person.household-changed", 409, "Somebody has changed these households since; nothing was taken back. Look at the record.");
    public static Problem TooManyElsewhere() => new("person.too-many-elsewhere", 429, "The list names too many persons who are recorded in other areas; nothing is said of its rows. Send it in parts, an hour apart, or let somebody take it in whose area holds them.");
    public static Problem TooManyNumbers() => new("person.too-many-numbers", 429, "So many numbers were asked for within an hour that this account has to wait. Every asking is kept.");
    public static Problem NumberRepeated(string field) => new Problem("person.number-repeated", 422, "This number stands in the form already.").At(field);
    public static Problem TooManyParts(string field, int most) => new Problem("person.too-many-parts", 422, "At most {most}.").With("most", most).At(field);
    public static Problem NobodyToOpen() => new("person.nobody-to-open", 422, "Nobody has this number or code and this birth. The attempt is kept.");
    public static Problem ReasonToOpen() => new Problem("person.reason-to-open", 422, "Write what the emergency is, in at least ten letters.").At("reason");
    public static Problem NoteToReview() => new Problem("person.note-to-review", 422, "Write what was not justified, and what follows.").At("note");
    /// <summary>Offered before a second record of one person is made.</summary>
    public static Problem LooksLike(PersonId person) => new Problem("person.looks-like", 409, "A person who looks much like this one is already recorded. Use that record, or tick «another person».").With("person", person.Value);
    public static Problem ChooseMatches(int most) => new Problem("person.choose-matches", 422, "Choose 1 to {most} pairs.").With("most", most);
    public static Problem OnePersonAlready() => new("person.one-already", 409, "These records are one person already.");
    public static Problem SplitAlready() => new("person.split-already", 409, "This merge has been undone already.");
    public static Problem TooManyRecords(int most) => new Problem("person.too-many-records", 422, "At most {most} records are one person: look whether the merges before were right.").With("most", most);
    public static Problem ReasonOfSplit() => new Problem("person.reason-of-split", 422, "Say why they are two persons, in a few words.").At("reason");
    public static Problem SealedNotMerged() => new("person.sealed-not-merged", 409, "A sealed record is neither merged nor split. Lift the seal first.");
    public static Problem MergedNotSealed() => new("person.merged-not-sealed", 409, "Several records are this person. Undo the merge first, then seal each of them.");
    /// <summary>Of a row that is taken in: who it may be.</summary>
    public static Problem MayBe(PersonId person) => new Problem("person.may-be", 409, "Looks like somebody who is recorded already. It is taken in as a new person; the pair waits to be decided.").With("person", person.Value);
    /// <summary>The number stands in the record of somebody of another name or birth.</summary>
    public static Problem NumberOfAnother(PersonId person, string shown) => new Problem("person.number-of-another", 409, "This number is recorded for somebody else ({name}). Compare with the paper: one of the two is wrong.").With("person", person.Value).With("name", shown);
    /// <summary>The same within one list.</summary>
    public static Problem NumberOfAnotherRow(int row, string shown) => new Problem("person.number-of-another-row", 422, "Row {row} has this number for somebody else ({name}). Compare with the paper: one of the two is wrong.").With("row", row).With("name", shown);
    /// <summary>The record that a refusal offers instead of a second one; null where it offers none.</summary>
    public static PersonId? Offered(Problem problem) =>
        problem.Code is "person.same-number" or "person.looks-like" or "person.number-of-another" && PersonId.TryParse(problem.Details.GetValueOrDefault("person"), out var id) ? id : null;
    public static Problem NobodyLookedUp() => new("person.nobody-looked-up", 404, "Nobody has this number and this birth. The attempt is kept.");
}
