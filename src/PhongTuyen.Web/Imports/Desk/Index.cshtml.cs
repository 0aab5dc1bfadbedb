using Microsoft.AspNetCore.Mvc;
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
        Read(stage, q, mine, rejected);
        Found = await imports.FindAsync(Filter, behind, Ct);
        Counts = await imports.CountAsync(Ct);
    }

    public async Task<IActionResult> OnGetFileAsync(string? stage, string? q, string? mine, string? rejected, string? form)
    {
        Read(stage, q, mine, rejected);
        var all = EveryPage.OfAsync<ImportsList.Row>(async behind =>
        {
            var found = await imports.FindAsync(Filter, behind, Ct, EveryPage.Rows);
            return (found.Rows, found.More);
        });
        return await TakenAsync("imports", new ListFile<ImportsList.Row>(S, S["imports.title"])
            .With("imports.file", row => row.FileName, 32).With("account.unit", row => row.UnitName, 32).With("imports.state", row => S.Word(row.State)).With("import.figure.read", row => row.Read).With("import.figure.accepted", row => row.Accepted)
            .With("import.figure.duplicate", row => row.Duplicate).With("import.figure.rejected", row => row.Rejected).With("imports.by", row => row.ByName, 24).With("imports.at", row => row.CreatedAt), all, form);
    }

    private void Read(string? stage, string? q, string? mine, string? rejected) =>
        Filter = new ImportFilter { Stage = Enum.TryParse<ImportStage>(stage, out var one) && Enum.IsDefined(one) ? one : null, Text = VietnameseText.Clean(q), Mine = mine == "yes", WithRejected = rejected == "yes" };

    public static string Address(ImportFilter filter, string? behind = null) =>
        Links.With(Links.Imports, ("stage", filter.Stage?.ToString()), ("q", filter.Text), ("mine", filter.Mine ? "yes" : null), ("rejected", filter.WithRejected ? "yes" : null), ("behind", behind));
}
