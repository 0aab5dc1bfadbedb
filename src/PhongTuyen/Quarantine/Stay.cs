using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhongTuyen.Kernel;
using PhongTuyen.Quarantine.Contract;

namespace PhongTuyen.Quarantine;

/// <summary>One stay of a person in quarantine or treatment (đợt cách ly, đợt điều trị): at a facility, at home or in a lodging.</summary>
public sealed class Stay : IScoped
{
    public PersonId PersonId { get; init; }
    public StayId Id { get; init; }
    /// <summary>The facility; at home, the station that looks after it.</summary>
    public UnitId UnitId { get; init; }
    public AreaId ProvinceId { get; init; }
    public AreaId DistrictId { get; init; }
    public AreaId CommuneId { get; init; }
    public StayPlace Place { get; init; }
    public StayClass Class { get; set; }
    /// <summary>Tier of treatment (tầng); 0 not known, and for observation.</summary>
    public short Tier { get; set; }
    public Severity Severity { get; set; }
    /// <summary>Of which disease, see <see cref="Diseases"/>: by it the rule is found.</summary>
    public required string Disease { get; set; }
    public StayState State { get; set; }
    public StayEnd? EndedAs { get; set; }
    public bool ViaTransfer { get; init; }
    /// <summary>The state that the end ended, and the bed that it took away: what taking the end back gives again.</summary>
    public StayState? EndedFrom { get; private set; }
    public BedId? BedBefore { get; private set; }
    public BedId? BedId { get; set; }
    public DateTimeOffset? ExpectedAt { get; set; }
    /// <summary>Null: not known. Then the stay counts in the total and in no day's flow.</summary>
    public DateTimeOffset? ArrivedAt { get; set; }
    public DateOnly? ArrivedOn { get; set; }
    /// <summary>Since when the person was away the last time; with <see cref="ReturnedAt"/> until when.</summary>
    public DateTimeOffset? AbsentSince { get; set; }
    public DateTimeOffset? ReturnedAt { get; set; }
    public string? AbsenceNote { get; set; }
    public DateTimeOffset? EndedAt { get; set; }
    public DateOnly? EndedOn { get; set; }
    public StayReason Reason { get; set; }
    public string? ReasonNote { get; set; }
    public Protection Protection { get; set; }
    public StayOrigin Origin { get; set; }
    public DateOnly? OriginOn { get; set; }
    /// <summary>Name of the edition that it was planned by.</summary>
    public string? Rule { get; set; }
    public DateOnly? PlannedByRule { get; set; }
    /// <summary>The planned end in force, after extension or shortening.</summary>
    public DateOnly? PlannedEnd { get; set; }
    /// <summary>Overlaps another stay of the person and waits for somebody to decide.</summary>
    public bool Disputed { get; set; }
    public string? Note { get; set; }
    /// <summary>Why it ended, or why the entry was withdrawn.</summary>
    public string? EndNote { get; set; }
    public ImportId? ImportId { get; init; }
    public DateTimeOffset EnteredAt { get; init; }
    public AccountId EnteredBy { get; init; }
    public UnitId EnteredUnit { get; init; }
    public int Version { get; set; } = 1;

    /// <summary>Class of place as capacity and figures count it: 10 observation, 20 + tier treatment.</summary>
    public short PlaceClass => PlaceClasses.Of(Class, Tier);

    public bool Present => State is StayState.InHouse or StayState.Absent or StayState.OnTheWay;

    public void Arrive(DateTimeOffset? moment) => (ArrivedAt, ArrivedOn) = (moment, moment?.LocalDay());

    /// <param name="moment">Null: the day is not known; then the end counts in no day's flow.</param>
    public void End(StayEnd how, DateTimeOffset? moment, string? note) =>
        (State, EndedAs, EndedAt, EndedOn, EndNote, EndedFrom, BedBefore, BedId) = (StayState.Ended, how, moment, moment?.LocalDay(), note, State, BedId, null);

    /// <summary>Takes the end back.</summary>
    /// <returns>The bed that it took away.</returns>
    public BedId? Reopen()
    {
        var bed = BedBefore;
        (State, EndedAs, EndedAt, EndedOn, EndNote, EndedFrom, BedBefore) = (EndedFrom ?? StayState.InHouse, null, null, null, null, null, null);
        return bed;
    }

    private sealed class Mapping : IEntityTypeConfiguration<Stay>
    {
        public void Configure(EntityTypeBuilder<Stay> builder)
        {
            builder.ToTable("quarantine_stay");
            builder.HasKey(s => new { s.PersonId, s.Id });
            builder.Ignore(s => s.PlaceClass);
            builder.Ignore(s => s.Present);
            builder.Property(s => s.Version).IsConcurrencyToken();
        }
    }
}

/// <summary>How places are classed: by what they are for, treatment by its tier.</summary>
public static class PlaceClasses
{
    public const short Observation = 10;

    /// <param name="tier">0 to 5; 0 not known.</param>
    public static short Of(StayClass of, short tier) => of == StayClass.Observation ? Observation : (short)(20 + tier);

    public static (StayClass Class, short Tier) From(short placeClass) => placeClass == Observation ? (StayClass.Observation, (short)0) : (StayClass.Treatment, (short)(placeClass - 20));

    /// <summary>All that a bed can be of: observation, treatment without tier, tiers 1 to 5.</summary>
    public static readonly IReadOnlyList<short> All = [10, 20, 21, 22, 23, 24, 25];
}
