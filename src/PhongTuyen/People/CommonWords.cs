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
    private (IReadOnlyDictionary<string, float> Often, float Kept, DateTimeOffset Until) known = (new Dictionary<string, float>(), 0, DateTimeOffset.MinValue);
    private readonly Lock gate = new();

    public async Task LookAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        lock (gate)
            if (known.Until > clock.GetUtcNow()) return;
        var rows = await connection.RowsAsync("SELECT token, often, (SELECT reltuples FROM pg_class WHERE oid = 'pt.person_token'::regclass) FROM pt.common_tokens()", r => (Word: r.GetString(0), Often: r.GetFloat(1), Kept: r.GetFloat(2)), ct);
        lock (gate) known = (rows.ToDictionary(row => row.Word, row => row.Often, StringComparer.Ordinal), rows.Count == 0 ? 0 : rows[0].Kept, clock.GetUtcNow() + (rows.Count == 0 ? Early : Fresh));
    }

    /// <summary>What part of all words of names this one is, 0 to 1; 0 where it is not a common one.</summary>
    public float Whole(string word) => Often.GetValueOrDefault(word);

    /// <summary>The same of all words together that begin so.</summary>
    public float Begun(string beginning) => Often.Where(one => one.Key.StartsWith(beginning, StringComparison.Ordinal)).Sum(one => one.Value);

    // Of a name of three words: each, and the name as a whole.
    private const float WordsOfName = 4;

    /// <summary>About how many entries of names hold all of these words, as if each stood there by itself. 0 where one of them is not common.</summary>
    /// <param name="open">The last one is a beginning.</param>
    public float Bearers(IReadOnlyList<string> words, bool open)
    {
        float kept;
        lock (gate) kept = known.Kept;
        return kept / WordsOfName * words.Select((word, i) => Math.Min(1, WordsOfName * (open && i == words.Count - 1 ? Begun(word) : Whole(word)))).Aggregate((one, other) => one * other);
    }

    private IReadOnlyDictionary<string, float> Often
    {
        get
        {
            lock (gate) return known.Often;
        }
    }
}
