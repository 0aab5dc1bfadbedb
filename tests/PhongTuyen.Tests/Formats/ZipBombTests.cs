using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using PhongTuyen.Formats.Sheets;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Formats;

[Collection(nameof(Alone))]
public sealed class ZipBombTests(ITestOutputHelper output)
{
    private const long Gigabyte = 1L << 30;
    private static readonly ConcurrentDictionary<string, byte[]> Bombs = new();

    [Theory]
    [InlineData("xl/worksheets/sheet1.xml")]
    [InlineData("xl/sharedStrings.xml")]
    [InlineData("xl/media/picture.png")]
    public void A_bomb_of_more_than_a_gigabyte_is_refused_at_once(string part) => Explode(Bomb(part), "sheet.unpacks-too-large");

    [Theory]
    [InlineData("xl/worksheets/sheet1.xml")]
    [InlineData("xl/sharedStrings.xml")]
    public void A_bomb_that_lies_about_its_size_is_cut_at_the_size_it_claims(string part) => Explode(Lying(Bomb(part), part), "sheet.damaged");

    [Fact]
    public void A_file_of_many_parts_is_refused_before_they_are_listed()
    {
        var parts = Enumerable.Range(0, SheetLimits.Parts + 1).Select(i => ($"xl/{i}.xml", Array.Empty<byte>())).ToArray();
        Workbook.Open(Workbook.Zip(parts), "a.xlsx").Problem.Code.ShouldBe("sheet.unpacks-too-large");
    }

    [Fact]
    public void Too_many_different_texts_are_refused()
    {
        var texts = string.Concat(Enumerable.Repeat("<si><t>a</t></si>", SheetLimits.SharedTexts + 1));
        Workbook.Of(Workbook.Rows(["Họ tên"])).Part("xl/sharedStrings.xml", $"<sst>{texts}</sst>").Open().Problem.Code.ShouldBe("sheet.unpacks-too-large");
    }

    [Fact]
    public void One_line_of_twenty_million_commas_costs_little()
    {
        var bytes = new byte[20 * 1024 * 1024];
        Array.Fill(bytes, (byte)',');
        (bytes[0], bytes[^1]) = ((byte)'a', (byte)'b');
        var before = GC.GetAllocatedBytesForCurrentThread();
        Workbook.Open(bytes, "a.csv").Problem.Code.ShouldBe("sheet.too-many-columns");
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(100_000_000);
    }

    private void Explode(byte[] bomb, string refusal)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        Workbook.Open(bomb, "bom.xlsx").Problem.Code.ShouldBe(refusal);
        output.WriteLine($"{bomb.Length:N0} bytes refused in {watch.ElapsedMilliseconds} ms, {GC.GetAllocatedBytesForCurrentThread() - before:N0} bytes allocated");
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(2));
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(60_000_000);
    }

    /// <summary>A workbook one part of which unpacks to 1.1 GB of blanks.</summary>
    private static byte[] Bomb(string part) => Bombs.GetOrAdd(part, _ =>
    {
        using var source = new ZipArchive(new MemoryStream(Workbook.Of("<row><c t=\"s\"><v>0</v></c></row>").Bytes()));
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var entry in source.Entries.Where(entry => entry.FullName != part))
            {
                using var from = entry.Open();
                using var to = archive.CreateEntry(entry.FullName).Open();
                from.CopyTo(to);
            }
            using var bomb = archive.CreateEntry(part, CompressionLevel.Fastest).Open();
            bomb.Write(Encoding.UTF8.GetBytes(part.EndsWith("sheet1.xml", StringComparison.Ordinal) ? "<worksheet><sheetData>" : "<sst>"));
            var blanks = new byte[1 << 20];
            Array.Fill(blanks, (byte)' ');
            for (var written = 0L; written < Gigabyte + (Gigabyte >> 3); written += blanks.Length) bomb.Write(blanks);
        }
        return stream.ToArray();
    });

    /// <summary>The same, its table of contents claiming 1,000 bytes for the part.</summary>
    private static byte[] Lying(byte[] bomb, string part)
    {
        bomb = [.. bomb];
        var name = Encoding.ASCII.GetBytes(part);
        for (var at = bomb.AsSpan().IndexOf("PK\u0001\u0002"u8); at >= 0; at = Next(bomb, at))
            if (bomb.AsSpan(at + 46).StartsWith(name)) BinaryPrimitives.WriteUInt32LittleEndian(bomb.AsSpan(at + 24), 1_000);
        return bomb;

        static int Next(byte[] bytes, int at) => bytes.AsSpan(at + 4).IndexOf("PK\u0001\u0002"u8) is var next and >= 0 ? at + 4 + next : -1;
    }
}
