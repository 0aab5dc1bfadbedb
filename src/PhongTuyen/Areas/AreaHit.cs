using PhongTuyen.Kernel;

namespace PhongTuyen.Areas;

/// <summary>A unit found by its name, with what tells it from others of the same name.</summary>
/// <param name="Path">The unit and all above it: "Phường Phúc Xá, Quận Ba Đình, Thành phố Hà Nội".</param>
public sealed record AreaHit(AreaId Id, AreaLevel Level, string Code, string Name, string Path);
