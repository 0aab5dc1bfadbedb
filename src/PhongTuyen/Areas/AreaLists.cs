using System.Globalization;
using CsvHelper;
using PhongTuyen.Kernel;

namespace PhongTuyen.Areas;

/// <summary>
/// The lists that the program carries (<c>Lists/</c>, see its NOTICE): three levels from 1 February 2021 to 30 June 2025, two from then
/// on, and what became what. A new installation fills its tables from them; the command line and the tests use them as they are.
/// </summary>
public static class AreaLists
{
    private static readonly Lazy<AreaBook> LazyBook = new(() => new AreaBook(Rows(), OtherNames()));
    private static readonly Lazy<AreaLinks> LazyLinks = new(() => AreaLinks.Check(Book, LinkRows(), Provinces(), Changes(), OwnLinks()));

    /// <summary>Made once, when it is first asked for.</summary>
    public static AreaBook Book => LazyBook.Value;

    /// <summary>Made and checked once, when first asked for.</summary>
    public static AreaLinks Links => LazyLinks.Value;

    /// <summary>All versions, numbered from 1 in the order of the lists.</summary>
    public static IReadOnlyList<AreaRow> Rows()
    {
        var rows = new List<AreaRow>(15_000);
        foreach (var file in (string[])["areas-2021.csv", "areas-2025.csv"])
        {
            var byCode = new Dictionary<string, AreaId>(StringComparer.Ordinal);
            // Provinces stand before districts and districts before communes, so that each parent has its number already.
            foreach (var row in Read(file, csv => (Code: Text(csv, "code"), Level: Level(csv), Name: Text(csv, "name"), Parent: Text(csv, "parent"),
                From: Day(csv, "valid_from")!.Value, To: Day(csv, "valid_to"), Decree: Text(csv, "decree"))))
            {
                var id = new AreaId(rows.Count + 1);
                byCode.Add(row.Code, id);
                rows.Add(new AreaRow(id, row.Parent.Length == 0 ? default : byCode[row.Parent], row.Level, row.Code, row.Name, row.From, row.To, row.Decree.Length == 0 ? null : row.Decree));
            }
        }
        return AreaChanges.Apply(rows, Changes()).Value;
    }

    /// <summary>The decrees of 2021 after the first list.</summary>
    public static IReadOnlyList<AreaChange> Changes() => Read("changes-2021.csv", csv => new AreaChange(Text(csv, "code"), Level(csv),
        Text(csv, "name") is { Length: > 0 } name ? name : null, Text(csv, "parent") is { Length: > 0 } parent ? parent : null,
        Day(csv, "valid_from")!.Value, Text(csv, "decree"), Text(csv, "into").Split(' ', StringSplitOptions.RemoveEmptyEntries)));

    /// <summary>Names in use besides those of the lists.</summary>
    public static IReadOnlyList<AreaOtherName> OtherNames() => Read("other-names.csv",
        csv => new AreaOtherName(Text(csv, "code"), Level(csv), Text(csv, "name"), Day(csv, "valid_from"), Day(csv, "valid_to")));

    /// <summary>What became what, as the source has it: only to be used through <see cref="AreaLinks.Check"/>.</summary>
    public static IReadOnlyList<AreaLinkRow> LinkRows() => Read("links-2025.csv", csv => new AreaLinkRow(csv.Parser.Row,
        Text(csv, "old_code"), Text(csv, "old_name"), Text(csv, "old_district"), Text(csv, "old_province"),
        Text(csv, "new_code"), Text(csv, "new_name"), Text(csv, "new_province")));

    /// <summary>What we have settled ourselves, each with its reason in the file.</summary>
    public static IReadOnlyList<AreaLink> OwnLinks() => Read("links-own.csv", csv => new AreaLink(Text(csv, "old_code"), Text(csv, "new_code"),
        Enum.Parse<AreaLinkKind>(Text(csv, "kind"), ignoreCase: true), AreaLinkHow.Person));

    /// <summary>The 63 provinces of 30 June 2025 and the one of 34 that each went into.</summary>
    public static IReadOnlyDictionary<string, string> Provinces() =>
        Read("provinces-2025.csv", csv => (Text(csv, "old_code"), Text(csv, "new_code"))).ToDictionary();

    private static List<T> Read<T>(string file, Func<CsvReader, T> row)
    {
        using var stream = typeof(AreaLists).Assembly.GetManifestResourceStream("areas/" + file) ?? throw new InvalidOperationException($"The list {file} is not in the program.");
        using var csv = new CsvReader(new StreamReader(stream), CultureInfo.InvariantCulture);
        csv.Read();
        csv.ReadHeader();
        var rows = new List<T>();
        while (csv.Read()) rows.Add(row(csv));
        return rows;
    }

    private static string Text(CsvReader csv, string column) => csv.GetField(column) ?? "";

    private static AreaLevel Level(CsvReader csv) => (AreaLevel)int.Parse(Text(csv, "level"), CultureInfo.InvariantCulture);

    private static DateOnly? Day(CsvReader csv, string column) =>
        Text(csv, column) is { Length: > 0 } text ? DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null;
}
