using PhongTuyen.Kernel;

namespace PhongTuyen.Areas;

/// <summary>
/// One dated version of an administrative unit (đơn vị hành chính). Name and parent hold on all days of the version: a decree that
/// renames or moves a unit, or renames what lies above it, ends this version and begins another.
/// </summary>
/// <param name="Id">The platform's own number of this version.</param>
/// <param name="Parent">The version it lies in; 0 for a province.</param>
/// <param name="Code">Official code, a string with its leading zeros: 2 digits for a province, 3 for a district, 5 for a commune; empty
/// for a hamlet. A code may change its meaning (52 was Bình Định, and is Gia Lai since 1 July 2025): only code and day together say what is meant.</param>
/// <param name="Name">Full name with its type: "Phường Phúc Xá".</param>
/// <param name="From">The first day.</param>
/// <param name="To">The last day; null while it stands.</param>
/// <param name="Decree">Number of the paper that made this version; null where the list begins.</param>
public sealed record AreaRow(AreaId Id, AreaId Parent, AreaLevel Level, string Code, string Name, DateOnly From, DateOnly? To = null, string? Decree = null)
{
    public AreaKind Kind => AreaKinds.Of(Level, Name);

    public bool ValidOn(DateOnly day) => From <= day && !(To < day);
}

/// <summary>
/// A name that a unit bears besides the one of the list: a former or later official name, an abbreviation in daily use. Accepted only
/// where no name of the list fits, and up to <see cref="AreaMatcher.Window"/> days outside of its own days.
/// </summary>
/// <param name="From">The first day; null where it is not known, or for an abbreviation.</param>
/// <param name="To">The last day; null while it is in use.</param>
public sealed record AreaOtherName(string Code, AreaLevel Level, string Name, DateOnly? From, DateOnly? To);
