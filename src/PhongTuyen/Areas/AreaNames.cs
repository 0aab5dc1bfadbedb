using PhongTuyen.Kernel;

namespace PhongTuyen.Areas;

/// <summary>A unit that a written name may mean, and how well the name fits.</summary>
/// <param name="Row">Its place in the book.</param>
/// <param name="Misfit">0 as written; 1 marks differ; 2 letters differ (i and y, run together); 3 by another name; 10 more where the type differs.</param>
internal readonly record struct AreaNamed(int Row, int Misfit)
{
    public const int ByOtherName = 3;
    public const int OtherType = 10;
}

/// <summary>The index from written names to units.</summary>
internal sealed class AreaNames
{
    private sealed record Entry(int Row, AreaSpelled Name, AreaOtherName? Other);

    private readonly AreaBook book;
    private readonly Dictionary<(AreaLevel, string), List<Entry>> entries = [];

    public AreaNames(AreaBook book, AreaSpelled[] names, ILookup<(AreaLevel, string), (AreaOtherName Other, AreaSpelled Name)> others)
    {
        this.book = book;
        for (var row = 0; row < names.Length; row++)
        {
            var level = book.Rows[row].Level;
            Add(level, new Entry(row, names[row], null));
            foreach (var (other, name) in others[(level, book.Rows[row].Code)]) Add(level, new Entry(row, name, other));
        }
    }

    /// <summary>The units of a level that stand on the day and may be meant, each once with its best fit.</summary>
    /// <param name="asked">The day that was asked for, by which other names are in use or not.</param>
    /// <param name="marks">Whether missing marks mean something: false for text typed without any.</param>
    public List<AreaNamed> Named(AreaLevel level, string text, DateOnly day, DateOnly asked, bool marks)
    {
        var found = new Dictionary<int, int>();
        foreach (var reading in AreaSpelling.Read(text))
        {
            if (reading.Type is { } type && !AreaKinds.Fits(type, level)) continue;
            var key = AreaNameKey.Of(reading.Bare);
            if (key.Loose.Length == 0 || !entries.TryGetValue((level, key.Loose), out var same)) continue;
            foreach (var entry in same)
            {
                if (reading.Exact && entry.Name.Key.Tone != key.Tone) continue;
                if (!book.Rows[entry.Row].ValidOn(day) || (entry.Other is { } other && !InWindow(other, asked))) continue;
                var misfit = Misfit(entry, reading.Type, key, marks);
                if (!found.TryGetValue(entry.Row, out var best) || misfit < best) found[entry.Row] = misfit;
            }
        }
        return [.. found.Select(pair => new AreaNamed(pair.Key, pair.Value))];
    }

    /// <summary>Whether any unit of that level, on any day, bears the name.</summary>
    public bool Knows(AreaLevel level, string text) => AreaSpelling.Read(text)
        .Any(reading => (reading.Type is not { } type || AreaKinds.Fits(type, level)) && entries.ContainsKey((level, AreaNameKey.Of(reading.Bare).Loose)));

    private static int Misfit(Entry entry, string? type, AreaNameKey key, bool marks)
    {
        var misfit = entry.Other is not null ? AreaNamed.ByOtherName
            : marks && entry.Name.Key.Tone == key.Tone ? 0
            : entry.Name.Key.Fold == key.Fold ? marks ? 1 : 0
            : 2;
        return type is not null && entry.Name.Type is not null && type != entry.Name.Type ? misfit + AreaNamed.OtherType : misfit;
    }

    private static bool InWindow(AreaOtherName other, DateOnly day) =>
        (other.From is not { } from || from.DayNumber - AreaMatcher.Window <= day.DayNumber)
        && (other.To is not { } to || day.DayNumber <= to.DayNumber + AreaMatcher.Window);

    private void Add(AreaLevel level, Entry entry)
    {
        if (!entries.TryGetValue((level, entry.Name.Key.Loose), out var same)) entries[(level, entry.Name.Key.Loose)] = same = [];
        same.Add(entry);
    }
}
