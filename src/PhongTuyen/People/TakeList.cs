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
    /// <param name="rows">All rows of it, in the visitor's scope, with the filters in force, page by page.</param>
    /// <param name="persons">Who stands in a row and is shown.</param>
    /// <param name="write">Makes the file of the rows as they come. What it made is thrown away where the list is refused.</param>
    /// <param name="ofRecords">False where nobody in the rows is recorded: then any number of them leaves.</param>
    public async Task<Outcome<TFile>> RunAsync<TRow, TFile>(string list, string address, string? purpose, IAsyncEnumerable<TRow> rows, Func<TRow, IReadOnlyList<PersonId>> persons, Func<IAsyncEnumerable<TRow>, Task<TFile>> write, CancellationToken ct, bool ofRecords = true)
    {
        if (Purpose(purpose) is not { } why) return Problems.PurposeOfList();
        var allowed = ofRecords && await requests.MineAsync(list, address, ct) is { } request && request.StandingAt(db.Clock.GetUtcNow()) == ListRequests.Standing.Allowed ? request : null;
        var most = !ofRecords ? int.MaxValue : allowed is null ? settings.MostPersons : Math.Max(settings.MostPersons, allowed.Persons + allowed.Persons * Grown / 100);
        // Of all that goes by only the ids are kept.
        var (who, taken, n) = (new HashSet<PersonId>(), 0, 0L);
        var file = await write(CountedAsync());
        if (n > most) return Problems.NeedsSecond(most);
        // Sent twice, it is taken once.
        if (allowed is not null && n > settings.MostPersons && !await requests.TakenAsync(allowed.Id, ct)) return Refusals.Changed();
        db.Tell(new ListTaken([.. who], list, taken, n > settings.MostPersons ? allowed?.Id : null), why);
        await db.SaveChangesAsync(ct);
        return file;

        async IAsyncEnumerable<TRow> CountedAsync()
        {
            await foreach (var row in rows.WithCancellation(ct))
            {
                ct.ThrowIfCancellationRequested();
                var named = persons(row);
                if ((n += Math.Max(1, named.Count)) > most) yield break;
                who.UnionWith(named);
                taken++;
                yield return row;
            }
        }
    }

    /// <summary>Why a list is wanted, as it is kept; null: nothing that says it.</summary>
    internal static string? Purpose(string? typed) => VietnameseText.Clean(typed) is { Length: >= 3 } why ? VietnameseText.Cut(why, 200) : null;
}
