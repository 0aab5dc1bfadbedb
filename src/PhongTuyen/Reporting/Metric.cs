namespace PhongTuyen.Reporting;

/// <summary>
/// What is counted. Each number is defined once, in <c>Data/Sql/0012_reporting.sql</c>, from which the triggers and the recount are both
/// made; the sentence that the screen shows stands in the texts under <c>metric.</c> + the name.
/// </summary>
public enum Metric
{
    /// <summary>All stays ever begun, by class of place.</summary>
    StaysTotal = 1,
    /// <summary>In a facility now, by class of place.</summary>
    InHouse = 2,
    /// <summary>In treatment in a facility now, by severity.</summary>
    InTreatmentBySeverity = 3,
    /// <summary>At home or in a lodging now, by place × 10 + class.</summary>
    AtHome = 4,
    Absent = 5,
    OnTheWay = 6,
    Expected = 7,
    /// <summary>In a facility now without a bed.</summary>
    WithoutBed = 8,
    /// <summary>Begun on a day that is not known: in the total, in no day's flow.</summary>
    StartUnknown = 9,
    /// <summary>In house, by the day of the planned end.</summary>
    PlannedEnd = 10,
    /// <summary>In house without a planned end.</summary>
    NoPlannedEnd = 11,
    Disputed = 12,
    /// <summary>Beds that are open, those of closed houses among them. 40 to 48 are 20 to 28 of closed houses: read with the others, counted nowhere.</summary>
    BedsOpen = 20,
    BedsOpenIcu = 21,
    BedsOpenOxygen = 22,
    BedsOccupied = 23,
    BedsOccupiedIcu = 24,
    BedsOccupiedOxygen = 25,
    BedsReserved = 26,
    BedsReservedIcu = 27,
    BedsReservedOxygen = 28,
    /// <summary>Places by decision.</summary>
    Licensed = 29,
    /// <summary>Admitted on a day, transfers not counted.</summary>
    Arrived = 30,
    Left = 31,
    Discharged = 32,
    TransferredOut = 33,
    TransferredIn = 34,
    Died = 35,
    Lost = 36,
    /// <summary>Cases by class.</summary>
    Cases = 50,
    /// <summary>Confirmed cases by the day of report.</summary>
    ConfirmedOn = 51,
    /// <summary>Confirmed cases by outcome.</summary>
    ConfirmedByOutcome = 52,
    /// <summary>Deaths of confirmed cases by day.</summary>
    DeathsOn = 53,
    /// <summary>Confirmed cases whose day of report is not known.</summary>
    ConfirmedUndated = 54,
    /// <summary>Confirmed cases by severity.</summary>
    ConfirmedBySeverity = 55,
    /// <summary>Positive results by the day the sample was taken.</summary>
    PositiveOn = 60,
    /// <summary>Positive results by kind of test.</summary>
    Positives = 61,
    /// <summary>Positive results whose day is not known.</summary>
    PositiveUndated = 62,
}
