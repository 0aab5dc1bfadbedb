using System.Globalization;
using PhongTuyen.Kernel;

namespace PhongTuyen.Imports.Contract;

/// <summary>Reads the values of a row: words of a choice in both languages, dates, ages. A fault goes to the row, under its field.</summary>
public static class RowWords
{
    /// <summary>The choice that a word stands for. Unknown where the row has none; a problem where the word is not among the answers.</summary>
    public static T Choice<T>(this ImportedRow row, string field, IReadOnlyDictionary<string, T> words, T none) where T : struct, Enum
    {
        if (row[field] is not { } text) return none;
        if (words.TryGetValue(Key(text), out var choice)) return choice;
        row.Problems.Add(PhongTuyen.Imports.Problems.WordUnknown(field, text));
        return none;
    }

    /// <summary>A vocabulary: the words of each answer, separated by bars, and the program's own word for it.</summary>
    public static IReadOnlyDictionary<string, T> Vocabulary<T>(params ReadOnlySpan<(T Answer, string Words)> answers) where T : struct, Enum
    {
        var words = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var (answer, text) in answers)
            foreach (var word in (string[])[Word(answer), .. text.Split('|')])
                if (!words.TryAdd(Key(word), answer) && !words[Key(word)].Equals(answer)) throw new ArgumentException($"«{word}» stands for two answers.", nameof(answers));
        return words;
    }

    /// <summary>The answers of a vocabulary as fields show them: the program's own word for each, and the key of its text.</summary>
    public static IReadOnlyList<(string Word, string Text)> Answers<T>(params ReadOnlySpan<T> answers) where T : struct, Enum
    {
        var list = new List<(string, string)>();
        foreach (var answer in answers) list.Add((Word(answer), $"word.{typeof(T).Name}.{answer}"));
        return list;
    }

    /// <summary>The program's own word for a choice, understood in every list: <c>close-contact</c>.</summary>
    public static string Word<T>(T answer) where T : struct, Enum => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(answer.ToString());

    /// <summary>What a vocabulary is asked with: folded; a sign such as + or (–) stays a sign, because folding leaves nothing of it.</summary>
    public static string Key(string text) => VietnameseText.Fold(text) is { Length: > 0 } folded ? folded : new string([.. text.Where(c => !char.IsWhiteSpace(c))]);

    public static DateOnly? Date(this ImportedRow row, string field, DateOnly today)
    {
        if (row[field] is not { } text) return null;
        if (DateInput.TryMoment(text, today, out var moment))
        {
            if (moment.LocalDay() <= today) return moment.LocalDay();
            row.Problems.Add(Refusals.InFuture(field));
        }
        else row.Problems.Add(Refusals.NotADate(field));
        return null;
    }

    /// <param name="now">Nothing of a list lies behind it.</param>
    public static DateTimeOffset? Moment(this ImportedRow row, string field, DateTimeOffset now)
    {
        if (row[field] is not { } text) return null;
        if (DateInput.TryMoment(text, now.LocalDay(), out var moment))
        {
            if (moment <= now.AddMinutes(5)) return moment;
            row.Problems.Add(Refusals.InFuture(field));
        }
        else row.Problems.Add(Refusals.NotADate(field));
        return null;
    }

    public static int? Whole(this ImportedRow row, string field, int least, int most, Func<string, Problem> fault)
    {
        if (row[field] is not { } text) return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most) return number;
        row.Problems.Add(fault(field));
        return null;
    }

    /// <summary>Text within its length; null where the row has none.</summary>
    public static string? Short(this ImportedRow row, string field, int most)
    {
        var text = row[field];
        if (text?.Length > most) row.Problems.Add(Refusals.TooLong(field, most));
        return text;
    }

    public static bool Says(this ImportedRow row, string field) => VietnameseText.Fold(row[field]) is "yes" or "co" or "x" or "1" or "true" or "dung";
}
