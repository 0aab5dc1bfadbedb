using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhongTuyen.Kernel;

namespace PhongTuyen.Quarantine;

/// <summary>An extension or a shortening, with its reason and the number of its paper.</summary>
public sealed class StayPlan : IScoped
{
    /// <summary>How far from its beginning, or from today, an end may be planned.</summary>
    public const int DaysMost = 366;

    /// <summary>How long ago a stay that is entered now may have begun, or what it is reckoned from may have happened.</summary>
    public const int PastMost = 3660;

    public PersonId PersonId { get; init; }
    public StayId StayId { get; init; }
    public Guid Id { get; init; }
    public UnitId UnitId { get; init; }
    public AreaId ProvinceId { get; init; }
    public AreaId DistrictId { get; init; }
    public AreaId CommuneId { get; init; }
    public DateOnly? Before { get; init; }
    public DateOnly? After { get; init; }
    public required string Reason { get; init; }
    public string? Paper { get; init; }
    public DateTimeOffset EnteredAt { get; init; }
    public AccountId EnteredBy { get; init; }

    internal static StayPlan Of(Stay stay, DateOnly after, string reason, string? paper, TimeProvider clock, AccountId by) => new()
    {
        PersonId = stay.PersonId,
        StayId = stay.Id,
        Id = clock.NewGuid(),
        UnitId = stay.UnitId,
        ProvinceId = stay.ProvinceId,
        DistrictId = stay.DistrictId,
        CommuneId = stay.CommuneId,
        Before = stay.PlannedEnd,
        After = after,
        Reason = reason,
        Paper = paper,
        EnteredAt = clock.GetUtcNow(),
        EnteredBy = by,
    };

    private sealed class Mapping : IEntityTypeConfiguration<StayPlan>
    {
        public void Configure(EntityTypeBuilder<StayPlan> builder)
        {
            builder.ToTable("quarantine_stay_plan");
            builder.HasKey(p => new { p.PersonId, p.StayId, p.Id });
        }
    }
}
