using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Units;

namespace PhongTuyen.Web.Units;

/// <summary>A unit that somebody chose by typing: the id where the list was used, else the one unit of the visitor's that the text names.</summary>
internal static class UnitPick
{
    /// <param name="field">Where the fault belongs.</param>
    public static async Task<Outcome<UnitId>> ReadAsync(Db db, UnitId? id, string? text, string field, CancellationToken ct)
    {
        if (id is { Value: not 0 } known) return db.Scope.Units.Contains(known) ? known : PhongTuyen.Units.Problems.NotOne(field);
        if (VietnameseText.Clean(text) is not { } typed) return Refusals.Required(field);
        var found = (await UnitTree.SearchAsync(db, typed, [], default, ct)).Where(unit => db.Scope.Units.Contains(unit.Id)).ToList();
        var exact = found.Where(unit => VietnameseText.Fold(unit.Name) == VietnameseText.Fold(typed) || unit.Code.Equals(typed, StringComparison.OrdinalIgnoreCase)).ToList();
        return exact.Count == 1 ? exact[0].Id : found.Count == 1 ? found[0].Id : PhongTuyen.Units.Problems.NotOne(field);
    }
}
