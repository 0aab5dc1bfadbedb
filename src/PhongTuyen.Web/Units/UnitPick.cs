using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Units;

namespace PhongTuyen.Web.Units;

/// <summary>A unit that somebody chose by typing: the id where it fits the text beside it, else the one unit of the visitor's that the text names.</summary>
internal static class UnitPick
{
    /// <param name="field">Where the fault belongs.</param>
    public static Task<Outcome<UnitId>> ReadAsync(Db db, UnitId? id, string? text, string field, CancellationToken ct) => ReadAsync(db, id, text, field, db.Scope.Units.Contains, ct);

    /// <summary>The same among all units: to whom something is sent.</summary>
    public static Task<Outcome<UnitId>> AnywhereAsync(Db db, UnitId? id, string? text, string field, CancellationToken ct) => ReadAsync(db, id, text, field, _ => true, ct);

    private static async Task<Outcome<UnitId>> ReadAsync(Db db, UnitId? id, string? text, string field, Func<UnitId, bool> among, CancellationToken ct)
    {
        if (VietnameseText.Clean(text) is not { } typed) return Refusals.Required(field);
        var wanted = VietnameseText.Fold(typed);
        // Without script the id stays as it was while the text is another one: then the text counts.
        if (id is { Value: not 0 } known && among(known) && await db.Connection.ValueAsync<string>("SELECT name_folded FROM pt.unit WHERE id = $1", ct, known.Value) == wanted) return known;
        var found = (await UnitTree.SearchAsync(db, typed, [], default, ct)).Where(unit => among(unit.Id)).ToList();
        var exact = found.Where(unit => VietnameseText.Fold(unit.Name) == wanted || unit.Code.Equals(typed, StringComparison.OrdinalIgnoreCase)).ToList();
        return exact.Count == 1 ? exact[0].Id : found.Count == 1 ? found[0].Id : PhongTuyen.Units.Problems.NotOne(field);
    }
}
