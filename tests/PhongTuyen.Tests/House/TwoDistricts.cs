using System.Text;
using PhongTuyen.Accounts;
using PhongTuyen.Cases;
using PhongTuyen.Imports;
using PhongTuyen.Kernel;
using PhongTuyen.Lab;
using PhongTuyen.Lab.Contract;
using PhongTuyen.Quarantine;

namespace PhongTuyen.Tests.House;

/// <summary>The same things once in district A and once in district B, each entered by that district's own clerks: what one side must never see of the other.</summary>
public sealed record TwoDistricts(TwoDistricts.Side A, TwoDistricts.Side B)
{
    /// <summary>One of each kind of record.</summary>
    /// <param name="Account">An account that may be managed from the district.</param>
    /// <param name="Name">The person's name, found nowhere else.</param>
    public sealed record Side(UnitId Camp, AreaId Commune, AccountId Account, PersonId Person, string Name, string Number, string Phone, StayId Stay, Guid Decision, ResultId Result, CaseId Case, ImportId Import);

    public static async Task<TwoDistricts> MakeAsync(TestHouse house)
    {
        var place = house.Place;
        return new TwoDistricts(
            await MakeAsync(house, place.CampA, place.HeadA, place.ClerkA, place.KeysA1, "Đặng Văn Thiện Khiêm", "031085004417", "0912345601"),
            await MakeAsync(house, place.CampB, place.OfficerB, place.ClerkB, place.KeysB1, "Lục Văn Khánh Toàn", "031085004428", "0912345602"));
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
        return new Side(camp, lives.Commune, clerk, person, name, number, phone, stay, decision, result, known, import);

        async Task<T> DoAsync<TUseCase, T>(Func<TUseCase, Task<Outcome<T>>> act) where TUseCase : notnull => (await house.RunAsync(clerk, act)).Value;
    }
}
