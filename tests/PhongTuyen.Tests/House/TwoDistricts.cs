using System.Text;
using PhongTuyen.Accounts;
using PhongTuyen.Cases;
using PhongTuyen.Corrections;
using PhongTuyen.Data;
using PhongTuyen.Imports;
using PhongTuyen.Kernel;
using PhongTuyen.Lab;
using PhongTuyen.Lab.Contract;
using PhongTuyen.People.Matching;
using PhongTuyen.Quarantine;
using PhongTuyen.Tests.Corrections;
using PhongTuyen.Tests.Papers;
using PhongTuyen.Tests.Quarantine;
using PhongTuyen.Tests.Support;
using PhongTuyen.Tests.Worklists;

namespace PhongTuyen.Tests.House;

/// <summary>The same things once in district A and once in district B, each entered by that district's own clerks: what one side must never see of the other.</summary>
public sealed record TwoDistricts(TwoDistricts.Side A, TwoDistricts.Side B)
{
    /// <summary>One of each kind of record.</summary>
    /// <param name="Finding">A doubtful row of the links of old and new communes.</param>
    /// <param name="AccountList">People who shall have accounts.</param>
    /// <param name="Handover">Of an account of the camp to another.</param>
    /// <param name="Report">Of something that does not work, by the clerk of the camp.</param>
    /// <param name="Duty">Data that the district's centre asks of the units below it.</param>
    /// <param name="Again">Papers that the volunteer types a second time: one of them is, and differs, one waits.</param>
    /// <param name="First">Who types those first.</param>
    /// <param name="Batch">Papers of the camp that its volunteer types.</param>
    /// <param name="Entry">One of them, typed.</param>
    /// <param name="Match">Two records of the camp that may be one person.</param>
    /// <param name="Merge">Of two others.</param>
    /// <param name="Correction">A request to correct the person's sex, which the camp decides; its clerk has it.</param>
    /// <param name="Evidence">The picture that proves it.</param>
    /// <param name="WorkAct">The act by which the clerk took it.</param>
    /// <param name="Account">An account that may be managed from the district.</param>
    /// <param name="Name">The person's name, found nowhere else.</param>
    public sealed record Side(UnitId Camp, AccountId Account, PersonId Person, string Name, string Number, string Phone, StayId Stay, Guid Decision, ResultId Result, CaseId Case, ImportId Import, AreaId Commune, int Finding, Guid AccountList, Guid Handover, Guid Duty, Guid Report, AccountId Volunteer, Guid Batch, Guid Entry, Guid Again, AccountId First, Guid Match, Guid Merge, Guid Correction, Guid Evidence, Guid WorkAct);

    public static async Task<TwoDistricts> MakeAsync(TestHouse house)
    {
        var place = house.Place;
        return new TwoDistricts(
            await MakeAsync(house, place.CampA, place.HeadA, place.ClerkA, place.KeysA1, "Đặng Văn Thiện Khiêm", "031085004417", "0912345601"),
            await MakeAsync(house, place.CampB, place.OfficerB, place.ClerkB, place.KeysB1, "Lục Văn Khánh Toàn", "031085004428", "0912345602"));
    }

    /// <summary>A list with one person who shall have an account in the unit.</summary>
    public static async Task<Guid> AccountListAsync(TestHouse house, AccountId manager, UnitId unit)
    {
        var code = await house.AskAsync<string>("SELECT code FROM pt.unit WHERE id = $1", unit.Value);
        using var file = new MemoryStream(Encoding.UTF8.GetBytes($"Họ và tên,Đơn vị,Vai trò\r\nTrần Danh Sách {Guid.CreateVersion7():N},{code},Nhập liệu\r\n"));
        return (await house.RunAsync<SendAccountList, Guid>(manager, use => use.RunAsync(new(house.Clock.NewGuid(), "can bo.csv"), file, CancellationToken.None), Permission.ManageAccounts)).Value;
    }

    /// <summary>Data that whoever stands above the unit asks of all below, each day at 16:00.</summary>
    public static Task<Guid> DutyAsync(TestHouse house, UnitId unit, bool ended = false) => house.AskAsync<Guid>("""
        INSERT INTO pt.oversight_duty (id, unit_id, name, paper, rhythm, since, due_at, entered_at, entered_by, ended_at)
        SELECT gen_random_uuid(), parent_id, 'Số giường trống ' || code, '15/TTYT', 2, $2, '16:00', now(), gen_random_uuid(), CASE WHEN $3 THEN now() END FROM pt.unit WHERE id = $1 RETURNING id
        """, unit.Value, house.Clock.Today().AddDays(-2), ended);

    /// <summary>A clerk of the unit who is nobody else's.</summary>
    public static async Task<(AccountId Id, string Name)> SpareAsync(TestHouse house, UnitId unit)
    {
        var name = TestAccounts.NewName("du-phong");
        return (await house.AccountAsync(name, unit, (Role.Clerk, unit, null)), name);
    }

    /// <summary>The roles of one account go to another.</summary>
    public static async Task<Guid> HandoverAsync(TestHouse house, AccountId manager, AccountId from, string to) =>
        (await house.RunAsync<HandOverAccount, Guid>(manager, use => use.RunAsync(new(house.Clock.NewGuid(), from, to, null, "Chuyển công tác"), CancellationToken.None), Permission.ManageAccounts)).Value;

    /// <summary>Two records that may be one person, and the pair that waits.</summary>
    public static async Task<(PersonId One, PersonId Other, Guid Match)> TwinsAsync(TestHouse house, AccountId clerk, AreaKeys lives)
    {
        var name = "Vừ Nghi Trùng " + string.Concat(house.Clock.NewGuid().ToString("N")[^8..].Select(digit => (char)('a' + Convert.ToInt32(digit.ToString(), 16))));
        var born = new BirthDate(new DateOnly(1985, 8, 5), BirthPrecision.Day);
        var (one, other) = (await house.PersonAsync(clerk, name, birth: born, lives: lives), await house.PersonAsync(clerk, name, birth: born, lives: lives));
        return (one, other, await house.AskAsync<Guid>("SELECT id FROM pt.person_match WHERE person_id IN ($1, $2) AND other_id IN ($1, $2)", one.Value, other.Value));
    }

    /// <summary>Two records that were merged.</summary>
    public static async Task<Guid> MergeAsync(TestHouse house, AccountId clerk, AreaKeys lives)
    {
        var ((one, other, _), merge) = (await TwinsAsync(house, clerk, lives), house.Clock.NewGuid());
        (await house.RunAsync<MergePersons, PersonId>(clerk, use => use.RunAsync(new(merge, one, other, null), CancellationToken.None))).Value.ToString();
        return merge;
    }

    /// <summary>A request that another sex is recorded, with a picture.</summary>
    public static async Task<(Guid Id, Guid Evidence)> CorrectionAsync(TestHouse house, AccountId by, PersonId person)
    {
        var id = (await house.AskAsync(by, house.Request(person, new AskCorrection.Wish(CorrectedField.Sex, null, "Other")) with { Files = [new(Requests.Picture)] })).Value;
        return (id, await house.AskAsync<Guid>("SELECT id FROM pt.correction_evidence WHERE request_id = $1", id));
    }

    private static async Task<Side> MakeAsync(TestHouse house, UnitId camp, AccountId manager, AccountId clerk, AreaKeys lives, string name, string number, string phone)
    {
        await house.FacilityAsync(manager, camp);
        var person = await house.PersonAsync(clerk, name, number, phone, lives);
        var stay = await house.StayAsync(clerk, camp, person, bed: true);
        var decision = await DoAsync<IssueDecision, Guid>(use => use.RunAsync(new(house.Clock.NewGuid(), stay, DecisionKind.Quarantine, house.Clock.Today(), "Nguyễn Văn Ký", "Trưởng khu", "QĐ-CL", null), CancellationToken.None));
        var result = await DoAsync<RecordResult, ResultId>(use => use.RunAsync(new(house.Clock.New<ResultId>(), person, Diseases.Covid19, TestKind.Antigen, TestOutcome.Negative, null, house.Clock.Today(), null), CancellationToken.None));
        var known = await DoAsync<RecordCase, CaseId>(use => use.RunAsync(new(house.Clock.NewGuid(), house.Clock.New<CaseId>(), person, 0, Diseases.Covid19, CaseClass.Suspected, house.Clock.Today(), "Ho, sốt") { Area = lives }, CancellationToken.None));
        using var list = new MemoryStream(Encoding.UTF8.GetBytes("Họ và tên,Năm sinh,Giới tính\r\nTrần Danh Sách,1990,Nam\r\n"));
        var import = (await house.RunAsync<UploadList, ImportId>(clerk, use => use.RunAsync(new(house.Clock.New<ImportId>(), "danh sach.csv", camp, null), list, CancellationToken.None), Permission.Import)).Value;
        await using var jobs = await house.Database.Jobs.OpenConnectionAsync();
        var finding = await jobs.ValueAsync<int>("INSERT INTO pt.area_link_finding (old_text, new_text, fault) VALUES ($1, $2, 'OldUnknown') RETURNING id", CancellationToken.None, $"99999 Xã Lạ, {house.Areas.Book.Find(lives.District)!.Name}, {house.Areas.Book.Find(lives.Province)!.Name}", "99999 Xã Lạ");
        var volunteer = await house.VolunteerAsync(camp, camp == house.Place.CampA ? "volunteer-a" : "volunteer-b");
        var batch = await house.BatchAsync(clerk, volunteer);
        await house.AddFilesAsync(clerk, batch, Volunteers.Picture("Lê Thị Tờ Khai"), Volunteers.Picture("Lê Thị Tờ Sau"));
        var entry = (await house.TypeAsync(volunteer, batch, new() { Name = "Lê Thị Tờ Khai", Number = number, Phone = phone }, file: (await house.FilesAsync(volunteer, batch))[0].Id)).Value.Entry;
        var (correction, evidence) = await CorrectionAsync(house, manager, person);
        var act = (await house.GiveAsync(clerk, clerk, correction)).Value.Act;
        var first = await house.VolunteerAsync(camp);
        var again = await house.BatchAsync(clerk, first, second: volunteer);
        foreach (var typed in new[] { "Lê Thị Một", "Lê Thị Hai" }) await house.TypeAsync(first, again, new() { Name = typed });
        await house.AgainAsync(volunteer, again, new() { Name = "Lê Thị Mốt" });
        return new Side(camp, clerk, person, name, number, phone, stay, decision, result, known, import, lives.Commune, finding, await AccountListAsync(house, manager, camp), await HandoverAsync(house, manager, (await SpareAsync(house, camp)).Id, (await SpareAsync(house, camp)).Name), await DutyAsync(house, camp), (await house.ReportAsync(clerk)).Value, volunteer, batch, entry, again, first, (await TwinsAsync(house, clerk, lives)).Match, await MergeAsync(house, clerk, lives), correction, evidence, act);

        async Task<T> DoAsync<TUseCase, T>(Func<TUseCase, Task<Outcome<T>>> act) where TUseCase : notnull => (await house.RunAsync(clerk, act)).Value;
    }
}
