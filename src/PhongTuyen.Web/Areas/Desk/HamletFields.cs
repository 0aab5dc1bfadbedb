using System.Globalization;
using PhongTuyen.Areas;
using PhongTuyen.Kernel;

namespace PhongTuyen.Web.Areas.Desk;

/// <summary>The form of a hamlet, new or old.</summary>
public sealed class HamletFields
{
    /// <summary>0 for a new one.</summary>
    public int Id { get; set; }
    public int BaseVersion { get; set; }
    public HamletKind? Kind { get; set; }
    public string? Name { get; set; }
    public string? Households { get; set; }

    public static HamletFields Of(Hamlet hamlet) => new() { Id = hamlet.Id, BaseVersion = hamlet.Version, Kind = hamlet.Kind, Name = hamlet.Name, Households = hamlet.Households?.ToString(CultureInfo.InvariantCulture) };

    /// <summary>The number of households; none where nothing was typed.</summary>
    public Outcome<int?> Count() => VietnameseText.Clean(Households) is not { } typed ? (int?)null
        : int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? (int?)n : Refusals.NotANumber("households");
}
