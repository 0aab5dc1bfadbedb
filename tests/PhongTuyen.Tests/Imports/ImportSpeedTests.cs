using System.Diagnostics;
using System.Globalization;
using PhongTuyen.Imports;
using PhongTuyen.Tests.Formats;
using PhongTuyen.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Imports;

/// <summary>Measures and tells; asserts no time, which depends on the machine. PHONGTUYEN_ROWS gives the number of rows.</summary>
[Collection(nameof(Alone))]
[Trait("Category", "Database")]
public sealed class ImportSpeedTests(TestHouse house, ITestOutputHelper output) : IClassFixture<TestHouse>
{
    private static readonly int Rows = int.Parse(Environment.GetEnvironmentVariable("PHONGTUYEN_ROWS") ?? "2500", CultureInfo.InvariantCulture);

    [Fact]
    public async Task A_long_list_of_cases_is_checked_and_taken_in_whole()
    {
        var names = new[] { "Nguyễn Văn An", "Trần Thị Bình", "Lê Đức Cường", "Phạm Ngọc Dung", "Hoàng Minh Hà", "Võ Thu Lan", "Đặng Hữu Nam", "Bùi Thị Oanh", "Đỗ Văn Sơn", "Hồ Thị Yến", "Dương Quốc Khánh" };
        var list = ListImport.Csv(["STT,Họ và tên,Ngày sinh,Giới tính,Quốc tịch,CCCD,Điện thoại,Nghề nghiệp,Địa chỉ,Xã/phường,Quận/huyện,Tỉnh/thành phố,Mã bệnh nhân,Phân loại,Ngày báo cáo,Tình trạng",
            .. Enumerable.Range(0, Rows).Select(i => $"{i + 1},{names[i % 11]},{1 + i % 28:00}/{1 + i % 12:00}/{1940 + i % 60},{(i % 2 == 0 ? "Nam" : "Nữ")},Việt Nam,079{i % 2}{(1940 + i % 60) % 100:00}{i:000000},09{i + 10_000_000:00000000},công nhân,{i % 300} Trần Phú,Xã Thử {(i % 2 == 0 ? "Một" : "Hai")},Huyện An Bình,Tỉnh Thử Nghiệm,BN{i + 20000},Xác định,{1 + i % 30:00}/06/2021,Đang điều trị")]);
        var watch = Stopwatch.StartNew();
        var id = await house.UploadAsync(house.Place.OfficerA, house.Place.CentreA, list);
        var uploaded = watch.Elapsed;
        watch.Restart();
        var run = await house.CheckAsync(house.Place.OfficerA, id);
        var check = watch.Elapsed;
        (run.State, run.Accepted, run.Rejected, run.Findings).ShouldBe((ImportState.Checked, Rows, 0, 0));
        watch.Restart();
        run = await house.CommitAsync(house.Place.OfficerA, id);
        var commit = watch.Elapsed;
        (run.Accepted, run.Progress).ShouldBe((Rows, Rows));
        watch.Restart();
        (await house.UndoAsync(house.Place.OfficerA, id)).Done.ShouldBeTrue();
        output.WriteLine($"{Rows:N0} rows: read in {uploaded.TotalSeconds:0.0} s, checked in {check.TotalSeconds:0.0} s ({Rows / check.TotalSeconds:N0}/s), taken in in {commit.TotalSeconds:0.0} s ({Rows / commit.TotalSeconds:N0}/s), check and commit {Rows / (check + commit).TotalSeconds:N0}/s, undone in {watch.Elapsed.TotalSeconds:0.0} s");
    }
}
