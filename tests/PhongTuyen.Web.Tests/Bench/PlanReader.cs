using System.Text.Json;
using Microsoft.AspNetCore.Mvc.Filters;
using Npgsql;
using PhongTuyen.Data;

namespace PhongTuyen.Web.Tests.Bench;

/// <summary>What is wrong with the plan of a statement.</summary>
public sealed record PlanFault(string Page, string What, string Statement);

/// <summary>
/// Reads the plans that PostgreSQL followed for each statement of a page, as its extension auto_explain tells them: no guess and no second
/// statement, but what really ran with the row policies and the values of that request.
/// </summary>
public sealed class PlanReader : IAsyncPageFilter
{
    /// <summary>Tables that grow with the population.</summary>
    private static readonly HashSet<string> Big = new(StringComparer.Ordinal)
    {
        "person", "person_scope", "person_token", "person_document", "person_phone", "person_address", "person_finding", "quarantine_stay", "quarantine_bed", "quarantine_bed_use", "quarantine_transfer",
        "lab_result", "case_record", "audit_event", "audit_value", "report_counter", "import_row", "person_match",
        "correction_request", "correction_step", "worklist_item", "worklist_counter",
    };

    /// <summary>Tables whose lists begin at a place or a person: an index read without either is read in the order of the whole installation.</summary>
    private static readonly HashSet<string> Rooted = new(StringComparer.Ordinal) { "quarantine_transfer" };
    private static readonly string[] Roots = ["id = ", "from_stay = "];

    private readonly List<PlanFault> faults = [];

    /// <summary>Of what the plans are, as the faults name it.</summary>
    public string Page { get; set; } = "";

    public int Statements { get; private set; }

    public IReadOnlyList<PlanFault> Faults => faults;

    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var db = context.HttpContext.RequestServices.GetService(typeof(Db)) as Db;
        if (db is { IsOpen: true }) db.Connection.Notice += Hear;
        await next();
    }

    private void Hear(object sender, NpgsqlNoticeEventArgs told)
    {
        var text = told.Notice.MessageText;
        if (text.IndexOf('{', StringComparison.Ordinal) is >= 0 and var from && text.Contains("plan:", StringComparison.Ordinal)) Read(text[from..]);
    }

    /// <param name="told">The JSON of one statement.</param>
    public void Read(string told)
    {
        using var json = JsonDocument.Parse(told);
        var statement = json.RootElement.GetProperty("Query Text").GetString()!;
        Statements++;
        Walk(json.RootElement.GetProperty("Plan"), statement);
    }

    private void Walk(JsonElement node, string statement)
    {
        var table = node.TryGetProperty("Relation Name", out var name) ? name.GetString()! : "";
        if (Big.Contains(table))
        {
            if (node.GetProperty("Node Type").GetString() == "Seq Scan") Add($"sequential scan on {table}", statement);
            else if (!Rooted.Contains(table) && node.GetProperty("Node Type").GetString()!.StartsWith("Index", StringComparison.Ordinal) && !node.TryGetProperty("Index Cond", out _)) Add($"walk through all of an index of {table}", statement);
            foreach (var test in new[] { "Filter", "Index Cond", "Recheck Cond" })
                if (node.TryGetProperty(test, out var condition) && condition.GetString()!.Contains("~~", StringComparison.Ordinal)) Add($"LIKE on {table}", statement);
            if (Rooted.Contains(table) && node.GetProperty("Node Type").GetString()!.StartsWith("Index", StringComparison.Ordinal)
                && !(node.TryGetProperty("Index Cond", out var range) && Roots.Any(root => range.GetString()!.Contains(root, StringComparison.Ordinal)))) Add($"walk through {table}", $"{node}\n{statement}");
        }
        if (!node.TryGetProperty("Plans", out var below)) return;
        foreach (var child in below.EnumerateArray()) Walk(child, statement);
    }

    private void Add(string what, string statement)
    {
        if (faults.All(fault => (fault.Page, fault.What) != (Page, what))) faults.Add(new PlanFault(Page, what, statement));
    }
}
