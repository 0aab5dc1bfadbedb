using PhongTuyen.Accounts;
using PhongTuyen.Imports;
using PhongTuyen.Kernel;
using PhongTuyen.Lab;
using PhongTuyen.Lab.Contract;
using PhongTuyen.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Imports;

/// <summary>Cases of a list meet those that the person has already.</summary>
[Trait("Category", "Database")]
public sealed class ImportedCasesTests(TestHouse house) : IClassFixture<TestHouse>
{
    private const string Header = "Họ tên,CCCD,Bệnh,Phân loại,Ngày khởi phát,Ngày báo cáo,Kết cục,Ngày kết cục";

    private TestProvince Place => house.Place;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Task<ImportRun> ImportAsync(string header, params string[] lines) => house.ImportAsync(Place.ClerkA, Place.CampA, ListImport.Csv([header, .. lines]));

    private async Task<string?> RepeatOfAsync(ImportRun run) => ImportRows.ReadProblems((await house.RowsAsync(Place.ClerkA, run.Id))[0].Problems).Select(problem => problem.Code).LastOrDefault();

    private Task<long> CasesAsync(string name) => house.CountAsync("SELECT count(*) FROM pt.case_record c JOIN pt.person p ON p.id = c.person_id WHERE p.name = $1", name);

    [Fact]
    public async Task Whoever_recovered_can_have_the_disease_a_second_time_and_the_same_episode_is_never_taken_in_twice()
    {
        var number = Given.Number();
        (await ImportAsync(Header, $"Phan Văn Muỗi,{number},Sốt xuất huyết Dengue,Xác định,1/6/2020,5/6/2020,Khỏi,20/6/2020")).Accepted.ShouldBe(1);
        // The same episode in another list, with a day that the first did not have right.
        var same = await ImportAsync(Header + ",Mã ca bệnh", $"Phan Văn Muỗi,{number},Sốt xuất huyết Dengue,Xác định,1/6/2020,6/6/2020,Khỏi,20/6/2020,SXH-1");
        (same.Accepted, same.Duplicate, await RepeatOfAsync(same)).ShouldBe((0, 1, "case.same-episode"));
        var second = await ImportAsync(Header, $"Phan Văn Muỗi,{number},Sốt xuất huyết Dengue,Xác định,3/7/2021,6/7/2021,Đang điều trị,");
        (second.Accepted, second.Duplicate).ShouldBe((1, 0));
        // While the second is open, whatever a list says is about it.
        var open = await ImportAsync(Header, $"Phan Văn Muỗi,{number},Sốt xuất huyết Dengue,Nghi ngờ,5/7/2021,8/7/2021,Không rõ,");
        (open.Accepted, await RepeatOfAsync(open)).ShouldBe((0, "case.same"));
        (await CasesAsync("Phan Văn Muỗi")).ShouldBe(2);
    }

    [Theory]
    [InlineData("Họ tên,CCCD,Phân loại", "Xác định")]
    [InlineData("Họ tên,CCCD,Kết quả xét nghiệm", "Dương tính")]
    public async Task A_case_that_somebody_records_while_a_list_is_taken_in_stays_the_only_one(string header, string says)
    {
        var number = Given.Number();
        var person = await house.PersonAsync(Place.ClerkA, name: "Đinh Văn Cùng", number: number);
        var id = await house.UploadAsync(Place.ClerkA, Place.CampA, ListImport.Csv(header, $"Đinh Văn Cùng,{number},{says}"));
        (await house.CheckAsync(Place.ClerkA, id)).Accepted.ShouldBe(1);
        Task<ImportRun> taken = null!;
        await house.AsAsync(Place.ClerkA, Permission.EnterData, async (provider, _) =>
        {
            (await ((RecordResult)provider.GetService(typeof(RecordResult))!).RunAsync(new(house.Clock.New<ResultId>(), person, Diseases.Covid19, TestKind.Pcr, TestOutcome.Positive, null, new(2021, 8, 18), null), Ct)).Done.ShouldBeTrue();
            taken = Task.Run(() => house.CommitAsync(Place.ClerkA, id), Ct);
            while (!taken.IsCompleted && await house.CountAsync("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())") == 0) await Task.Delay(20, Ct);
            return true;
        });
        await taken;
        (await house.CountAsync("SELECT count(*) FROM pt.case_record WHERE person_id = $1", person.Value)).ShouldBe(1);
    }
}
