using PhongTuyen.Imports;
using PhongTuyen.Kernel;

namespace PhongTuyen.Web.Imports;

/// <summary>Some rows of an import as they stand in an address, both ways: so that each figure opens to its rows.</summary>
public static class RowAddress
{
    public static string Of(ImportId import, RowChoice choice, int? behind = null) => Links.With(Links.ImportRows(import, choice.What.ToString()),
        ("problem", choice.Problem), ("field", choice.Field), ("finding", choice.Finding), ("cut", choice.Cut), ("value", choice.Value),
        ("behind", behind?.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    public static RowChoice Read(IQueryCollection query) => new(Enum.TryParse<RowsOf>(query["what"], out var what) && Enum.IsDefined(what) ? what : RowsOf.All)
    {
        Problem = Word(query, "problem"), Field = Word(query, "field"), Finding = Word(query, "finding"), Cut = Word(query, "cut"), Value = query.ContainsKey("value") ? query["value"].ToString() : null,
    };

    private static string? Word(IQueryCollection query, string name) => query[name].ToString() is { Length: > 0 } word ? word : null;
}
