using System.Text.Json;
using PhongTuyen.Cli;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Areas;

/// <summary>The verb <c>phongtuyen areas match</c>.</summary>
public sealed class AreasMatchTests : IDisposable
{
    private readonly FileInfo file = new(Path.Combine(Path.GetTempPath(), $"areas-{Guid.CreateVersion7()}.csv"));

    [Fact]
    public void Json_holds_the_totals_and_every_combination_that_is_not_assigned()
    {
        File.WriteAllText(file.FullName, "province,district,commune,date,cases\nHà Nội,Ba Đình,Phúc Xá,2021-07-01,5\nĐồng Tháp,Tân Châu,Lê Chánh,2021-07-01,1\n");
        var (code, output, _) = Run(json: true);

        code.ShouldBe(0);
        using var answer = JsonDocument.Parse(output);
        answer.RootElement.GetProperty("totals").EnumerateObject().ToDictionary(total => total.Name, total => total.Value.GetInt64())
            .ShouldBe(new Dictionary<string, long> { ["cases"] = 6, ["assigned"] = 5, ["ambiguous"] = 0, ["impossible"] = 1, ["unmatched"] = 0 }, ignoreOrder: true);
        var name = answer.RootElement.GetProperty("unassigned").EnumerateArray().Single();
        name.GetProperty("province").GetString().ShouldBe("Đồng Tháp");
        name.GetProperty("commune").GetString().ShouldBe("Lê Chánh");
        name.GetProperty("cases").GetInt64().ShouldBe(1);
        name.GetProperty("verdict").GetString().ShouldBe("impossible");
        name.GetProperty("reason").GetString().ShouldBe("'Lê Chánh' exists, but not there.");
        name.GetProperty("candidates")[0].GetProperty("path").GetString().ShouldBe("Xã Lê Chánh, Thị xã Tân Châu, Tỉnh An Giang");
    }

    [Fact]
    public void Without_json_a_table_is_read_by_people()
    {
        File.WriteAllText(file.FullName, "tỉnh,huyện,xã\nHà Nội,Gia Lâm,Yên Viên\n");
        var (code, output, _) = Run(json: false);
        code.ShouldBe(0);
        output.ShouldContain("ambiguous  Hà Nội | Gia Lâm | Yên Viên");
        output.ShouldContain("? Thị trấn Yên Viên, Huyện Gia Lâm, Thành phố Hà Nội");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("a,b\n1,2\n")]
    [InlineData("province,cases\nHà Nội,nhiều\n")]
    public void A_file_that_cannot_be_read_ends_with_4_and_a_sentence(string? text)
    {
        if (text is not null) File.WriteAllText(file.FullName, text);
        var (code, output, errors) = Run(json: true);
        code.ShouldBe(4);
        output.ShouldBeEmpty();
        errors.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("f.csv", "--as-of", "2021-07-01", 0)]
    [InlineData("f.csv", "--as-of", "01/07/2021", 0)]
    [InlineData("f.csv", "--as-of", "31/02/2021", 1)]
    [InlineData("f.csv", "--unknown", "x", 1)]
    [InlineData("--as-of", "2021-07-01", "--json", 1)]
    public void Wrong_arguments_are_found_before_the_file_is_opened(string first, string second, string third, int wrong) =>
        Math.Min(1, AreasMatch.Verb(TimeProvider.System).Parse([first, second, third]).Errors.Count).ShouldBe(wrong);

    public void Dispose() => file.Delete();

    private (int Code, string Output, string Errors) Run(bool json)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        return (AreasMatch.Run(file, new DateOnly(2021, 7, 1), json, output, errors), output.ToString(), errors.ToString());
    }
}
