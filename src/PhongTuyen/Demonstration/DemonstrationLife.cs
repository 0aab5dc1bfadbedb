using Microsoft.Extensions.DependencyInjection;
using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Lab;
using PhongTuyen.Lab.Contract;
using PhongTuyen.Oversight;
using PhongTuyen.Papers;
using PhongTuyen.People;
using PhongTuyen.People.Contract;
using PhongTuyen.Quarantine;
using PhongTuyen.Quarantine.Contract;
using PhongTuyen.Support;
using PhongTuyen.Units;

namespace PhongTuyen.Demonstration;

/// <summary>What happened in the demonstration province in the last days: facilities, arrivals, results, transfers, departures, each made by its use-case.</summary>
internal sealed class DemonstrationLife(DemonstrationProvince province, IServiceProvider services, TimeProvider clock)
{
    private readonly DemonstrationNames names = new(20210820);

    public async Task MakeAsync(CancellationToken ct)
    {
        await FacilitiesAsync(ct);
        await CampAsync("nhap-lieu", "KCL-HS", 44, ct);
        await CampAsync("nhap-lieu-st", "KCL-ST", 26, ct);
        await PatientsAsync("nhap-lieu-bv", "BV-TINH", 18, ct);
        await PatientsAsync("nhap-lieu-dc", "BV-DC", 30, ct);
        await AtHomeAsync(ct);
        await TransferAsync(ct);
        await DutiesAsync(ct);
        await SupportAsync(ct);
        await PapersAsync(ct);
        await AcrossAsync(ct);
        await DemonstrationDoubles.MakeAsync(province, clock, act => AsAsync("tram-y-te", Permission.EnterData, act, ct), ct);
        await new DemonstrationWork(province, services, clock).MakeAsync(ct);
        await new DemonstrationLooks(province, services, clock).MakeAsync(ct);
    }

    /// <summary>Papers on the desk of the camp's volunteer: some typed, one that cannot be read, one typed again and not alike.</summary>
    private async Task PapersAsync(CancellationToken ct)
    {
        // In hand, nothing typed of it yet; given before the other, and not as urgent.
        var inHand = clock.NewGuid();
        await AsAsync("quan-ly-khu", Permission.EnterData, async use => Must(await use.GetRequiredService<GivePapers>().RunAsync(new(inHand, inHand, 0, "Tờ khai y tế, tập 2", "Tủ số 2, phòng trực", 30, null, clock.Today().AddDays(9), province.Account("tinh-nguyen")), ct)), ct);
        var (batch, first) = (clock.NewGuid(), new PaperContent());
        await AsAsync("quan-ly-khu", Permission.EnterData, async use => Must(await use.GetRequiredService<GivePapers>().RunAsync(new(batch, batch, 0, "Tờ khai y tế, tập 1", "Tủ số 2, phòng trực", 20, "Ghi số của tờ lên góc trên bên phải.", clock.Today().AddDays(5), province.Account("tinh-nguyen")) { Second = province.Account("tinh-nguyen-2"), Percent = 100 }, ct)), ct);
        // Three of them were photographed; the first is typed from its picture.
        await AsAsync("quan-ly-khu", Permission.EnterData, async use => Must(await use.GetRequiredService<AddPaperFiles>().RunAsync(new(clock.NewGuid(), batch, [.. Enumerable.Range(1, 3).Select(Photograph)]), ct)), ct);
        await AsAsync("tinh-nguyen", Permission.TypePapers, async use =>
        {
            var (commune, picture) = (province.Area("Xã Bến Nước").Commune, (await use.GetRequiredService<PaperFilesList>().OfBatchAsync(batch, ct))[0].Id);
            first = new() { Name = "Nguyễn Thị Minh Tâm", Sex = Sex.Female, Birth = "12/03/1984", Number = "079184012345", Phone = "0912345678", Area = commune, AreaText = "Xã Bến Nước, Thành phố Hoa Sen, Tỉnh Minh Họa", Came = $"{clock.Today():dd/MM/yyyy}", Reason = "F1" };
            Must(await use.GetRequiredService<TypePaper>().RunAsync(new(clock.NewGuid(), batch, null, 0, false, first, false) { File = picture }, ct));
            for (var i = 0; i < 4; i++)
            {
                var (facts, document, _, _) = names.Next();
                Must(await use.GetRequiredService<TypePaper>().RunAsync(new(clock.NewGuid(), batch, null, 0, i == 3, new() { Name = facts.Name, Sex = facts.Sex, Birth = i == 3 ? null : facts.Birth.ToString(), Number = i == 3 ? null : document.Number, Area = commune, AreaText = "Xã Bến Nước, Thành phố Hoa Sen, Tỉnh Minh Họa", Came = $"{clock.Today():dd/MM/yyyy}", Reason = "F1", Note = i == 3 ? "Giấy bị ướt, mất phần ngày sinh" : null }, false), ct));
            }
        }, ct);
        await AsAsync("tinh-nguyen-2", Permission.TypePapers, async use =>
            Must(await use.GetRequiredService<TypeAgain>().RunAsync(new(clock.NewGuid(), batch, (await use.GetRequiredService<TypeAgain>().DueAsync(batch, ct))[0].Entry, false, first with { Came = $"{clock.Today().AddDays(-1):dd/MM/yyyy}" }, false), ct)), ct);
    }

    private static byte[] Photograph(int n)
    {
        using var stream = typeof(DemonstrationLife).Assembly.GetManifestResourceStream($"demonstration/to-khai-{n}.jpg")!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    /// <summary>Across organisations: an inspector of the province in the city for two weeks, and a patient whom the hospital shares with the station of home.</summary>
    private async Task AcrossAsync(CancellationToken ct)
    {
        await AsAsync("huyen", Permission.ManageAccounts, async use =>
        {
            foreach (var (unit, area) in new (UnitId?, AreaId?)[] { (province.Unit("TTYT-HS"), null), (null, province.Area("Thành phố Hoa Sen").District) })
                Must(await use.GetRequiredService<GiveGuestRole>().RunAsync(new(clock.NewGuid(), "thanh-tra", Role.Inspector, unit, area, clock.Today().AddDays(15).AtLocal(), "Thanh tra công tác cách ly tập trung", "31/QĐ-SYT"), ct));
        }, ct);
        await AsAsync("nhap-lieu-bv", Permission.EnterData, async use =>
        {
            var person = new PersonId(await use.GetRequiredService<Db>().Connection.ValueAsync<Guid>("SELECT person_id FROM pt.quarantine_stay WHERE unit_id = $1 AND ended_at IS NULL ORDER BY arrived_at LIMIT 1", ct, province.Unit("BV-TINH").Value));
            Must(await use.GetRequiredService<SharePerson>().RunAsync(new(clock.NewGuid(), person, null, Station, "Chuẩn bị theo dõi tại nhà sau ra viện", clock.Today().AddDays(15).AtLocal()), ct));
        }, ct);
    }

    private async Task SupportAsync(CancellationToken ct)
    {
        var answered = clock.NewGuid();
        await AsAsync("tinh", Permission.ManageUnits, async use => Must(await use.GetRequiredService<KeepContact>().RunAsync(new(clock.NewGuid(), province.Area("Tỉnh Minh Họa").Province, 0, "Tổ công nghệ thông tin, Văn phòng Sở Y tế", "0200 3800 199", "hotro@minhhoa.example", "thứ Hai – thứ Sáu, 7h30 – 17h00"), ct)), ct);
        await AsAsync("nhap-lieu", Permission.SignedIn, async use => Must(await use.GetRequiredService<SendReport>().RunAsync(new(answered, "In quyết định thì phần chữ ký rơi sang trang hai.", "Quarantine/Desk/Decision", null), new("0.1", "Chrome, Windows"), ct)), ct);
        await AsAsync("to-cntt", Permission.AnswerReports, async use => Must(await use.GetRequiredService<AnswerReport>().AnswerAsync(new(clock.NewGuid(), answered, "Trong hộp in của trình duyệt, chọn khổ A4 và lề mặc định rồi in lại.", false), ct)), ct);
        await AsAsync("tram-y-te", Permission.SignedIn, async use => Must(await use.GetRequiredService<SendReport>().RunAsync(new(clock.NewGuid(), "Chọn tệp Excel từ điện thoại thì nút gửi không bấm được.", "Imports/Desk/Upload", null), new("0.1", "Chrome, Android"), ct)), ct);
    }

    private async Task FacilitiesAsync(CancellationToken ct)
    {
        await FacilityAsync("KCL-HS", true, null, [("Dãy A", 10, 4, 10, false, false), ("Dãy B", 10, 4, 10, false, false)], 100, ct);
        await FacilityAsync("KCL-ST", true, null, [("Nhà 1", 10, 4, 10, false, false)], 60, ct);
        await FacilityAsync("BV-TINH", false, 3, [("Khoa Nhiễm", 6, 4, 23, false, true), ("Hồi sức", 2, 4, 23, true, true)], 32, ct);
        await FacilityAsync("BV-DC", false, 2, [("Nhà A", 8, 6, 22, false, true)], 60, ct);
        await FacilityAsync("BV-ST", false, 1, [("Khoa Nội", 5, 4, 21, false, false)], 20, ct);
    }

    private async Task FacilityAsync(string code, bool observation, short? tier, (string Wing, int Rooms, int Beds, short Class, bool Icu, bool Oxygen)[] wings, int licensed, CancellationToken ct)
    {
        var unit = province.Unit(code);
        await AsAsync("tinh", Permission.ManageFacility, async use =>
        {
            Must(await use.GetRequiredService<RunFacility>().RunAsync(new RunFacility.SetUp(clock.NewGuid(), unit, 0, observation, !observation, tier, clock.Today().AddDays(-60), null, "15/QĐ-UBND", null), ct));
            foreach (var wing in wings)
                Must(await use.GetRequiredService<RunFacility>().RunAsync(new RunFacility.AddRooms(clock.NewGuid(), unit, wing.Wing, [.. Enumerable.Range(101, wing.Rooms).Select(i => $"P{i}")], wing.Beds, wing.Class, wing.Icu, wing.Oxygen, 0), ct));
            Must(await use.GetRequiredService<RunFacility>().RunAsync(new RunFacility.License(clock.NewGuid(), unit, wings[0].Class, licensed, clock.Today().AddDays(-60), "15/QĐ-UBND"), ct));
        }, ct);
    }

    private Task CampAsync(string clerk, string code, int people, CancellationToken ct) => AsAsync(clerk, Permission.EnterData, async use =>
    {
        for (var i = 0; i < people; i++)
        {
            var days = i % 7;
            var person = await PersonAsync(use, ct);
            var contact = names.Roll(3) == 0;
            var stay = Must(await use.GetRequiredService<AdmitPerson>().RunAsync(new(clock.New<StayId>(), person, province.Unit(code), StayPlace.Facility, StayClass.Observation, 0, clock.GetUtcNow().AddDays(-days).AddMinutes(-10 - names.Roll(300)), false,
                contact ? StayReason.CloseContact : StayReason.EpidemicArea)
            {
                OriginOn = contact ? clock.Today().AddDays(-days - names.Roll(2)) : null, AnyBed = i % 9 != 8,
                // No national rule says today how long; the province of the demonstration says seven days.
                PlannedEnd = i % 10 == 9 ? null : clock.Today().AddDays(6 - days), PlanReason = "Phương án mẫu của tỉnh: 7 ngày",
            }, ct));
            if (i % 11 == 5) Must(await use.GetRequiredService<RecordResult>().RunAsync(new(clock.New<ResultId>(), person, "covid-19", TestKind.Pcr, TestOutcome.Positive, 24, clock.Today(), "CDC tỉnh"), ct));
            else if (i % 3 == 0) Must(await use.GetRequiredService<RecordResult>().RunAsync(new(clock.New<ResultId>(), person, "covid-19", TestKind.Pcr, TestOutcome.Negative, null, clock.Today(), "CDC tỉnh"), ct));
            if (days == 6 && i % 2 == 0) Must(await use.GetRequiredService<EndStay>().RunAsync(new(clock.NewGuid(), stay, StayEnd.Left, clock.GetUtcNow().AddMinutes(-names.Roll(200)), null), ct));
        }
    }, ct);

    private Task PatientsAsync(string clerk, string code, int people, CancellationToken ct) => AsAsync(clerk, Permission.EnterData, async use =>
    {
        for (var i = 0; i < people; i++)
        {
            var days = i % 9;
            var person = await PersonAsync(use, ct);
            Must(await use.GetRequiredService<RecordResult>().RunAsync(new(clock.New<ResultId>(), person, "covid-19", TestKind.Pcr, TestOutcome.Positive, 20 + names.Roll(10), clock.Today().AddDays(-days - 1), "CDC tỉnh"), ct));
            var severity = code == "BV-TINH" ? (Severity)(3 + names.Roll(3)) : (Severity)(1 + names.Roll(3));
            var stay = Must(await use.GetRequiredService<AdmitPerson>().RunAsync(new(clock.New<StayId>(), person, province.Unit(code), StayPlace.Facility, StayClass.Treatment, 0, clock.GetUtcNow().AddDays(-days).AddMinutes(-5 - names.Roll(300)), false, StayReason.Confirmed)
            { OriginOn = clock.Today().AddDays(-days - 1), Severity = severity, AnyBed = true }, ct));
            if (days == 8) Must(await use.GetRequiredService<EndStay>().RunAsync(new(clock.NewGuid(), stay, i % 4 == 0 && severity == Severity.Critical ? StayEnd.Died : StayEnd.Discharged, clock.GetUtcNow().AddMinutes(-names.Roll(120)), null), ct));
        }
    }, ct);

    private UnitId Station => province.Unit($"TYT-{province.Area("Phường Sen Trắng").Commune.Value - 900_000}");

    /// <summary>Close contacts at home, looked after by the station.</summary>
    private Task AtHomeAsync(CancellationToken ct)
    {
        var home = province.Area("Phường Sen Trắng");
        return AsAsync("tram-y-te", Permission.EnterData, async use =>
        {
            for (var i = 0; i < 12; i++)
            {
                var person = await PersonAsync(use, ct, home);
                Must(await use.GetRequiredService<AdmitPerson>().RunAsync(new(clock.New<StayId>(), person, Station, StayPlace.Home, StayClass.Observation, 0, clock.GetUtcNow().AddDays(-(i % 5)).AddHours(-1), false, StayReason.CloseContact)
                { Home = home, OriginOn = clock.Today().AddDays(-(i % 5)), PlannedEnd = clock.Today().AddDays(10 - i % 5), PlanReason = "Phương án mẫu của tỉnh: 10 ngày tại nhà" }, ct));
            }
        }, ct);
    }

    /// <summary>One person on the way from the camp to the hospital.</summary>
    private async Task TransferAsync(CancellationToken ct)
    {
        await AsAsync("nhap-lieu", Permission.EnterData, async use =>
        {
            var person = await PersonAsync(use, ct);
            var stay = Must(await use.GetRequiredService<AdmitPerson>().RunAsync(new(clock.New<StayId>(), person, province.Unit("KCL-HS"), StayPlace.Facility, StayClass.Observation, 0, clock.GetUtcNow().AddDays(-2), false, StayReason.CloseContact) { AnyBed = true }, ct));
            Must(await use.GetRequiredService<SendTransfer>().RunAsync(new(clock.New<TransferId>(), stay, province.Unit("BV-TINH"), StayClass.Treatment, "Sốt cao, khó thở", LeavesNow: true), ct));
        }, ct);
    }

    /// <summary>What the province asks of its stations and camps each day, and who is answerable in the two whose clerks have an account.</summary>
    private Task DutiesAsync(CancellationToken ct) => AsAsync("tinh", Permission.ManageAccounts, async use =>
    {
        foreach (var (kind, name, guidance, unit, account) in new[]
        {
            (UnitKind.HealthStation, "Địa chỉ F0 đến thôn, tổ dân phố", "Ghi đủ số nhà, thôn hoặc tổ dân phố của từng F0.\nSửa ở hồ sơ của người đó, mục Địa chỉ.", Station, "tram-y-te"),
            (UnitKind.Camp, "Người rời khu cách ly trong ngày", "Ghi nhận người rời đi ở màn hình Việc trong ngày trước giờ chốt.", province.Unit("KCL-HS"), "nhap-lieu"),
        })
        {
            var duty = Must(await use.GetRequiredService<KeepDuties>().RunAsync(new(clock.NewGuid(), province.Unit("SYT"), kind, name, guidance, "15/SYT-NVY", DutyRhythm.Daily, clock.Today(), null, "16:00"), ct));
            Must(await use.GetRequiredService<NameOfficers>().RunAsync(new(clock.NewGuid(), duty, unit, province.Account(account)), ct));
        }
    }, ct);

    private async Task<PersonId> PersonAsync(IServiceProvider use, CancellationToken ct, AreaKeys? lives = null)
    {
        var (facts, document, phone, line) = names.Next();
        var area = lives ?? names.Pick([.. province.Communes]);
        return Must(await use.GetRequiredService<EnterPerson>().RunAsync(new(clock.New<PersonId>(), facts, [document], [phone], [new AddressFact(AddressKind.Present, area, null, line)], false), ct));
    }

    private async Task AsAsync(string account, Permission door, Func<IServiceProvider, Task> act, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        await db.ActAsAsync(province.Account(account), Roles.With(door), Roles.Faceless, ct);
        await act(scope.ServiceProvider);
        await db.CommitAsync(ct);
    }

    private static T Must<T>(Outcome<T> outcome) => outcome.Value;
}
