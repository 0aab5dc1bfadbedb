using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Data;
using PhongTuyen.Papers;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Papers.Desk;

/// <summary>What two people typed differently of the same paper, side by side; the unit looks at the paper and decides.</summary>
public sealed class CompareModel(Db db, BatchesList batches, TypingList typing, PaperFilesList files, DecidePaper decide) : HousePage(db)
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty]
    public Guid Entry { get; set; }

    /// <summary>By the name of the field.</summary>
    [BindProperty]
    public Dictionary<string, PaperHolds> Holds { get; set; } = [];

    public PaperBatch Batch { get; private set; } = null!;
    public IReadOnlyList<TypingList.Twice> Papers { get; private set; } = [];
    public (int Typed, int Waiting, int Undecided) Sample { get; private set; }
    public string? More { get; private set; }
    private IReadOnlyList<PaperFilesList.Row> all = [];

    /// <summary>The file from which both typed.</summary>
    public PaperPicture? Picture(TypingList.Twice paper) => PaperPicture.Of(S, all, paper.File, Links.PaperFiles(Id));

    public async Task<IActionResult> OnGetAsync()
    {
        var asked = new FilterQuery(Request.Query);
        var behind = asked.Number("behind", short.MaxValue);
        if (await batches.OfUnitAsync(Id, Ct) is not { } batch) return await NotHereAsync("paper-batch", Id);
        Batch = batch;
        Sample = await typing.SampleAsync(Id, Ct);
        if (asked.Faults.Count > 0) return Refuse(asked.Faults, "");
        (Papers, var more) = await typing.TwiceAsync(Id, behind ?? 0, Ct);
        if (Papers.Any(paper => paper.File is not null)) all = await files.OfBatchAsync(Id, Ct);
        More = more is { } no ? Links.With(Links.ComparePapers(Id), ("behind", no.ToString(CultureInfo.InvariantCulture))) : null;
        await SeenAsync(new PapersSeen(Id));
        return Page();
    }

    public async Task<IActionResult> OnPostDecideAsync()
    {
        if (await batches.OfUnitAsync(Id, Ct) is null) return await NotHereAsync("paper-batch", Id);
        if (await batches.EntryOfUnitAsync(Entry, Ct) is not { } entry || entry.BatchId != Id) return await NotHereAsync("paper", Entry);
        var outcome = await decide.RunAsync(new DecidePaper.Input(Entry, Holds), Ct);
        if (!outcome.Done) return await NotHereAsync("paper", Entry);
        return outcome.Value.InRegister is null ? Done(Links.ComparePapers(Id), "compare.decided", ("n", entry.No)) : Done(Links.ComparePapers(Id), "compare.decided-mend", ("n", entry.No));
    }
}
