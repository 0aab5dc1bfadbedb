using System.Text;
using PhongTuyen.Formats.Sheets;
using PhongTuyen.Kernel;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Formats;

public sealed class LegacyLettersTests(ITestOutputHelper output)
{
    private static readonly Encoding Western = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <summary>As it was typed in 2003.</summary>
    private static string Typed(string text, LegacyLetters letters) => string.Concat(text.Select(c => TypedLetter(c, letters)));

    private static readonly Dictionary<(LegacyLetters, char), string> Inverse = Inverted();

    private static string TypedLetter(char c, LegacyLetters letters) => c < 0x80 ? c.ToString() : Inverse.GetValueOrDefault((letters, c)) ?? Inverse.GetValueOrDefault((letters, char.ToLowerInvariant(c))) ?? c.ToString();

    private static Dictionary<(LegacyLetters, char), string> Inverted()
    {
        var inverse = new Dictionary<(LegacyLetters, char), string>();
        var singles = Enumerable.Range('A', 26).Concat(Enumerable.Range('a', 26)).Concat(Enumerable.Range(0xA1, 0x5F)).Select(code => ((char)code).ToString()).ToList();
        foreach (var letters in new[] { LegacyLetters.Tcvn3, LegacyLetters.Vni, LegacyLetters.Windows1258 })
        {
            var pairs = letters == LegacyLetters.Tcvn3 ? [] : singles.SelectMany(one => singles.Where(two => two[0] > 0x80).Select(two => one + two));
            // What VNI writes with two signs, it has no single one for.
            foreach (var typed in letters == LegacyLetters.Vni ? pairs.Concat(singles) : singles.Concat(pairs))
                if (LegacyText.Read(typed, letters) is { Length: 1 } read && read[0] > 0x80) inverse.TryAdd((letters, read[0]), typed);
        }
        return inverse;
    }

    [Theory]
    [InlineData("NguyÔn V¨n An", "Nguyễn Văn An", LegacyLetters.Tcvn3)]
    [InlineData("§Æng ThÞ Hoµ", "Đặng Thị Hoà", LegacyLetters.Tcvn3)]
    [InlineData("TRÇN THÞ BÝCH", "TRẦN THỊ BÍCH", LegacyLetters.Tcvn3)]
    [InlineData("Ph­êng T©n H­ng, §ång Nai", "Phường Tân Hưng, Đồng Nai", LegacyLetters.Tcvn3)]
    [InlineData("Nguyeãn Vaên An", "Nguyễn Văn An", LegacyLetters.Vni)]
    [InlineData("Ñaëng Thò Hoaø", "Đặng Thị Hoà", LegacyLetters.Vni)]
    [InlineData("TRAÀN THÒ BÍCH", "TRẦN THỊ BÍCH", LegacyLetters.Vni)]
    [InlineData("Phöôøng Taân Höng, huyeän Myõ Ñöùc", "Phường Tân Hưng, huyện Mỹ Đức", LegacyLetters.Vni)]
    [InlineData("NguyêÞn Vãn An", "Nguyễn Văn An", LegacyLetters.Windows1258)]
    public void Texts_typed_in_the_old_alphabets_are_read(string typed, string read, LegacyLetters letters) =>
        LegacyText.Read(typed, letters).ShouldBe(read.Normalize(NormalizationForm.FormC));

    [Theory]
    [InlineData(LegacyLetters.Tcvn3)]
    [InlineData(LegacyLetters.Vni)]
    [InlineData(LegacyLetters.Windows1258)]
    public void Every_name_of_the_reference_lists_comes_back_from_a_CSV_of_the_old_alphabets(LegacyLetters letters)
    {
        var names = Names("boy.txt").Concat(Names("girl.txt")).ToList();
        var text = Typed("Họ và tên,Xã\r\n", letters) + string.Concat(names.Select(name => Typed($"Nguyễn {name},Phường Tân Hưng", letters) + "\r\n"));
        var sheet = Workbook.Open(Western.GetBytes(text), "a.csv").Value;
        sheet.Letters.ShouldBe(letters);
        var wrong = sheet.Rows.Zip(names).Count(pair => !Same(pair.First.Cells[0].Text, $"Nguyễn {pair.Second}", letters));
        output.WriteLine($"{letters}: {names.Count} names, {wrong} wrong");
        (names.Count > 2_400, wrong, sheet.Header[0].ToLowerInvariant()).ShouldBe((true, 0, "họ và tên"));
        sheet.Rows.First().Cells[0].Has(CellMarks.Converted).ShouldBeTrue();
        sheet.TypedHeader![0].ShouldNotBe(sheet.Header[0]);
    }

    /// <summary>Some of them are written with the Icelandic Ð for the Vietnamese Đ.</summary>
    private static IEnumerable<string> Names(string file) =>
        File.ReadLines(ReferenceData.Path("vn-names", file)).Select(VietnameseText.Clean).OfType<string>().Select(name => name.Replace('\u00D0', 'Đ').Replace('\u00F0', 'đ'));

    /// <summary>TCVN3 knows no capital with a tone: only there may the case of a letter be lost.</summary>
    private static bool Same(string read, string name, LegacyLetters letters) => string.Equals(read, name, letters == LegacyLetters.Tcvn3 ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);

    /// <summary>One file a name: what a short list is mistaken for.</summary>
    [Theory]
    [InlineData(LegacyLetters.Tcvn3)]
    [InlineData(LegacyLetters.Vni)]
    public void A_short_list_is_read_right_or_refused_and_never_read_wrong(LegacyLetters letters)
    {
        var (right, refused, wrong) = (0, 0, new List<string>());
        foreach (var name in Names("girl.txt").Where(name => Typed(name, letters).Any(c => c > 0x80)))
        {
            var outcome = Workbook.Open(Western.GetBytes("Name,No\r\n" + Typed(name, letters) + ",1\r\n"), "a.csv");
            if (!outcome.Done) refused++;
            else if (Same(outcome.Value.Rows.Single().Cells[0].Text, name, letters)) right++;
            else wrong.Add($"{name}: {outcome.Value.Rows.Single().Cells[0].Text}");
        }
        output.WriteLine($"{letters}: {right} right, {refused} refused, {wrong.Count} wrong: {string.Join("; ", wrong.Take(20))}");
        wrong.ShouldBeEmpty();
        right.ShouldBeGreaterThan(800);
    }

    [Fact]
    public void Names_of_foreigners_plain_letters_and_real_Unicode_are_not_touched()
    {
        var csv = Workbook.Open(Encoding.UTF8.GetBytes("Họ tên,Quốc tịch\nJosé García,Tây Ban Nha\nFrançois Lefèvre,Pháp\nMüller Jürgen,Đức\nLê Hoà,Việt Nam\nTô Bé,Việt Nam\n"), "a.csv").Value;
        (csv.Letters, csv.Rows.Any(row => row.Cells.Any(cell => cell.Has(CellMarks.Converted)))).ShouldBe((LegacyLetters.None, false));
        var western = Workbook.Of(Workbook.Rows(["Name", "Country"], ["José García", "España"], ["Lê Hoà", "France"], ["Tô Bé", "Noël"], ["André", "Zoé"])).Open().Value;
        (western.Letters, western.Rows.Any(row => row.Cells.Any(cell => cell.Has(CellMarks.Converted)))).ShouldBe((LegacyLetters.None, false));
    }

    [Fact]
    public void Names_of_foreigners_in_an_old_list_are_left_alone()
    {
        var sheet = Workbook.Open(Western.GetBytes("Hä tªn,X·\nNguyÔn V¨n An,T©n H­ng\nTrÇn ThÞ BÝch,Xu©n Léc\nMüller Jürgen,T©n H­ng\n"), "a.csv").Value;
        sheet.Rows.Select(row => row.Cells[0].Text).ShouldBe(["Nguyễn Văn An", "Trần Thị Bích", "Müller Jürgen"]);
        sheet.Header.ShouldBe(["Họ tên", "Xã"]);
    }

    [Fact]
    public void The_font_of_a_cell_tells_its_alphabet_but_not_where_it_holds_Unicode()
    {
        const string styles = """<styleSheet><fonts><font><name val="Arial"/></font><font><name val=".VnTime"/></font><font><name val="VNI-Times"/></font><font><name val=".VnTimeH"/></font></fonts><cellXfs><xf fontId="0"/><xf fontId="1"/><xf fontId="2"/><xf fontId="3"/></cellXfs></styleSheet>""";
        static string Cell(int style, string text) => $"""<c s="{style}" t="inlineStr"><is><t>{text}</t></is></c>""";
        var rows = $"<row>{Cell(0, "Họ tên")}{Cell(0, "Xã")}</row><row>{Cell(1, "Lª V¨n T¸m")}{Cell(2, "Xuaân Loäc")}</row><row>{Cell(3, "trÇn thÞ bÝch")}{Cell(1, "Xuân Lộc")}</row><row>{Cell(1, "Nguyen Van An")}{Cell(0, "José")}</row>";
        var sheet = Workbook.Of(rows).Part("xl/styles.xml", styles).Open().Value;
        sheet.Rows.Select(row => string.Join('|', row.Cells)).ShouldBe(["Lê Văn Tám|Xuân Lộc", "TRẦN THỊ BÍCH|Xuân Lộc", "Nguyen Van An|José"]);
        sheet.Rows.First().Cells[0].Typed.ShouldBe("Lª V¨n T¸m");
        sheet.Rows.SelectMany(row => row.Cells).Count(cell => cell.Has(CellMarks.Converted)).ShouldBe(3);
    }

    [Fact]
    public void Without_a_font_the_words_tell_it_in_new_and_old_workbooks()
    {
        string[][] rows = [["Hä vµ tªn", "X·"], ["NguyÔn V¨n An", "T©n H­ng"], ["Hoµng ThÞ BÝch", "Xu©n Léc"]];
        var old = new OldWorkbook().Font("Arial");
        for (var i = 0; i < rows.Length; i++) old.Row(i + 1, [.. rows[i]]);
        foreach (var sheet in new[] { Workbook.Of(Workbook.Rows(rows)).Open().Value, Workbook.Open(old.Bytes(), "a.xls").Value })
            (sheet.Letters, string.Join('|', sheet.Header), string.Join('|', sheet.Rows.First().Cells)).ShouldBe((LegacyLetters.Tcvn3, "Họ và tên|Xã", "Nguyễn Văn An|Tân Hưng"));
        var font = Workbook.Open(new OldWorkbook().Font(".VnTime").Row(1, "STT", "Name").Row(2, 1.0, "NguyÔn").Bytes(), "a.xls").Value;
        font.Rows.Single().Cells[1].Text.ShouldBe("Nguyễn");
    }

    [Fact]
    public void What_the_sender_says_stands_above_what_was_found()
    {
        var bytes = Western.GetBytes("Hä tªn,X·\nNguyÔn V¨n An,T©n H­ng\n");
        string First(LegacyLetters letters) => SheetReader.Open(new MemoryStream(bytes), "a.csv", hints: new SheetHints { Letters = letters }).Value.Rows.First().Cells[0].Text;
        First(LegacyLetters.None).ShouldBe("NguyÔn V¨n An");
        First(LegacyLetters.Tcvn3).ShouldBe("Nguyễn Văn An");
        First(LegacyLetters.Vni).ShouldNotBe("Nguyễn Văn An");
        Workbook.Open(Western.GetBytes("Name,Town\nJosé,Málaga\n"), "a.csv").Problem.Code.ShouldBe("sheet.encoding");
        SheetReader.Open(new MemoryStream(Western.GetBytes("Name,Town\nJosé,Málaga\n")), "a.csv", hints: new SheetHints { Letters = LegacyLetters.None }).Value.Rows.First().Cells[1].Text.ShouldBe("Málaga");
    }
}
