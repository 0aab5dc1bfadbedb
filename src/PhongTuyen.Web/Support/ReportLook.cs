using System.Globalization;
using PhongTuyen.Support;

namespace PhongTuyen.Web.Support;

/// <summary>Colour and sign of how a report stands; and its place in a list as it stands in an address.</summary>
public static class ReportLook
{
    public static (string Kind, string Icon) Of(ReportState state) => state switch { ReportState.New => ("info", "file"), ReportState.Taken => ("watch", "clock"), ReportState.Answered => ("ok", "check"), _ => ("info", "lock") };

    public static (string Kind, string Icon) Of(EntryKind kind) => kind switch { EntryKind.Answered => ("ok", "check"), EntryKind.Added => ("watch", "user"), EntryKind.Closed => ("info", "lock"), EntryKind.Taken => ("info", "arrow-in"), _ => ("info", "arrow-out") };

    public static string Key((DateTimeOffset At, Guid Id) place) => string.Create(CultureInfo.InvariantCulture, $"{place.At.UtcTicks}.{place.Id}");

    /// <summary>Null: from the beginning.</summary>
    public static (DateTimeOffset At, Guid Id)? Place(string? key) => key?.Split('.') is [var ticks, var id] && PhongTuyen.Kernel.Clock.OfTicks(ticks) is { } at && Guid.TryParse(id, out var row) ? (at, row) : null;
}
