using System.Net;
using System.Text.Json;
using PhongTuyen.Formats.Sheets;
using PhongTuyen.Imports;
using PhongTuyen.Kernel;
using PhongTuyen.Tests.House;
using PhongTuyen.Web.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Imports;

[Trait("Category", "Database")]
public sealed class ImportPagesTests(WebTestHouse house) : IClassFixture<WebTestHouse>
{
    private const string Header = "Họ và tên,Ngày sinh,Giới tính,Số giấy tờ,Điện thoại,Lý do cách ly";

    private TestProvince Place => house.Place;

    private async Task<WebVisitor> ClerkAsync()
    {
        if (await CountAsync("SELECT count(*) FROM pt.quarantine_facility WHERE unit_id = $1", Place.CampA.Value) == 0) await house.House.FacilityAsync(Place.OfficerA, Place.CampA);
        return await house.AsAsync("clerk-a");
    }

    private async Task<long> CountAsync(string sql, params object[] values)
    {
        await using var connection = new Npgsql.NpgsqlConnection(house.House.Admin);
        await connection.OpenAsync();
        await using var command = new Npgsql.NpgsqlCommand(sql, connection);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        return Convert.ToInt64(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task Who_sees_figures_only_opens_no_import()
    {
        foreach (var name in new[] { "leader", "administrator" })
            foreach (var path in new[] { Links.Imports, Links.Upload, Links.Import(house.Clock.New<ImportId>()), "/api/imports/" + house.Clock.New<ImportId>() })
                (await (await house.AsAsync(name)).GetAsync(path)).Status.ShouldBe(HttpStatusCode.Forbidden, $"{name} {path}");
    }

    [Fact]
    public async Task An_import_of_another_district_is_not_there_on_any_page()
    {
        var clerk = await ClerkAsync();
        var id = ListOnPages.IdOf(await clerk.UploadAsync(ListOnPages.Csv(Header, "Lý Văn Ngoài,1985,Nam,,,F1")));
        var other = await house.AsAsync("officer-b");
        foreach (var path in new[] { Links.Import(id), Links.ImportRows(id, "All"), "/api/imports/" + id })
            (await other.GetAsync(path)).Status.ShouldBe(HttpStatusCode.NotFound, path);
        (await other.PostTokenAsync(Links.ImportRows(id, "All") + "&handler=File", ("Take.Purpose", "đối chiếu"))).Status.ShouldBe(HttpStatusCode.NotFound);
        foreach (var handler in new[] { "Check", "Use", "Letters", "Start", "End", "Discard", "Undo" })
            (await other.PostTokenAsync(Links.Import(id) + "?handler=" + handler, ("Intent", house.Clock.NewGuid().ToString()), ("Undo.Reason", "x"))).Status.ShouldBe(HttpStatusCode.NotFound, handler);
        (await other.GetAsync(Links.Imports)).Main.ShouldNotContain("danh sách.csv");
        (await house.ToldAsync("asked.not-shown", id.ToString())).ShouldBeGreaterThan(9);
        (await clerk.GetAsync(Links.Import(id))).Status.ShouldBe(HttpStatusCode.OK);
        (await CountAsync("SELECT state FROM pt.import_run WHERE id = $1", id.Value)).ShouldBe(0);
    }

    [Fact]
    public async Task A_list_in_an_old_font_says_how_it_was_read_and_is_read_otherwise_at_a_press()
    {
        var clerk = await ClerkAsync();
        var columns = await clerk.UploadAsync(System.Text.CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes("Hä vµ tªn;N¨m sinh;Giíi tÝnh\r\nNguyÔn ThÞ Mai;1985;N÷\r\n"), "abc.csv");
        columns.Main.ShouldContain("đọc theo TCVN3");
        columns.Main.ShouldContain("«NguyÔn ThÞ Mai» → «Nguyễn Thị Mai»");
        columns.Main.ShouldContain("Họ và tên");
        var asTyped = await clerk.PostAsync(columns, "handler=Letters", ("letters", "None"));
        asTyped.Main.ShouldContain("giữ nguyên như trong tệp");
        asTyped.Main.ShouldContain("Hä vµ tªn");
        var again = await clerk.PostAsync(asTyped, "handler=Letters", ("letters", "Tcvn3"));
        again.Main.ShouldContain("«Nguyễn Thị Mai»");
        (await clerk.PostAsync(again, "Form.Columns[0]")).Main.ShouldContain("Chữ bị sai? Chọn cách đọc khác");
        (await clerk.UploadAsync([.. "Name,No\nJos"u8, 0xE9, .. ",1\n"u8], "khac.csv")).Main.ShouldContain("Windows-1258");
    }

    [Fact]
    public async Task A_bus_of_40_arrivals_comes_in_from_an_Excel_list_and_is_counted()
    {
        var clerk = await ClerkAsync();
        var headers = ListTemplates.Headers(ListAbout.Arrivals);
        var inHouse = "SELECT coalesce(sum(n), 0) FROM (SELECT n FROM pt.report_counter WHERE level = 0 AND metric = 2 AND unit_id = $1 UNION ALL SELECT n FROM pt.report_delta WHERE metric = 2 AND unit_id = $1) f";
        var before = await CountAsync(inHouse, Place.CampA.Value);
        var arrivedBefore = await CountAsync("SELECT count(*) FROM pt.quarantine_stay WHERE unit_id = $1", Place.CampA.Value);
        var bus = await ListOnPages.XlsxAsync(headers, Enumerable.Range(0, 40).Select(i => (IReadOnlyList<SheetCell>)(SheetCell[])
            [Passenger(i), new DateOnly(1960 + i, 1 + i % 12, 1 + i % 28), i % 2 == 0 ? "Nam" : "Nữ", "Việt Nam", $"{(i < 40 ? "079" : "")}{(1960 + i >= 2000 ? 2 + i % 2 : i % 2)}{(1960 + i) % 100:00}{700000 + i:000000}", $"0912{i:000000}", "công nhân",
                $"{i + 1} Trần Phú", "Xã Thử Một", "Huyện An Bình", "Tỉnh Thử Nghiệm", "20/8/2021 9:30", "Người về từ vùng dịch", "", i < 8 ? "P1" : "", "Xe 51B"]));

        var columns = await clerk.UploadAsync(bus, "xe 40 người.xlsx");
        columns.Main.ShouldContain("Danh sách người vào (mẫu của chương trình)");
        columns.Html.ShouldNotContain("700001", Case.Sensitive, "numbers of papers are masked while columns are matched");
        var done = await house.TakeInAsync(clerk, columns);
        done.Main.ShouldContain("Đã nhập 40");
        var id = ListOnPages.IdOf(done);
        (await CountAsync("SELECT count(*) FROM pt.quarantine_stay WHERE import_id = $1 AND unit_id = $2 AND state = 2 AND class = 1 AND reason = 4 AND arrived_at = '2021-08-20T02:30:00Z'", id.Value, Place.CampA.Value)).ShouldBe(40);
        (await CountAsync("SELECT count(*) FROM pt.person_document d JOIN pt.person p ON p.id = d.person_id WHERE p.import_id = $1", id.Value)).ShouldBe(40);
        (await CountAsync(inHouse, Place.CampA.Value) - before).ShouldBe(40, "the camp's counter");
        (await CountAsync("SELECT sum(n) FROM pt.report_recount WHERE metric = 2 AND unit_id = $1", Place.CampA.Value)).ShouldBe(before + 40);
        done.Links.ShouldContain(link => link.StartsWith(Links.Stays, StringComparison.Ordinal) && link.Contains(id.ToString(), StringComparison.Ordinal));
        var first = await clerk.GetAsync(done.Links.First(link => link.StartsWith(Links.Stays + "?import", StringComparison.Ordinal)));
        var rest = await clerk.GetAsync(first.Links.Single(link => link.Contains("behind=", StringComparison.Ordinal)));
        for (var i = 0; i < 40; i++) (first.Main.Contains(Passenger(i), StringComparison.Ordinal), rest.Main.Contains(Passenger(i), StringComparison.Ordinal)).ShouldBeOneOf((true, false), (false, true));

        var again = await house.TakeInAsync(clerk, await clerk.UploadAsync(bus, "xe 40 người (2).xlsx"));
        again.Main.ShouldContain("không có gì mới để nhập");
        (await clerk.PostAsync(again, "handler=End")).Main.ShouldContain("Trùng 40");

        var undone = await clerk.PostAsync(await clerk.GetAsync(Links.Import(id)), "handler=Undo", ("Undo.Reason", "xe đi khu khác"));
        undone.Main.ShouldContain("40 dòng được rút ra");
        undone.Main.ShouldContain("xe đi khu khác");
        (await CountAsync("SELECT count(*) FROM pt.quarantine_stay WHERE unit_id = $1", Place.CampA.Value)).ShouldBe(arrivedBefore);
        (await CountAsync(inHouse, Place.CampA.Value)).ShouldBe(before);
    }

    private static string Passenger(int i) => $"{(new[] { "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng" })[i % 5]} Hành {(new[] { "An", "Bích", "Cúc", "Duy", "Giang", "Hải", "Khôi", "Loan" })[i / 5]}";

    [Fact]
    public async Task Every_problem_of_every_row_is_shown_at_once_and_the_rows_come_back_as_a_file_that_can_be_mended_and_sent_again()
    {
        var clerk = await ClerkAsync();
        var columns = await clerk.UploadAsync(ListOnPages.Csv(Header, "Vũ Thị Đúng,1990,Nữ,,,F1", "=HYPERLINK(\"http://x\"),31/02/1985,Nam,12,,F1", "Vũ Văn Lạ,1985,đàn ông,,,F1", "Vũ Văn Lạ Hai,1986,đàn ông,,,F1"), "có lỗi.csv");
        var preview = await clerk.PostAsync(columns, "Form.Columns[0]");
        foreach (var part in new[] { "Đã đọc 4", "Sẽ nhập 1", "Trùng 0", "Cần sửa 3", "«…» không phải câu trả lời của trường này", "Giới tính 2" }) preview.Main.ShouldContain(part);
        var id = ListOnPages.IdOf(preview);
        var rows = await clerk.GetAsync(Links.ImportRows(id, "Rejected"));
        rows.Main.ShouldContain("3 dòng");
        rows.Main.ShouldContain("«đàn ông» không phải câu trả lời");
        rows.Main.ShouldContain("Ngày hoặc năm sinh: ");
        var one = preview.Links.First(link => link.Contains("problem=import.word-unknown", StringComparison.Ordinal));
        (await clerk.GetAsync(one)).Main.ShouldContain("2 dòng");
        (await house.ToldAsync("import.rows-seen", id.ToString())).ShouldBeGreaterThan(1);

        rows.Html.ShouldContain("Sửa các dòng bị loại để nhập lại", Case.Sensitive, "most need no other words for it");
        (await clerk.PostAsync(rows, "Take.Purpose", ("Take.Purpose", " "), ("form", "csv"))).Main.ShouldContain("Hãy ghi tải danh sách để làm gì.");
        (await house.ToldAsync("import.rows-taken", id.ToString())).ShouldBe(0);
        var file = await clerk.PostFileAsync(rows, "Take.Purpose", ("form", "xlsx"));
        var sheet = SheetReader.Open(new MemoryStream(file), "cần sửa.xlsx").Value;
        sheet.RowCount.ShouldBe(3);
        sheet.Header.Take(6).ShouldBe(Header.Split(','));
        sheet.Rows.First().Cells.ShouldAllBe(cell => !cell.Has(CellMarks.FormulaResult));
        sheet.Rows.First().Cells[^1].Text.ShouldContain("Số giấy tờ");
        sheet.Rows.First().Cells[^1].Text.ShouldContain("(giấy tờ khác)", Case.Sensitive, "words of the language, not of the program");
        sheet.Rows.SelectMany(row => row.Cells).ShouldAllBe(cell => !cell.Text.Contains("DocumentKind", StringComparison.Ordinal) && !cell.Text.Contains("(Other)", StringComparison.Ordinal));
        (await clerk.PostAsync(rows, "Take.Purpose", ("form", "csv"))).Html.ShouldContain("'=HYPERLINK");
        (await CountAsync("SELECT count(*) FROM pt.audit_event WHERE act = 'list.taken' AND subject_id = 'import-rows' AND purpose = 'Sửa các dòng bị loại để nhập lại' AND persons = '{}'")).ShouldBe(2);
        (await house.ToldAsync("import.rows-taken", id.ToString())).ShouldBe(2);

        // The word is explained once, and both rows with it can be taken in.
        var words = await clerk.GetAsync(Links.Import(id) + "?step=columns");
        words.Main.ShouldContain("«đàn ông»");
        var mended = await clerk.PostAsync(words, "Form.Columns[0]", ("Form.Words[0].Word", "male"));
        mended.Main.ShouldContain("Sẽ nhập 3");
        mended.Main.ShouldContain("Cần sửa 1");
        (await clerk.UploadAsync(file, "cần sửa.xlsx")).Main.ShouldContain("Danh sách người vào (mẫu của chương trình)", Case.Sensitive, "the file of rejected rows is recognised as the first one was");
        var discarded = await clerk.PostAsync(mended, "handler=Discard");
        discarded.Main.ShouldContain("Không có gì được ghi");
        (await CountAsync("SELECT count(*) FROM pt.import_row WHERE import_id = $1", id.Value)).ShouldBe(0);
    }

    [Fact]
    public async Task Rows_that_were_taken_in_leave_with_masked_numbers_and_no_more_than_a_list_of_persons_may()
    {
        var clerk = await ClerkAsync();
        var number = Given.Number();
        var done = await house.TakeInAsync(clerk, await clerk.UploadAsync(ListOnPages.Csv(Header, $"Ưng Văn Che,1985,Nam,{number},0912 345 678,F1", "Ưng Văn Che Hai,1986,Nam,,,F1"), "che số.csv"));
        var id = ListOnPages.IdOf(done);
        var page = await clerk.GetAsync(Links.ImportRows(id, "Accepted"));
        page.Html.ShouldNotContain("Sửa các dòng bị loại");
        (await clerk.GetAsync(Links.ImportRows(id, "Accepted") + "&handler=File")).Status.ShouldBe(HttpStatusCode.NotFound, "not without a purpose");
        var file = (await clerk.PostAsync(page, "Take.Purpose", ("Take.Purpose", "đối chiếu với bản giấy"), ("form", "csv"))).Html;
        file.ShouldContain("Ưng Văn Che");
        file.ShouldContain("•••• " + number[^3..]);
        file.ShouldNotContain(number);
        file.ShouldNotContain("345 678");

        var settings = (PhongTuyen.People.ListSettings)house.Services.GetService(typeof(PhongTuyen.People.ListSettings))!;
        settings.MostPersons = 1;
        var refused = await clerk.PostAsync(page, "Take.Purpose", ("Take.Purpose", "đối chiếu với bản giấy"), ("form", "csv"));
        settings.MostPersons = 1000;
        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Main.ShouldContain("cần một cán bộ thứ hai duyệt");
        refused.Main.ShouldContain("Xin duyệt");
        (await CountAsync("SELECT cardinality(persons) FROM pt.audit_event WHERE act = 'list.taken' AND subject_id = 'import-rows' AND purpose = 'đối chiếu với bản giấy'")).ShouldBe(2);
        refused.Main.ShouldContain("Ưng Văn Che Hai", Case.Sensitive, "the rows stand below the refusal");
    }

    [Fact]
    public async Task A_mapping_made_by_hand_is_kept_and_recognises_the_next_file()
    {
        var clerk = await ClerkAsync();
        var columns = await clerk.UploadAsync(ListOnPages.Csv("cot A,cot B,cot C", "Đỗ Văn Tay,1985,ghi chú gì đó"));
        (await clerk.PostAsync(columns, "Form.Columns[0]")).Main.ShouldContain("Chưa ghép cột nào");
        (await clerk.PostAsync(columns, "Form.Columns[0]", ("Form.Columns[0]", "person.name"), ("Form.Columns[1]", "person.name"))).Main.ShouldContain("Có hai cột cùng ghép với Họ và tên");
        var preview = await clerk.PostAsync(columns, "Form.Columns[0]", ("Form.Columns[0]", "person.name"), ("Form.Columns[1]", "person.birth"), ("Form.SaveAs", "Danh sách của phường"));
        preview.Main.ShouldContain("Sẽ nhập 1");
        var next = await clerk.UploadAsync(ListOnPages.Csv("cot A,cot B,cot C,cot D", "Đỗ Văn Nữa,1986,,"));
        next.Main.ShouldContain("Đã nhận ra danh sách: Danh sách của phường");
        (await clerk.PostAsync(next, "handler=Use", ("name", "khong-co"))).Main.ShouldContain("Không có cách ghép");
    }

    [Fact]
    public async Task The_progress_of_a_list_counts_its_refused_rows_as_done_with()
    {
        var clerk = await ClerkAsync();
        var preview = await clerk.PostAsync(await clerk.UploadAsync(ListOnPages.Csv(Header, "Tạ Văn Tiến,1985,Nam,,,F1", "Tạ Văn Sai,32/13/1985,Nam,,,F1", "Tạ Văn Sai Nữa,31/02/1985,Nam,,,F1")), "Form.Columns[0]");
        var id = ListOnPages.IdOf(await clerk.PostAsync(preview, "handler=Start"));
        (await StateAsync()).ShouldBe(("Committing", 3, 2, 2));
        await house.WorkAsync();
        (await StateAsync()).ShouldBe(("Done", 3, 3, 2));

        async Task<(string?, int Read, int Done, int Rejected)> StateAsync()
        {
            var state = JsonDocument.Parse((await clerk.GetAsync("/api/imports/" + id)).Html).RootElement;
            return (state.GetProperty("state").GetString(), state.GetProperty("read").GetInt32(), state.GetProperty("done").GetInt32(), state.GetProperty("rejected").GetInt32());
        }
    }

    [Fact]
    public async Task The_page_and_the_island_follow_a_long_import_and_undo_asks_for_a_reason()
    {
        var clerk = await ClerkAsync();
        var preview = await clerk.PostAsync(await clerk.UploadAsync(ListOnPages.Csv(Header, "Tạ Văn Chạy,1985,Nam,,,F1")), "Form.Columns[0]");
        var running = await clerk.PostAsync(preview, "handler=Start");
        running.Html.ShouldContain("<pt-progress src=\"/api/imports/");
        var id = ListOnPages.IdOf(running);
        JsonDocument.Parse((await clerk.GetAsync("/api/imports/" + id)).Html).RootElement.GetProperty("state").GetString().ShouldBe("Committing");
        await house.WorkAsync();
        var state = JsonDocument.Parse((await clerk.GetAsync("/api/imports/" + id)).Html).RootElement;
        (state.GetProperty("state").GetString(), state.GetProperty("read").GetInt32(), state.GetProperty("accepted").GetInt32()).ShouldBe(("Done", 1, 1));
        var done = await clerk.GetAsync(Links.Import(id));
        var refused = await clerk.PostAsync(done, "handler=Undo", ("Undo.Reason", " "));
        refused.Main.ShouldContain("Hãy ghi lý do");
        (await clerk.PostAsync(refused, "handler=Undo", ("Undo.Reason", "nhầm"))).Main.ShouldContain("1 dòng được rút ra");
        (await clerk.GetAsync(Links.Imports + "?stage=Undone")).Links.ShouldContain(Links.Import(id));
        (await CountAsync("SELECT count(*) FROM pt.audit_event WHERE act = 'import.undone' AND subject_id = $1 AND purpose = 'nhầm'", id.ToString())).ShouldBe(1);
        house.Faults.Kept.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(ListAbout.Arrivals)]
    [InlineData(ListAbout.Cases)]
    [InlineData(ListAbout.Persons)]
    public async Task A_template_comes_back_with_every_column_matched(ListAbout about)
    {
        var clerk = await ClerkAsync();
        var template = await clerk.TakeFileAsync($"{Links.Upload}?handler=Template&about={about}");
        var headers = SheetReader.Open(new MemoryStream(template), "mẫu.xlsx").Value.Header;
        headers.ShouldBe(ListTemplates.Headers(about));
        (await clerk.UploadAsync(template, "mẫu.xlsx")).Main.ShouldContain("chưa có dòng nào", Case.Sensitive, "a template holds no example that could be taken for a person");
        var columns = await clerk.UploadAsync(await ListOnPages.XlsxAsync(headers, [headers.Select(_ => (SheetCell)"x").ToArray()]), "mẫu.xlsx", ("Form.About", about.ToString()));
        columns.Form("Form.Columns[0]").Fields.Where(field => field.Key.StartsWith("Form.Columns[", StringComparison.Ordinal)).ShouldAllBe(field => field.Value.Length > 0);
    }
}
