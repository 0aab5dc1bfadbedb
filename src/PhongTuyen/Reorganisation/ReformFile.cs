using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using PhongTuyen.Kernel;

namespace PhongTuyen.Reorganisation;

/// <summary>
/// Reads what a reform needs from CSV files with headers: the lines of a resolution (code, level, name, parent, into), and what becomes of units (code, act, into, name, areas, new_code).
/// Several codes in one cell stand with spaces between.
/// </summary>
public static class ReformFile
{
    private static readonly Dictionary<string, ActKind?> Acts = new(StringComparer.Ordinal)
    {
        [""] = null, ["keep"] = null, ["giu nguyen"] = null, ["make"] = ActKind.Make, ["thanh lap"] = ActKind.Make, ["move"] = ActKind.Move, ["chuyen"] = ActKind.Move, ["rename"] = ActKind.Rename, ["doi ten"] = ActKind.Rename,
        ["merge"] = ActKind.Merge, ["sap nhap"] = ActKind.Merge, ["close"] = ActKind.Close, ["giai the"] = ActKind.Close,
    };

    private static readonly Dictionary<string, AreaLevel> Levels = new(StringComparer.Ordinal)
    {
        ["province"] = AreaLevel.Province, ["tinh"] = AreaLevel.Province, ["1"] = AreaLevel.Province, ["district"] = AreaLevel.District, ["huyen"] = AreaLevel.District, ["2"] = AreaLevel.District,
        ["commune"] = AreaLevel.Commune, ["xa"] = AreaLevel.Commune, ["3"] = AreaLevel.Commune,
    };

    public static Outcome<List<ReformLine>> Lines(TextReader file) => Read(file, (csv, line) => Levels.TryGetValue(VietnameseText.Fold(Cell(csv, "level") ?? ""), out var level) && Cell(csv, "code") is { } code
        ? new ReformLine(code, level, Cell(csv, "name"), Cell(csv, "parent"), Codes(csv, "into")) : (Outcome<ReformLine>)Problems.StepUnreadable(line, csv.Parser.RawRecord.Trim()));

    public static Outcome<List<ReformStep>> Steps(TextReader file) => Read(file, (csv, line) => Acts.TryGetValue(VietnameseText.Fold(Cell(csv, "act") ?? ""), out var act) && Cell(csv, "code") is { } code
        ? (Outcome<ReformStep>)new ReformStep(code, act, Cell(csv, "into"), Cell(csv, "name"), null, Codes(csv, "areas")) { NewCode = Cell(csv, "new_code") } : Problems.StepUnreadable(line, csv.Parser.RawRecord.Trim()));

    private static Outcome<List<T>> Read<T>(TextReader file, Func<CsvReader, int, Outcome<T>> row)
    {
        using var csv = new CsvReader(file, new CsvConfiguration(CultureInfo.InvariantCulture) { DetectDelimiter = true, DetectDelimiterValues = [",", ";", "\t"], MissingFieldFound = null, PrepareHeaderForMatch = header => header.Header.Trim().ToLowerInvariant() });
        var (rows, faults) = (new List<T>(), new List<Problem>());
        try
        {
            if (!csv.Read() || !csv.ReadHeader()) return rows;
            while (csv.Read())
            {
                var one = row(csv, csv.Parser.RawRow);
                if (one.Done) rows.Add(one.Value);
                else faults.AddRange(one.Problems);
            }
        }
        catch (CsvHelperException)
        {
            faults.Add(Problems.StepUnreadable(csv.Parser.RawRow, ""));
        }
        return faults.Count > 0 ? faults : rows;
    }

    private static string? Cell(CsvReader csv, string column) => VietnameseText.Clean(csv.GetField(column));

    private static string[] Codes(CsvReader csv, string column) => (Cell(csv, column) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
