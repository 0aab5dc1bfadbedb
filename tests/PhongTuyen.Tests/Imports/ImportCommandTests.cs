using System.Text.Json;
using PhongTuyen.Cli;
using PhongTuyen.Kernel;
using PhongTuyen.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Imports;

/// <summary><c>phongtuyen import</c>: what it answers, and with which exit code.</summary>
[Trait("Category", "Database")]
public sealed class ImportCommandTests(TestHouse house) : IClassFixture<TestHouse>
{
    private async Task<(int Code, string Output, string Errors)> RunAsync(string? csv, Func<Import.Options, Import.Options>? change = null, bool json = true)
    {
        var path = Path.Combine(house.Folder, "danh sách.csv");
        Directory.CreateDirectory(house.Folder);
        if (csv is not null) await File.WriteAllTextAsync(path, csv);
        var options = new Import.Options(csv is null ? null : new FileInfo(path), null, null, null, null, false, null, json, Language.Vietnamese);
        var (output, errors) = (new StringWriter(), new StringWriter());
        var code = await Import.RunAsync(change?.Invoke(options) ?? options, house.Services, house.Clock, output, errors, CancellationToken.None);
        return (code, output.ToString(), errors.ToString());
    }

    private static (int Read, int Accepted, int Duplicate, int Rejected, int Findings) Figures(string json)
    {
        var answer = JsonDocument.Parse(json).RootElement;
        int Of(string name) => answer.GetProperty(name).GetInt32();
        return (Of("read"), Of("accepted"), Of("duplicate"), Of("rejected"), Of("findings"));
    }

    private const string Cases = "Mã bệnh nhân,Họ tên,Phân loại,Kết cục,Ngày kết cục\nCL1,Lê Văn Lệnh,Xác định,Tử vong,\nCL2,Trần Thị Lệnh,Xác định,Đang điều trị,\n";

    [Fact]
    public async Task A_list_is_tried_taken_in_found_again_and_taken_back()
    {
        Import.Options AsOfficer(Import.Options options) => options with { Account = "officer-a" };
        var before = await house.CountAsync("SELECT count(*) FROM pt.import_run");
        var tried = await RunAsync(Cases, options => AsOfficer(options) with { DryRun = true });
        (tried.Code, Figures(tried.Output)).ShouldBe((0, (2, 2, 0, 0, 1)));
        (await house.CountAsync("SELECT count(*) FROM pt.import_run")).ShouldBe(before, "a dry run leaves nothing");
        JsonDocument.Parse(tried.Output).RootElement.GetProperty("importId").ValueKind.ShouldBe(JsonValueKind.Null);

        var taken = await RunAsync(Cases, AsOfficer);
        (taken.Code, Figures(taken.Output)).ShouldBe((0, (2, 2, 0, 0, 1)));
        ImportId.TryParse(JsonDocument.Parse(taken.Output).RootElement.GetProperty("importId").GetString(), out var id).ShouldBeTrue();
        (await house.CountAsync("SELECT count(*) FROM pt.case_record WHERE import_id = $1", id.Value)).ShouldBe(2);
        Figures((await RunAsync(Cases, AsOfficer)).Output).ShouldBe((2, 0, 2, 0, 0));

        var back = await RunAsync(null, options => AsOfficer(options) with { Undo = id, Reason = "thử lệnh" }, json: false);
        (back.Code, back.Output.Contains("đã rút ra", StringComparison.Ordinal)).ShouldBe((0, true));
        (await house.CountAsync("SELECT count(*) FROM pt.case_record")).ShouldBe(0);
        (await house.CountAsync("SELECT count(*) FROM pt.audit_event WHERE act = 'import.undone' AND purpose = 'thử lệnh'")).ShouldBe(1);
    }

    [Fact]
    public async Task Rejected_rows_change_the_exit_code_and_the_answer_is_also_a_table()
    {
        var mixed = await RunAsync("Họ tên,Năm sinh\nNgô Văn Được,1985\nNgô Văn Sai,31/02/1985\n", options => options with { Account = "officer-a" }, json: false);
        mixed.Code.ShouldBe(1);
        mixed.Output.ShouldContain("1  đã nhập");
        mixed.Output.ShouldContain("1  cần sửa");
    }

    [Theory]
    [InlineData("khong-co", null, null, 2, "Không có tài khoản khong-co")]
    [InlineData("officer-a", "KHONG", null, 2, "Không có đơn vị mang mã KHONG")]
    [InlineData("officer-a", null, "khong-co", 2, "Không có cách ghép khong-co")]
    [InlineData("officer-a", "KCL-B", null, 5, "Hãy chọn một đơn vị")]
    [InlineData("leader", null, null, 5, "Vai trò của leader không được nhập")]
    public async Task A_refusal_is_a_sentence_and_a_code(string account, string? unit, string? mapping, int code, string sentence)
    {
        var refused = await RunAsync(Cases, options => options with { Account = account, Unit = unit, Mapping = mapping });
        (refused.Code, refused.Output).ShouldBe((code, ""));
        refused.Errors.ShouldContain(sentence);
    }

    [Fact]
    public async Task A_file_that_is_no_list_and_an_import_that_is_not_there_are_refused()
    {
        (await RunAsync("%PDF-1.7", options => options with { Account = "officer-a" })).Code.ShouldBe(4);
        (await RunAsync("a,b\n1,2\n", options => options with { Account = "officer-a" })).Code.ShouldBe(5);
        (await RunAsync(null, options => options with { Account = "officer-a", Undo = house.Clock.New<ImportId>() })).Code.ShouldBe(5);
    }
}
