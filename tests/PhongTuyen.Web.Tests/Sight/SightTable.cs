using System.Text.RegularExpressions;
using PhongTuyen.Accounts;
using PhongTuyen.Web.Tests.Browser;

namespace PhongTuyen.Web.Tests.Sight;

/// <summary>What somebody sees of a person.</summary>
public enum Sight
{
    /// <summary>The door does not open: 403 before anything is read.</summary>
    Closed,
    /// <summary>The person is not there: 404, in no list, no file and no answer.</summary>
    None,
    /// <summary>A row without name, birth and code stands in lists; the record does not open.</summary>
    Masked,
    /// <summary>The record opens and is not changed.</summary>
    Read,
    Full,
}

/// <summary>The table of <c>docs/decisions/0001-who-sees-what.md</c>, read from the document itself: what people agreed on is what the tests ask.</summary>
public sealed partial class SightTable
{
    private readonly Dictionary<(string Relation, Role Role), Sight> cells = [];
    private readonly Dictionary<(string Relation, string Record), string> others = [];

    public IReadOnlyList<string> Relations { get; }

    public Sight this[string relation, Role role] => cells[(relation, role)];

    /// <exception cref="InvalidDataException">A role without a column, a relation without a cell, a word that is none.</exception>
    public SightTable(string document)
    {
        var rows = document.Split('\n').SkipWhile(line => !line.StartsWith("| relation |", StringComparison.Ordinal)).TakeWhile(line => line.StartsWith('|')).Select(line => line.Trim('|', ' ', '\r').Split('|').Select(cell => cell.Trim()).ToArray()).ToList();
        if (rows.Count < 3) throw new InvalidDataException("The table is not there: it begins with | relation |.");
        var roles = rows[0][1..].Select(head => Enum.TryParse<Role>(head, out var role) ? role : throw new InvalidDataException($"'{head}' is no role.")).ToArray();
        if (Enum.GetValues<Role>().Except(roles).ToList() is { Count: > 0 } lacking) throw new InvalidDataException($"No column says what {string.Join(", ", lacking)} sees.");
        foreach (var row in rows[2..])
        {
            var relation = Quoted().Match(row[0]) is { Success: true } name ? name.Groups[1].Value : throw new InvalidDataException($"'{row[0]}' names no relation.");
            if (row.Length != roles.Length + 1) throw new InvalidDataException($"{relation} has {row.Length - 1} cells for {roles.Length} roles.");
            for (var i = 0; i < roles.Length; i++) cells[(relation, roles[i])] = Of(row[i + 1]);
        }
        var behind = document.Split('\n').SkipWhile(line => !line.StartsWith("| records of others |", StringComparison.Ordinal)).TakeWhile(line => line.StartsWith('|')).Select(line => line.Trim('|', ' ', '\r').Split('|').Select(cell => cell.Trim()).ToArray()).ToList();
        foreach (var row in behind.Skip(2))
            foreach (var (record, word) in behind[0][1..].Zip(row[1..])) others[(Quoted().Match(row[0]).Groups[1].Value, record)] = word is "acts" or "seen" or "–" ? word : throw new InvalidDataException($"'{word}' is none of acts, seen, –.");
        Relations = [.. cells.Keys.Select(key => key.Relation).Distinct()];
    }

    /// <summary>What of another unit's records opens with the person: of stay, case and result <c>acts</c>, <c>seen</c> or <c>–</c>. Relations that have no line: <c>acts</c> all.</summary>
    public string Of(string relation, string record) => others.GetValueOrDefault((relation, record), "acts");

    public static SightTable Read() => new(File.ReadAllText(Path.Combine(RunningProgram.Root(), "docs", "decisions", "0001-who-sees-what.md")));

    private static Sight Of(string word) => word switch
    {
        "full" => Sight.Full,
        "read" => Sight.Read,
        "masked" => Sight.Masked,
        "–" => Sight.None,
        "closed" => Sight.Closed,
        _ => throw new InvalidDataException($"'{word}' is none of full, read, masked, –, closed."),
    };

    [GeneratedRegex("`([a-z-]+)`")]
    private static partial Regex Quoted();
}
