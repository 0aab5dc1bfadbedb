using PhongTuyen.Kernel;
using PhongTuyen.People;
using PhongTuyen.People.Contract;

namespace PhongTuyen.Web.People;

/// <summary>Corrections in the user's words: "Ngày sinh: 1985 → 05/08/1985". What is sealed stays sealed.</summary>
public static class FieldWords
{
    private static readonly Dictionary<string, string> Choices = new(StringComparer.Ordinal)
    {
        ["sex"] = nameof(Sex), ["pregnant"] = nameof(Pregnancy), ["birth_precision"] = nameof(BirthPrecision), ["classification"] = "CaseClass", ["outcome"] = "CaseOutcome",
    };

    private static readonly string[] Areas = ["province_id", "district_id", "commune_id"];

    public static IEnumerable<string> Of(Screen s, IEnumerable<FieldChange> changes)
    {
        var areaSaid = false;
        foreach (var change in changes)
        {
            if (Areas.Contains(change.Field))
            {
                if (!areaSaid) yield return s["field.area"];
                areaSaid = true;
            }
            else if (change.Field is "chronic" or "household_id") yield return s["field." + change.Field];
            else yield return $"{s["field." + change.Field]}: {Value(s, change.Field, change.Before)} → {Value(s, change.Field, change.After)}";
        }
    }

    private static string Value(Screen s, string field, string? value) => value switch
    {
        null or "" => s["form.nothing"],
        "True" => s["form.yes"],
        "False" => s["form.no"],
        _ when Choices.TryGetValue(field, out var type) => s[$"word.{type}.{value}"],
        _ when field == "severity" => s["word.Severity." + (PhongTuyen.Quarantine.Contract.Severity)(value[0] - '0')],
        _ when field == "nationality" => Countries.Name(value, s.Language),
        _ => value,
    };
}
