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
    private (IReadOnlyDictionary<string, float> Often, DateTimeOffset Until) known = (new Dictionary<string, float>(), DateTimeOffset.MinValue);
    private readonly Lock gate = new();

    public async Task LookAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        lock (gate)
            if (known.Until > clock.GetUtcNow()) return;
        var rows = await connection.RowsAsync("SELECT token, often FROM pt.common_tokens()", r => (Word: r.GetString(0), Often: r.GetFloat(1)), ct);
        lock (gate) known = (rows.ToDictionary(row => row.Word, row => row.Often, StringComparer.Ordinal), clock.GetUtcNow() + (rows.Count == 0 ? Early : Fresh));
    }

    /// <summary>What part of all words of names this one is, 0 to 1; 0 where it is not a common one.</summary>
    public float Whole(string word) => Often.GetValueOrDefault(word);

    /// <summary>The same of all words together that begin so.</summary>
    public float Begun(string beginning) => Often.Where(one => one.Key.StartsWith(beginning, StringComparison.Ordinal)).Sum(one => one.Value);

    private IReadOnlyDictionary<string, float> Often
    {
        get
        {
            lock (gate) return known.Often;
        }
    }
}
