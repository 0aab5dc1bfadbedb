using System.Net;
using PhongTuyen.Kernel;
using PhongTuyen.Tests.House;
using PhongTuyen.Web.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Areas;

/// <summary>Areas changed through the page: two communes become one, with what becomes of their stations.</summary>
[Trait("Category", "Database")]
public sealed class AreaReformPageTests(WebTestHouse house) : IClassFixture<WebTestHouse>
{
    private TestProvince Place => house.Place;

    private const string Lines = "Mã địa bàn;Cấp;Tên;Thuộc;Nhập vào\r\nT900004;xã;;;XM1\r\nT900005;xã;;;XM1\r\nXM1;xã;Xã Thử Mới;T900002;\r\n";

    private static Task<WebPage> SendAsync(WebVisitor visitor, WebPage page, string field, string text, params (string Name, string Value)[] fields) =>
        visitor.SendFileAsync(page, "Form.Paper", field, "danh sach.csv", System.Text.Encoding.UTF8.GetBytes(text), fields);

    [Fact]
    [Answers("R1")]
    public async Task A_resolution_is_read_from_its_file_looked_at_done_and_taken_back()
    {
        var (administrator, nurse) = (await house.AsAsync("administrator"), await house.AsAsync("nurse"));
        foreach (var name in new[] { "officer-a", "province", "clerk-a" }) (await (await house.AsAsync(name)).GetAsync(Links.AreaReform)).Status.ShouldBe(HttpStatusCode.Forbidden, name);
        (await administrator.GetAsync(Links.Areas)).Links.ShouldContain(Links.AreaReform);
        var form = await administrator.GetAsync(Links.AreaReform);

        // What cannot be read is said at its field, and what could be read is kept.
        var lines = await SendAsync(administrator, form, "Form.Lines", Lines, ("Form.Paper", ""), ("Form.On", "2021-08-20"));
        lines.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        lines.Main.ShouldContain("Đã nhận 3 dòng");
        var wrong = await SendAsync(administrator, lines, "Form.Units", "Mã đơn vị;Việc\r\nTYT-A1;bay lên\r\n", ("Form.Paper", "1685/NQ-UBTVQH15"));
        wrong.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        wrong.Main.ShouldContain("Dòng 2: không hiểu “TYT-A1, bay lên”");
        var seen = await SendAsync(administrator, wrong, "Form.Units", "Mã đơn vị;Việc;Tên mới\r\nTYT-A1;Đổi tên;Trạm Y tế xã Thử Mới\r\n");
        seen.Status.ShouldBe(HttpStatusCode.OK, seen.Main);
        seen.Main.ShouldContain("1 việc của đơn vị");
        seen.Main.ShouldContain("mọi xã đều nhập nguyên");
        seen.Main.ShouldContain("nurse");
        house.House.Areas.Book.ByCode("XM1", house.Clock.Today()).ShouldBeNull("it was only looked at");

        // What was changed since it was looked at is looked at again.
        var other = await administrator.PostAsync(seen, "Form.Paper", ("Form.On", "2021-08-19"));
        other.Main.ShouldContain("1 việc của đơn vị");
        house.House.Areas.Book.ByCode("XM1", house.Clock.Today()).ShouldBeNull("it was only looked at again");

        var done = await administrator.PostAsync(seen, "Form.Paper");
        done.Main.ShouldContain("Đã sắp xếp địa bàn");
        done.Main.ShouldContain("1685/NQ-UBTVQH15");
        (await nurse.GetAsync($"{Links.Areas}?q=Th%E1%BB%AD+M%E1%BB%9Bi")).Main.ShouldContain("Xã Thử Mới", Case.Sensitive, "known to the running program at once");
        (await administrator.PostAsync(await administrator.GetAsync(Links.UnitActsDone), "handler=Undo")).Main.ShouldContain("Đã hoàn tác");
        (await nurse.GetAsync($"{Links.Areas}?q=Th%E1%BB%AD+M%E1%BB%9Bi")).Main.ShouldNotContain("Xã Thử Mới");
        house.Faults.Kept.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_missing_or_was_changed_on_the_way_is_refused_in_words()
    {
        var administrator = await house.AsAsync("administrator");
        var form = await administrator.GetAsync(Links.AreaReform);
        (await administrator.PostAsync(form, "Form.Paper", ("Form.Paper", "1/NQ"))).Main.ShouldContain("Tỉnh bỏ cấp huyện", Case.Sensitive, "neither a province nor lines");
        (await administrator.PostAsync(form, "Form.Paper", ("Form.Paper", "1/NQ"), ("Form.Content", "{\"x\":1"))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        foreach (var changed in new[] { "{}", "null", "{\"Lines\":[null],\"Steps\":[]}", "{\"Lines\":[{\"Code\":\"1\"}],\"Steps\":[]}", "{\"Lines\":[],\"Steps\":[{\"Code\":\"X\",\"Areas\":[null]}]}" })
            (await administrator.PostAsync(form, "Form.Paper", ("Form.Paper", "1/NQ"), ("Form.Content", changed))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity, changed);
        (await SendAsync(administrator, form, "Form.Lines", "Tên;Thuộc\r\nXã A;1\r\n", ("Form.Paper", "1/NQ"))).Main.ShouldContain("không có cột “Mã địa bàn”, “Cấp”");
        (await administrator.GetAsync($"{Links.AreaReform}?handler=Template&of=lines")).Status.ShouldBe(HttpStatusCode.OK);
        // The official links know what became of the communes of a real province.
        var seen = await administrator.PostAsync(form, "Form.Paper", ("Form.Paper", "1674/NQ-UBTVQH15"), ("Form.On", "2025-07-01"), ("Form.ProvinceText", "Thành phố Hà Nội"));
        seen.Status.ShouldBe(HttpStatusCode.OK, seen.Main);
        seen.Main.ShouldContain("Địa bàn nhập nguyên");
        seen.Main.ShouldContain("xã bị chia tách");
    }
}
