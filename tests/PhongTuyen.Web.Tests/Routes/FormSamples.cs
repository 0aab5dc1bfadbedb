using System.Net;
using PhongTuyen.Kernel;

namespace PhongTuyen.Web.Tests.Routes;

/// <summary>What a form sends.</summary>
/// <param name="Id">What stands in the address; null: the sample of the route.</param>
public sealed record Sent(object? Id, params (string Name, object? Value)[] Fields)
{
    /// <summary>What the act's address names besides: <c>&amp;of=…</c>.</summary>
    public string Query { get; init; } = "";
}

/// <summary>One act of a page, so that it can be asked for with an object of one's own district and of another.</summary>
/// <param name="By">Who may do it in district A.</param>
/// <param name="Told">What then stands in the audit; or a question in SQL whose number grows by it.</param>
/// <param name="Make">The object of the address from the first district, what the form names from the second.</param>
public sealed record FormSample(string By, string Told, Func<District, District, Task<Sent>> Make)
{
    /// <summary>The form names an object besides that of the address: one's own address with another district's object is asked for as well.</summary>
    public bool Crosses { get; init; }

    /// <summary>What an object of another district in the form is answered with, where the address is one's own.</summary>
    public HttpStatusCode Crossed { get; init; } = HttpStatusCode.NotFound;

    /// <summary>Why it names no object that another district could have.</summary>
    public string? OfNobody { get; init; }
}

/// <summary>Every act of every page, by its route and handler. A page that gets an act without a line here fails a test.</summary>
public static partial class FormSamples
{
    private const string OneOwn = "it is about the visitor's own account";

    public static readonly IReadOnlyDictionary<string, FormSample> ByForm = new Dictionary<string, FormSample>(StringComparer.Ordinal)
    {
        // A clerk's day
        ["desk/quarantine/day?handler=Leave"] = new("clerk-a", "stay.ended", async (_, form) => new(null, ("unit", form.Camp), ("Selected", await form.StayAsync()))),
        ["desk/quarantine/day?handler=Beds"] = new("clerk-a", "stay.bed-assigned", async (_, form) => new(null, ("unit", form.Camp), ("Selected", await form.StayAsync()))),
        ["desk/quarantine/day?handler=GiveBack"] = new("clerk-a", "stay.bed-assigned", async (_, form) => new(null) { Query = $"&unit={form.Camp}&of={await form.BeddedAsync()}" }),
        ["desk/quarantine/day?handler=Undo"] = new("clerk-a", "stay.reopened", async (_, form) => new(null) { Query = $"&unit={form.Camp}&of={await form.EndedTogetherAsync()}" }),

        // One stay
        ["desk/quarantine/stay/{id}?handler=Bed"] = new("clerk-a", "stay.bed-assigned", async (here, form) => new(await here.StayAsync(), ("Form.Bed", new BedId(await form.FreeBedAsync())))) { Crosses = true, Crossed = HttpStatusCode.UnprocessableEntity },
        ["desk/quarantine/stay/{id}?handler=Arrive"] = new("clerk-a", "stay.admitted", async (here, _) => new(await here.ExpectedAsync(), ("Form.At", Now))),
        ["desk/quarantine/stay/{id}?handler=End"] = new("clerk-a", "stay.ended", async (here, _) => new(await here.StayAsync(), ("Form.How", "Left"), ("Form.DayUnknown", "true"))),
        ["desk/quarantine/stay/{id}?handler=Reopen"] = new("clerk-a", "stay.reopened", async (here, _) => new(await here.EndedAsync(), ("Form.Reason", "Nhầm người"))),
        ["desk/quarantine/stay/{id}?handler=Absent"] = new("clerk-a", "stay.absence", async (here, _) => new(await here.StayAsync(), ("Form.Note", "Đi khám"))),
        ["desk/quarantine/stay/{id}?handler=Return"] = new("clerk-a", "stay.absence", async (here, _) => new(await here.AbsentAsync())),
        ["desk/quarantine/stay/{id}?handler=Plan"] = new("clerk-a", "stay.replanned", async (here, _) => new(await here.StayAsync(), ("Form.PlannedEnd", "2021-09-10"), ("Form.Reason", "Theo quyết định mới"))),
        ["desk/quarantine/stay/{id}?handler=Transfer"] = new("clerk-a", "transfer.moved", async (here, _) => new(await here.StayAsync(), ("Form.ToUnit", here.Hospital), ("Form.ToUnitText", here.HospitalName), ("Form.ToClass", "Observation"), ("Form.Reason", "Có triệu chứng"))),
        ["desk/quarantine/stay/{id}?handler=Withdraw"] = new("clerk-a", "stay.withdrawn", async (here, _) => new(await here.StayAsync(), ("Form.Reason", "Nhập nhầm"))),
        ["desk/quarantine/correct/{id}"] = new("clerk-a", "stay.corrected", async (here, _) => new(await here.StayAsync(), ("Form.BaseVersion", 1), ("Form.Class", "Observation"), ("Form.ArrivedAt", "2021-08-19T08:00"), ("Form.Reason", "CloseContact"), ("Form.Note", "Sửa"))),
        ["desk/quarantine/new-decision/{id}"] = new("head-a", "decision.issued", async (here, _) => new(await here.StayAsync(), ("Form.Kind", "Quarantine"), ("Form.SignedOn", "2021-08-20"), ("Form.Signer", "Nguyễn Văn Ký"), ("Form.SignerTitle", "Trưởng khu"), ("Form.Suffix", "QĐ-CL"))),
        ["desk/quarantine/stays?handler=Ask"] = new("clerk-a", "", (_, _) => Sends(null)) { OfNobody = "asks for the visitor's own list, which is cut by the scope; SecondOfficerTests ask" },
        ["desk/quarantine/stays?handler=File"] = new("clerk-a", "list.taken", (_, _) => Sends(null, ("Take.Purpose", "Bàn giao ca trực"))) { OfNobody = "the list is cut by the scope; TakenListsTests look into the file" },
        ["desk/quarantine/admit/{id?}"] = new("clerk-a", "stay.admitted", async (here, form) => new(await here.PersonAsync(), ("Form.Unit", form.Camp), ("Form.ArrivedAt", Now), ("Form.Reason", "CloseContact"), ("Form.Bed", "none"))) { Crosses = true },
        ["desk/quarantine/admit/{id?}?handler=Unit"] = new("clerk-a", Nothing, async (here, form) => new(await here.PersonAsync(), ("Form.Unit", form.Camp))),

        // Between two houses
        ["desk/quarantine/transfers?handler=Depart"] = new("clerk-a", "transfer.moved", async (_, form) => new(null, ("Form.Id", await form.TransferAsync(form.Hospital)))),
        ["desk/quarantine/transfers?handler=Receive"] = new("clerk-hospital-a", "stay.admitted", async (_, form) => new(null, ("Form.Id", await form.TransferAsync(form.Hospital)), ("Form.ArrivedAt", Now), ("Form.Bed", "none"))),
        ["desk/quarantine/transfers?handler=Refuse"] = new("clerk-hospital-a", "transfer.moved", async (_, form) => new(null, ("Form.Id", await form.TransferAsync(form.Hospital)), ("Form.Reason", "Hết giường"))),
        ["desk/quarantine/transfers?handler=Withdraw"] = new("clerk-a", "transfer.moved", async (_, form) => new(null, ("Form.Id", await form.TransferAsync(form.Hospital)), ("Form.Reason", "Nhầm người"))),

        // The house itself
        ["desk/quarantine/facility/{id}?handler=Bed"] = new("head-a", "facility.changed", async (here, form) => new(here.Camp, ("Form.Close", new BedId(await form.FreeBedAsync())))) { Crosses = true },
        ["desk/quarantine/facility-edit/{id}"] = new("head-a", "facility.changed", (here, _) => Sends(here.Camp, ("Form.BaseVersion", 1), ("Form.Observation", "true"), ("Form.OpenedOn", "2021-05-01"), ("Form.Paper", "12/QĐ"), ("Form.Note", "Nhà ăn mới"))),
        ["desk/quarantine/facility-edit/{id}?handler=Licence"] = new("head-a", "facility.changed", (here, _) => Sends(here.Camp, ("Form.Class", 10), ("Form.Places", 40), ("Form.Since", "2021-08-01"), ("Form.LicencePaper", "44/QĐ"))),
        ["desk/quarantine/rooms/{id}"] = new("head-a", "facility.changed", (here, _) => Sends(here.Camp, ("Form.Wing", here.Unlike("Dãy")), ("Form.Rooms", "201-202"), ("Form.BedsEach", 1), ("Form.Class", 10))),
        ["desk/quarantine/rooms/{id}?handler=Undo"] = new("head-a", "facility.changed", async (here, form) => new(here.Camp) { Query = $"&of={await form.RoomsAsync()}" }) { Crosses = true },

        // Persons
        ["desk/people/new"] = new("clerk-a", "person.entered", async (_, form) => new(null, ("Form.Name", "Nguyễn Thị Mới"), ("Form.Birth", "1990"), ("Form.Sex", "Female")) { Query = $"?with={await form.PersonAsync()}" }),
        ["desk/people/edit/{id}"] = new("clerk-a", "person.corrected", async (here, _) => new(await here.PersonAsync(), ("BaseVersion", 1), ("Form.Name", "Nguyễn Văn Đã Sửa"), ("Form.Birth", "1985"), ("Form.Sex", "Male"))),
        ["desk/people/edit/{id}?handler=Drop"] = new("clerk-a", "person.corrected", async (here, form) => Crossing(here, form, await here.DocumentAsync(), await form.DocumentAsync(), "part")) { Crosses = true },
        ["desk/people/edit/{id}?handler=Undrop"] = new("clerk-a", "person.corrected", async (here, form) => Crossing(here, form, await here.DroppedAsync(), await form.DroppedAsync(), "of")) { Crosses = true },
        ["desk/people/numbers/{id}"] = new("clerk-a", "person.unmasked", async (here, _) => new(await here.PersonAsync(), ("Form.Field", "Documents"), ("Form.Purpose", "Đối chiếu giấy tờ"))),
        ["desk/people/household/{id}?handler=Find"] = new("clerk-a", "person.searched", async (here, _) => new(await here.PersonAsync(), ("Q", "Nguyễn"))),
        ["desk/people/household/{id}?handler=Move"] = new("clerk-a", "person.household-changed", async (here, form) => new(await here.PersonAsync(), ("with", await form.PersonAsync()), ("everybody", "false"))) { Crosses = true },
        ["desk/people/household/{id}?handler=Leave"] = new("clerk-a", "person.household-changed", async (here, _) => new((await here.HouseholdAsync()).Person)),
        ["desk/people/household/{id}?handler=Undo"] = new("clerk-a", "person.household-changed", async (here, form) => Crossing(here, form, await here.HouseholdAsync(), await form.HouseholdAsync(), "of")) { Crosses = true },
        ["desk/people/search"] = new("clerk-a", "person.searched", (_, form) => Sends(null, ("Q", form.Side.Name))) { OfNobody = "finds whom the visitor may see; PersonPagesTests look at who is found" },
        ["desk/people/search?handler=Beyond"] = new("clerk-a", "person.looked-up", (_, form) => Sends(null, ("Form.Kind", "CitizenCard"), ("Form.Number", form.Side.Number), ("Form.Birth", "1985"), ("Form.Purpose", "Truy vết khẩn"))) { OfNobody = "the look-up beyond one's own area, by number, birth and purpose" },
        ["desk/people/open"] = new("clerk-a", "", (_, _) => Sends(null)) { OfNobody = "opens whoever is found by number and birth beyond the area; OpenPagesTests open" },
        ["desk/people/openings"] = new("officer-a", "person.opening-reviewed", async (_, form) => new(null, ("id", await form.OpeningAsync()), ("Form.Justified", "true"))),
        ["desk/people/openings?handler=Let"] = new("officer-a", "person.opening-let", async (_, form) => new(null, ("id", await form.OpeningAsync(waits: true)))),
        ["desk/people/seal/{id}"] = new("officer-a", "person.sealed", async (here, _) => new(await here.SealableAsync(), ("Form.Reason", "Người bị đe dọa"))),
        ["desk/people/seal/{id}?handler=Give"] = new("officer-a", "person.seal-key", async (here, _) => new(await here.SealableAsync(sealedAlready: true), ("Form.Account", (await here.AccountAsync()).Value))),
        ["desk/people/seal/{id}?handler=End"] = new("officer-a", "person.seal-key", async (here, _) => new(await here.SealableAsync(sealedAlready: true), ("Form.Account", here.Officer.Value))),
        ["desk/people/seal/{id}?handler=Lift"] = new("officer-a", "person.unsealed", async (here, _) => new(await here.SealableAsync(sealedAlready: true), ("Form.Reason", "Hết nguy hiểm"))),
        ["desk/people/seals?handler=Lift"] = new("officer-a", "person.unsealed", async (_, form) => new(null, ("id", await form.SealAsync()), ("reason", "Hết nguy hiểm"))),
        ["desk/people/share/{id}"] = new("clerk-a", "person.shared", async (here, _) => new(await here.PersonAsync(), ("Form.Unit", here.Hospital), ("Form.UnitText", here.HospitalName), ("Form.Purpose", "Phối hợp theo dõi"), ("Form.Until", "2021-08-25"))),
        ["desk/people/shares?handler=End"] = new("clerk-a", "share.ended", async (_, form) => new(null, ("id", await form.ShareAsync()))),
        ["desk/people/shares?handler=Answer"] = new("clerk-hospital-a", "share.answered", async (_, form) => new(null, ("id", await form.ShareAsync(finding: true)), ("answer", "Đã xác minh"))),
        ["desk/people/lists"] = new("officer-a", "list.decided", async (_, form) => new(null, ("id", await form.ListRequestAsync()), ("Form.Allowed", "true"))),
        ["desk/people/findings"] = new("clerk-a", "finding.closed", async (_, form) => new(null, ("Ids", await form.FindingAsync()), ("Act", "Mended"), ("Form.Reason", "Đã bổ sung"))),
        ["desk/people/matches"] = new("clerk-a", "match.decided", async (_, form) => new(null, ("Ids", (await form.TwinsAsync()).Match), ("Form.Reason", "Khác số nhà"))),
        ["desk/people/matches?handler=Undo"] = new("clerk-a", "match.decided", async (_, form) => new(null) { Query = $"&of={await form.DifferentAsync()}" }),
        ["desk/people/match/{id:guid}?handler=Merge"] = new("clerk-a", "person.merged", async (here, _) => await here.TwinsAsync() is var twins ? new(twins.Match, ("Form.Kept", twins.One)) : new(null)),
        ["desk/people/match/{id:guid}?handler=Different"] = new("clerk-a", "match.decided", async (here, _) => new((await here.TwinsAsync()).Match)),
        ["desk/people/split/{id:guid}"] = new("clerk-a", "person.split", async (here, _) => new(await here.MergeAsync(), ("Form.Reason", "Hai người khác nhau"))),
        ["desk/people/findings?handler=Undo"] = new("clerk-a", "finding.closed", async (_, form) => new(null) { Query = $"&of={await form.ClosedAsync()}" }),
    }.Concat(Others).ToDictionary(line => line.Key, line => line.Value, StringComparer.Ordinal);

    /// <summary>Changes nothing and shows nothing that the page did not show: it is looked at for its refusals only.</summary>
    private const string Nothing = "SELECT 1";

    private const string Now = "2021-08-20T10:00";

    private static Task<Sent> Sends(object? id, params (string, object?)[] fields) => Task.FromResult(new Sent(id, fields));

    /// <summary>The person of the address, and a part of somebody of the form's district.</summary>
    private static Sent Crossing(District here, District form, (PersonId Person, Guid Part) own, (PersonId Person, Guid Part) other, string name) =>
        new(own.Person, (name, ReferenceEquals(here, form) ? own.Part : other.Part));
}
