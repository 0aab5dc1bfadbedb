using System.Buffers;
using PhongTuyen.Kernel;

namespace PhongTuyen.Areas;

/// <summary>
/// The index behind <see cref="AreaBook.Search"/>. Every word of a query must be found in the unit or in what it lies in, and at least
/// one in the unit's own name; a bit mask of found words makes this independent of order and cheap.
/// </summary>
internal sealed class AreaSearch
{
    private const int Most = 20;

    /// <summary>The words of a type, for each of the few types.</summary>
    private static readonly Dictionary<string, string[]> TypeWords = AreaKinds.Types.ToDictionary(type => type, AreaNameKey.LooseWords);

    private readonly AreaBook book;
    private readonly AreaSpelled[][] names;
    private readonly Dictionary<string, List<int>> owned = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<int>> types = new(StringComparer.Ordinal);
    private readonly string[] words;

    public AreaSearch(AreaBook book, AreaSpelled[] names, ILookup<(AreaLevel, string), (AreaOtherName Other, AreaSpelled Name)> others)
    {
        this.book = book;
        this.names = new AreaSpelled[names.Length][];
        for (var row = 0; row < names.Length; row++)
        {
            this.names[row] = [names[row], .. others[(book.Rows[row].Level, book.Rows[row].Code)].Select(other => other.Name)];
            foreach (var name in this.names[row])
            {
                foreach (var word in name.Words) Post(owned, word, row);
                // Words run together, and a number for a Roman one.
                if (name.Words.Length > 1) Post(owned, name.Key.Loose, row);
                if (name.Key.Fold.Length > 0 && char.IsAsciiDigit(name.Key.Fold[^1])) Post(owned, name.Key.Fold[(name.Key.Fold.LastIndexOf(' ') + 1)..], row);
            }
            if (names[row].Type is { } type)
                foreach (var word in TypeWords[type]) Post(types, word, row);
        }
        words = [.. owned.Keys.Order(StringComparer.Ordinal)];
    }

    public List<AreaHit> Find(string? text, DateOnly day, int within)
    {
        var query = AreaQuery.Of(text);
        if (query.Words.Length == 0 || within == -2) return [];
        var found = Find(query, day, within);
        if (found.Count == 0 && query.WithoutTypes() is { Words.Length: > 0 } rest) found = Find(rest, day, within);
        return found;
    }

    private List<AreaHit> Find(AreaQuery query, DateOnly day, int within)
    {
        var masks = ArrayPool<int>.Shared.Rent(names.Length * 2);
        Array.Clear(masks, 0, names.Length * 2);
        try
        {
            var touched = Mark(query, masks);
            var all = (1 << query.Words.Length) - 1;
            var best = new List<(int Score, int Row)>();
            foreach (var row in touched)
                if (book.Rows[row].ValidOn(day) && Covered(row, masks) == all && (within < 0 || book.At(row, book.Rows[within].Level) == within))
                    best.Add((Score(query, row, (masks[row * 2] | masks[(row * 2) + 1]) == all), row));
            return [.. best.OrderByDescending(hit => hit.Score).ThenBy(hit => book.Rows[hit.Row].Level).ThenBy(hit => book.Rows[hit.Row].Code, StringComparer.Ordinal)
                .Take(Most).Select(hit => book.Rows[hit.Row]).Select(area => new AreaHit(area.Id, area.Level, area.Code, area.Name, book.Path(area.Id)))];
        }
        finally
        {
            ArrayPool<int>.Shared.Return(masks);
        }
    }

    /// <summary>Sets, for each unit, the bits of the query's words in its own name (even places) and in its type (odd places).</summary>
    private List<int> Mark(AreaQuery query, int[] masks)
    {
        var touched = new List<int>();
        for (var bit = 0; bit < query.Words.Length; bit++)
        {
            var word = query.Words[bit];
            if (owned.TryGetValue(word, out var same)) Set(same, bit);
            if (query.Unfinished && bit == query.Words.Length - 1)
                for (var i = Math.Abs(Array.BinarySearch(words, word, StringComparer.Ordinal) + 1); i < words.Length && words[i].StartsWith(word, StringComparison.Ordinal); i++)
                    Set(owned[words[i]], bit);
            if (types.TryGetValue(AreaQuery.TypeWord(word) ?? word, out var typed))
                foreach (var row in typed) masks[(row * 2) + 1] |= 1 << bit;
        }
        return touched;

        void Set(List<int> posted, int bit)
        {
            foreach (var row in posted)
            {
                if (masks[row * 2] == 0) touched.Add(row);
                masks[row * 2] |= 1 << bit;
            }
        }
    }

    private int Covered(int row, int[] masks)
    {
        var covered = 0;
        for (; row >= 0; row = book.ParentAt(row)) covered |= masks[row * 2] | masks[(row * 2) + 1];
        return covered;
    }

    /// <summary>Names written out in full come first, then those with the same marks and type, then the wider unit.</summary>
    /// <param name="alone">The unit's own name answers the whole query.</param>
    private int Score(AreaQuery query, int row, bool alone)
    {
        var score = names[row].Max(name => Score(query, name)) + (alone ? 25 : 0);
        for (var above = alone ? -1 : book.ParentAt(row); above >= 0; above = book.ParentAt(above))
            if (query.Says(names[above][0].Words)) score += 10;
        return (score * 4) + 3 - (int)book.Rows[row].Level;
    }

    private static int Score(AreaQuery query, AreaSpelled name)
    {
        var (type, key, own) = name;
        var score = 60 * own.Count(query.Has) / Math.Max(1, own.Length);
        if (query.Says(own)) score += 60;
        if (own.Length > 1 && query.Has(key.Loose)) score += 120;
        if (query.Marks && query.Tone.Contains($" {key.Tone} ", StringComparison.Ordinal)) score += 40;
        if (type is not null && query.Says([.. TypeWords[type], .. own])) score += 30;
        return score;
    }

    private static void Post(Dictionary<string, List<int>> posted, string word, int row)
    {
        if (!posted.TryGetValue(word, out var same)) posted[word] = same = [];
        if (same.Count == 0 || same[^1] != row) same.Add(row);
    }
}
