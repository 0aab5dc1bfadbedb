using System.Globalization;
using PhongTuyen.Areas;
using PhongTuyen.Kernel;

namespace PhongTuyen.Web.Shared;

/// <summary>Reads the filter of a list from its address, and keeps the names of what cannot be read: a list without that filter would pass for the one that was asked for.</summary>
public sealed class FilterQuery(IQueryCollection query)
{
    private readonly HashSet<string> unreadable = new(StringComparer.Ordinal);

    public IReadOnlyList<Problem> Faults => [.. unreadable.Order(StringComparer.Ordinal).Select(Refusals.FilterUnreadable)];

    private string? Of(string name) => query[name].ToString() is { Length: > 0 } text ? text : null;

    private T? Read<T>(string name, T? value, bool good) where T : struct
    {
        if (Of(name) is null) return null;
        if (good) return value;
        unreadable.Add(name);
        return null;
    }

    public T? Word<T>(string name) where T : struct, Enum => Read<T>(name, Enum.TryParse<T>(Of(name), out var word) ? word : null, Enum.IsDefined(word));

    /// <summary>As programs write a day.</summary>
    public DateOnly? Day(string name) => Read<DateOnly>(name, DateOnly.TryParseExact(Of(name), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null, day.Year is >= 1900 and <= 2200);

    /// <param name="most">The number is 0 to this.</param>
    public short? Number(string name, short most) => Read<short>(name, short.TryParse(Of(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : (short)-1, number <= most && number.ToString(CultureInfo.InvariantCulture) == Of(name));

    /// <summary>0 is none, as an empty field of a form sends it.</summary>
    public UnitId Unit(string name) => Of(name) == "0" ? default : Read<UnitId>(name, UnitId.TryParse(Of(name), out var unit) ? unit : null, unit.Value > 0) ?? default;

    public AreaKeys Area(string name, AreaStore areas) => Of(name) == "0" ? default : Read<AreaId>(name, AreaId.TryParse(Of(name), out var area) ? area : null, area.Value > 0 && areas.Book.Keys(area).Known) is { } known ? areas.Book.Keys(known) : default;

    /// <summary>0 is none, as an empty field of a form sends it. Whether it is an area is not asked.</summary>
    public AreaId AreaNumber(string name) => Of(name) == "0" ? default : Read<AreaId>(name, AreaId.TryParse(Of(name), out var area) ? area : null, area.Value > 0) ?? default;

    public Guid? Id(string name) => Read<Guid>(name, Guid.TryParse(Of(name), out var id) ? id : null, id != default);

    public ImportId? Import(string name) => Read<ImportId>(name, ImportId.TryParse(Of(name), out var import) ? import : null, import != default);

    /// <summary>One of these, or nothing.</summary>
    public string? OneOf(string name, params IReadOnlyCollection<string> words)
    {
        if (Of(name) is not { } text) return null;
        if (words.Contains(text)) return text;
        unreadable.Add(name);
        return null;
    }
}
