using Npgsql;
using PhongTuyen.Data;

namespace PhongTuyen.People;

/// <summary>
/// How often the commonest words of names occur, as the planner's statistics say, kept for an hour: a search begins with the rarest word.
/// A wrong figure makes a search slower, never wrong.
/// </summary>
public sealed class CommonWords(TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(1), Early = TimeSpan.FromMinutes(1);
    private Known known = new([], [0], 0, DateTimeOffset.MinValue);
    private readonly Lock gate = new();

    /// <param name="Words">In the order of their bytes, so that all that begin alike stand together.</param>
    /// <param name="Sums">How often the words before each one occur, all together.</param>
    /// <param name="Kept">How many entries there are.</param>
    private sealed record Known(string[] Words, float[] Sums, float Kept, DateTimeOffset Until)
    {
        /// <summary>The first word that does not stand before this text.</summary>
        public int From(string text) => Array.BinarySearch(Words, text, StringComparer.Ordinal) is var at && at < 0 ? ~at : at;
    }

    public async Task LookAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        if (Now.Until > clock.GetUtcNow()) return;
        var rows = await connection.RowsAsync("SELECT token, often, (SELECT reltuples FROM pg_class WHERE oid = 'pt.person_token'::regclass) FROM pt.common_tokens()", r => (Word: r.GetString(0), Often: r.GetFloat(1), Kept: r.GetFloat(2)), ct);
        rows.Sort((one, other) => string.CompareOrdinal(one.Word, other.Word));
        var sums = new float[rows.Count + 1];
        for (var i = 0; i < rows.Count; i++) sums[i + 1] = sums[i] + rows[i].Often;
        lock (gate) known = new([.. rows.Select(row => row.Word)], sums, rows.Count == 0 ? 0 : rows[0].Kept, clock.GetUtcNow() + (rows.Count == 0 ? Early : Fresh));
    }

    /// <summary>What part of all words of names this one is, 0 to 1; 0 where it is not a common one.</summary>
    public float Whole(string word)
    {
        var now = Now;
        var at = now.From(word);
        return at < now.Words.Length && now.Words[at] == word ? now.Sums[at + 1] - now.Sums[at] : 0;
    }

    /// <summary>The same of all words together that begin so.</summary>
    public float Begun(string beginning)
    {
        var now = Now;
        return now.Sums[now.From(beginning + char.MaxValue)] - now.Sums[now.From(beginning)];
    }

    // Of a name of three words: each, and the name as a whole.
    private const float WordsOfName = 4;

    /// <summary>About how many entries of names hold all of these words, as if each stood there by itself. 0 where one of them is not common.</summary>
    /// <param name="open">The last one is a beginning.</param>
    public float Bearers(IReadOnlyList<string> words, bool open) =>
        Now.Kept / WordsOfName * words.Select((word, i) => Math.Min(1, WordsOfName * (open && i == words.Count - 1 ? Begun(word) : Whole(word)))).Aggregate((one, other) => one * other);

    private Known Now
    {
        get
        {
            lock (gate) return known;
        }
    }
}
