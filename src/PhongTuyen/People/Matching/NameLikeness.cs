using PhongTuyen.Kernel;

namespace PhongTuyen.People.Matching;

/// <summary>How alike two names are. Of the signs of a name as lists of ten communes write it: without marks, the tone on another letter, another order, a middle name left out, one letter wrong.</summary>
public static class NameLikeness
{
    public static MatchReason Of(string one, string other)
    {
        if (VietnameseText.ToneKey(one) == VietnameseText.ToneKey(other)) return MatchReason.NameSame;
        var (words, others) = (Words(one), Words(other));
        if (words.Length == 0 || others.Length == 0) return MatchReason.NameDiffers;
        var (joined, joinedOther) = (string.Concat(words), string.Concat(others));
        if (joined == joinedOther) return Plain(one) || Plain(other) ? MatchReason.NameWithoutMarks : MatchReason.NameMarks;
        if (words.Length == others.Length && words.Order(StringComparer.Ordinal).SequenceEqual(others.Order(StringComparer.Ordinal))) return MatchReason.NameOrder;
        var (less, more) = words.Length < others.Length ? (words, others) : (others, words);
        if (less.Length > 1 && less.Length < more.Length && less.Contains(more[^1]) && Within(less, more)) return MatchReason.NamePart;
        // Lan and Loan, Đầu and Sau are two children; a letter elsewhere is a slip of the hand.
        if (OneLetter(joined, joinedOther)) return words[^1] == others[^1] ? MatchReason.NameLetter : MatchReason.NameGivenLetter;
        return words[0] == others[0] && words[^1] == others[^1] ? MatchReason.NameNear : MatchReason.NameDiffers;
    }

    private static string[] Words(string name) => VietnameseText.Fold(name).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static bool Plain(string name) => name.All(char.IsAscii);

    private static bool Within(string[] less, string[] more)
    {
        var left = more.ToList();
        return less.All(left.Remove);
    }

    /// <summary>One letter too many, too few, another, or two in each other's place (Damerau 1964).</summary>
    private static bool OneLetter(string one, string other)
    {
        if (Math.Abs(one.Length - other.Length) > 1) return false;
        var (start, end) = (0, 0);
        while (start < one.Length && start < other.Length && one[start] == other[start]) start++;
        while (end < one.Length - start && end < other.Length - start && one[^(end + 1)] == other[^(end + 1)]) end++;
        var (rest, restOther) = (one[start..^end], other[start..^end]);
        return rest.Length <= 1 && restOther.Length <= 1 || rest.Length == 2 && restOther.Length == 2 && rest[0] == restOther[1] && rest[1] == restOther[0];
    }
}
