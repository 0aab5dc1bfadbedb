using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhongTuyen.Kernel;

namespace PhongTuyen.People;

/// <summary>A number on a paper of the person. Optional, typed, not unique, never the key.</summary>
public sealed class PersonDocument
{
    public PersonId PersonId { get; init; }
    public Guid Id { get; init; }
    public DocumentKind Kind { get; init; }
    /// <summary>Sealed.</summary>
    public byte[] Number { get; init; } = [];
    public byte[] NumberIndex { get; init; } = [];
    public DateOnly? IssuedOn { get; init; }
    public DateOnly? ValidTo { get; init; }
    public ImportId? ImportId { get; init; }
    public DateTimeOffset EnteredAt { get; init; }

    private sealed class Mapping : IEntityTypeConfiguration<PersonDocument>
    {
        public void Configure(EntityTypeBuilder<PersonDocument> builder)
        {
            builder.ToTable("person_document");
            builder.HasKey(d => new { d.PersonId, d.Id });
        }
    }
}

public enum PhoneOwner
{
    Own = 1,
    Household = 2,
    Relative = 3,
}

/// <summary>A telephone number; often one for a household, so never a key of a person.</summary>
public sealed class PersonPhone
{
    public PersonId PersonId { get; init; }
    public Guid Id { get; init; }
    /// <summary>Sealed, E.164.</summary>
    public byte[] Number { get; init; } = [];
    public byte[] NumberIndex { get; init; } = [];
    public PhoneOwner Whose { get; init; } = PhoneOwner.Own;
    public ImportId? ImportId { get; init; }
    public DateTimeOffset EnteredAt { get; init; }

    private sealed class Mapping : IEntityTypeConfiguration<PersonPhone>
    {
        public void Configure(EntityTypeBuilder<PersonPhone> builder)
        {
            builder.ToTable("person_phone");
            builder.HasKey(p => new { p.PersonId, p.Id });
        }
    }
}

public enum AddressKind
{
    /// <summary>Thường trú.</summary>
    Permanent = 1,
    /// <summary>Tạm trú.</summary>
    Temporary = 2,
    /// <summary>Nơi ở hiện tại.</summary>
    Present = 3,
}

/// <summary>One of the three addresses, down to the hamlet; a newer one ends the older of its kind.</summary>
public sealed class PersonAddress
{
    public const int LineMost = 200;

    public PersonId PersonId { get; init; }
    public Guid Id { get; init; }
    public AddressKind Kind { get; init; }
    public AreaId ProvinceId { get; init; }
    public AreaId DistrictId { get; init; }
    public AreaId CommuneId { get; init; }
    public int? HamletId { get; init; }
    public string? Line { get; init; }
    public DateOnly? Since { get; init; }
    public DateOnly? Until { get; set; }
    public ImportId? ImportId { get; init; }
    public DateTimeOffset EnteredAt { get; init; }

    public AreaKeys Area => new(ProvinceId, DistrictId, CommuneId);

    private sealed class Mapping : IEntityTypeConfiguration<PersonAddress>
    {
        public void Configure(EntityTypeBuilder<PersonAddress> builder)
        {
            builder.ToTable("person_address");
            builder.HasKey(a => new { a.PersonId, a.Id });
            builder.Ignore(a => a.Area);
        }
    }
}

public enum FindingState
{
    Open = 0,
    Mended = 1,
    /// <summary>Looked at and left as it is, with a reason.</summary>
    Accepted = 2,
}

/// <summary>Something in the record that a person has to mend: a missing date, a number that contradicts the birth.</summary>
public sealed class PersonFinding : IScoped
{
    public PersonId PersonId { get; init; }
    public Guid Id { get; init; }
    public UnitId UnitId { get; init; }
    public AreaId ProvinceId { get; init; }
    public AreaId DistrictId { get; init; }
    public AreaId CommuneId { get; init; }
    /// <summary>The sentence stands in the texts under <c>finding.</c> + this.</summary>
    public required string Kind { get; init; }
    public required string SubjectKind { get; init; }
    public Guid SubjectId { get; init; }
    public FindingState State { get; set; }
    public DateTimeOffset FoundAt { get; init; }
    public DateTimeOffset? ClosedAt { get; set; }
    public AccountId? ClosedBy { get; set; }
    public string? Reason { get; set; }
    public ImportId? ImportId { get; init; }

    private sealed class Mapping : IEntityTypeConfiguration<PersonFinding>
    {
        public void Configure(EntityTypeBuilder<PersonFinding> builder)
        {
            builder.ToTable("person_finding");
            builder.HasKey(f => new { f.PersonId, f.Id });
        }
    }
}
