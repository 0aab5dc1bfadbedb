using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Policies;
using PhongTuyen.Quarantine.Contract;

namespace PhongTuyen.Quarantine;

public enum DecisionKind
{
    /// <summary>Quyết định áp dụng biện pháp cách ly y tế.</summary>
    Quarantine = 1,
    /// <summary>Quyết định gia hạn, rút ngắn thời hạn.</summary>
    Term = 2,
    /// <summary>Giấy xác nhận hoàn thành cách ly.</summary>
    Completion = 3,
}

/// <summary>A decision on paper: numbered by its unit and year, its content kept as it was printed.</summary>
public sealed class Decision : IScoped
{
    public PersonId PersonId { get; init; }
    public Guid Id { get; init; }
    public StayId StayId { get; init; }
    public UnitId UnitId { get; init; }
    public AreaId ProvinceId { get; init; }
    public AreaId DistrictId { get; init; }
    public AreaId CommuneId { get; init; }
    public DecisionKind Kind { get; init; }
    public int Year { get; init; }
    public int Number { get; init; }
    /// <summary>Số/ký hiệu: 12/QĐ-CL.</summary>
    public required string Sign { get; init; }
    public DateOnly SignedOn { get; init; }
    public required string Signer { get; init; }
    public required string SignerTitle { get; init; }
    /// <summary>JSON of <see cref="DecisionContent"/>: later corrections do not change a paper that was signed.</summary>
    public required string Content { get; init; }
    public DateTimeOffset EnteredAt { get; init; }
    public AccountId EnteredBy { get; init; }

    public DecisionContent Printed => JsonSerializer.Deserialize<DecisionContent>(Content)!;

    /// <summary>The sentences as they were signed.</summary>
    public DecisionWording Wording(DecisionContent printed) => printed.Wording ?? FirstPapers.Of(Kind, printed);

    private sealed class Mapping : IEntityTypeConfiguration<Decision>
    {
        public void Configure(EntityTypeBuilder<Decision> builder)
        {
            builder.ToTable("quarantine_decision");
            builder.HasKey(d => new { d.PersonId, d.Id });
            builder.Ignore(d => d.Printed);
        }
    }
}

/// <summary>What stands on the paper.</summary>
public sealed record DecisionContent(string Authority, string Unit, string Place, string PersonName, string Birth, int Sex, string? Address, string Facility, StayClass Class, DateOnly From, DateOnly? To, string? Rule, string? Reason)
{
    /// <summary>Null in papers of the first days, see <see cref="FirstPapers"/>.</summary>
    public DecisionWording? Wording { get; init; }
}

/// <summary>Issues a decision for a stay, with the next number of the unit's series of that year.</summary>
public sealed class IssueDecision(Db db, IPolicyBook policies, TimeProvider clock)
{
    public sealed record Input(Guid Id, StayId Stay, DecisionKind Kind, DateOnly SignedOn, [property: Most(100)] string Signer, [property: Most(150)] string SignerTitle, [property: Most(30)] string Suffix, string? Reason);

    public Task<Outcome<Guid>> RunAsync(Input input, CancellationToken ct) => db.OnceAsync(input.Id, "decision.issue", input, async () =>
    {
        if (VietnameseText.Clean(input.Signer) is not { } signer) return Refusals.Required("signer");
        if (VietnameseText.Clean(input.SignerTitle) is not { } title) return Refusals.Required("signerTitle");
        if (VietnameseText.Clean(input.Suffix) is not { } suffix) return Refusals.Required("suffix");
        if (input.SignedOn > clock.Today()) return Refusals.InFuture("signedOn");
        if (await db.StayAsync(input.Stay, ct) is not { } stay) return Refusals.NotFound();
        if (stay.State is StayState.Expected or StayState.Withdrawn || (stay.OriginOn ?? stay.ArrivedOn) is not { } from) return Problems.NotInState(stay.State);
        var content = await ContentAsync(stay, from, VietnameseText.Clean(input.Reason), ct);
        content = content with { Wording = await WordingAsync(input, stay, content, ct) };
        var number = await NextNumberAsync(stay, input.SignedOn.Year, ct);
        db.Add(new Decision
        {
            PersonId = stay.PersonId, Id = input.Id, StayId = stay.Id, UnitId = stay.UnitId, ProvinceId = stay.ProvinceId, DistrictId = stay.DistrictId, CommuneId = stay.CommuneId,
            Kind = input.Kind, Year = input.SignedOn.Year, Number = number, Sign = $"{number}/{suffix}", SignedOn = input.SignedOn, Signer = signer, SignerTitle = title,
            Content = JsonSerializer.Serialize(content), EnteredAt = clock.GetUtcNow(), EnteredBy = db.Visitor!.Account,
        });
        db.Tell(new DecisionIssued(stay.PersonId, stay.Id, input.Id, number, input.SignedOn.Year));
        await db.SaveChangesAsync(ct);
        return (Outcome<Guid>)input.Id;
    }, ct);

    /// <summary>The sentences, with the laws of the day of the signature and the paper behind the rule that the stay was planned by.</summary>
    private async Task<DecisionWording> WordingAsync(Input input, Stay stay, DecisionContent content, CancellationToken ct)
    {
        var area = stay.CommuneId.Value != 0 ? stay.CommuneId : stay.DistrictId.Value != 0 ? stay.DistrictId : stay.ProvinceId;
        var laws = policies.For<DecisionBasis>(area, input.SignedOn, "")?.Basis ?? [];
        var rule = stay.Rule is { } name ? policies.All<QuarantineRules>().FirstOrDefault(edition => edition.Name() == name)?.Paper : null;
        return DecisionWording.Of(input.Kind, content, laws, rule, input.Kind == DecisionKind.Term ? await ChangedAsync(stay, input.SignedOn, ct) : null);
    }

    /// <summary>The last paper on this stay's term before that day, and the end that it said; without one, the end before the plan was last changed.</summary>
    private async Task<DecisionWording.Changed> ChangedAsync(Stay stay, DateOnly day, CancellationToken ct)
    {
        var paper = await db.Set<Decision>().AsNoTracking().Where(d => d.PersonId == stay.PersonId && d.StayId == stay.Id && d.Kind != DecisionKind.Completion && d.SignedOn <= day)
            .OrderByDescending(d => d.SignedOn).ThenByDescending(d => d.EnteredAt).FirstOrDefaultAsync(ct);
        if (paper is not null) return new(paper.Sign, paper.SignedOn, paper.Printed.To);
        var plan = await db.Set<StayPlan>().AsNoTracking().Where(p => p.PersonId == stay.PersonId && p.StayId == stay.Id).OrderByDescending(p => p.EnteredAt).FirstOrDefaultAsync(ct);
        return new(null, null, plan?.Before);
    }

    /// <summary>One number at a time for each unit and year; a refused act gives its number back.</summary>
    private Task<int> NextNumberAsync(Stay stay, int year, CancellationToken ct) => db.Connection.ValueAsync<int>("""
        INSERT INTO pt.quarantine_decision_number AS n (unit_id, province_id, district_id, commune_id, year, last) VALUES ($1, $2, $3, $4, $5, 1)
        ON CONFLICT (unit_id, year) DO UPDATE SET last = n.last + 1 RETURNING last
        """, ct, stay.UnitId.Value, stay.ProvinceId.Value, stay.DistrictId.Value, stay.CommuneId.Value, year);

    private async Task<DecisionContent> ContentAsync(Stay stay, DateOnly from, string? reason, CancellationToken ct) => (await db.Connection.RowAsync("""
        SELECT coalesce((SELECT name FROM pt.unit WHERE id = u.parent_id), ''), u.name, coalesce((SELECT name FROM pt.area WHERE id = u.province_id), ''),
          coalesce(p.name, p.code), p.birth, p.birth_precision, p.sex,
          (SELECT concat_ws(', ', a.line, (SELECT h.name FROM pt.area_hamlet h WHERE h.id = a.hamlet_id), (SELECT name FROM pt.area WHERE id = nullif(a.commune_id, 0)),
             (SELECT name FROM pt.area WHERE id = nullif(a.district_id, 0)), (SELECT name FROM pt.area WHERE id = nullif(a.province_id, 0)))
           FROM pt.person_address a WHERE a.person_id = p.id AND a.until IS NULL ORDER BY a.kind DESC LIMIT 1)
        FROM pt.person p CROSS JOIN pt.unit u WHERE p.id = $1 AND u.id = $2
        """, r => new DecisionContent(r.GetString(0), r.GetString(1), r.GetString(2), r.GetString(3), new BirthDate(r.Maybe<DateOnly>(4), (BirthPrecision)r.GetInt16(5)).ToString(),
            r.GetInt16(6), r.Text(7), r.GetString(1), stay.Class, from, stay.PlannedEnd, stay.Rule, reason), ct, stay.PersonId.Value, stay.UnitId.Value))!;
}
