using System.Buffers.Binary;
using System.Text;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Formats;

/// <summary>Files that are made to crash, to stop or to fill whoever reads them. Each ends in a refusal or in a sheet, at the cost of an honest file.</summary>
[Collection(nameof(Alone))]
public sealed class HostileFilesTests(ITestOutputHelper output)
{
    private const int TwentyMegabytes = 20 * 1024 * 1024;

    public static TheoryData<string> Names => [.. Made.Keys];

    private static readonly Dictionary<string, Func<byte[]>> Made = new(StringComparer.Ordinal)
    {
        ["one part behind 24 names"] = Overlapping,
        ["24 sheets of 7 MB of blanks"] = () => Enumerable.Range(0, 24).Aggregate(new Workbook(), (workbook, i) => workbook.Sheet("S" + i, new string(' ', 7_000_000))).Bytes(),
        ["a million cells in a row"] = () => Workbook.Of(Workbook.Rows(["Họ tên"]) + "<row>" + string.Concat(Enumerable.Repeat("<c><v>1</v></c>", 1_000_000)) + "</row>").Bytes(),
        ["a million empty cells in a row"] = () => Workbook.Of(Workbook.Rows(["Họ tên"]) + "<row>" + string.Concat(Enumerable.Repeat("<c/>", 1_000_000)) + "</row>").Bytes(),
        ["a million columns of text"] = () => Encoding.UTF8.GetBytes(string.Join(';', Enumerable.Range(0, 1_000_000))),
        ["a million rows of nothing"] = () => Workbook.Of(string.Concat(Enumerable.Repeat("<row/>", 1_000_000)) + Workbook.Rows(["Họ tên"])).Bytes(),
        ["texts that hardly shrink"] = () => Workbook.Of("<row><c t=\"s\"><v>0</v></c></row>").Part("xl/sharedStrings.xml", $"<sst>{Noise(400_000)}</sst>").Bytes(),
        ["an entity that is another file"] = () => Workbook.Of("").Part("xl/styles.xml", "<!DOCTYPE x [<!ENTITY f SYSTEM \"file:///etc/passwd\">]><styleSheet><fonts>&f;</fonts></styleSheet>").Bytes(),
        ["an entity of a megabyte, a thousand times"] = () => Workbook.Of("").Part("xl/workbook.xml", $"<!DOCTYPE x [<!ENTITY a \"{new string('a', 900_000)}\">]><workbook>{string.Concat(Enumerable.Repeat("&a;", 1_000))}</workbook>").Bytes(),
        ["two hundred thousand merged cells"] = () => Workbook.Of(Workbook.Rows(["Họ tên", "Xã"], ["An", "B"]), "<mergeCells>" + string.Concat(Enumerable.Repeat("<mergeCell ref=\"A2:B1048576\"/>", 199_999)) + "</mergeCells>").Bytes(),
        ["more merged cells than any list has"] = () => Workbook.Of(Workbook.Rows(["Họ tên", "Xã"]), "<mergeCells>" + string.Concat(Enumerable.Repeat("<mergeCell ref=\"A3:A4\"/>", 200_001)) + "</mergeCells>").Bytes(),
        ["a chain of sectors that ends in itself"] = () => Patched(at => OldWorkbook.TableAt(at) + 4 * 3, 2),
        ["a directory that ends in itself"] = () => Patched(at => OldWorkbook.TableAt(at) + 4 * (int)Long(at, 48), bytes => Long(bytes, 48)),
        ["a table of tables that ends in itself"] = () => Patched((_ => 68, _ => 0), (_ => 72, _ => uint.MaxValue), (_ => 512 + 508, _ => 0)),
        ["a container that says it has 4 GB"] = () => Patched((_ => 44, _ => uint.MaxValue), (at => 512 * ((int)Long(at, 48) + 1) + 128 + 120, _ => uint.MaxValue)),
        ["sectors of two gigabytes"] = () => Patched(_ => 30, 31),
        ["four thousand million texts in 20 bytes"] = () => new OldWorkbook().Row(1, "Họ tên").Global(0x00FC, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1, 0, 0, 65).Bytes(),
        ["a text longer than the file"] = () => new OldWorkbook().Row(1, "Họ tên").Global(0x00FC, 1, 0, 0, 0, 1, 0, 0, 0, 0xFF, 0xFF, 0x0D, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F, 65).Cell(0x00FD, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0).Bytes(),
        ["numbers for 65,535 columns in one record"] = () => new OldWorkbook().Row(1, "Họ tên").Cell(0x00BD, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF).Bytes(),
        ["a sheet of 65,535 columns"] = () => new OldWorkbook().Row(1, "Họ tên").Cell(0x0200, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0xFF, 0xFF, 0, 0).Bytes(),
        ["rows that lie in one another"] = Interleaved,
        ["a thousand sheets that are one"] = OneSheetOften,
        ["commas, 20 MB of them"] = () => [(byte)'a', .. Enumerable.Repeat((byte)',', TwentyMegabytes - 2), (byte)'b'],
        ["quotation marks, 20 MB of them"] = () => [.. "a,b\n"u8, .. Enumerable.Repeat((byte)'"', TwentyMegabytes - 4)],
        ["line breaks, 20 MB of them"] = () => [.. "Họ tên,Xã"u8, .. Enumerable.Repeat((byte)'\n', TwentyMegabytes - 30), .. "An,B"u8],
        ["old letters, 5 MB of them"] = () => [.. "a,b\n"u8, .. Enumerable.Range(0, 5_000_000).Select(i => i % 101 == 100 ? (byte)'\n' : (byte)(0xA1 + i * 7 % 94))],
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void A_hostile_file_costs_no_more_than_an_honest_one(string name)
    {
        var bytes = Made[name]();
        Measured.Open(Workbook.Of(Workbook.Rows(["Họ tên"], ["An"])).Bytes(), "warm.xlsx");
        Measured.Open(new OldWorkbook().Row(1, "Họ tên").Row(2, "An").Bytes(), "warm.xls");
        var cost = Measured.Open(bytes, name);
        output.WriteLine($"{name}: {bytes.Length:N0} bytes, {cost.Verdict}, {cost.Seconds:0.00} s, {cost.Allocated / 1_048_576.0:N0} MB allocated, heap +{cost.Peak / 1_048_576.0:N0} MB");
    }

    [Fact]
    public void A_file_cut_at_every_twentieth_ends_in_a_refusal_or_a_sheet()
    {
        var rows = Enumerable.Range(1, 400).Select(i => new[] { $"Nguyễn Văn {i}", "Xuân Lộc", "1" }).Prepend(["Họ tên", "Xã", "Số"]).ToArray();
        var old = new OldWorkbook();
        for (var i = 0; i < rows.Length; i++) old.Row(i + 1, [.. rows[i]]);
        var text = string.Join("\r\n", rows.Select(row => string.Join(';', row)));
        var whole = new Dictionary<string, byte[]> { ["a.xlsx"] = Workbook.Of(Workbook.Rows(rows)).Bytes(), ["a.xls"] = old.Bytes(), ["bare.xls"] = old.Records(), ["a.csv"] = Encoding.UTF8.GetBytes(text), ["16.csv"] = [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(text)] };
        foreach (var (name, bytes) in whole)
        {
            Measured.Open(bytes, name).Verdict.ShouldBe("sheet", name);
            for (var part = 0; part < 20; part++) output.WriteLine($"{name} {part}/20: {Measured.Open(bytes[..(bytes.Length * part / 20)], name).Verdict}");
        }
        Workbook.Open(whole["a.xlsx"][..(whole["a.xlsx"].Length * 19 / 20)], "a").Problem.Code.ShouldBe("sheet.damaged");
        foreach (var name in new[] { "a.xls", "bare.xls" }) Workbook.Open(whole[name][..(whole[name].Length * 10 / 20)], "a").Problem.Code.ShouldBe("sheet.damaged");
    }

    [Fact]
    public void Bytes_changed_anywhere_in_an_old_workbook_never_throw()
    {
        var random = new Random(20211123);
        var old = new OldWorkbook().Font("Arial").Row(1, "Họ tên", "Xã", "Số");
        for (var row = 2; row < 40; row++) old.Row(row, "Nguyễn Văn A", "Xuân Lộc", 3.0 * row);
        byte[][] seeds = [old.Merge(3, 5, 2, 2).Bytes(), old.Records()];
        var verdicts = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var round = 0; round < 4_000; round++)
        {
            var bytes = seeds[round % 2].ToArray();
            for (var change = random.Next(1, 8); change > 0; change--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            var outcome = Workbook.Open(random.Next(8) == 0 ? bytes[..random.Next(bytes.Length)] : bytes, "a.xls");
            if (outcome.Done) outcome.Value.Rows.Count().ShouldBe(outcome.Value.RowCount);
            var verdict = outcome.Done ? "sheet" : outcome.Problem.Code;
            verdicts[verdict] = verdicts.GetValueOrDefault(verdict) + 1;
        }
        output.WriteLine(string.Join(", ", verdicts.Select(pair => $"{pair.Value} {pair.Key}")));
        verdicts.Count.ShouldBeGreaterThan(3);
    }

    /// <summary>The sheets of a workbook, all of them the same 7 MB of blanks: the table of contents names them 24 times, so that 170 MB come out of 9 KB.</summary>
    private static byte[] Overlapping()
    {
        const int many = 24;
        var workbook = new Workbook();
        for (var i = 0; i < many; i++) workbook.Sheet("S" + i, "");
        workbook.Part("xl/worksheets/sheet1.xml", "<worksheet><sheetData>" + new string(' ', 7_000_000) + "</sheetData></worksheet>");
        var bytes = workbook.Bytes();
        // Every entry of a sheet gets the place and the sizes of the first.
        var first = EntryAt(bytes, "xl/worksheets/sheet1.xml");
        for (var i = 2; i <= many; i++)
            if (EntryAt(bytes, $"xl/worksheets/sheet{i}.xml") is var at)
            {
                bytes.AsSpan(first + 16, 12).CopyTo(bytes.AsSpan(at + 16));
                bytes.AsSpan(first + 42, 4).CopyTo(bytes.AsSpan(at + 42));
            }
        return bytes;

        static int EntryAt(byte[] bytes, string name)
        {
            for (var at = bytes.AsSpan().IndexOf("PK\u0001\u0002"u8); ; at += 4 + bytes.AsSpan(at + 4).IndexOf("PK\u0001\u0002"u8))
                if (BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at + 28)) == name.Length && bytes.AsSpan(at + 46).StartsWith(Encoding.ASCII.GetBytes(name))) return at;
        }
    }

    /// <summary>Two cells of every block of rows, one at the beginning and one at the end: each block then reaches over the whole sheet.</summary>
    private static byte[] Interleaved()
    {
        var old = new OldWorkbook().Row(1, "Họ tên");
        for (var round = 0; round < 60; round++)
            for (var row = 1; row <= 65_000; row += 32) old.Row(row + round % 30, 1.0);
        return old.Bytes();
    }

    private static byte[] OneSheetOften()
    {
        var name = "x"u8.ToArray();
        var old = new OldWorkbook();
        for (var row = 1; row < 2_000; row++) old.Row(row, "An", 1.0);
        var records = old.Records();
        var bound = records.AsSpan().IndexOf(new byte[] { 0x85, 0x00 });
        var sheet = BinaryPrimitives.ReadUInt32LittleEndian(records.AsSpan(bound + 4));
        for (var i = 0; i < 1_000; i++)
        {
            byte[] content = [.. BitConverter.GetBytes(sheet + 1_000 * (12u + (uint)name.Length)), 0, 0, 1, 0, .. name];
            old.Global(0x0085, content);
        }
        return old.Bytes();
    }

    private static string Noise(int texts)
    {
        var random = new Random(7);
        var into = new StringBuilder(texts * 60);
        for (var i = 0; i < texts; i++) into.Append("<si><t>").Append(Convert.ToHexString(BitConverter.GetBytes(random.NextInt64()))).Append(Convert.ToHexString(BitConverter.GetBytes(random.NextInt64()))).Append("</t></si>");
        return into.ToString();
    }

    private static byte[] Patched(Func<byte[], int> at, uint value) => Patched((at, _ => value));

    private static byte[] Patched(Func<byte[], int> at, Func<byte[], uint> value) => Patched((at, value));

    private static byte[] Patched(params (Func<byte[], int> At, Func<byte[], uint> Value)[] changes)
    {
        var old = new OldWorkbook();
        for (var row = 1; row < 200; row++) old.Row(row, "Họ tên", "Xã");
        var bytes = old.Bytes();
        foreach (var (at, value) in changes) BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at(bytes)), value(bytes));
        return bytes;
    }

    private static uint Long(byte[] bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));
}
