using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.People;

/// <summary>A list of persons leaves the program as a file: for a purpose, up to a bound, and with every person of it in the audit.</summary>
public sealed class TakeList(Db db, ListSettings settings)
{
    /// <param name="list">Which list: <c>stays</c>, <c>cases</c>.</param>
    /// <param name="rows">All rows of it, in the visitor's scope, with the filters in force.</param>
    public async Task<Outcome<IReadOnlyList<TRow>>> RunAsync<TRow>(string list, string? purpose, IAsyncEnumerable<TRow> rows, Func<TRow, PersonId> person, CancellationToken ct)
    {
        if (VietnameseText.Clean(purpose) is not { Length: >= 3 } why) return Problems.PurposeOfList();
        var taken = new List<TRow>();
        await foreach (var row in rows.WithCancellation(ct))
        {
            if (taken.Count == settings.MostPersons) return Problems.TooManyToTake(settings.MostPersons);
            taken.Add(row);
        }
        db.Tell(new ListTaken([.. taken.Select(person)], list, taken.Count), why[..Math.Min(why.Length, 200)]);
        await db.SaveChangesAsync(ct);
        return taken;
    }
}
