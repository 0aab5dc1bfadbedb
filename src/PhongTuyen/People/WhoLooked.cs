using System.Text.Json;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.People;

/// <summary>Which sights of a person are asked for.</summary>
public enum LookKind
{
    All = 0,
    /// <summary>The record was opened, or numbers were seen in full.</summary>
    Opened = 1,
    /// <summary>The person stood in a list, was found by a search, or left in a file.</summary>
    Listed = 2,
}

/// <summary>Who saw a person (ai đã xem), newest first. Whose ties have all ended reads of their own units only.</summary>
public static class WhoLooked
{
    public const int Page = 50;

    // So many stand on the person's own page.
    private const int Few = 20;

    /// <param name="Act">As in the audit: <c>person.seen</c>, <c>person.unmasked</c>, <c>person.looked-up</c>, <c>person.listed</c>, <c>list.taken</c> …</param>
    /// <param name="List">Which list it was; of a record: its own id.</param>
    /// <param name="Field">What was seen in full.</param>
    /// <param name="Emergency">The person was opened in an emergency (mở khẩn cấp), or seen by that.</param>
    public sealed record Look(Guid Id, DateTimeOffset At, string Name, string Unit, string Act, string List, UnmaskedField? Field, bool Emergency, string? Purpose);

    /// <summary>The last openings of the record, for the person's own page.</summary>
    public static IReadOnlyList<Look> AskWhoLooked(this Questions questions, PersonId person) => Ask(questions, person, LookKind.Opened, null, null, Few);

    /// <summary>A page of all of them, one more than <see cref="Page"/> where there are more.</summary>
    /// <param name="day">Of this day only.</param>
    /// <param name="behind">The last of the page before.</param>
    public static IReadOnlyList<Look> AskWhoLooked(this Questions questions, PersonId person, LookKind kind, DateOnly? day, (DateTimeOffset At, Guid Id)? behind) => Ask(questions, person, kind, day, behind, Page + 1);

    private static IReadOnlyList<Look> Ask(Questions questions, PersonId person, LookKind kind, DateOnly? day, (DateTimeOffset At, Guid Id)? behind, int most)
    {
        var (since, before) = day is { } of ? (of.AtLocal(), of.AddDays(1).AtLocal()) : (DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue);
        // Behind the last moment of the day nothing of it is left out; a place of another day is none.
        var place = behind is { } last && last.At < before ? last : (At: before, Id: Guid.Empty);
        return questions.Ask("SELECT id, at, by_name, by_unit, act, subject, detail, purpose FROM pt.who_looked($1, $2, $3, $4, $5, $6)",
            r => new Look(r.GetGuid(0), r.GetFieldValue<DateTimeOffset>(1), r.GetString(2), r.GetString(3), r.GetString(4), r.GetString(5), FieldOf(r.GetString(6)), EmergencyOf(r.GetString(4), r.GetString(6)), r.Text(7)),
            person.Value, (int)kind, since, place.At, place.Id, most);
    }

    // A list may have held somebody else who was opened.
    private static bool EmergencyOf(string act, string detail) => act.StartsWith("person.", StringComparison.Ordinal) && act is not ("person.listed" or "person.searched") && detail.Contains("\"Opening\"", StringComparison.Ordinal);

    private static UnmaskedField? FieldOf(string detail)
    {
        using var known = JsonDocument.Parse(detail);
        return known.RootElement.TryGetProperty(nameof(PersonUnmasked.Field), out var field) && Enum.TryParse<UnmaskedField>(field.GetString(), out var of) ? of : null;
    }
}
