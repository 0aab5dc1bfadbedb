using System.Globalization;
using CsvHelper;
using PhongTuyen.Areas;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Areas;

/// <summary>Our links beside those that others derived from two sources.</summary>
public sealed class OfficialLinksTests
{
    private static readonly AreaLinks Links = AreaLists.Links;

    [Fact]
    public void No_whole_link_contradicts_the_list_that_others_derived()
    {
        var (same, both, contradictions) = (0, 0, new List<string>());
        using var csv = new CsvReader(new StreamReader(ReferenceData.Path("vn-admin-mapping", "derived_2021-07_to_2025-07.csv")), CultureInfo.InvariantCulture);
        csv.Read();
        csv.ReadHeader();
        while (csv.Read())
        {
            var (old, now) = (csv.GetField("old_code")!, csv.GetField("new_code")!);
            if (now.Length == 0 || Links.From(old) is not { Count: > 0 } ours) continue;
            both++;
            if (ours.Any(link => link.NewCode == now)) same++;
            else if (ours[0].Kind == AreaLinkKind.Full) contradictions.Add(old);
        }
        // Four communes went into Xã Ba Chẽ, which bears the wrong code of the package in the derived list and 06978 in the register.
        // It also has the two communes called Thạnh Lộc crosswise, as the package has.
        contradictions.ShouldBe(["06970", "06973", "06982", "06988", "30901", "30913"]);
        both.ShouldBeGreaterThan(10380);
        ((double)same / both).ShouldBeGreaterThan(0.999);
    }

    [Fact]
    public void The_provinces_agree_with_the_list_that_others_derived()
    {
        using var csv = new CsvReader(new StreamReader(ReferenceData.Path("vn-admin-mapping", "derived_province_63_to_34.csv")), CultureInfo.InvariantCulture);
        csv.Read();
        csv.ReadHeader();
        var theirs = new Dictionary<string, string>();
        while (csv.Read()) theirs.Add(csv.GetField("old_province_code")!, csv.GetField("new_province_code")!);
        AreaLists.Provinces().ShouldBe(theirs, ignoreOrder: true);
    }
}
