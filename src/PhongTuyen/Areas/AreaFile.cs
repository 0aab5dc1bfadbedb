using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using PhongTuyen.Kernel;

namespace PhongTuyen.Areas;

/// <summary>One row of a file of figures by area: names only, no codes.</summary>
/// <param name="Cases">What the row counts; 1 where the file has no such column.</param>
internal readonly record struct AreaFileRow(string Province, string District, string Commune, long Cases);

/// <summary>Reads a CSV file by the names of its columns, Vietnamese or English, with or without marks; all other columns are left alone.</summary>
internal static class AreaFile
{
    private static readonly string[] Province = ["province", "tinh", "tinh thanh", "tinh thanh pho", "tinh tp", "thanh pho", "ten tinh"];
    private static readonly string[] District = ["district", "huyen", "quan huyen", "quan", "huyen quan", "quan huyen thi xa", "ten huyen"];
    private static readonly string[] Commune = ["commune", "ward", "xa", "phuong xa", "xa phuong", "phuong", "xa phuong thi tran", "phuong xa thi tran", "ten xa"];
    private static readonly string[] Cases = ["cases", "count", "so ca", "so ca mac", "ca mac", "so luong"];

    public static Outcome<List<AreaFileRow>> Read(TextReader file)
    {
        using var csv = new CsvReader(file, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            DetectDelimiter = true,
            DetectDelimiterValues = [",", ";", "\t"],
            MissingFieldFound = null,
        });
        try
        {
            if (!csv.Read() || !csv.ReadHeader()) return AreaProblems.FileWithoutAreas();
            int[] columns = [Column(csv, Province), Column(csv, District), Column(csv, Commune), Column(csv, Cases)];
            if (columns[..3].All(column => column < 0)) return AreaProblems.FileWithoutAreas();
            var rows = new List<AreaFileRow>();
            while (csv.Read())
            {
                var count = Cell(csv, columns[3]);
                if (columns[3] < 0) count = "1";
                if (!long.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var cases)) return AreaProblems.CountUnreadable(csv.Parser.RawRow, count);
                rows.Add(new AreaFileRow(Cell(csv, columns[0]), Cell(csv, columns[1]), Cell(csv, columns[2]), cases));
            }
            return rows;
        }
        catch (CsvHelperException fault)
        {
            return AreaProblems.FileUnreadable($"line {csv.Parser.RawRow}, {fault.GetType().Name}");
        }
    }

    private static int Column(CsvReader csv, string[] names) => Array.FindIndex(csv.HeaderRecord!, header => names.Contains(VietnameseText.Fold(header)));

    private static string Cell(CsvReader csv, int column) => column < 0 ? "" : VietnameseText.Clean(csv.GetField(column)) ?? "";
}
