using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.People;

/// <summary>Who opened a person's pages or saw the numbers (ai đã xem), newest first. Lists in which the person stood are not among them.</summary>
public static class WhoLooked
{
    public const int Most = 20;

    /// <param name="Act">As in the audit: <c>person.seen</c>, <c>person.unmasked</c>, <c>person.looked-up</c>.</param>
    public sealed record Look(DateTimeOffset At, string Name, string Unit, string Act, string? Purpose);

    public static IReadOnlyList<Look> AskWhoLooked(this Questions questions, PersonId person) => questions.Ask("SELECT at, by_name, by_unit, act, purpose FROM pt.who_looked($1, $2)",
        r => new Look(r.GetFieldValue<DateTimeOffset>(0), r.GetString(1), r.GetString(2), r.GetString(3), r.Text(4)), person.Value, Most);
}
