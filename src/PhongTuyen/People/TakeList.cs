using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.People;

/// <summary>A list of persons leaves the program as a file: for a purpose, up to a bound or with a second officer, and with every person of it in the audit.</summary>
public sealed class TakeList(Db db, ListRequests requests, ListSettings settings)
{
    /// <summary>What was allowed may have grown by so much meanwhile, in hundredths.</summary>
    private const int Grown = 10;

    /// <param name="list">Which list: <c>stays</c>, <c>cases</c>.</param>
    /// <param name="address">Of the list, as it is narrowed.</param>
    /// <param name="person">Who stands in a row; null where that is not shown.</param>
    /// <param name="rows">All rows of it, in the visitor's scope, with the filters in force.</param>
    public Task<Outcome<IReadOnlyList<TRow>>> RunAsync<TRow>(string list, string address, string? purpose, IAsyncEnumerable<TRow> rows, Func<TRow, PersonId?> person, CancellationToken ct) =>
        OfManyAsync(list, address, purpose, rows, row => person(row) is { } one ? [one] : [], ct);

    /// <summary>The same where several persons stand in a row.</summary>
    public async Task<Outcome<IReadOnlyList<TRow>>> OfManyAsync<TRow>(string list, string address, string? purpose, IAsyncEnumerable<TRow> rows, Func<TRow, IReadOnlyList<PersonId>> persons, CancellationToken ct)
    {
        if (Purpose(purpose) is not { } why) return Problems.PurposeOfList();
        var allowed = await requests.MineAsync(list, address, ct) is { } request && request.StandingAt(db.Clock.GetUtcNow()) == ListRequests.Standing.Allowed ? request : null;
        var most = allowed is null ? settings.MostPersons : Math.Max(settings.MostPersons, allowed.Persons + allowed.Persons * Grown / 100);
        var (taken, n) = (new List<TRow>(), 0);
        await foreach (var row in rows.WithCancellation(ct))
        {
            n += Math.Max(1, persons(row).Count);
            if (n > most) return Problems.NeedsSecond(most);
            taken.Add(row);
        }
        // Sent twice, it is taken once.
        if (allowed is not null && n > settings.MostPersons && !await requests.TakenAsync(allowed.Id, ct)) return Refusals.Changed();
        db.Tell(new ListTaken([.. taken.SelectMany(persons).Distinct()], list, taken.Count, n > settings.MostPersons ? allowed?.Id : null), why);
        await db.SaveChangesAsync(ct);
        return taken;
    }

    /// <summary>Why a list is wanted, as it is kept; null: nothing that says it.</summary>
    internal static string? Purpose(string? typed) => VietnameseText.Clean(typed) is { Length: >= 3 } why ? why[..Math.Min(why.Length, 200)] : null;
}
