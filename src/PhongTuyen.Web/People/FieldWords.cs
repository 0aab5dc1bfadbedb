using System.Globalization;
using PhongTuyen.Kernel;
using PhongTuyen.People;
using PhongTuyen.People.Contract;
using PhongTuyen.Quarantine.Contract;

namespace PhongTuyen.Web.People;

/// <summary>Corrections in the user's words: "Ngày sinh: 1985 → 05/08/1985". What is sealed stays sealed.</summary>
public static class FieldWords
{
    private static readonly Dictionary<string, string> Choices = new(StringComparer.Ordinal)
    {
        ["sex"] = nameof(Sex), ["pregnant"] = nameof(Pregnancy), ["birth_precision"] = nameof(BirthPrecision), ["classification"] = "CaseClass", ["outcome"] = "CaseOutcome",
        ["state"] = nameof(StayState), ["ended_as"] = nameof(StayEnd), ["class"] = nameof(StayClass), ["reason"] = nameof(StayReason), ["protection"] = nameof(Protection),
    };

    private static readonly string[] Moments = ["O", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK", "MM/dd/yyyy HH:mm:ss zzz"];
    private static readonly string[] Areas = ["province_id", "district_id", "commune_id"];

    public static IEnumerable<string> Of(Screen s, IEnumerable<FieldChange> changes)
    {
        var areaSaid = false;
        // A column without a word says nothing to a person: the number of a bed, a version.
        foreach (var change in changes.Where(change => Areas.Contains(change.Field) || s["changed." + change.Field] != "changed." + change.Field))
        {
            if (Areas.Contains(change.Field))
            {
                if (!areaSaid) yield return s["changed.area"];
                areaSaid = true;
            }
            else if (change.Field == "household_id" && string.IsNullOrEmpty(change.After)) yield return s["changed.household-left"];
            else if (change.Field is "chronic" or "household_id") yield return s["changed." + change.Field];
            // A choice without words is the program's own state, as that of an import.
            else if (new[] { change.Before, change.After }.Any(value => !string.IsNullOrEmpty(value) && Choices.TryGetValue(change.Field, out var type) && s[$"word.{type}.{value}"] == $"word.{type}.{value}")) continue;
            else yield return $"{s["changed." + change.Field]}: {Value(s, change.Field, change.Before)} → {Value(s, change.Field, change.After)}";
        }
    }

    private static string Value(Screen s, string field, string? value) => value switch
    {
        null or "" => s["form.nothing"],
        "True" => s["form.yes"],
        "False" => s["form.no"],
        _ when Choices.TryGetValue(field, out var type) => s[$"word.{type}.{value}"],
        _ when DateTimeOffset.TryParseExact(value, Moments, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment) => Screen.Show(moment),
        _ when DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) => Screen.Day(day),
        _ when field == "severity" && value.Length == 1 => s["word.Severity." + (Severity)(value[0] - '0')],
        _ when field == "severity" => s["word.Severity." + value],
        _ when field == "disease" => s["disease." + value],
        _ when field == "nationality" => Countries.Name(value, s.Language),
        _ => value,
    };
}
