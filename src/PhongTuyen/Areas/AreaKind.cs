using PhongTuyen.Kernel;

namespace PhongTuyen.Areas;

/// <summary>The ten kinds of administrative unit of the law on local government. Read from the name, which always carries its type.</summary>
public enum AreaKind
{
    /// <summary>A hamlet, or a name that begins with none of the ten types.</summary>
    Other = 0,
    /// <summary>Thành phố trực thuộc trung ương.</summary>
    Municipality = 1,
    /// <summary>Tỉnh.</summary>
    Province = 2,
    /// <summary>Quận.</summary>
    UrbanDistrict = 3,
    /// <summary>Huyện.</summary>
    RuralDistrict = 4,
    /// <summary>Thị xã.</summary>
    Town = 5,
    /// <summary>Thành phố thuộc tỉnh, thuộc thành phố trực thuộc trung ương.</summary>
    City = 6,
    /// <summary>Phường.</summary>
    Ward = 7,
    /// <summary>Thị trấn.</summary>
    Township = 8,
    /// <summary>Xã.</summary>
    Commune = 9,
    /// <summary>Đặc khu, since 1 July 2025.</summary>
    SpecialZone = 10,
}

public static class AreaKinds
{
    /// <summary>The types as an official name begins with them, in lower case. Two words stand before one.</summary>
    internal static readonly string[] Types = ["thành phố", "thị xã", "thị trấn", "đặc khu", "phường", "quận", "huyện", "tỉnh", "xã"];

    /// <summary>The kind of a unit of that level by its full name: "Thành phố Huế" is a city until 2024, a municipality after.</summary>
    public static AreaKind Of(AreaLevel level, string name) => (level, TypeOf(name)) switch
    {
        (AreaLevel.Province, "thành phố") => AreaKind.Municipality,
        (AreaLevel.Province, "tỉnh") => AreaKind.Province,
        (AreaLevel.District, "quận") => AreaKind.UrbanDistrict,
        (AreaLevel.District, "huyện") => AreaKind.RuralDistrict,
        (AreaLevel.District, "thị xã") => AreaKind.Town,
        (AreaLevel.District, "thành phố") => AreaKind.City,
        (AreaLevel.Commune, "phường") => AreaKind.Ward,
        (AreaLevel.Commune, "thị trấn") => AreaKind.Township,
        (AreaLevel.Commune, "xã") => AreaKind.Commune,
        (AreaLevel.Commune, "đặc khu") => AreaKind.SpecialZone,
        _ => AreaKind.Other,
    };

    /// <summary>Whether units of that level can be of that type: a "thành phố" is a province or a district, a "xã" only a commune.</summary>
    internal static bool Fits(string type, AreaLevel level) => level switch
    {
        AreaLevel.Province => type is "tỉnh" or "thành phố",
        AreaLevel.District => type is "quận" or "huyện" or "thị xã" or "thành phố",
        AreaLevel.Commune => type is "phường" or "xã" or "thị trấn" or "đặc khu",
        _ => false,
    };

    /// <summary>The type that an official name begins with, in lower case; null for a hamlet.</summary>
    internal static string? TypeOf(string name) =>
        Array.Find(Types, type => name.Length > type.Length && name[type.Length] == ' ' && name.StartsWith(type, StringComparison.OrdinalIgnoreCase));
}
