using PhongTuyen.Kernel;

namespace PhongTuyen.Areas;

/// <summary>What became of each old commune and province on 1 July 2025, and the rows of the source that nobody should believe.</summary>
public sealed class AreaLinks
{
    private readonly ILookup<string, AreaLink> from;
    private readonly ILookup<string, AreaLink> to;
    private readonly IReadOnlyDictionary<string, string> provinces;

    /// <summary>From links that were checked before, as the database keeps them.</summary>
    /// <param name="provinces">From the old to the new code of a province (Nghị quyết 202/2025/QH15).</param>
    public AreaLinks(IReadOnlyList<AreaLink> links, IReadOnlyDictionary<string, string> provinces, IReadOnlyList<AreaLinkFinding>? findings = null)
    {
        (All, this.provinces, Findings) = (links, provinces, findings ?? []);
        from = links.ToLookup(link => link.OldCode, StringComparer.Ordinal);
        to = links.ToLookup(link => link.NewCode, StringComparer.Ordinal);
    }

    public IReadOnlyList<AreaLink> All { get; }

    /// <summary>For a person, in the order of the source.</summary>
    public IReadOnlyList<AreaLinkFinding> Findings { get; }

    /// <summary>What the old commune became; several partial links where it was divided, none where it is not known.</summary>
    public IReadOnlyList<AreaLink> From(string oldCode) => [.. from[oldCode]];

    /// <summary>What went into the new commune, in whole or in part.</summary>
    public IReadOnlyList<AreaLink> To(string newCode) => [.. to[newCode]];

    /// <summary>The province that the old one went into: itself, or the one that it was merged into.</summary>
    public string? Province(string oldCode) => provinces.GetValueOrDefault(oldCode);

    /// <summary>The old communes of which nothing is known: they stay where they are until a person says what became of them.</summary>
    public IReadOnlyList<AreaRow> Missing(AreaBook book) => [.. book.Rows.Where(row => row.Level == AreaLevel.Commune
        && row.ValidOn(AreaBook.TwoLevelsFrom.AddDays(-1)) && !from.Contains(row.Code))];

    /// <summary>Checks each row against the lists of the last day of three levels and the first day of two.</summary>
    /// <param name="ended">Changes that merged communes into others before; the merged ones follow them.</param>
    /// <param name="settled">What persons have settled: it stands, whatever the rows say.</param>
    public static AreaLinks Check(AreaBook book, IEnumerable<AreaLinkRow> rows, IReadOnlyDictionary<string, string> provinces,
        IEnumerable<AreaChange> ended, IReadOnlyList<AreaLink> settled)
    {
        var check = new AreaLinkCheck(book, provinces);
        foreach (var row in rows) check.Add(row);
        var links = check.Links();
        links.RemoveAll(link => settled.Any(own => own.OldCode == link.OldCode));
        links.AddRange(settled);
        check.Findings.RemoveAll(finding => finding.Fault == AreaLinkFault.Crossed && settled.Any(own => own.OldCode == finding.Row.OldCode));
        var byOld = links.ToLookup(link => link.OldCode, StringComparer.Ordinal);
        foreach (var change in ended.Where(change => change.Name is null))
        {
            var next = change.Into.SelectMany(code => byOld[code]).ToList();
            var whole = change.Into.Count == 1 && next is [{ Kind: AreaLinkKind.Full }];
            links.AddRange(next.Select(link => link.NewCode).Distinct().Select(code =>
                new AreaLink(change.Code, code, whole ? AreaLinkKind.Full : AreaLinkKind.Partial, AreaLinkHow.Decree)));
        }
        return new AreaLinks(links, provinces, check.Findings);
    }
}
