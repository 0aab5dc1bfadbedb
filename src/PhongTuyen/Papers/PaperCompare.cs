using PhongTuyen.Kernel;
using PhongTuyen.People;
using PhongTuyen.People.Contract;

namespace PhongTuyen.Papers;

/// <summary>Which of two values holds.</summary>
public enum PaperHolds
{
    First = 1,
    Second = 2,
    /// <summary>Cả hai đều sai: the unit mends it by hand.</summary>
    Neither = 3,
}

/// <summary>Two people typed one paper: in which fields they differ. Another way to write the same (Hoà, Hòa; 0912 345 678; 5/8/21) is no difference.</summary>
public static class PaperCompare
{
    /// <summary>A field of a paper that is compared.</summary>
    /// <param name="Name">As the form has it.</param>
    /// <param name="Shown">As it was typed; null: nothing.</param>
    /// <param name="Key">Equal for two that say the same.</param>
    /// <param name="Take">The first paper with this field of the second.</param>
    public sealed record Part(string Name, Func<PaperContent, string?> Shown, Func<PaperContent, DateOnly, string> Key, Func<PaperContent, PaperContent, PaperContent> Take);

    public static readonly IReadOnlyList<Part> Parts =
    [
        Text("Name", paper => paper.Name, (paper, other) => paper with { Name = other.Name }),
        new("Sex", paper => paper.Sex == Sex.Unknown ? null : paper.Sex.ToString(), (paper, _) => paper.Sex == Sex.Unknown ? "" : paper.Sex.ToString(), (paper, other) => paper with { Sex = other.Sex }),
        new("Birth", paper => paper.Birth, (paper, today) => DateInput.TryBirth(paper.Birth, today, out var birth) ? birth.ToString() : VietnameseText.ToneKey(paper.Birth), (paper, other) => paper with { Birth = other.Birth }),
        new("Number", paper => paper.Number, (paper, _) => DocumentRules.Normal(paper.Number ?? ""), (paper, other) => paper with { Number = other.Number }),
        new("Phone", paper => paper.Phone, (paper, _) => PhoneRules.Normal(paper.Phone ?? "") ?? VietnameseText.Fold(paper.Phone), (paper, other) => paper with { Phone = other.Phone }),
        new("AreaText", paper => paper.AreaText, (paper, _) => paper.Area.Value != 0 ? paper.Area.ToString() : VietnameseText.ToneKey(paper.AreaText), (paper, other) => paper with { Area = other.Area, AreaText = other.AreaText }),
        Text("Hamlet", paper => paper.Hamlet, (paper, other) => paper with { Hamlet = other.Hamlet }),
        Text("Line", paper => paper.Line, (paper, other) => paper with { Line = other.Line }),
        new("Came", paper => paper.Came, (paper, today) => DateInput.TryDate(paper.Came, today, out var day) ? day.ToString("O", null) : VietnameseText.ToneKey(paper.Came), (paper, other) => paper with { Came = other.Came }),
        Text("Reason", paper => paper.Reason, (paper, other) => paper with { Reason = other.Reason }),
    ];

    private static Part Text(string name, Func<PaperContent, string?> of, Func<PaperContent, PaperContent, PaperContent> take) => new(name, of, (paper, _) => VietnameseText.ToneKey(VietnameseText.Clean(of(paper))), take);

    /// <returns>In how many fields either wrote something, and the names of those in which they differ.</returns>
    public static (int Compared, IReadOnlyList<string> Fields) Of(PaperContent first, PaperContent second, DateOnly today)
    {
        var written = Parts.Select(part => (part.Name, First: part.Key(first, today), Second: part.Key(second, today))).Where(part => part.First.Length + part.Second.Length > 0).ToList();
        return (written.Count, [.. written.Where(part => part.First != part.Second).Select(part => part.Name)]);
    }
}
