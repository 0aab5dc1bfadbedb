using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using PhongTuyen.Areas;
using PhongTuyen.Kernel;

namespace PhongTuyen.Tests.Areas;

/// <summary>One unit of an official register.</summary>
internal readonly record struct Official(AreaLevel Level, string Code, string Name, string Parent);

/// <summary>Reads the registers that the shipped lists are compared with.</summary>
internal static class OfficialLists
{
    public static DateOnly Day(string iso) => DateOnly.ParseExact(iso, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The register of three levels, as of 20210201, 20210701 or 20211101.</summary>
    public static List<Official> ThreeLevels(string day)
    {
        using var json = Open("vn-admin-gso-2021", $"dvhcvn_{day}.json.gz");
        var units = new List<Official>();
        foreach (var province in json.RootElement.GetProperty("data").EnumerateArray())
        {
            var p = Text(province, "level1_id");
            units.Add(new(AreaLevel.Province, p, Text(province, "name"), ""));
            foreach (var district in province.GetProperty("level2s").EnumerateArray())
            {
                var d = Text(district, "level2_id");
                units.Add(new(AreaLevel.District, d, Text(district, "name"), p));
                foreach (var commune in district.GetProperty("level3s").EnumerateArray())
                    units.Add(new(AreaLevel.Commune, Text(commune, "level3_id"), Text(commune, "name"), d));
            }
        }
        return units;
    }

    /// <summary>The register of two levels: vn_units_20250701_v3.0.2 or vn_units_20260430_v4.2.0.</summary>
    public static List<Official> TwoLevels(string file)
    {
        using var json = Open("vn-admin-nso-2025", file + ".json.gz");
        var units = new List<Official>();
        foreach (var province in json.RootElement.EnumerateArray())
        {
            units.Add(new(AreaLevel.Province, Text(province, "Code"), Text(province, "FullName"), ""));
            foreach (var commune in province.GetProperty("Wards").EnumerateArray())
                units.Add(new(AreaLevel.Commune, Text(commune, "Code"), Text(commune, "FullName"), Text(province, "Code")));
        }
        return units;
    }

    /// <summary>What the book holds on that day, in the same shape.</summary>
    public static List<Official> Of(AreaBook book, DateOnly day)
    {
        var units = new List<Official>();
        Add(default, "");
        return units;

        void Add(AreaId parent, string code)
        {
            foreach (var area in book.Children(parent, day))
            {
                units.Add(new(area.Level, area.Code, area.Name, code));
                Add(area.Id, area.Code);
            }
        }
    }

    /// <summary>The same name, but for what is written differently without meaning anything else.</summary>
    public static Official Folded(this Official unit) => unit with { Name = VietnameseText.ToneKey(unit.Name) };

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static JsonDocument Open(params string[] path)
    {
        using var packed = new GZipStream(File.OpenRead(ReferenceData.Path(path)), CompressionMode.Decompress);
        return JsonDocument.Parse(packed);
    }
}
