using System.Text;
using System.Text.Json;
using PhongTuyen.Formats.Cards;
using PhongTuyen.Kernel;
using PhongTuyen.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Formats;

/// <summary>Scanned cards are read as what they are, and what is none is refused with the reason; no refusal repeats what was scanned.</summary>
[Answers("R4", "R16")]
public sealed class CardReaderTests
{
    private static readonly DateOnly Today = new(2021, 8, 20);

    private const string Card = "079087000001|023456789|Nguyễn Văn An|18011987|Nam|12 Lê Lợi, Bến Nghé, Quận 1, TP. Hồ Chí Minh|15042021";

    private static Outcome<ScannedCard> Read(string? text) => CardReader.Read(text, Today);

    private static string Hex(string text) => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text));

    [Fact]
    public void The_samples_of_the_layouts_are_read()
    {
        using var samples = JsonDocument.Parse(File.ReadAllText(ReferenceData.Path("vectors", "misc-qr", "samples.json")));
        List<Outcome<ScannedCard>> Of(string kind) => [.. samples.RootElement.GetProperty(kind).EnumerateArray().Select(sample => Read(sample.GetProperty("raw").GetString()))];
        var personal = Of("vn_personal_qr_1405").Select(read => read.Value).ToList();
        personal[0].ShouldBe(new ScannedCard(CardKind.PersonalCode)
        {
            Number = "001087000001", Name = "NGUYEN VAN AN", Birth = new(new(1987, 1, 18), BirthPrecision.Day), Male = true, PersonalId = "162979388586171100", InsuranceNumber = "HS4010000000001", Telephone = "0900000001",
        });
        personal[1].ShouldBe(new ScannedCard(CardKind.PersonalCode) { NumberEnd = "000001", Name = "NGUYEN VAN AN", Birth = BirthDate.OfYear(1987), PersonalId = "162979388586171100" });
        (personal[2].ByProxy, personal[2].DeclaredBy, personal[2].Male, personal[2].InsuranceNumber, personal[2].Telephone).ShouldBe((true, "162979388586171100", false, null, "0900000001"));
        var cards = Of("vn_cccd_qr").Select(read => read.Value).ToList();
        cards[0].ShouldBe(new ScannedCard(CardKind.IdentityCard)
        {
            Number = "079087000001", OldNumber = "023456789", Name = "Nguyễn Văn An", Birth = new(new(1987, 1, 18), BirthPrecision.Day), Male = true, Address = "12 Lê Lợi, Bến Nghé, Quận 1, TP. Hồ Chí Minh", IssuedOn = new(2021, 4, 15),
        });
        cards[1].ShouldBe(cards[0] with { OldNumber = null });
        Of("vn_bhyt_qr").ShouldHaveSingleItem().Problem.Code.ShouldBe("scan.hex", "malformed on purpose");
    }

    [Fact]
    public void An_insurance_card_is_read_with_its_facility_and_days_or_without_them()
    {
        var whole = $"GD4797412345678|{Hex("Trần Thị Bình")}|02/05/1960|2|{Hex("Khóm 3, phường Phước Long")}|79 - 034|01/01/2021|31/12/2021|15/12/2020|-|-|4| 01/01/2015|ab12|3|{Hex("Quận 9")}|$";
        Read(whole).Value.ShouldBe(new ScannedCard(CardKind.InsuranceCard)
        {
            Number = "GD4797412345678", Name = "Trần Thị Bình", Birth = new(new(1960, 5, 2), BirthPrecision.Day), Male = false, Address = "Khóm 3, phường Phước Long", Facility = "79 - 034", ValidFrom = new(2021, 1, 1), ValidTo = new(2021, 12, 31), IssuedOn = new(2020, 12, 15),
        });
        var brief = Read($"7412345678|{Hex("Trần Thị Bình")}|1960|2|-|$").Value;
        (brief.Number, brief.Birth, brief.Address, brief.ValidTo).ShouldBe(("7412345678", BirthDate.OfYear(1960), null, null));
        Read($"GD4797412345678|{Hex("Trần Thị Bình")}").Problem.Code.ShouldBe("scan.cut-short");
        Read($"GD4797412345678|{Hex("Trần Thị Bình")}|02/05/1960|3|-|$").Problem.Code.ShouldBe("scan.sex");
        Read($"GD4797412345678|{Hex("Trần Thị Bình")}|02/05/1960|2|{Hex("Khóm 3")[1..]}|$").Problem.Code.ShouldBe("scan.hex");
        Read($"GD4797412345678|{Hex("<b>x</b>")}|02/05/1960|2|-|$").Problem.Code.ShouldBe("scan.name");
        Read($"GD4797412345678|{Hex("Trần Thị Bình")}|02/05/1960|2|-|79 - 034|35/01/2021|$").Problem.Code.ShouldBe("scan.day");
    }

    [Theory]
    [InlineData("079087000001|Nguyễn Văn An|18011987|Nam|12 Lê Lợi|15042021", "1987-01-18 True 2021-04-15 ")] // without the field of the old number
    [InlineData("079187000001||Trần Thị Bình|00001987|Nữ|12 Lê Lợi|15042021", "1987 False 2021-04-15 ")] // only the year is known
    [InlineData("079187000001|079187000001|Trần Thị Bình|00051987|Nữ|12 Lê Lợi|15042021", "1987-05 False 2021-04-15 ")]
    [InlineData("079087000001||Nguyễn Văn An|18011987|Nam|12 Lê Lợi|15042021|18012027", "1987-01-18 True 2021-04-15 2027-01-18")] // the day on which it ends
    [InlineData("079087000001||Nguyễn Văn An|18011987|Nam|12 Lê Lợi|15042021||Nguyễn Văn Cha|Lê Thị Mẹ|", "1987-01-18 True 2021-04-15 ")]
    [InlineData("079087000001||Nguyễn Văn An|18011987||12 Lê Lợi", "1987-01-18   ")]
    [InlineData("]Q1079087000001||Nguyễn Văn An|18011987|Nam|12 Lê Lợi|15042021\r\n", "1987-01-18 True 2021-04-15 ")] // as readers send it
    public void Identity_cards_of_several_years_are_read(string text, string says)
    {
        var card = Read(text).Value;
        var birth = card.Birth.From!.Value.ToString(card.Birth.Precision switch { BirthPrecision.Day => "yyyy-MM-dd", BirthPrecision.Month => "yyyy-MM", _ => "yyyy" }, null);
        $"{birth} {card.Male} {card.IssuedOn:yyyy-MM-dd} {card.ValidTo:yyyy-MM-dd}".ShouldBe(says);
        card.Address.ShouldBe("12 Lê Lợi");
    }

    [Theory]
    [InlineData(null, "scan.empty")]
    [InlineData(" \r\n", "scan.empty")]
    [InlineData("\u200B", "scan.empty")]
    [InlineData("https://qr.example/p/123", "scan.link")]
    [InlineData("079087000001", "scan.cut-short")]
    [InlineData("079087000001|023456789|Nguyễn Văn An", "scan.cut-short")]
    [InlineData("8936012345678", "scan.unknown")] // a barcode of goods
    [InlineData("a|b|c|d|e", "scan.unknown")]
    [InlineData("079087000001|02345|Nguyễn Văn An|18011987|Nam|12 Lê Lợi|15042021", "scan.number")]
    [InlineData("079087000001||Nguyễn Văn An|31021987|Nam|12 Lê Lợi|15042021", "scan.birth")]
    [InlineData("079087000001||Nguyễn Văn An|18012031|Nam|12 Lê Lợi|15042021", "scan.birth")]
    [InlineData("079087000001||Nguyễn Văn An|18011787|Nam|12 Lê Lợi|15042021", "scan.birth")]
    [InlineData("079087000001||Nguyễn Văn An|18011987|X|12 Lê Lợi|15042021", "scan.sex")]
    [InlineData("079087000001||Nguyễn Văn An|18011987|Nam|12 Lê Lợi|15042031", "scan.day")]
    [InlineData("079087000001||=HYPERLINK(1)|18011987|Nam|12 Lê Lợi|15042021", "scan.name")]
    [InlineData("079087000001||<script>alert(1)</script>|18011987|Nam|12 Lê Lợi|15042021", "scan.name")]
    [InlineData("079087000001||Nguy?n V?n An|18011987|Nam|12 L? L?i|15042021", "scan.letters")]
    [InlineData("079087000001||Nguy\uFFFDn V\uFFFDn An|18011987|Nam|12 Lê Lợi|15042021", "scan.letters")]
    [InlineData("001087000001|NGUYEN VAN AN|1987-01-18|7|1629|", "scan.cut-short")]
    [InlineData("0010'; DROP|NGUYEN VAN AN|1987-01-18|0|1629|", "scan.number")]
    [InlineData("001087000001|NGUYEN VAN AN|1987-01-18|0|1629|<9<", "scan.sex")]
    [InlineData("001087000001|NGUYEN VAN AN|1987-13-18|0|1629|", "scan.birth")]
    public void What_is_no_card_is_refused_with_the_reason(string? text, string code) => Read(text).Problem.Code.ShouldBe(code);

    [Theory]
    [InlineData("iso-8859-1")]
    [InlineData("windows-1252")]
    public void Letters_that_a_reader_wrote_byte_by_byte_are_put_together_again(string encoding)
    {
        var western = CodePagesEncodingProvider.Instance.GetEncoding(encoding) ?? Encoding.GetEncoding(encoding);
        foreach (var name in new[] { "Nguyễn Văn An", "Trần Thị Bình", "Lưu Đức Ứng", "Hoàng Ỷ Lan", "Đỗ Quỳnh Ngà" })
            Read(western.GetString(Encoding.UTF8.GetBytes(Card.Replace("Nguyễn Văn An", name, StringComparison.Ordinal)))).Value.Name.ShouldBe(name);
        foreach (var whole in new[] { "Jean-François Lê", "Đỗ Ngọc Ẩn", "Lưu Thị Nhỡ" }) // what is whole stays as it is
            Read($"079087000001||{whole}|18011987|Nam|Tổ 5|15042021").Value.Name.ShouldBe(whole);
    }

    [Fact]
    public void Whatever_is_scanned_ends_in_a_card_or_a_refusal_that_repeats_nothing_of_it()
    {
        var random = new Random(7);
        var words = new Words(typeof(CardReader).Assembly);
        string[] whole = [Card, "001087000001|NGUYEN VAN AN|1987-01-18|0|162979388586171100|<1<HS4010000000001<0900000001", $"GD4797412345678|{Hex("Trần Thị Bình")}|02/05/1960|2|{Hex("Khóm 3")}|79 - 034|01/01/2021|31/12/2021|15/12/2020|$"];
        const string Strange = "|<>*/-$0aÀ\0\u202E\uD800\uFFFD=?;'\"{}\n😷";
        var (read, refused) = (0, 0);
        for (var i = 0; i < 20_000; i++)
        {
            var text = new StringBuilder(whole[i % whole.Length]);
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                var at = random.Next(text.Length);
                if (random.Next(3) == 0) text.Remove(at, Math.Min(random.Next(1, 12), text.Length - at));
                else text.Insert(at, string.Concat(Enumerable.Repeat(Strange[random.Next(Strange.Length)], random.Next(1, 4))));
                if (text.Length == 0) text.Append('|');
            }
            var outcome = Read(text.ToString());
            if (outcome.Done) read++;
            else
            {
                refused++;
                foreach (var language in new[] { Language.Vietnamese, Language.English }) words.Say(language, outcome.Problem).ShouldNotContain("NGUYEN");
                outcome.Problem.Details.Keys.Except(["most"]).ShouldBeEmpty();
            }
        }
        (read > 1000, refused > 1000).ShouldBe((true, true), $"{read} read, {refused} refused");
        Read(new string('1', CardReader.Most + 1)).Problem.Code.ShouldBe("scan.too-long");
        Read(string.Join('|', Enumerable.Repeat("079087000001", 300))).Problem.Code.ShouldBe("scan.unknown");
    }
}
