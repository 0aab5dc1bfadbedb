using PhongTuyen.Kernel;
using PhongTuyen.Quarantine.Contract;

namespace PhongTuyen.Quarantine;

public static class Problems
{
    public static Problem AlreadyHere(StayId stay) => new Problem("stay.already-here", 409, "This person is already here.").With("stay", stay.Value);
    public static Problem AlreadyExpected(StayId stay) => new Problem("stay.already-expected", 409, "This person is expected here already.").With("stay", stay.Value);
    /// <summary>The least that helps: whom to call. Logged on both sides.</summary>
    public static Problem StaysElsewhere(string facility, string telephone, string name) =>
        new Problem("stay.elsewhere", 409, "{name} is recorded as staying at {facility} (telephone {telephone}). Ask them to send a transfer or to end the stay.").With("facility", facility).With("telephone", telephone).With("name", name);
    public static Problem NoSuchFacility() => new Problem("stay.no-such-facility", 422, "This unit is not a facility of quarantine or treatment.").At("unit");
    public static Problem ClassNotHere() => new Problem("stay.class-not-here", 422, "This facility does not take persons of this class.").At("class");
    public static Problem FacilityClosed(DateOnly on) => new Problem("stay.facility-closed", 422, "This facility is closed since {on}.").With("on", on).At("unit");
    public static Problem BedTaken(string bed) => new Problem("bed.taken", 409, "Bed {bed} is taken. Somebody was quicker; choose another one.").With("bed", bed).At("bed");
    public static Problem NoBedFree() => new Problem("bed.none-free", 409, "No bed of this class is free here.").At("bed");
    public static Problem HasBed() => new("bed.has-one", 409, "Has a bed by now, and keeps it.");
    public static Problem HaveBeds() => new("bed.all-have", 409, "Everybody who was ticked has a bed by now. Nobody was moved.");
    public static Problem BedNotHere() => new Problem("bed.not-here", 422, "This bed does not belong to this facility, is closed, or is of another class.").At("bed");
    public static Problem RoomForOtherSex() => new Problem("bed.room-for-other-sex", 422, "This room is for the other sex.").At("bed");
    public static Problem BedWasGiven(string bed) => new Problem("bed.was-given", 409, "Bed {bed} was given to somebody.").With("bed", bed);
    public static Problem BedInUse() => new("bed.in-use", 409, "Somebody lies in this bed. Move them first.");
    public static Problem NotInState(StayState state) => new Problem("stay.not-in-state", 409, "This cannot be done now: the stay is {state}.").With("state", state);
    public static Problem EndBeforeArrival(string field) => new Problem("stay.end-before-arrival", 422, "This lies before the arrival.").At(field);
    public static Problem PlanBeforeOrigin() => new Problem("stay.plan-before-origin", 422, "The planned end lies before the day from which it is counted.").At("plannedEnd");
    /// <summary>Nobody stays that long, and nobody is announced that early: a slip of the hand.</summary>
    public static Problem TooFarAway(string field, int days) => new Problem("stay.too-far-away", 422, "This day lies more than {days} days away. Look at the year again.").With("days", days).At(field);
    public static Problem ClosedBeforeOpened() => new Problem("facility.closed-before-opened", 422, "This lies before the day on which it was opened.").At("closedOn");
    public static Problem SamePlan() => new Problem("stay.same-plan", 422, "That is the planned end already.").At("plannedEnd");
    public static Problem TransferOpen() => new("transfer.open", 409, "A transfer of this person is already under way.");
    public static Problem TransferClosed(TransferState state) => new Problem("transfer.closed", 409, "This transfer is {state} already.").With("state", state);
    public static Problem TransferToSelf() => new Problem("transfer.to-self", 422, "Choose another facility than this one. For another room, assign a bed.").At("toUnit");
    public static Problem BackBeforeAway() => new Problem("stay.back-before-away", 422, "This lies before the absence.").At("at");
    public static Problem TooManyAtOnce(int most) => new Problem("stay.too-many-at-once", 422, "At most {most} persons at once.").With("most", most);
    /// <summary>Who is still at home is under quarantine at home or nowhere: only a facility expects somebody.</summary>
    public static Problem ExpectedAtHome() => new Problem("stay.expected-at-home", 422, "Only a facility can expect somebody. For a home, enter the person when the quarantine begins.").At("notYet");
    public static Problem NotYetOver() => new("stay.reopen-other-stay", 409, "The stay cannot be opened again: the person stays elsewhere meanwhile.");
    public static Problem RoomTaken(string name) => new Problem("room.name-taken", 409, "There is a room {name} in this wing already.").With("name", name).At("name");
    public static Problem TooManyBeds(int most) => new Problem("room.too-many-beds", 422, "At most {most} beds at once.").With("most", most).At("beds");
    public static Problem RoomRange(string part, int most) => new Problem("room.range", 422, "“{part}” is no series of at most {most} rooms, from the smaller number to the greater.").With("part", part).With("most", most).At("rooms");
    public static Problem LicenceBackdated() => new Problem("licence.backdated", 422, "A newer decision is recorded already.").At("since");
}
