using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using CsvHelper;
using PhongTuyen.Areas;
using PhongTuyen.Kernel;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Areas;

/// <summary>Two lists of 2019, before 560 communes were merged, read as of July 2021: most are found, and none becomes another one.</summary>
public sealed class OlderListsTests
{
    private static readonly AreaBook Book = AreaLists.Book;
    private static readonly AreaMatcher Matcher = new(Book, AreaLists.Links);
    private static readonly DateOnly July2021 = new(2021, 7, 1);

    [Fact]
    public void Addresses_of_2019_in_one_line_are_read_and_keep_their_head()
    {
        var (seen, found) = (0, 0);
        using var tar = new TarReader(new GZipStream(File.OpenRead(ReferenceData.Path("vn-addresses-streets", "vietnam_dataset_json.tar.gz")), CompressionMode.Decompress));
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.DataStream is not { } data || !entry.Name.Contains("data/", StringComparison.Ordinal)) continue;
            using var province = JsonDocument.Parse(data);
            foreach (var district in province.RootElement.GetProperty("district").EnumerateArray())
                foreach (var ward in district.GetProperty("ward").EnumerateArray())
                {
                    var text = Matcher.MatchText($"12 ngõ 5, {Full(ward)}, {Full(district)}, {province.RootElement.GetProperty("name")}", July2021);
                    seen++;
                    if (text.Match.Verdict != AreaVerdict.One) continue;
                    text.Head.ShouldBe("12 ngõ 5");
                    SameName(text.Match, ward.GetProperty("name").GetString()!, Full(ward));
                    found++;
                }
        }
        seen.ShouldBe(11286);
        found.ShouldBeGreaterThanOrEqualTo(10_270);
    }

    [Fact]
    public void Run_together_names_of_the_census_are_read()
    {
        var (seen, found) = (0, 0);
        using var packed = new GZipStream(File.OpenRead(ReferenceData.Path("vn-population-ward-2019", "VN_Population_ward.csv.gz")), CompressionMode.Decompress);
        using var csv = new CsvReader(new StreamReader(packed), CultureInfo.InvariantCulture);
        csv.Read();
        csv.ReadHeader();
        while (csv.Read())
        {
            var match = Matcher.Match(csv.GetField("city"), csv.GetField("district"), csv.GetField("ward"), July2021);
            seen++;
            if (match.Verdict != AreaVerdict.One) continue;
            SameName(match, csv.GetField("ward")!);
            found++;
        }
        seen.ShouldBe(11165);
        found.ShouldBeGreaterThanOrEqualTo(10_240);
    }

    private static string Full(JsonElement unit) => $"{unit.GetProperty("pre")} {unit.GetProperty("name")}";

    // By another name or day, the unit of today may be called otherwise.
    private static void SameName(AreaMatch match, string written, string? full = null)
    {
        if ((match.How & (AreaHow.OtherName | AreaHow.OtherDate)) != 0) return;
        Book.Find(match.Area)!.Level.ShouldBe(AreaLevel.Commune, written);
        // The source doubles some types, and there is a ward whose bare name is "Phường Đúc".
        string[] names = [full ?? written, written, AreaSpelling.Bare(VietnameseText.Clean(written)!)];
        names.Select(name => AreaNameKey.Of(name).Loose).ShouldContain(AreaNameKey.Of(AreaSpelling.Bare(Book.Find(match.Area)!.Name)).Loose);
    }
}
