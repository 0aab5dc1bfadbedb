using PhongTuyen.Kernel;
using PhongTuyen.Quarantine.Contract;

namespace PhongTuyen.Quarantine;

/// <summary>Somebody is expected.</summary>
public sealed record StayExpected(PersonId Person, StayId Stay, UnitId Unit) : IEvent
{
    public static string Act => "stay.expected";
    public IReadOnlyList<PersonId> Persons => [Person];
    public (string, string) Subject => ("stay", Stay.ToString());
}

/// <summary>Somebody was admitted.</summary>
public sealed record StayAdmitted(PersonId Person, StayId Stay, UnitId Unit, StayClass Class, DateOnly? ArrivedOn, DateOnly? PlannedEnd) : IEvent
{
    public static string Act => "stay.admitted";
    public IReadOnlyList<PersonId> Persons => [Person];
    public (string, string) Subject => ("stay", Stay.ToString());
}

/// <summary>A bed was given or taken away.</summary>
public sealed record BedAssigned(PersonId Person, StayId Stay, BedId? Bed) : IEvent
{
    public static string Act => "stay.bed-assigned";
    public IReadOnlyList<PersonId> Persons => [Person];
    public (string, string) Subject => ("stay", Stay.ToString());
}

/// <summary>Somebody who should be here is not, or is back.</summary>
public sealed record StayAbsence(PersonId Person, StayId Stay, bool Absent) : IEvent
{
    public static string Act => "stay.absence";
    public IReadOnlyList<PersonId> Persons => [Person];
    public (string, string) Subject => ("stay", Stay.ToString());
}

/// <summary>The planned end was extended or shortened.</summary>
public sealed record StayReplanned(PersonId Person, StayId Stay, DateOnly? Before, DateOnly? After) : IEvent
{
    public static string Act => "stay.replanned";
    public IReadOnlyList<PersonId> Persons => [Person];
    public (string, string) Subject => ("stay", Stay.ToString());
}

/// <summary>Something about a stay was corrected; event time and entry time both remain.</summary>
public sealed record StayCorrected(PersonId Person, StayId Stay) : IEvent
{
    public static string Act => "stay.corrected";
    public IReadOnlyList<PersonId> Persons => [Person];
    public (string, string) Subject => ("stay", Stay.ToString());
}

/// <summary>An entry that never was true was taken out of the figures.</summary>
public sealed record StayWithdrawn(PersonId Person, StayId Stay) : IEvent
{
    public static string Act => "stay.withdrawn";
    public IReadOnlyList<PersonId> Persons => [Person];
    public (string, string) Subject => ("stay", Stay.ToString());
}

/// <summary>A transfer moved on: sent, left, received, refused, withdrawn.</summary>
public sealed record TransferMoved(PersonId Person, TransferId Transfer, TransferState State, UnitId From, UnitId To) : IEvent
{
    public static string Act => "transfer.moved";
    public IReadOnlyList<PersonId> Persons => [Person];
    public (string, string) Subject => ("transfer", Transfer.ToString());
}

/// <summary>Somebody tried to admit a person who stays elsewhere. The other facility is told that it was asked.</summary>
public sealed record ClashMet(PersonId Person, UnitId Other) : IEvent
{
    public static string Act => "stay.clash";
    public IReadOnlyList<PersonId> Persons => [Person];
    public (string, string) Subject => ("unit", Other.ToString());
}

/// <summary>A decision was issued with a number.</summary>
public sealed record DecisionIssued(PersonId Person, StayId Stay, Guid Decision, int Number, int Year) : IEvent
{
    public static string Act => "decision.issued";
    public IReadOnlyList<PersonId> Persons => [Person];
    public (string, string) Subject => ("decision", Decision.ToString());
}

/// <summary>A facility, its rooms, beds or licensed places were changed.</summary>
public sealed record FacilityChanged(UnitId Unit, FacilityPart Part, int HowMany) : IEvent
{
    public static string Act => "facility.changed";
    public IReadOnlyList<PersonId> Persons => [];
    public (string, string) Subject => ("facility", Unit.ToString());
}

public enum FacilityPart
{
    Facility,
    Licence,
    Rooms,
    RoomsTakenBack,
    Beds,
}
