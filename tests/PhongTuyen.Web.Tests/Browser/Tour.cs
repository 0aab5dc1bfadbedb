using Microsoft.Playwright;

namespace PhongTuyen.Web.Tests.Browser;

/// <summary>Every page and somebody for whom it is made; of a page about one thing, the list from which it is opened.</summary>
/// <param name="Name">Name of its picture.</param>
/// <param name="Path">Where to begin.</param>
/// <param name="Then">Links to follow from there, each the first that fits.</param>
public sealed record Stop(string Name, string Account, string Path, params string[] Then)
{
    /// <summary>What is done at the end of the way: a search, or something that has to be there first and is made where it is not.</summary>
    public Func<IPage, Task>? Act { get; init; }

    /// <summary>The last of a list that begins with the newest: somebody of the demonstration, with numbers, whoever a test has admitted since.</summary>
    private const string Oldest = "main tr:last-child a[data-open]";

    public static readonly IReadOnlyList<Stop> All =
    [
        new("day", "nhap-lieu", Links.Day),
        new("stays", "nhap-lieu", Links.Stays),
        new("stays-filtered", "tinh", Links.Stays + "?state=InHouse&class=Treatment"),
        new("stay", "nhap-lieu", Links.Stays + "?state=InHouse", "main a[data-open]"),
        new("stay-acts", "nhap-lieu", Links.Stays + "?state=InHouse", "main a[data-open]") { Act = OpenAllAsync },
        new("stay-correct", "nhap-lieu", Links.Stays + "?state=InHouse", "main a[data-open]", "main a[href*='/correct/']"),
        new("stay-decision-new", "quan-ly-khu", Links.Stays + "?state=InHouse", "main a[data-open]", "main a[href*='/new-decision/']"),
        new("decision", "quan-ly-khu", Links.Stays + "?state=InHouse", "main a[data-open]") { Act = DecisionAsync },
        new("admit", "nhap-lieu", Links.Admit),
        new("admit-form", "nhap-lieu", Links.Stays + "?state=InHouse", "main a[data-open]", "main a[href*='/people/person/']", "main a[href*='/quarantine/admit']"),
        new("transfers", "nhap-lieu", Links.Transfers),
        new("transfers-acts", "nhap-lieu-bv", Links.Transfers) { Act = OpenAllAsync },
        new("facilities", "tinh", Links.Facilities),
        new("facility", "nhap-lieu", Links.Facilities, "main a[data-open]"),
        new("facility-edit", "quan-ly-khu", Links.Facilities, "main a[data-open]", "main a[href*='/facility-edit/']"),
        new("rooms", "quan-ly-khu", Links.Facilities, "main a[data-open]", "main a[href*='/rooms/']"),
        new("entries", "quan-ly-khu", Links.Entries),
        new("board", "giam-doc", Links.Board),
        new("board-district", "giam-doc", Links.Board, "main a[data-open]"),
        new("person", "nhap-lieu", Links.Stays + "?state=InHouse", Oldest, "main a[href*='/people/person/']"),
        new("person-edit", "nhap-lieu", Links.Stays + "?state=InHouse", "main a[data-open]", "main a[href*='/people/person/']", "main a[href*='/people/edit/']"),
        new("person-numbers", "nhap-lieu", Links.Stays + "?state=InHouse", Oldest, "main a[href*='/people/person/']", "main a[href*='/people/numbers/']"),
        new("person-looked", "quan-ly-khu", Links.Stays + "?state=InHouse", Oldest, "main a[href*='/people/person/']", "main a[href*='/people/looked/']"),
        new("person-household", "nhap-lieu", Links.Stays + "?state=InHouse", "main a[data-open]", "main a[href*='/people/person/']", "main a[href*='/people/household/']"),
        new("person-new", "nhap-lieu", Links.NewPerson),
        new("search", "nhap-lieu", Links.Search),
        new("search-found", "nhap-lieu", Links.Search) { Act = SearchAsync },
        new("open", "nhap-lieu", Links.OpenPerson),
        new("openings", "quan-ly-khu", Links.Openings),
        new("seals", "huyen", Links.Seals),
        new("seal", "huyen", Links.Stays + "?state=InHouse", Oldest, "main a[href*='/people/person/']", "main a[href*='/people/seal/']"),
        new("account-keys", "quan-ly-khu", Links.Accounts, "main a[data-open][href*='/accounts/account/']", "main a[href*='/accounts/keys/']"),
        new("list-requests", "quan-ly-khu", Links.ListRequests),
        new("supervision", "huyen", Links.Supervision),
        new("supervision-inspected", "thanh-tra", Links.Supervision + "?Show=All"),
        new("supervision-operator", "huyen", Links.Supervision, "main a[data-open]"),
        new("findings", "tinh", Links.Findings),
        new("matches", "tinh", Links.Matches),
        new("match", "tinh", Links.Matches, "main a[data-open]"),
        new("split", "tinh", Links.Matches + "?show=Same", "main a[data-open]", "main h2 a[href*='/people/person/']", "main a[href*='/people/split/']"),
        new("cases", "tinh", Links.Cases),
        new("case", "tinh", Links.Cases, "main a[data-open]"),
        new("case-hand-over", "tinh", Links.Cases, "main a[data-open]", "main a[href*='/cases/hand-over/']"),
        new("case-new", "nhap-lieu", Links.Stays + "?state=InHouse", "main a[data-open]", "main a[href*='/people/person/']", "main a[href*='/cases/new/']"),
        new("result-new", "nhap-lieu", Links.Stays + "?state=InHouse", "main a[data-open]", "main a[href*='/people/person/']", "main a[href*='/lab/new/']"),
        new("result-withdraw", "nhap-lieu", Links.Stays + "?state=InHouse", "main a[data-open]", "main a[href*='/people/person/']") { Act = ResultAsync },
        new("upload", "nhap-lieu", Links.Upload),
        new("import-columns", "nhap-lieu", Links.Imports) { Act = page => ImportAsync(page) },
        new("import", "nhap-lieu", Links.Imports) { Act = page => ImportAsync(page, "form[action*='handler=Check'] button[type=submit].btn-primary") },
        new("import-rows", "nhap-lieu", Links.Imports, "main a[data-open]", "main a[href*='/imports/rows/']"),
        new("imports", "nhap-lieu", Links.Imports),
        new("worklists", "quan-ly-khu", Links.Worklists),
        new("worklist", "quan-ly-khu", Links.Worklist("correction") + "&tab=Free"),
        new("worklist-late", "huyen", Links.Worklist("correction") + "&tab=Late"),
        new("work-act", "quan-ly-khu", Links.Worklists, "main a[href*='/worklists/act/']"),
        new("corrections", "huyen", Links.Corrections),
        new("correction", "quan-ly-khu", Links.Worklist("correction") + "&tab=Free", "main a[data-open]"),
        new("correction-new", "nhap-lieu", Links.Stays + "?state=InHouse", "main a[data-open]", "main a[href*='/people/person/']", "main a[href*='/corrections/new/']"),
        new("papers", "quan-ly-khu", Links.Papers),
        new("papers-new", "quan-ly-khu", Links.NewBatch),
        new("papers-batch", "quan-ly-khu", Links.Papers, "main a[data-open]"),
        new("papers-files", "quan-ly-khu", Links.Papers, "main a[data-open]", "main a[href*='/papers/files/']"),
        new("papers-entry", "quan-ly-khu", Links.Papers, "main a[data-open]", "main a[data-open]"),
        new("papers-compare", "quan-ly-khu", Links.Papers, "main a[data-open]", "main a[href*='/papers/compare/']"),
        new("paper-again", "tinh-nguyen-2", Links.PaperQueue, "main a[href*='/papers/again/']"),
        new("paper-queue", "tinh-nguyen", Links.PaperQueue),
        new("paper-session", "tinh-nguyen", Links.TypingSession),
        new("paper-type", "tinh-nguyen", Links.PaperQueue, "main a[data-open]"),
        new("units", "quan-tri", Links.Units),
        new("unit", "quan-tri", Links.Units, "main a[href*='/units/unit/']"),
        new("unit-acts", "quan-tri", Links.UnitActs),
        new("unit-act", "quan-tri", Links.Units, "main a[href*='/units/unit/']", "main a[href*='/units/act/']"),
        new("unit-new", "quan-tri", Links.Units, "main a[href*='/units/new/']"),
        new("accounts", "quan-tri", Links.Accounts),
        new("account-lists", "tinh", Links.AccountLists),
        new("account-list", "tinh", Links.AccountLists) { Act = AccountListAsync },
        new("slips", "tinh", Links.AccountLists) { Act = page => SlipsAsync(page, "main form[action*='handler=Make'] button", "main a[href*='/accounts/slips']") },
        new("slips-printed", "tinh", Links.AccountLists) { Act = page => SlipsAsync(page, "main form[action*='handler=Make'] button", "main a[href*='/accounts/slips']", "main form button.btn-primary") },
        new("guests", "huyen", Links.Guests),
        new("shares", "tram-y-te", Links.Shares),
        new("shares-given", "nhap-lieu-bv", Links.Shares + "?show=given"),
        new("share", "nhap-lieu-bv", Links.Stays + "?state=InHouse", "main a[data-open]", "main a[href*='/people/person/']", "main a[href*='/people/share/']"),
        new("person-inspected", "thanh-tra", Links.Stays, "main a[data-open]", "main a[href*='/people/person/']"),
        new("coverage", "tinh", Links.Coverage),
        new("coverage-paper", "tinh", Links.CoveragePaper),
        new("duties", "nhap-lieu", Links.Duties),
        new("duties-province", "tinh", Links.Duties),
        new("duty", "tinh", Links.Duties, "main a[href*='/oversight/duty/']"),
        new("duty-paper", "tinh", Links.Duties, "main a[href*='/oversight/duty/']", "main a[href*='/oversight/paper/']"),
        new("duty-unit", "nhap-lieu", Links.Duties, "main a[href*='/oversight/unit/']"),
        new("duty-officer", "tinh", Links.Duties, "main a[href*='/oversight/duty/']", "main a[href*='/oversight/officer/']"),
        new("duty-new", "tinh", Links.NewDuty),
        new("account", "quan-tri", Links.Accounts, "main a[data-open]"),
        new("account-hand-over", "tinh", Links.AccountLists) { Act = page => HandOverAsync(page) },
        new("handover-paper", "tinh", Links.AccountLists) { Act = page => HandOverAsync(page, done: true) },
        new("account-new", "quan-tri", Links.Units, "main a[href*='/units/unit/']", "main a[href*='/accounts/new/']"),
        new("report-new", "nhap-lieu", Links.Day, "main a[href*='/support/new']"),
        new("reports-own", "nhap-lieu", Links.MyReports),
        new("report-own", "nhap-lieu", Links.MyReports, "main a[data-open]"),
        new("reports", "to-cntt", Links.ReportQueue),
        new("report", "to-cntt", Links.ReportQueue, "main a[data-open]"),
        new("support-contacts", "tinh", Links.SupportContacts),
        new("account-own", "nhap-lieu", Links.Own),
        new("looks-stopped", "nhap-lieu", Links.LooksStopped),
        new("password", "nhap-lieu", Links.Password),
        new("second-factor", "nhap-lieu", Links.SecondFactor),
        new("passkeys", "nhap-lieu", Links.Passkeys),
        new("areas", "tinh", Links.Areas),
        new("hamlets", "tram-y-te", Links.Hamlets),
        new("area-links", "quan-tri", Links.AreaLinks),
        new("area-reform", "quan-tri", Links.AreaReform),
        new("area-link", "quan-tri", Links.AreaLinks, "main a[data-open]"),
        new("policies", "tinh", Links.Policies),
        new("policy", "tinh", Links.Policies, "main a[href*='/policies/policy/']"),
        new("operation", "quan-tri", Links.Operation),
        new("trail", "quan-tri", Links.Trail),
        new("notices", "nhap-lieu", Links.Notices),
        new("help", "nhap-lieu", Links.Help),
        new("help-chapter", "nhap-lieu", Links.Help, "main a[href*='/help/chapter/']"),
        new("not-found", "nhap-lieu", "/desk/nothing-here"),
    ];

    /// <summary>Goes there on a page where the account is signed in.</summary>
    public async Task GoAsync(IPage page)
    {
        await page.GotoAsync(Path);
        foreach (var link in Then)
        {
            var address = await page.Locator(link).First.GetAttributeAsync("href");
            await page.GotoAsync(address!);
        }
        if (Act is not null) await Act(page);
    }

    private static Task OpenAllAsync(IPage page) => page.EvaluateAsync("for (const act of document.querySelectorAll('main details')) act.open = true");

    private static async Task AccountListAsync(IPage page)
    {
        var name = "Phan Thị " + Guid.CreateVersion7().ToString("N")[^8..];
        await page.SetInputFilesAsync("#Form_File", new FilePayload { Name = "can-bo.csv", MimeType = "text/csv", Buffer = System.Text.Encoding.UTF8.GetBytes($"Họ và tên,Đơn vị,Vai trò,Chức danh\n{name} An,KCL-HS,Nhập liệu,Điều dưỡng\n{name} Bình,BV-TINH,Nhập liệu,\nĐỗ Văn Sai,KCL-XX,Bác sĩ,\n") });
        await page.ClickAsync("main form button.btn-primary");
        await page.WaitForURLAsync("**/accounts/list/**");
    }

    private static async Task SlipsAsync(IPage page, params string[] presses)
    {
        await AccountListAsync(page);
        foreach (var press in presses)
        {
            await page.Locator(press).First.ClickAsync();
            await page.WaitForLoadStateAsync();
        }
        await page.Locator("main .pt-table, main .vb").First.WaitForAsync();
    }

    /// <summary>Of an account that nobody has yet, to a colleague who has the same role already: nobody's sight changes.</summary>
    private static async Task HandOverAsync(IPage page, bool done = false)
    {
        await SlipsAsync(page, "main form[action*='handler=Make'] button");
        await page.Locator("main .pt-table a[href*='/accounts/account/']").First.ClickAsync();
        await page.Locator("main a[href*='/accounts/hand-over/']").ClickAsync();
        await page.WaitForURLAsync("**/accounts/hand-over/**");
        if (!done) return;
        await page.SelectOptionAsync("#Form_To", new SelectOptionValue { Index = 1 });
        await page.FillAsync("#Form_Reason", "Chuyển công tác theo Quyết định số 15/QĐ-SYT");
        await page.ClickAsync("main form button.btn-primary");
        await page.Locator("dialog.pt-dialog button.btn-primary").First.ClickAsync();
        await page.Locator("main .vb").WaitForAsync();
    }

    private static async Task SearchAsync(IPage page)
    {
        await page.FillAsync("#Form_Q", "Nguyễn");
        await page.PressAsync("#Form_Q", "Enter");
        await page.Locator("main table, main .pt-empty").First.WaitForAsync();
    }

    private static async Task DecisionAsync(IPage page)
    {
        var issued = page.Locator("main a[href*='/quarantine/decision/']");
        if (await issued.CountAsync() > 0)
        {
            await page.GotoAsync((await issued.First.GetAttributeAsync("href"))!);
            return;
        }
        await page.GotoAsync((await page.Locator("main a[href*='/new-decision/']").First.GetAttributeAsync("href"))!);
        await page.FillAsync("[name='Form.SignerTitle']", "Trưởng khu cách ly");
        await page.FillAsync("[name='Form.Signer']", "Nguyễn Văn Ký");
        await page.ClickAsync("main form button.btn-primary");
        await page.WaitForURLAsync("**/quarantine/decision/**");
    }

    private static async Task ResultAsync(IPage page)
    {
        var recorded = page.Locator("main a[href*='/lab/withdraw/']");
        if (await recorded.CountAsync() == 0)
        {
            await page.GotoAsync((await page.Locator("main a[href*='/lab/new/']").First.GetAttributeAsync("href"))!);
            await page.Locator("[name='Form.Result'][value='Negative']").CheckAsync(new() { Force = true });
            await page.ClickAsync("main form button.btn-primary");
            await page.WaitForURLAsync("**/people/person/**");
        }
        await page.GotoAsync((await recorded.First.GetAttributeAsync("href"))!);
    }

    /// <summary>A small list on its way in: its columns, and after the press of a button the preview.</summary>
    private static async Task ImportAsync(IPage page, string? press = null)
    {
        await page.GotoAsync(Links.Upload);
        await page.SetInputFilesAsync("#Form_File", new FilePayload { Name = "danh sách.csv", MimeType = "text/csv", Buffer = System.Text.Encoding.UTF8.GetBytes("Họ và tên,Ngày sinh,Giới tính,Số giấy tờ,Điện thoại,Lý do cách ly\r\nNguyễn Thị Hồng Nhung,02/03/1985,Nữ,031185004417,0912345678,F1\r\nTrần Văn Không Ngày,32/13/1985,Nam,,,F1\r\n") });
        await page.ClickAsync("main form button.btn-primary");
        await page.WaitForURLAsync("**/imports/import/**");
        if (press is null) return;
        await page.ClickAsync(press);
        await page.Locator("form[action*='handler=Start'], form[action*='handler=Discard']").First.WaitForAsync();
    }
}
