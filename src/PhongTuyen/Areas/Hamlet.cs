using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Areas;

/// <summary>What people call the parts of a commune. They have no official code; each commune keeps its own list.</summary>
public enum HamletKind
{
    /// <summary>Tổ dân phố.</summary>
    ResidentialGroup = 1,
    /// <summary>Thôn.</summary>
    Thon = 2,
    /// <summary>Làng.</summary>
    Lang = 3,
    /// <summary>Ấp.</summary>
    Ap = 4,
    /// <summary>Bản.</summary>
    Ban = 5,
    /// <summary>Buôn.</summary>
    Buon = 6,
    /// <summary>Phum.</summary>
    Phum = 7,
    /// <summary>Sóc.</summary>
    Soc = 8,
    /// <summary>Khu phố.</summary>
    Quarter = 9,
    /// <summary>Khóm.</summary>
    Khom = 10,
    /// <summary>Khác: the name is kept as it was written.</summary>
    Other = 99,
}

/// <summary>A hamlet or residential group of a commune (thôn, ấp, bản; tổ dân phố, khu phố).</summary>
public sealed class Hamlet : IOpenToStaff
{
    public const int NameMost = 100;
    public const int HouseholdsMost = 100_000;

    public int Id { get; init; }
    /// <summary>Always 0: a hamlet belongs to its commune, not to an office.</summary>
    public UnitId UnitId { get; init; }
    public AreaId ProvinceId { get; init; }
    public AreaId DistrictId { get; init; }
    public AreaId CommuneId { get; init; }
    /// <summary>With its kind, as the names of areas: "Thôn 3".</summary>
    public required string Name { get; set; }
    public required string NameFolded { get; set; }
    public HamletKind Kind { get; set; }
    /// <summary>Null: not known.</summary>
    public int? Households { get; set; }
    public DateOnly ValidFrom { get; init; }
    /// <summary>Last day; null while it stands.</summary>
    public DateOnly? ValidTo { get; set; }
    public int Version { get; set; } = 1;

    /// <summary>The name with its kind in front, however it was typed: "3", "thon 3" and "Thôn 3" are one.</summary>
    public static string? FullName(HamletKind kind, string? typed)
    {
        if (VietnameseText.Clean(typed) is not { } name) return null;
        if (Word(kind) is not { } word) return name;
        var (words, of) = (name.Split(' '), word.Split(' '));
        var said = words.Length > of.Length && VietnameseText.Fold(string.Join(' ', words[..of.Length])) == VietnameseText.Fold(word);
        return $"{word} {string.Join(' ', said ? words[of.Length..] : words)}";
    }

    private static string? Word(HamletKind kind) => kind switch
    {
        HamletKind.ResidentialGroup => "Tổ dân phố",
        HamletKind.Thon => "Thôn",
        HamletKind.Lang => "Làng",
        HamletKind.Ap => "Ấp",
        HamletKind.Ban => "Bản",
        HamletKind.Buon => "Buôn",
        HamletKind.Phum => "Phum",
        HamletKind.Soc => "Sóc",
        HamletKind.Quarter => "Khu phố",
        HamletKind.Khom => "Khóm",
        _ => null,
    };

    private sealed class Mapping : IEntityTypeConfiguration<Hamlet>
    {
        public void Configure(EntityTypeBuilder<Hamlet> builder)
        {
            builder.ToTable("area_hamlet");
            builder.Property(h => h.Version).IsConcurrencyToken();
        }
    }
}
