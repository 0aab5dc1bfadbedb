using System.Formats.Tar;
using System.IO.Compression;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Formats;

[Collection(nameof(Alone))]
public sealed class TortureTests(ITestOutputHelper output)
{
    [Fact]
    public void Each_of_280_strange_files_ends_in_a_sheet_or_a_refusal()
    {
        var verdicts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var (name, bytes) in Files())
        {
            var cost = Measured.Open(bytes, name);
            var verdict = Path.GetExtension(name) + " " + cost.Verdict;
            verdicts[verdict] = verdicts.GetValueOrDefault(verdict) + 1;
            if (cost.Verdict != "sheet" && !name.EndsWith(".xlsb", StringComparison.Ordinal)) output.WriteLine($"{name}: {cost.Verdict}");
        }
        foreach (var (verdict, count) in verdicts) output.WriteLine($"{count,4} {verdict}");
        verdicts.Values.Sum().ShouldBe(280);
        verdicts[".xls sheet"].ShouldBeGreaterThan(50);
        verdicts[".xlsx sheet"].ShouldBeGreaterThan(130);
    }

    [Fact]
    public void The_strict_twins_of_the_files_have_the_same_sheets()
    {
        var files = Files().ToDictionary(file => file.Name, file => file.Bytes, StringComparer.Ordinal);
        var twins = files.Keys.Where(name => name.StartsWith("strict/", StringComparison.Ordinal) && files.ContainsKey(name[7..])).ToList();
        twins.Count.ShouldBeGreaterThan(40);
        foreach (var twin in twins)
        {
            var (strict, plain) = (Workbook.Open(files[twin], twin), Workbook.Open(files[twin[7..]], twin));
            // One of the plain ones has a password.
            if (plain.Done) strict.Value.Names.ShouldBe(plain.Value.Names, twin);
        }
    }

    [Fact]
    public void Bytes_changed_anywhere_in_them_never_throw()
    {
        var random = new Random(20261120);
        foreach (var (name, whole) in Files().Where(file => file.Bytes.Length < 100_000))
            for (var round = 0; round < 6; round++)
            {
                var bytes = whole.ToArray();
                for (var change = random.Next(1, 12); change > 0; change--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                Measured.Open(round == 5 ? bytes[..random.Next(bytes.Length)] : bytes, name);
            }
    }

    [Fact]
    public void A_file_with_bytes_changed_anywhere_never_throws()
    {
        var random = new Random(20210805);
        var seeds = new[] { Workbook.Of(Workbook.Rows(["Họ tên", "Xã"], ["An", "B"])).Formats("dd/mm/yyyy").SharedStrings("<t>x</t>").Bytes(), "Họ tên;Xã\nAn;\"B\"\n"u8.ToArray() };
        for (var round = 0; round < 4_000; round++)
        {
            var bytes = seeds[round % seeds.Length].ToArray();
            for (var change = random.Next(1, 6); change > 0; change--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            var outcome = Workbook.Open(random.Next(8) == 0 ? bytes[..random.Next(bytes.Length)] : bytes, "a.xlsx");
            if (outcome.Done) outcome.Value.Rows.Count().ShouldBe(outcome.Value.RowCount);
        }
    }

    internal static IEnumerable<(string Name, byte[] Bytes)> Files()
    {
        using var file = File.OpenRead(ReferenceData.Path("excel-torture", "files.tar.gz"));
        using var tar = new TarReader(new GZipStream(file, CompressionMode.Decompress));
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.DataStream is null) continue;
            using var memory = new MemoryStream();
            entry.DataStream.CopyTo(memory);
            yield return (entry.Name.Replace("./", "", StringComparison.Ordinal), memory.ToArray());
        }
    }
}
