using PhongTuyen.Data;
using PhongTuyen.Imports;
using PhongTuyen.Kernel;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Imports.Desk;

/// <summary>The imports of the visitor's units: which file, who, when, how far, and the figures of each.</summary>
public sealed class IndexModel(Db db, ImportsList imports) : HousePage(db)
{
    public ImportFilter Filter { get; private set; } = new();
    public ImportsList.Found Found { get; private set; } = new([], null);
    public IReadOnlyDictionary<ImportStage, int> Counts { get; private set; } = new Dictionary<ImportStage, int>();
    public bool Narrowed => Filter != new ImportFilter { Stage = Filter.Stage };
    public string? Behind { get; private set; }

    public async Task OnGetAsync(string? stage, string? q, string? mine, string? rejected, string? behind)
    {
        Behind = behind;
        Filter = new ImportFilter { Stage = Enum.TryParse<ImportStage>(stage, out var one) && Enum.IsDefined(one) ? one : null, Text = VietnameseText.Clean(q), Mine = mine == "yes", WithRejected = rejected == "yes" };
        Found = await imports.FindAsync(Filter, behind, Ct);
        Counts = await imports.CountAsync(Ct);
    }

    public static string Address(ImportFilter filter, string? behind = null) =>
        Links.With(Links.Imports, ("stage", filter.Stage?.ToString()), ("q", filter.Text), ("mine", filter.Mine ? "yes" : null), ("rejected", filter.WithRejected ? "yes" : null), ("behind", behind));
}
