using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PhongTuyen.Bench.Shown;

/// <summary>The two real lists and one of 50,000 rows, brought in by the command line as anybody would; each again changes nothing.</summary>
internal static class ImportLists
{
    private const int Rows = 50_000;

    public static async Task<Figure> MeasureAsync(CancellationToken ct)
    {
        if (BenchHome.Reference is not { } data) return new Figure("the reference data are not at hand (PHONGTUYEN_DATA)", false);
        var folder = Path.Combine(BenchHome.Data, "imports");
        foreach (var old in new[] { folder, folder + "-keys" })
            if (Directory.Exists(old)) Directory.Delete(old, recursive: true);
        var big = Path.Combine(BenchHome.Data, "imports.csv");
        await File.WriteAllTextAsync(big, BigList(), new UTF8Encoding(true), ct);
        var (text, passed) = (new List<string>(), true);
        foreach (var (file, rows) in new[] { (Path.Combine(data, "outbreak-linelists", "mers_korea_2015__linelist.csv"), 162), (Path.Combine(data, "vn-covid-linelist-2020", "cases_bn1_1100.csv"), 1100), (big, Rows) })
        {
            var first = await ImportAsync(folder, file, ct);
            var again = await ImportAsync(folder, file, ct);
            text.Add(FormattableString.Invariant($"{Path.GetFileName(file)}: {first.Read} read, {first.Accepted} accepted, {first.Duplicate} duplicate, {first.Rejected} rejected in {first.Took.TotalSeconds:0.0} s; again: {again.Accepted} accepted, {again.Duplicate} duplicate"));
            passed &= (first.Read, first.Accepted, first.Duplicate, first.Rejected) == (rows, rows, 0, 0) && (again.Accepted, again.Duplicate) == (0, rows);
        }
        return new Figure(string.Join("\n  ", text), passed);
    }

    private static async Task<(int Read, int Accepted, int Duplicate, int Rejected, TimeSpan Took)> ImportAsync(string folder, string file, CancellationToken ct)
    {
        var start = new ProcessStartInfo(Path.Combine(BenchHome.Root, "phongtuyen")) { RedirectStandardOutput = true };
        foreach (var word in new[] { "import", file, "--data", folder, "--json" }) start.ArgumentList.Add(word);
        var since = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        if (output.Length == 0) throw new InvalidOperationException($"The import of {Path.GetFileName(file)} ended with {process.ExitCode}.");
        using var answer = JsonDocument.Parse(output);
        int Of(string name) => answer.RootElement.GetProperty(name).GetInt32();
        return (Of("read"), Of("accepted"), Of("duplicate"), Of("rejected"), since.Elapsed);
    }

    private static string BigList()
    {
        string[] names = ["Nguyễn Văn An", "Trần Thị Bình", "Lê Đức Cường", "Phạm Ngọc Dung", "Hoàng Minh Hà", "Võ Thu Lan", "Đặng Hữu Nam", "Bùi Thị Oanh", "Đỗ Văn Sơn", "Hồ Thị Yến", "Dương Quốc Khánh"];
        var list = new StringBuilder("STT,Họ và tên,Ngày sinh,Giới tính,Quốc tịch,CCCD,Điện thoại,Nghề nghiệp,Địa chỉ,Xã/phường,Quận/huyện,Tỉnh/thành phố,Mã bệnh nhân,Phân loại,Ngày báo cáo,Tình trạng\n");
        for (var i = 0; i < Rows; i++)
            list.Append(CultureInfo.InvariantCulture, $"{i + 1},{names[i % 11]},{1 + i % 28:00}/{1 + i % 12:00}/{1940 + i % 60},{(i % 2 == 0 ? "Nam" : "Nữ")},Việt Nam,000{i % 2}{(1940 + i % 60) % 100:00}{i:000000},09{i + 10_000_000:00000000},công nhân,{i % 300} Trần Phú,{(i % 2 == 0 ? "Phường Phúc Xá" : "Phường Trúc Bạch")},Quận Ba Đình,Thành phố Hà Nội,BN{i + 20000},Xác định,{1 + i % 30:00}/06/2021,Đang điều trị\n");
        return list.ToString();
    }
}
