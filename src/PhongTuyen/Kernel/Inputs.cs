using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;

namespace PhongTuyen.Kernel;

/// <summary>The longest text that this part of an input takes; a part without it takes <see cref="Inputs.TextMost"/>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MostAttribute(int most) : Attribute
{
    public int Most => most;
}

/// <summary>
/// What holds for every input of every use-case, whoever sends it: texts of a sensible length, choices that exist, days between 1850 and
/// 2200, births of people who can live, lists without holes. <c>Db.OnceAsync</c> asks it before anything else, so that no use-case has to.
/// </summary>
public static class Inputs
{
    /// <summary>A reason, a note, a title of a paper.</summary>
    public const int TextMost = 500;

    private static readonly ConcurrentDictionary<Type, Part[]> Known = new();

    private sealed record Part(string Field, int Most, bool Needed, Func<object, object?> Of);

    /// <summary>Every fault. Fields are named as the modules name them: a part by its own name, one of a list <c>documents.0.number</c>.</summary>
    /// <param name="input">A record with parts, records in them and lists of them.</param>
    public static List<Problem> Faults(object input, DateOnly today)
    {
        var faults = new List<Problem>();
        Record(input, "", today, faults);
        return faults;
    }

    /// <summary>The same of a text that stands alone.</summary>
    public static Problem? TooLong(string field, string? text, int most = TextMost) => VietnameseText.Clean(text)?.Length > most ? Refusals.TooLong(field, most) : null;

    private static void Record(object input, string path, DateOnly today, List<Problem> faults)
    {
        foreach (var part in Known.GetOrAdd(input.GetType(), PartsOf))
            if (part.Of(input) is { } value) Check(value, path + part.Field, part.Most, today, faults, path);
            else if (part.Needed) faults.Add(Refusals.Required(path + part.Field));
    }

    private static void Check(object value, string field, int most, DateOnly today, List<Problem> faults, string path)
    {
        switch (value)
        {
            case string text:
                if (TooLong(field, text, most) is { } tooLong) faults.Add(tooLong);
                break;
            case Enum choice:
                if (!Enum.IsDefined(choice.GetType(), choice)) faults.Add(Refusals.NotOneOf(field));
                break;
            case DateOnly day:
                if (day.Year is < DateInput.Earliest or > DateInput.Latest) faults.Add(Refusals.NotADate(field));
                break;
            case DateTimeOffset moment:
                if (moment.Year is < DateInput.Earliest or > DateInput.Latest) faults.Add(Refusals.NotADate(field));
                break;
            case BirthDate birth:
                if (!Enum.IsDefined(birth.Precision) || birth.From is null != birth.Precision is BirthPrecision.Unknown || birth.Year < DateInput.Earliest) faults.Add(Refusals.NotADate(field));
                else if (birth.From > today.AddDays(1)) faults.Add(Refusals.InFuture(field));
                break;
            case IEnumerable list:
                var i = 0;
                foreach (var one in list)
                {
                    if (one is null) faults.Add(Refusals.Required($"{field}.{i}"));
                    else if (one is not string && IsRecord(one.GetType())) Record(one, $"{field}.{i}.", today, faults);
                    else Check(one, $"{field}.{i}", most, today, faults, path);
                    i++;
                }
                break;
            default:
                // A record within an input is a part of the same form: its parts go by their own names.
                if (IsRecord(value.GetType())) Record(value, path, today, faults);
                break;
        }
    }

    /// <summary>Ours, and not one of the small values that stand for themselves (ids, keys of areas).</summary>
    private static bool IsRecord(Type type) => type is { IsClass: true } && type.Assembly == typeof(Inputs).Assembly;

    private static Part[] PartsOf(Type type)
    {
        var nulls = new NullabilityInfoContext();
        return [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.GetIndexParameters().Length == 0 && Matters(property.PropertyType))
            .Select(property => new Part(char.ToLowerInvariant(property.Name[0]) + property.Name[1..], property.GetCustomAttribute<MostAttribute>()?.Most ?? TextMost,
                !property.PropertyType.IsValueType && nulls.Create(property).ReadState == NullabilityState.NotNull, property.GetValue))];
    }

    private static bool Matters(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type == typeof(string) || type.IsEnum || type == typeof(DateOnly) || type == typeof(DateTimeOffset) || type == typeof(BirthDate) || (type != typeof(byte[]) && typeof(IEnumerable).IsAssignableFrom(type)) || IsRecord(type);
    }
}
