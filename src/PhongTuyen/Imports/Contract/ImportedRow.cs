using PhongTuyen.Kernel;

namespace PhongTuyen.Imports.Contract;

public enum RowVerdict
{
    Ready = 0,
    Accepted = 1,
    Duplicate = 2,
    Rejected = 3,
    Undone = 4,
}

/// <summary>One row of a file on its way through the targets. Each reads its own fields and leaves what it read for its own writing.</summary>
public sealed class ImportedRow(int number, IReadOnlyDictionary<string, string> values)
{
    private readonly Dictionary<Type, object> parts = [];

    /// <summary>As the spreadsheet shows it.</summary>
    public int Number { get; } = number;

    public RowVerdict Verdict { get; set; }

    /// <summary>Every fault of the row at once; with any, it is rejected. The field is the key of an <see cref="ImportField"/>. Of a duplicate: what it repeats.</summary>
    public List<Problem> Problems { get; } = [];

    /// <summary>What is taken in all the same and has to be mended by a person: kinds of <c>person_finding</c>.</summary>
    public List<string> Findings { get; } = [];

    /// <summary>What tells this row from others: it is found again by it in another file.</summary>
    public List<string> Identity { get; } = [];

    /// <summary>Keyed hashes of it: two while keys are being changed, the current one first.</summary>
    public byte[][] Keys { get; set; } = [[]];

    /// <summary>The person that the row is about: found, or made by this import.</summary>
    public PersonId Person { get; set; }

    /// <summary>True: the person was known before this row.</summary>
    public bool PersonKnown { get; set; }

    /// <summary>A number on a paper says who it is, in this list and in any other.</summary>
    public bool Numbered { get; set; }

    /// <summary>Who the row is about among the rows of this file; null where no number on a paper tells.</summary>
    public NumberOwner? Owner { get; set; }

    /// <summary>Where the row says that the person lives.</summary>
    public AreaKeys Lives { get; set; }

    /// <summary>Whether a target has something to write that is not recorded yet. A row that brings nothing new is a duplicate.</summary>
    public bool BringsNew { get; set; }

    /// <summary>What of the row is recorded already, for the one who reads the preview.</summary>
    public List<Problem> Repeats { get; } = [];

    /// <summary>The value of a field, cleaned; null where the file or the row has none.</summary>
    public string? this[string field] => values.GetValueOrDefault(field);

    /// <summary>Whether the mapping gives the field at all, in this row or not.</summary>
    public bool Has(string field) => values.ContainsKey(field) || Mapped.Contains(field);

    /// <summary>Whether the spreadsheet held the value as a number: then it has lost its leading zeros.</summary>
    public bool WasNumber(string field) => Numbers.Contains(field);

    internal IReadOnlySet<string> Mapped { get; init; } = new HashSet<string>();

    internal IReadOnlySet<string> Numbers { get; init; } = new HashSet<string>();

    public void Keep<T>(T part) where T : class => parts[typeof(T)] = part;

    public T? Part<T>() where T : class => parts.GetValueOrDefault(typeof(T)) as T;

    public void Reject(Problem problem)
    {
        Verdict = RowVerdict.Rejected;
        Problems.Add(problem);
    }

    /// <summary>Nothing of it is taken in, because it is there already.</summary>
    public void Repeat(params ReadOnlySpan<Problem> why)
    {
        Verdict = RowVerdict.Duplicate;
        foreach (var one in why) Problems.Add(one);
    }
}
