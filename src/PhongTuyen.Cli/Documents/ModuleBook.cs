namespace PhongTuyen.Cli.Documents;

/// <summary>The modules in the order in which they may use each other: only downwards, or another's <c>Contract</c>. The boundary test holds the code to it.</summary>
public static class ModuleBook
{
    /// <param name="Tables">Its tables: a name, or the beginning of names (<c>quarantine_</c>).</param>
    public sealed record Module(string Name, params string[] Tables)
    {
        public bool Owns(string table) => Tables.Any(own => own.EndsWith('_') ? table.StartsWith(own, StringComparison.Ordinal) : table == own);
    }

    /// <summary>Data and Audit are one floor: what is saved is written into the audit in the same breath.</summary>
    public static readonly IReadOnlyList<IReadOnlyList<Module>> Floors =
    [
        [new("Kernel")],
        [new("Data", "schema_step", "installation", "intent", "key_"), new("Audit", "audit_")],
        [new("Outbox", "outbox_")],
        [new("Formats")],
        [new("Areas", "area", "area_")],
        [new("Units", "unit", "unit_")],
        [new("Policies")],
        [new("Accounts", "account", "account_")],
        [new("Notices", "notice", "notice_")],
        [new("Support", "support_")],
        [new("People", "person", "person_")],
        [new("Supervision", "supervision_")],
        [new("Worklists", "worklist_")],
        [new("Corrections", "correction_")],
        [new("Papers", "paper_")],
        [new("Lab", "lab_")],
        [new("Quarantine", "quarantine_")],
        [new("Cases", "case_")],
        [new("Oversight", "oversight_")],
        [new("Imports", "import_")],
        [new("Reporting", "report_")],
        [new("Reorganisation", "reorganisation_")],
        [new("Demonstration")],
    ];

    public static IReadOnlyList<Module> All { get; } = [.. Floors.SelectMany(floor => floor)];

    public static int FloorOf(string module)
    {
        for (var i = 0; i < Floors.Count; i++) if (Floors[i].Any(one => one.Name == module)) return i;
        return -1;
    }

    /// <summary>Whether code of a module may use another: one below or beside it, or what another offers in its Contract.</summary>
    /// <param name="usedNamespace"><c>PhongTuyen.Lab.Contract</c>.</param>
    public static bool May(string module, string usedNamespace)
    {
        var parts = usedNamespace.Split('.');
        if (parts.Length < 2 || parts[1] == module || parts is [_, _, "Contract", ..]) return true;
        return FloorOf(parts[1]) is var floor && floor >= 0 && floor <= FloorOf(module);
    }
}
