using PhongTuyen.Kernel;

namespace PhongTuyen.Web.Accounts;

/// <summary>People name the last day that is included; the database keeps the moment after it.</summary>
internal static class LastDay
{
    public static DateOnly Of(DateTimeOffset end) => end.AddTicks(-1).LocalDay();

    public static DateTimeOffset? After(DateOnly? day) => day?.AddDays(1).AtLocal();
}
