using PhongTuyen.Kernel;

namespace PhongTuyen.Notices.Contract;

/// <summary>Tells people something inside the program. A notice holds no name and no number of a person: it leads to the page that does.</summary>
public interface INotify
{
    /// <summary>To everybody who runs or works in a unit. Once per intent, however often it is called.</summary>
    /// <param name="text">Key of the sentence.</param>
    /// <param name="details">What fills it.</param>
    Task UnitAsync(UnitId unit, string text, IReadOnlyDictionary<string, string> details, string? link, string intent, CancellationToken ct);

    /// <summary>To those who manage the visitor's account, the nearest above; urgent.</summary>
    Task MyManagersAsync(string text, IReadOnlyDictionary<string, string> details, string? link, string intent, CancellationToken ct);
}
