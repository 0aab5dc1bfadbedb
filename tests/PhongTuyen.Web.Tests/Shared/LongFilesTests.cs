using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.DependencyInjection;
using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Formats.Sheets;
using PhongTuyen.Kernel;
using PhongTuyen.People;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Quarantine;
using PhongTuyen.Web.Shared;
using PhongTuyen.Web.Tests.House;
using PhongTuyen.Web.Tests.Imports;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Shared;

/// <summary>Files of many rows: none is held, none leaves before the audit says who is in it, and none is half a file.</summary>
[Trait("Category", "Database")]
public sealed class LongFilesTests(WebTestHouse house) : IClassFixture<WebTestHouse>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private TestProvince Place => house.Place;

    /// <summary>A row that can be seen to be gone.</summary>
    private sealed record Probe(PersonId Person, string Weight);

    /// <summary>A list of any length, as the pages of the program have theirs; before each page it counts how many of its rows are still held by anybody.</summary>
    private sealed class ProbePage(Db db, TakeList taken, ListRequests requests, int most, int? breaksAt = null) : TakenPage<Probe>(db, taken, requests)
    {
        private readonly List<WeakReference> made = [];
        private readonly List<Probe> kept = [];

        /// <summary>As a list would be that is gathered before it is written.</summary>
        public bool Gathers { get; init; }

        public int MostAlive { get; private set; }
        public Guid[] Everybody => [.. Enumerable.Range(1, most).Select(Id)];
        public override string Here => "/desk/probe";
        protected override string ListName => "stays";
        protected override IReadOnlyList<PersonId> PersonsIn(Probe row) => [row.Person];
        protected override Task ShowListAsync() => Task.CompletedTask;
        protected override ListFile<Probe> Columns() => new ListFile<Probe>(S, "probe").With("person.name", row => row.Weight, 28);

        protected override IAsyncEnumerable<Probe> EveryRow() => EveryPage.OfAsync<Probe, int?>(behind =>
        {
            var from = behind ?? 0;
            if (from >= breaksAt) throw new IOException("the list ends in the middle");
            if (from % 5000 == 0)
            {
                GC.Collect();
                MostAlive = Math.Max(MostAlive, made.Count(row => row.IsAlive));
            }
            Probe[] page = [.. Enumerable.Range(from + 1, EveryPage.Rows).Select(n => new Probe(new PersonId(Id(n)), $"Nguyễn Thị Kín Đáo {n} " + new string('x', 200)))];
            made.AddRange(page.Select(row => new WeakReference(row)));
            if (Gathers) kept.AddRange(page);
            return Task.FromResult(((IReadOnlyList<Probe>)page, from + page.Length < most ? from + page.Length : default(int?)));
        });

        private static Guid Id(int n) => new(n, 7, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 1);
    }

    private async Task<T> OnPageAsync<T>(string folder, int rows, Func<ProbePage, HttpContext, Task<T>> act, int? breaksAt = null, bool gathers = false)
    {
        await using var services = new ServiceCollection().AddSingleton(new OutgoingFiles(folder)).AddSingleton(new Screen(WebTestHouse.Words, house.Clock)).BuildServiceProvider();
        return await house.House.AsAsync(Place.ClerkA, Permission.SeePersons, (provider, db) =>
        {
            var http = new DefaultHttpContext { RequestServices = services, RequestAborted = Ct };
            http.Response.Body = new MemoryStream();
            var page = new ProbePage(db, provider.GetRequiredService<TakeList>(), provider.GetRequiredService<ListRequests>(), rows, breaksAt) { PageContext = new PageContext { HttpContext = http }, Take = new TakeFields { Purpose = "đếm dòng" }, Gathers = gathers };
            return act(page, http);
        });
    }

    private string Folder() => Path.Combine(house.House.Folder, "outgoing-" + Guid.CreateVersion7());

    [Theory]
    [InlineData("xlsx")]
    [InlineData("csv")]
    public async Task A_file_of_twenty_thousand_rows_holds_a_page_of_them_and_leaves_behind_the_audit(string form)
    {
        const int Rows = 20_000;
        var settings = house.House.Get<ListSettings>();
        settings.MostPersons = Rows;
        try
        {
            var (alive, file, everybody) = await OnPageAsync(Folder(), Rows, async (page, http) =>
            {
                var answer = (FileStreamResult)await page.OnPostFileAsync(form);
                http.Response.Body.Length.ShouldBe(0, "nothing leaves while the act is not committed");
                using var taken = new MemoryStream();
                await using (answer.FileStream) await answer.FileStream.CopyToAsync(taken, Ct);
                return (page.MostAlive, taken, page.Everybody);
            });
            alive.ShouldBeLessThanOrEqualTo(2 * EveryPage.Rows, "rows that are held at once");
            var sheet = SheetReader.Open(new MemoryStream(file.ToArray()), "x." + form).Value;
            sheet.RowCount.ShouldBe(Rows);
            sheet.Rows.Last().Cells[0].Text.ShouldStartWith($"Nguyễn Thị Kín Đáo {Rows} ");
            (await house.House.AskAsync<bool>("SELECT persons @> $1 AND persons <@ $1 FROM pt.audit_event WHERE act = 'list.taken' AND purpose = 'đếm dòng' ORDER BY at DESC LIMIT 1", everybody)).ShouldBeTrue();
            // The count would find a list that is gathered first.
            (await OnPageAsync(Folder(), Rows, async (page, _) =>
            {
                await using var sent = ((FileStreamResult)await page.OnPostFileAsync(form)).FileStream;
                return page.MostAlive;
            }, gathers: true)).ShouldBeGreaterThanOrEqualTo(Rows / 2);
        }
        finally { settings.MostPersons = 1000; }
    }

    [Fact]
    public async Task A_list_that_breaks_in_the_middle_gives_no_file_and_is_not_written_down_as_taken()
    {
        var before = await house.ToldAsync("list.taken");
        var folder = Folder();
        await Should.ThrowAsync<IOException>(() => OnPageAsync(folder, 2000, async (page, _) => await page.OnPostFileAsync("csv"), breaksAt: 500));
        (await house.ToldAsync("list.taken")).ShouldBe(before);
        Directory.EnumerateFileSystemEntries(folder).ShouldBeEmpty();
    }

    [Fact]
    [Answers("R7")]
    public async Task What_waits_on_the_disk_has_no_name_and_cannot_be_read_there()
    {
        var folder = Folder();
        await OnPageAsync(folder, 500, async (page, http) =>
        {
            var answer = (FileStreamResult)await page.OnPostFileAsync("csv");
            Directory.EnumerateFileSystemEntries(folder).ShouldBeEmpty();
            if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(folder).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            if (OperatingSystem.IsLinux())
            {
                var open = Directory.EnumerateFiles("/proc/self/fd").Single(link => new FileInfo(link).LinkTarget?.StartsWith(folder, StringComparison.Ordinal) is true);
                var waiting = await File.ReadAllBytesAsync(open, Ct);
                waiting.Length.ShouldBeGreaterThan(100_000);
                waiting.AsSpan().IndexOf("Kín Đáo"u8).ShouldBe(-1, "in clear");
                waiting.AsSpan().IndexOf("xxxxxxxx"u8).ShouldBe(-1, "in clear");
            }
            using var taken = new StreamReader(answer.FileStream, Encoding.UTF8);
            (await taken.ReadToEndAsync(Ct)).ShouldContain("Nguyễn Thị Kín Đáo 500 ");
            return 0;
        });
    }

    [Fact]
    public async Task Rejected_rows_of_any_number_leave_whole_or_not_at_all()
    {
        var clerk = await house.AsAsync("clerk-a");
        if (await house.House.AskAsync<long>("SELECT count(*) FROM pt.quarantine_facility WHERE unit_id = $1", Place.CampA.Value) == 0) await house.House.FacilityAsync(Place.OfficerA, Place.CampA);
        var columns = await clerk.UploadAsync(ListOnPages.Csv(["Họ và tên,Ngày sinh,Giới tính,Số giấy tờ,Điện thoại,Lý do cách ly", .. Enumerable.Range(1, 1500).Select(n => $"Vũ Văn Sai,31/02/1985,Nam,,,F1 {n}")]), "sai cả tệp.csv");
        var preview = await clerk.PostAsync(columns, "Form.Columns[0]");
        await house.WorkAsync();
        var id = ListOnPages.IdOf(preview);
        var rows = await clerk.GetAsync(Links.ImportRows(id, "Rejected"));
        rows.Main.ShouldContain("1.500 dòng");
        var file = await clerk.PostAsync(rows, "Take.Purpose", ("form", "csv"));
        file.Html.Trim().Split('\n').Length.ShouldBe(1501, "more than one officer may take of persons: nobody of them is recorded");
        file.Headers["Content-Length"].ShouldBe($"{Encoding.UTF8.GetByteCount(file.Html) + (file.Html[0] == '\uFEFF' ? 0 : 3)}");
        (await house.ToldAsync("import.rows-taken", id.ToString())).ShouldBe(1);

        await using (await ClosedAudit.CloseAsync(house.House.Admin))
        {
            var closed = await clerk.PostAsync(rows, "Take.Purpose", ("form", "csv"));
            closed.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
            closed.Html.ShouldNotContain("Vũ Văn Sai", Case.Sensitive, "without the audit no row leaves");
        }
        // The sealed cells of a row far behind the first page cannot be opened: the rows before it are written already, and do not leave either.
        await house.House.AskAsync<int>("WITH broken AS (UPDATE pt.import_row SET cells = '\\x0102030405' WHERE import_id = $1 AND number = (SELECT max(number) FROM pt.import_row WHERE import_id = $1) RETURNING 1) SELECT count(*)::int FROM broken", id.Value);
        foreach (var form in new[] { "csv", "xlsx" })
        {
            var broken = await clerk.PostAsync(rows, "Take.Purpose", ("form", form));
            broken.Status.ShouldBe(HttpStatusCode.InternalServerError);
            broken.Headers["Content-Type"].ShouldStartWith("text/html");
            broken.Headers.ContainsKey("Content-Disposition").ShouldBeFalse();
            broken.Main.ShouldContain("Có lỗi ở phía chương trình");
            broken.Html.ShouldNotContain("Vũ Văn Sai");
        }
        (await house.ToldAsync("import.rows-taken", id.ToString())).ShouldBe(1, "what did not leave was not taken");
        Directory.EnumerateFileSystemEntries(Path.Combine(house.House.Folder, "outgoing")).ShouldBeEmpty();
    }
}
