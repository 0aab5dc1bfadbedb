namespace PhongTuyen.Kernel;

/// <summary>
/// The keys of an area's levels that a row carries, so that a scope is an equality on one column. 0 is "not known" and, for a
/// district, "there is none" (two levels since 1 July 2025). A key is a number of a dated version, never an official code.
/// </summary>
public readonly record struct AreaKeys(AreaId Province, AreaId District, AreaId Commune)
{
    public static readonly AreaKeys Unknown;
    public bool Known => Province.Value != 0;

    /// <summary>The lowest level that is known.</summary>
    public AreaId Lowest() => Commune.Value != 0 ? Commune : District.Value != 0 ? District : Province;

    /// <summary>The column that holds it.</summary>
    public string Column() => Commune.Value != 0 ? "commune_id" : District.Value != 0 ? "district_id" : "province_id";
}

/// <summary>A row that belongs to one unit and one area, and is seen by those whose grants cover either.</summary>
public interface IScoped
{
    UnitId UnitId { get; }
    AreaId ProvinceId { get; }
    AreaId DistrictId { get; }
    AreaId CommuneId { get; }
}

/// <summary>The levels of the area tree.</summary>
public enum AreaLevel
{
    /// <summary>Việt Nam.</summary>
    Country = 0,
    /// <summary>Tỉnh, thành phố trực thuộc trung ương.</summary>
    Province = 1,
    /// <summary>Quận, huyện, thị xã, thành phố thuộc tỉnh; abolished on 1 July 2025.</summary>
    District = 2,
    /// <summary>Xã, phường, thị trấn, đặc khu.</summary>
    Commune = 3,
    /// <summary>Thôn, ấp, bản, tổ dân phố, khu phố: no official code, kept by the commune.</summary>
    Hamlet = 4,
}
