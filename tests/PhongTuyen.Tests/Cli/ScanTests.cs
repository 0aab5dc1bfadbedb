using System.Text.Json;
using PhongTuyen.Cli;
using PhongTuyen.Formats.Cards;
using PhongTuyen.Kernel;
using PhongTuyen.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Cli;

/// <summary><c>phongtuyen scan</c>: one answer for each line, in their order.</summary>
[Answers("R4")]
public sealed class ScanTests
{
    private const string Card = "079087000001|023456789|Nguyễn Văn An|18011987|Nam|12 Lê Lợi|15042021";

    private static async Task<(int Code, string[] Lines)> RunAsync(string input, bool json, Language language = Language.English)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var reader = new StringReader(input);
        var code = await Scan.RunAsync(reader, output, json, language, new DateOnly(2021, 8, 20), TestContext.Current.CancellationToken);
        return (code, output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Each_line_has_its_object_with_the_fields_or_the_error()
    {
        var (code, lines) = await RunAsync($"{Card}\r\n\nhttps://qr.example/1\n{new string('9', CardReader.Most * 3)}\n******000001|TRAN THI BINH|1987-**-**|1|1629|162979388586171100<2<<", json: true);
        code.ShouldBe(1, "not all were cards");
        lines.Length.ShouldBe(5);
        lines[0].ShouldBe("""{"kind":"identity-card","number":"079087000001","oldNumber":"023456789","name":"Nguyễn Văn An","birth":"1987-01-18","sex":"male","address":"12 Lê Lợi","issuedOn":"2021-04-15"}""");
        lines[1..4].Select(line => JsonDocument.Parse(line).RootElement.GetProperty("error").GetString()).ShouldBe(["scan.empty", "scan.link", "scan.too-long"]);
        JsonDocument.Parse(lines[2]).RootElement.GetProperty("message").GetString().ShouldBe("This code is an address of a web page, and no card of a person.");
        lines[4].ShouldBe("""{"kind":"personal-code","numberEnd":"000001","name":"TRAN THI BINH","nameWithoutAccents":true,"birth":"1987","sex":"female","personalId":"1629","byProxy":true,"declaredBy":"162979388586171100"}""");
    }

    [Fact]
    public async Task Without_json_it_is_a_line_to_read()
    {
        var (code, lines) = await RunAsync(Card, json: false);
        code.ShouldBe(0);
        lines.ShouldBe(["identity-card | 079087000001 | Nguyễn Văn An | 18/01/1987 | Nam | 12 Lê Lợi"]);
        (await RunAsync("abc", json: false, Language.Vietnamese)).Lines.ShouldBe(["scan.unknown: Đây không phải là mã của thẻ căn cước gắn chip, thẻ bảo hiểm y tế hay mã QR cá nhân. Hãy nhập tay."]);
        (await RunAsync("", json: true)).Lines.ShouldBeEmpty();
    }
}
