using System.Net;
using PhongTuyen.Imports;
using PhongTuyen.Kernel;
using PhongTuyen.Reorganisation;
using PhongTuyen.Tests.Papers;
using PhongTuyen.Tests.Quarantine;
using PhongTuyen.Web.Areas.Desk;

namespace PhongTuyen.Web.Tests.Routes;

/// <summary>The acts of all pages but those of persons and stays.</summary>
public static partial class FormSamples
{
    /// <summary>A commune goes into its neighbour.</summary>
    private static AreaReform Resolution => new(null, [new("T900005", AreaLevel.Commune, null, null, ["T900004"])], []);

    private static Dictionary<string, FormSample> Others => new(StringComparer.Ordinal)
    {
        // Cases and results
        ["desk/cases?handler=Ask"] = new("clerk-a", "", (_, _) => Sends(null)) { OfNobody = "asks for the visitor's own list, which is cut by the scope; SecondOfficerTests ask" },
        ["desk/cases?handler=File"] = new("clerk-a", "list.taken", (_, _) => Sends(null, ("Take.Purpose", "Báo cáo ca bệnh"))) { OfNobody = "the list is cut by the scope; TakenListsTests look into the file" },
        ["desk/cases/new/{id}"] = new("clerk-a", "case.opened", async (here, _) => new(await here.PersonAsync(), ("Form.Classification", "Suspected"), ("Form.ReportedOn", "2021-08-20"), ("Form.Deciding", "Ho, sốt"))),
        ["desk/cases/case/{id}"] = new("clerk-a", "case.changed", async (here, _) => new(await here.CaseAsync(), ("BaseVersion", 1), ("Form.Classification", "Probable"), ("Form.ClassifiedOn", "2021-08-20"), ("Form.Deciding", "Ho, sốt"))),
        ["desk/cases/hand-over/{id}"] = new("clerk-a", "case.handed-over", async (here, _) => new(await here.CaseAsync(), ("Form.From", here.Camp), ("Form.ToUnit", here.Hospital), ("Form.ToUnitText", here.HospitalName), ("Form.Reason", "Chuyển viện"))),
        ["desk/cases/hand-over/{id}?handler=Undo"] = new("clerk-a", "case.taken-back", async (here, form) => await here.HandedOverAsync() is var own && ReferenceEquals(here, form) ? new(own.Case, ("of", own.Intent)) : new(own.Case, ("of", (await form.HandedOverAsync()).Intent))) { Crosses = true },
        ["desk/lab/new/{id}"] = new("clerk-a", "result.recorded", async (here, _) => new(await here.PersonAsync(), ("Form.TakenOn", "2021-08-20"), ("Form.Kind", "Pcr"), ("Form.Result", "Negative"))),
        ["desk/lab/withdraw/{id}"] = new("clerk-a", "result.withdrawn", (_, _) => Sends(null, ("Form.Reason", "Nhầm ống"))),

        // Lists that come in
        ["desk/imports/upload"] = new("clerk-a", "import.uploaded", (_, _) => Sends(null)) { OfNobody = "sends a file: ImportPagesTests, and below for another district's unit" },
        ["desk/imports/import/{id}?handler=Check"] = new("clerk-a", "SELECT count(*) FROM pt.import_run WHERE state = 1", async (here, _) => new(await here.ImportAsync(ImportState.Mapping), ("Form.Columns[0]", "person.name"), ("Form.Columns[1]", "person.birth"), ("Form.Columns[2]", "person.sex"))),
        ["desk/imports/import/{id}?handler=Use"] = new("clerk-a", "import.uploaded", async (here, _) => new(await here.ImportAsync(ImportState.Mapping), ("name", ShippedMappings.All[0].Name))),
        ["desk/imports/import/{id}?handler=Letters"] = new("clerk-a", "import.uploaded", async (here, _) => new(await here.ImportAsync(ImportState.Mapping), ("letters", "Vni"))),
        ["desk/imports/import/{id}?handler=Start"] = new("clerk-a", "import.committed", async (here, _) => new(await here.ImportAsync(ImportState.Checked))),
        ["desk/imports/import/{id}?handler=End"] = new("clerk-a", "SELECT count(*) FROM pt.import_run WHERE state = 3", async (here, _) => new(await here.ImportAsync(ImportState.Checked, ",1990,Nam,,F1"))),
        ["desk/imports/import/{id}?handler=Discard"] = new("clerk-a", "import.discarded", async (here, _) => new(await here.ImportAsync(ImportState.Mapping))),
        ["desk/imports/rows/{id}?handler=File"] = new("clerk-a", "import.rows-taken", async (here, _) => new(await here.ImportAsync(ImportState.Done), ("Take.Purpose", "Đối chiếu với danh sách gốc"))),
        ["desk/imports/rows/{id}?handler=Ask"] = new("clerk-a", "", async (here, _) => new(await here.ImportAsync(ImportState.Done))),
        ["desk/imports/import/{id}?handler=Undo"] = new("clerk-a", "import.undone", async (here, _) => new(await here.ImportAsync(ImportState.Done), ("Undo.Reason", "Nhầm tệp"))),

        // Lists that leave as files
        ["desk/quarantine/transfers?handler=Ask"] = new("clerk-a", "", (_, _) => Sends(null)) { OfNobody = "asks for the visitor's own list, which is cut by the scope; SecondOfficerTests ask" },
        ["desk/quarantine/transfers?handler=File"] = new("clerk-a", "list.taken", (_, _) => Sends(null, ("Take.Purpose", "Rà soát cuối tuần"))) { OfNobody = "the list is cut by the scope; TakenListsTests look into the file" },
        ["desk/people/findings?handler=Ask"] = new("clerk-a", "", (_, _) => Sends(null)) { OfNobody = "asks for the visitor's own list, which is cut by the scope; SecondOfficerTests ask" },
        ["desk/people/findings?handler=File"] = new("clerk-a", "list.taken", (_, _) => Sends(null, ("Take.Purpose", "Rà soát cuối tuần"))) { OfNobody = "the list is cut by the scope; TakenListsTests look into the file" },
        ["desk/people/matches?handler=Ask"] = new("clerk-a", "", (_, _) => Sends(null)) { OfNobody = "asks for the visitor's own list, which is cut by the scope; SecondOfficerTests ask" },
        ["desk/people/matches?handler=File"] = new("clerk-a", "list.taken", (_, _) => Sends(null, ("Take.Purpose", "Rà soát cuối tuần"))) { OfNobody = "the list is cut by the scope; TakenListsTests look into the file" },
        ["desk/corrections?handler=Ask"] = new("officer-a", "", (_, _) => Sends(null)) { OfNobody = "asks for the visitor's own list, which is cut by the scope; SecondOfficerTests ask" },
        ["desk/corrections?handler=File"] = new("officer-a", "list.taken", (_, _) => Sends(null, ("Take.Purpose", "Rà soát cuối tuần"))) { OfNobody = "the list is cut by the scope; TakenListsTests look into the file" },
        ["desk/worklists/list?handler=Ask"] = new("clerk-a", "", (_, _) => Sends(null)) { OfNobody = "asks for the visitor's own list, which is cut by the scope; SecondOfficerTests ask" },
        ["desk/worklists/list?handler=File"] = new("clerk-a", "list.taken", (_, _) => Sends(null, ("Take.Purpose", "Rà soát cuối tuần"))) { OfNobody = "the list is cut by the scope; TakenListsTests look into the file" },

        // Supervision
        ["desk/supervision?handler=Ask"] = new("officer-a", "", (_, _) => Sends(null)) { OfNobody = "asks for the visitor's own list, which is cut by the scope; SecondOfficerTests ask" },
        ["desk/supervision?handler=File"] = new("officer-a", "list.taken", (_, _) => Sends(null, ("Take.Purpose", "Báo cáo giám sát"))) { OfNobody = "the list is cut by the scope; SupervisionPagesTests look into the file" },
        ["desk/supervision/operator/{id}/{unit}"] = new("officer-a", "supervision.found", async (_, form) => new(null, ("Form.Day", $"{await form.SeenDayAsync():yyyy-MM-dd}"), ("Form.Verdict", "Ordinary"))),
        ["desk/supervision/operator/{id}/{unit}?handler=Undo"] = new("officer-a", "supervision.found-undone", async (_, form) => new(null) { Query = $"&finding={await form.FoundAsync()}" }),

        // Units and accounts
        ["desk/units/new/{parent}"] = new(RouteHouse.OverA, "unit.made", (here, _) => Sends(here.Centre, ("Form.Name", here.Unlike("Đơn vị mới")), ("Form.Code", here.Unlike("M").Replace(' ', '-')), ("Form.Kind", "Camp"))),
        ["desk/units/unit/{id}?handler=Edit"] = new(RouteHouse.OverA, "unit.changed", async (here, _) => new(new UnitId(await here.UnitAsync()), ("Form.BaseVersion", 1), ("Form.Name", here.Unlike("Tên khác")), ("Form.Code", here.Unlike("K").Replace(' ', '-')), ("Form.Kind", "Camp"))),
        ["desk/units/unit/{id}?handler=Close"] = new(RouteHouse.OverA, "unit.changed", async (here, _) => new(new UnitId(await here.UnitAsync()))),
        ["desk/units/unit/{id}?handler=Reopen"] = new(RouteHouse.OverA, "unit.changed", async (here, _) => new(new UnitId(await here.UnitAsync(closed: true)))),
        ["desk/units/unit/{id}?handler=Merge"] = new(RouteHouse.OverA, "unit.merged", async (here, form) => new(new UnitId(await here.UnitAsync(imported: true)), ("Merge.Into", form.Camp), ("Merge.IntoText", form.CampName))) { Crosses = true, Crossed = HttpStatusCode.UnprocessableEntity },
        ["desk/units/unit/{id}?handler=Unmerge"] = new(RouteHouse.OverA, "unit.unmerged", async (here, form) => await here.MergedAsync() is var own && ReferenceEquals(here, form) ? new(own.Into) { Query = $"&of={own.Intent}" } : new(own.Into) { Query = $"&of={(await form.MergedAsync()).Intent}" }) { Crosses = true },
        ["desk/units/act/{id}?handler=Preview"] = new(RouteHouse.OverA, Nothing, async (here, form) => new(new UnitId(await here.UnitAsync()), ("Form.Kind", "Merge"), ("Form.Into", form.Camp), ("Form.IntoText", form.CampName), ("Form.Paper", "12/QĐ"), ("Form.On", "2021-08-20"))) { Crosses = true, Crossed = HttpStatusCode.UnprocessableEntity },
        ["desk/units/act/{id}"] = new(RouteHouse.OverA, "tree.changed", async (here, form) => new(new UnitId(await here.UnitAsync()), ("Form.Kind", "Merge"), ("Form.Into", form.Camp), ("Form.IntoText", form.CampName), ("Form.Paper", "12/QĐ"), ("Form.On", "2021-08-20"))) { Crosses = true, Crossed = HttpStatusCode.UnprocessableEntity },
        ["desk/units/acts?handler=Withdraw"] = new(RouteHouse.OverA, "tree.changed", async (_, form) => new(null, ("of", await form.ActAsync(done: false)))),
        ["desk/units/acts?handler=Undo"] = new(RouteHouse.OverA, "tree.changed", async (_, form) => new(null, ("of", await form.ActAsync(done: true)))),
        ["desk/accounts/new/{unit?}"] = new("officer-a", "account.made", (here, _) => Sends(here.Camp, ("Form.UserName", here.Unlike("moi").Replace(' ', '.').ToLowerInvariant()), ("Form.DisplayName", "Người Mới"), ("Form.Role", "Clerk"), ("Form.Place", "unit"))),
        ["desk/accounts/guests"] = new("officer-a", "account.guest-role-given", async (_, form) => new(null, ("Form.UserName", await form.ColleagueAsync()), ("Form.Role", "Inspector"), ("Form.Place", "unit"), ("Form.Unit", form.Camp), ("Form.UnitText", form.CampName), ("Form.Purpose", "Thanh tra định kỳ"), ("Form.Until", "2021-08-25"))) { OfNobody = "names an account of another organisation, which nobody sees; GuestPagesTests ask for places of others" },
        ["desk/accounts/guests?handler=Prolong"] = new("officer-a", "account.guest-role-prolonged", async (_, form) => new(null, ("id", await form.GuestAsync()), ("until", "26/08/2021"))),
        ["desk/accounts/guests?handler=End"] = new("officer-a", "account.guest-role-ended", async (_, form) => new(null, ("id", await form.GuestAsync()))),
        ["desk/accounts/account/{id}?handler=Edit"] = new("officer-a", "account.changed", async (here, _) => new(await here.AccountAsync(), ("Form.BaseVersion", 1), ("Form.DisplayName", "Tên Khác"))),
        ["desk/accounts/account/{id}?handler=Give"] = new("officer-a", "account.role-given", async (here, form) => new(await here.AccountAsync(), ("Give.Role", "UnitHead"), ("Give.Place", "other-unit"), ("Give.Unit", form.Camp), ("Give.UnitText", form.CampName))) { Crosses = true, Crossed = HttpStatusCode.UnprocessableEntity },
        ["desk/accounts/account/{id}?handler=Revoke"] = new("officer-a", "account.role-revoked", async (here, form) => await here.AccountAsync() is var account && ReferenceEquals(here, form) ? new(account, ("grant", await here.GrantOfAsync(account))) : new(account, ("grant", await form.GrantOfAsync(await form.AccountAsync())))) { Crosses = true },
        ["desk/accounts/account/{id}?handler=Suspend"] = new("officer-a", "account.suspended", async (here, _) => new(await here.AccountAsync())),
        ["desk/accounts/account/{id}?handler=Resume"] = new("officer-a", "account.suspended", async (here, _) => new(await here.SuspendedAsync())),
        ["desk/accounts/account/{id}?handler=LetOn"] = new("officer-a", "account.looks-let-on", async (here, _) => new(await here.LookStoppedAsync(), ("LetOn.Reason", "Nhập hồ sơ cho cả khu"))),
        ["desk/accounts/account/{id}?handler=Extend"] = new("officer-a", "account.extended", async (here, _) => new(await here.House.VolunteerAsync(here.Camp), ("Extend.LastDay", "2021-09-01"), ("Extend.Reason", "Còn ba tập"))),
        ["desk/accounts/account/{id}?handler=End"] = new("officer-a", "account.own-changed", async (here, form) => await here.AccountAsync() is var account && ReferenceEquals(here, form) ? new(account, ("session", await here.SessionOfAsync(account))) : new(account, ("session", await form.SessionOfAsync(await form.AccountAsync())))) { Crosses = true },
        ["desk/accounts/keys/{id}"] = new("officer-a", "account.key-made", async (here, _) => new(await here.AccountAsync(), ("Form.Name", "Phần mềm bệnh viện"), ("Form.Doors", "figures"), ("Form.LastDay", $"{here.House.Clock.Today():yyyy-MM-dd}"))),
        ["desk/accounts/keys/{id}?handler=Replace"] = new("officer-a", "account.key-made", async (here, form) => await KeyAsync(here, form)) { Crosses = true },
        ["desk/accounts/keys/{id}?handler=End"] = new("officer-a", "account.key-ended", async (here, form) => await KeyAsync(here, form)) { Crosses = true },
        ["desk/accounts/account/{id}?handler=Reissue"] = new("officer-a", "account.reissued", async (here, _) => new(await here.AccountAsync())),
        ["desk/accounts/hand-over/{id}"] = new("officer-a", "account.handed-over", async (here, form) => new(await here.AccountAsync(), ("Form.To", await form.NameOfAsync(await form.AccountAsync())), ("Form.Reason", "Chuyển công tác"))) { Crosses = true, Crossed = HttpStatusCode.UnprocessableEntity },
        ["desk/accounts/handover-paper/{id:guid}?handler=Undo"] = new("officer-a", "account.handed-over", async (here, _) => new(await here.HandoverAsync())),
        ["desk/accounts/lists"] = new("officer-a", "", (_, _) => Sends(null)) { OfNobody = "sends a file: AccountListPagesTests" },
        ["desk/accounts/list/{id:guid}?handler=Make"] = new("officer-a", "account.list-made", async (here, _) => new(await here.AccountListAsync())),
        ["desk/accounts/list/{id:guid}?handler=Undo"] = new("officer-a", "account.list-undone", async (here, _) => new(await here.AccountListAsync(made: true))),
        ["desk/accounts/slips"] = new("officer-a", "account.reissued", async (here, _) => new(null, ("List", await here.AccountListAsync(made: true)))),
        ["desk/accounts/coverage?handler=Set"] = new("officer-a", "account.deadline-changed", (_, form) => Sends(null, ("Form.Unit", form.Camp), ("Form.UnitText", form.CampName), ("Form.Due", "2021-09-01"), ("Form.Paper", "12/UBND"))),
        ["desk/accounts/coverage?handler=Withdraw"] = new("officer-a", "account.deadline-changed", async (_, form) => new(null) { Query = $"&deadline={await form.DeadlineAsync()}" }),
        ["desk/accounts/coverage?handler=Restore"] = new("officer-a", "account.deadline-changed", async (_, form) => new(null) { Query = $"&deadline={await form.DeadlineAsync(withdrawn: true)}" }),
        ["desk/accounts/coverage?handler=Remind"] = new("officer-a", "account.urged", async (_, form) => new(null) { Query = $"&deadline={await form.DeadlineAsync()}" }),
        ["desk/accounts/own?handler=Language"] = new("officer-a", "SELECT 1", (_, _) => Sends(null, ("language", "vi"))) { OfNobody = OneOwn },
        ["desk/accounts/own?handler=End"] = new("officer-a", "account.own-changed", async (_, form) => new(null, ("session", await form.SessionOfAsync(form.Officer)))),
        ["desk/accounts/own?handler=EndKey"] = new("officer-a", "account.key-ended", async (_, form) => new(null, ("key", await form.KeyOfAsync(form.Officer)))),
        ["desk/accounts/own?handler=Others"] = new("officer-a", "account.own-changed", async (_, form) => await form.SessionOfAsync(form.Officer) is var _ ? new(null) : new(null)) { OfNobody = OneOwn },
        ["desk/accounts/password"] = new("officer-a", "", (_, _) => Sends(null)) { OfNobody = OneOwn + "; OwnAccountTests change it" },
        ["desk/accounts/passkeys?handler=Begin"] = new("officer-a", "", (_, _) => Sends(null)) { OfNobody = OneOwn + "; PasskeyPagesTests begin" },
        ["desk/accounts/passkeys?handler=Add"] = new("officer-a", "", (_, _) => Sends(null)) { OfNobody = OneOwn + "; PasskeyPagesTests add" },
        ["desk/accounts/passkeys?handler=Remove"] = new("officer-a", "", (_, _) => Sends(null)) { OfNobody = OneOwn + "; PasskeyPagesTests remove, and ask for another one's" },
        ["desk/accounts/second-factor?handler=On"] = new("officer-a", "", (_, _) => Sends(null)) { OfNobody = OneOwn + "; OwnAccountTests turn it on" },
        ["desk/accounts/second-factor?handler=Off"] = new("officer-a", "", (_, _) => Sends(null)) { OfNobody = OneOwn + "; OwnAccountTests turn it off" },

        // Data that are owed
        ["desk/oversight/new"] = new("officer-a", "duty.changed", (_, form) => Sends(null, ("Form.Unit", form.Centre), ("Form.UnitText", form.CentreName), ("Form.Name", form.Unlike("Số liệu")), ("Form.Paper", "15/TTYT"), ("Form.Rhythm", "Daily"), ("Form.Since", "2021-09-01"), ("Form.DueAt", "16:00"))),
        ["desk/oversight/duty/{id:guid}?handler=End"] = new("officer-a", "duty.changed", async (here, _) => new(await here.DutyAsync())),
        ["desk/oversight/duty/{id:guid}?handler=Restore"] = new("officer-a", "duty.changed", async (here, _) => new(await here.DutyAsync(ended: true))),
        ["desk/oversight/duty/{id:guid}?handler=Remind"] = new("officer-a", "duty.urged", async (here, _) => new(await here.DutyAsync())),
        ["desk/oversight/duty/{id:guid}?handler=Copy"] = new("officer-a", "duty.officers-copied", async (here, form) => new(await here.DutyAsync(), ("From", await form.DutyAsync(officer: true)))),
        ["desk/oversight/duty/{id:guid}?handler=Uncopy"] = new("officer-a", "duty.officers-copied", async (here, form) => await here.CopiedAsync() is var (duty, act) && ReferenceEquals(here, form) ? new(duty) { Query = $"&of={act}" } : new(duty) { Query = $"&of={(await form.CopiedAsync()).Act}" }),
        ["desk/oversight/unit/{id:guid}/{unit}?handler=Deliver"] = new("clerk-a", "duty.delivered", async (_, form) => new(null, ("Form.Due", $"{await form.NotDeliveredAsync():yyyy-MM-dd}"), ("Form.Note", "Đủ"))),
        ["desk/oversight/unit/{id:guid}/{unit}?handler=TakeBack"] = new("clerk-a", "duty.delivered", async (_, form) => new(null) { Query = $"&delivery={await form.DeliveryAsync()}" }),
        ["desk/oversight/officer/{id:guid}/{unit}"] = new("officer-a", "duty.officer-named", async (_, form) => new(null, ("Form.Account", (await form.AccountAsync()).Value))),

        // Work lists and corrections
        ["desk/worklists/list?handler=Look"] = new("clerk-a", Nothing, async (_, form) => new(null, ("Form.What", "Give"), ("Form.To", form.Clerk), ("Picks", $"{(await form.CorrectionAsync()).Id}_1"))),
        ["desk/worklists/list"] = new("clerk-a", "work.given", async (here, form) => new(null, ("Form.What", "Give"), ("Form.To", here.Clerk), ("Picks", $"{(await form.CorrectionAsync()).Id}_1"))),
        ["desk/worklists/act/{id:guid}?handler=Undo"] = new("clerk-a", "work.given", async (here, _) => new(await here.WorkActAsync())),
        ["desk/corrections/new/{id}"] = new("clerk-a", "correction.asked", async (here, _) => new(await here.PersonAsync(), ("Form.Name", "Nguyễn Thị Sửa"), ("Form.Sex", "Female"), ("Form.Paper", "CCCD bản gốc"))),
        ["desk/corrections/request/{id:guid}?handler=Approve"] = new("clerk-a", "correction.decided", async (here, _) => await here.CorrectionAsync() is var (id, person) ? new(id, ("Decide.Version", 1), ("Decide.PersonVersion", person)) : new(null)),
        ["desk/corrections/request/{id:guid}?handler=Refuse"] = new("clerk-a", "correction.decided", async (here, _) => new((await here.CorrectionAsync()).Id, ("Decide.Version", 1), ("Decide.Reason", "Không khớp"))),
        ["desk/corrections/request/{id:guid}?handler=AskBack"] = new("clerk-a", "correction.moved", async (here, _) => new((await here.CorrectionAsync()).Id, ("Ask.Version", 1), ("Ask.Question", "Giấy nào?"))),
        ["desk/corrections/request/{id:guid}?handler=Answer"] = new("officer-a", "correction.moved", async (here, _) => new(await here.AskedBackAsync(), ("Answer.Text", "Giấy khai sinh"))),
        ["desk/corrections/request/{id:guid}?handler=Withdraw"] = new("officer-a", "correction.moved", async (here, _) => new((await here.CorrectionAsync()).Id)),
        ["desk/corrections/request/{id:guid}?handler=SendOn"] = new("clerk-a", "correction.moved", async (here, _) => new(await here.GoneOnAsync(), ("version", 1))),
        ["desk/corrections/request/{id:guid}?handler=Undo"] = new("clerk-a", "correction.undone", async (here, _) => new(await here.RefusedAsync())),
        ["desk/corrections/request/{id:guid}?handler=Take"] = new("clerk-a", "work.given", async (here, _) => new((await here.CorrectionAsync()).Id, ("item", 1))),
        ["desk/corrections/request/{id:guid}?handler=Numbers"] = new("clerk-a", "person.unmasked", async (here, _) => new((await here.CorrectionAsync()).Id, ("Full.Purpose", "Đối chiếu giấy tờ"))),

        // Papers that volunteers type
        ["desk/papers/new/{id:guid?}"] = new("clerk-a", "papers.given", async (here, form) => new(await here.BatchAsync(), ("Form.BaseVersion", 1), ("Form.Title", "Tập khác"), ("Form.Volunteer", form.Side.Volunteer), ("Form.Papers", 12))) { Crosses = true, Crossed = HttpStatusCode.UnprocessableEntity },
        ["desk/papers/batch/{id:guid}?handler=Close"] = new("clerk-a", "papers.closed", async (here, _) => new(await here.BatchAsync())),
        ["desk/papers/batch/{id:guid}?handler=Reopen"] = new("clerk-a", "papers.closed", async (here, _) => new(await here.BatchAsync(closed: true))),
        ["desk/papers/batch/{id:guid}?handler=TakeBack"] = new("clerk-a", "papers.taken-back", async (here, form) => await here.TakenAsync() is var own && ReferenceEquals(here, form) ? new(own.Batch) { Query = $"&of={own.Intent}" } : new(own.Batch) { Query = $"&of={(await form.TakenAsync()).Intent}" }) { Crosses = true },
        ["desk/papers/batch/{id:guid}?handler=TakeAll"] = new("clerk-a", "papers.settled", async (here, _) => await here.PaperAsync() is var (batch, _) ? new(batch) : new(null)),
        ["desk/papers/files/{id:guid}"] = new("clerk-a", "", (_, _) => Sends(null)) { OfNobody = "sends files: PaperFilesPagesTests, another unit's too" },
        ["desk/papers/files/{id:guid}?handler=TakeOut"] = new("clerk-a", "papers.file-taken-out", async (here, _) => await here.FileAsync() is var (batch, file) ? new(batch, ("file", file)) : new(null)),
        ["desk/papers/entry/{id:guid}?handler=Take"] = new("clerk-a", "papers.settled", async (here, _) => new((await here.PaperAsync()).Entry, ("Form.BaseVersion", 1), ("Form.Name", "Lê Thị Giấy"))),
        ["desk/papers/entry/{id:guid}?handler=Return"] = new("clerk-a", "papers.settled", async (here, _) => new((await here.PaperAsync()).Entry, ("version", 1), ("Back.Why", "Xem lại"))),
        ["desk/papers/entry/{id:guid}?handler=Duplicate"] = new("clerk-a", "papers.settled", async (here, _) => new((await here.PaperAsync()).Entry, ("version", 1))),
        ["desk/papers/again/{id:guid}"] = new("volunteer-a", "papers.typed-again", async (here, _) => await here.AgainAsync(typed: false) is var (batch, entry) ? new(batch, ("Entry", entry), ("Form.Name", "Lê Thị Giấy")) : new(null)),
        ["desk/papers/compare/{id:guid}?handler=Decide"] = new("clerk-a", "papers.decided", async (here, _) => await here.AgainAsync(typed: true) is var (batch, entry) ? new(batch, ("Entry", entry), ("Holds[Name]", "Second")) : new(null)),
        ["desk/papers/type/{id:guid}"] = new("volunteer-a", "papers.typed", (here, _) => Sends(here.Side.Batch, ("Form.Name", "Lê Thị Giấy"))),

        // Help
        ["desk/support/new"] = new("clerk-a", "support.reported", (_, _) => Sends(null, ("Form.What", "Trang in bị trắng"), ("Form.Screen", "Quarantine/Desk/Stay"))) { OfNobody = "names nothing but a page of the program" },
        ["desk/support/mine/{id:guid}?handler=Add"] = new("clerk-a", "support.added", async (here, _) => new(await here.ReportAsync(), ("Form.Text", "Vẫn trắng"))),
        ["desk/support/mine/{id:guid}?handler=Close"] = new("clerk-a", "support.closed", async (here, _) => new(await here.ReportAsync())),
        ["desk/support/report/{id:guid}?handler=Take"] = new("team-a", "support.taken", async (here, _) => new(await here.ReportAsync(), ("version", 1))),
        ["desk/support/report/{id:guid}?handler=GiveBack"] = new("team-a", "support.taken", async (here, _) => new(await here.ReportAsync(taken: true), ("version", 2))),
        ["desk/support/report/{id:guid}?handler=Answer"] = new("team-a", "support.answered", async (here, _) => new(await here.ReportAsync(), ("Form.Text", "Đã sửa"))),
        ["desk/support/report/{id:guid}?handler=Close"] = new("team-a", "support.closed", async (here, _) => new(await here.ReportAsync(answered: true))),
        ["desk/support/contacts"] = new("province", "support.contact-changed", async (here, _) => new(null, ("Form.Province", here.Place.Province), ("Form.BaseVersion", await here.House.AskAsync<int>("SELECT coalesce((SELECT version FROM pt.support_contact WHERE province_id = $1), 0)", here.Place.Province.Value)), ("Form.Office", here.Unlike("Văn phòng Sở")), ("Form.Telephone", "0258 3822 111"))),

        // Areas, notices, operation
        ["desk/areas/hamlets/{commune?}?handler=Save"] = new("nurse", "hamlet.changed", async (here, form) => new(here.Side.Commune, ("Form.Id", await form.HamletAsync()), ("Form.BaseVersion", 1), ("Form.Kind", "Thon"), ("Form.Name", here.Unlike("Thôn Khác")))) { Crosses = true },
        ["desk/areas/hamlets/{commune?}?handler=Close"] = new("nurse", "hamlet.changed", async (here, form) => new(here.Side.Commune, ("hamlet", await form.HamletAsync()))) { Crosses = true },
        ["desk/areas/hamlets/{commune?}?handler=Reopen"] = new("nurse", "hamlet.changed", async (here, form) => new(here.Side.Commune, ("hamlet", await form.HamletAsync(open: false)))) { Crosses = true },
        ["desk/areas/link/{id:int}?handler=Link"] = new("administrator", "", (_, _) => Sends(null)) { OfNobody = "the national list of links; AreaPagesTests settle rows" },
        ["desk/areas/link/{id:int}?handler=Aside"] = new("administrator", "area.link-settled", (_, _) => Sends(null, ("Form.Reason", "Không có thật"))) { OfNobody = "the national list of links" },
        ["desk/areas/reform?handler=Preview"] = new("administrator", Nothing, (_, _) => Sends(null, ("Form.Paper", "12/NQ"), ("Form.On", "2021-08-20"), ("Form.Content", Resolution.Write()))) { OfNobody = "the whole country" },
        ["desk/areas/reform"] = new("administrator", "tree.changed", (_, _) => Sends(null, ("Form.Paper", "12/NQ"), ("Form.On", "2021-12-30"), ("Form.Content", Resolution.Write()), ("Form.Seen", ReformModel.MarkOf(new(2021, 12, 30), Resolution)))) { OfNobody = "the whole country" },
        ["desk/notices?handler=Open"] = new("officer-a", "SELECT count(*) FROM pt.notice WHERE read_at IS NOT NULL", async (_, form) => new(null, ("id", await form.NoticeAsync(form.Officer)))),
        ["desk/notices?handler=All"] = new("officer-a", "SELECT count(*) FROM pt.notice WHERE read_at IS NOT NULL", async (_, form) => await form.NoticeAsync(form.Officer) is var _ ? new(null) : new(null)) { OfNobody = OneOwn },
        ["desk/audit?handler=Verify"] = new("administrator", "SELECT 1", (_, _) => Sends(null)) { OfNobody = "the whole installation" },
        ["desk/audit?handler=Again"] = new("administrator", "", (_, _) => Sends(null)) { OfNobody = "the whole installation; OutboxPagesTests send again" },

        // Before and after signing in
        ["sign-in"] = new("clerk-a", "", (_, _) => Sends(null)) { OfNobody = "SignInTests" },
        ["sign-in?handler=Passkey"] = new("clerk-a", "", (_, _) => Sends(null)) { OfNobody = "PasskeyPagesTests" },
        ["sign-in-code?handler=Passkey"] = new("clerk-a", "", (_, _) => Sends(null)) { OfNobody = "PasskeyPagesTests" },
        ["sign-in-code"] = new("clerk-a", "", (_, _) => Sends(null)) { OfNobody = "SignInTests" },
        ["sign-out"] = new("clerk-a", "", (_, _) => Sends(null)) { OfNobody = "SignInTests" },
        ["language"] = new("clerk-a", "SELECT 1", (_, _) => Sends(null, ("language", "vi"))) { OfNobody = "a choice of the browser" },
        ["look"] = new("clerk-a", "SELECT 1", (_, _) => Sends(null, ("look", "light"))) { OfNobody = "a choice of the browser" },
        ["error"] = new("clerk-a", "", (_, _) => Sends(null)) { OfNobody = "the page of refusals" },
    };

    /// <summary>An account of the address, and a key of its own or of somebody of the form's district.</summary>
    private static async Task<Sent> KeyAsync(District here, District form)
    {
        var account = await here.AccountAsync();
        return new(account, ("key", await form.KeyOfAsync(ReferenceEquals(here, form) ? account : await form.AccountAsync())));
    }
}
