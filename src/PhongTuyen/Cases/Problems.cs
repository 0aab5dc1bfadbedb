using PhongTuyen.Kernel;

namespace PhongTuyen.Cases;

public static class Problems
{
    public static Problem DecidingNeeded() => new Problem("case.deciding-needed", 422, "Write the facts that decide it: which test, which day, which link.").At("deciding");
    public static Problem OutcomeNeeded() => new Problem("case.outcome-needed", 422, "A date of the outcome needs the outcome.").At("outcome");
    public static Problem OutcomeBeforeOnset() => new Problem("case.outcome-before-onset", 422, "The outcome lies before the onset.").At("outcomeOn");
    public static Problem SameCase(CaseId id) => new Problem("case.same", 409, "This person already has an open case of this disease.").With("case", id.Value);
    public static Problem SameEpisode(CaseId id) => new Problem("case.same-episode", 409, "This case of this person is recorded already, and has ended.").With("case", id.Value);
    public static Problem SameUnit() => new Problem("case.same-unit", 422, "This unit is responsible for the case already.").At("toUnitText");
    public static Problem NoSuchUnit() => new Problem("case.no-such-unit", 422, "Please choose a unit that stands today.").At("toUnitText");
    public static Problem WorkedOn(PersonId person) => new Problem("case.worked-on", 409, "The case has been worked on since it was handed over. Ask the unit that has it now to hand it back.").With("person", person);
    public static Problem GiverClosed(PersonId person) => new Problem("case.giver-closed", 409, "The unit that handed the case over is closed by now. The case stays where it is.").With("person", person);
    public static Problem DiseaseUnknown() => new Problem("case.disease-unknown", 422, "Please choose a disease of the list.").At("disease");
}
