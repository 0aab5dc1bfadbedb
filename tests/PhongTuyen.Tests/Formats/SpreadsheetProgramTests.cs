using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using CsvHelper;
using CsvHelper.Configuration;
using PhongTuyen.Formats.Sheets;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Formats;

/// <summary>A real spreadsheet program opens what we export. Skipped where LibreOffice is not installed; CI has it.</summary>
[Collection(nameof(Alone))]
public sealed class SpreadsheetProgramTests
{
    private static readonly string[] Hostile =
    [
        "=1+1", "=HYPERLINK(\"http://x\",\"An\")", "+1+1", "-1+1", "@SUM(1;1)", "=cmd|' /C calc'!A0", "  =1+1", "\t=1+1", "\n=1+1", "＝1+1", "＋1", "－1", "＠x", "﹦1+1", "\u200B=1+1", "'=1+1", "''", "=WEBSERVICE(\"http://x\")",
        "=\"0912345678\"", "+84912345678", "-5", "#N/A", "An;=1+1", "An,=1+1", "An\n=1+1", "\"=1+1\"", "{=1+1}", "=SUM(A1:A9)", "=A1&\"x\"", "Nguyễn Văn “An”", "NguyÔn V¨n An", "_x003D_1+1",
    ];

    /// <summary>Texts that a program takes for something else: a workbook says what they are, a CSV cannot.</summary>
    private static readonly string[] Mistakable = ["0012", "079123456789", "1/2", "5-8", "8E5", "TRUE", "08:30"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task LibreOffice_shows_every_hostile_text_as_it_was_written_and_runs_none(bool xlsx)
    {
        string[] texts = xlsx ? [.. Hostile, .. Mistakable] : Hostile;
        var rows = texts.Select((text, i) => new SheetCell[] { i + 1, text, "Xuân Lộc" });
        var shown = await ShownAsync(xlsx ? "a.xlsx" : "a.csv", await WriteAsync(xlsx, rows));
        shown.Count.ShouldBe(texts.Length + 1);
        shown[0].ShouldBe(xlsx ? ["Số", "=1+1", "Xã"] : ["Số", "'=1+1", "Xã"]);
        for (var i = 0; i < texts.Length; i++)
            // A CSV can hold no sign that a text is one: there the apostrophe is seen.
            (shown[i + 1][0], shown[i + 1][1], shown[i + 1][2]).ShouldBe(((i + 1).ToString(CultureInfo.InvariantCulture), xlsx ? texts[i] : FormulaGuard.Guard(texts[i]), "Xuân Lộc"));
    }

    [Fact]
    public async Task Numbers_and_days_are_numbers_and_days_in_LibreOffice()
    {
        var shown = await ShownAsync("a.xlsx", await WriteAsync(true, [[37.5m, "An", new DateOnly(2021, 8, 5)], [-3, "B", new DateTimeOffset(2021, 8, 5, 3, 30, 0, TimeSpan.Zero)]]));
        shown.Skip(1).ShouldBe([["37.5", "An", "05/08/2021"], ["-3", "B", "05/08/2021 10:30"]]);
    }

    /// <summary>Without our guard the program does run it: else the tests above could not fail.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_formula_that_is_not_guarded_is_run(bool xlsx)
    {
        var bytes = xlsx ? Planted(await WriteAsync(true, [[1, "=1+1", "B"]])) : Encoding.UTF8.GetBytes("Số,=1+1,Xã\n1,=1+1,B\n");
        (await ShownAsync(xlsx ? "a.xlsx" : "a.csv", bytes))[1].ShouldBe(["1", "2", "B"]);
    }

    private static async Task<byte[]> WriteAsync(bool xlsx, IEnumerable<SheetCell[]> rows)
    {
        using var stream = new AsyncOnlyStream();
        SheetColumn[] columns = [new("Số"), new("=1+1"), new("Xã")];
        await using var writer = xlsx ? SheetWriter.Xlsx(stream, "=1+1", columns) : SheetWriter.Csv(stream, columns);
        foreach (var row in rows) await writer.RowAsync(row, Ct);
        await writer.FinishAsync(Ct);
        return stream.ToArray();
    }

    /// <summary>Our own workbook, with a formula in the place of the guarded text.</summary>
    private static byte[] Planted(byte[] workbook)
    {
        using var stream = new MemoryStream();
        stream.Write(workbook);
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true))
        {
            var entry = archive.GetEntry("xl/worksheets/sheet1.xml")!;
            string sheet;
            using (var reader = new StreamReader(entry.Open())) sheet = reader.ReadToEnd();
            var planted = Regex.Replace(sheet, "<c r=\"B2\".*?</c>", "<c r=\"B2\"><f>1+1</f></c>");
            planted.ShouldNotBe(sheet);
            entry.Delete();
            using var writer = new StreamWriter(archive.CreateEntry("xl/worksheets/sheet1.xml").Open());
            writer.Write(planted);
        }
        return stream.ToArray();
    }

    /// <summary>What each cell shows, by way of the CSV that the program saves.</summary>
    private static async Task<List<string[]>> ShownAsync(string name, byte[] bytes)
    {
        var folder = Directory.CreateTempSubdirectory("pt-soffice").FullName;
        try
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, name), bytes, Ct);
            string[] arguments = ["--headless", "--norestore", "--nolockcheck", $"-env:UserInstallation=file://{folder}/profile", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true,true,false", "--outdir", Path.Combine(folder, "out"), Path.Combine(folder, name)];
            if (name.EndsWith(".csv", StringComparison.Ordinal)) arguments = ["--infilter=Text - txt - csv (StarCalc):44,34,76,1", .. arguments];
            using var program = Process.Start(new ProcessStartInfo(Program(), arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var (output, errors) = (program.StandardOutput.ReadToEndAsync(Ct), program.StandardError.ReadToEndAsync(Ct));
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
            patience.CancelAfter(TimeSpan.FromMinutes(3));
            await program.WaitForExitAsync(patience.Token);
            var made = Path.Combine(folder, "out", "a.csv");
            File.Exists(made).ShouldBeTrue(await output + await errors);
            using var reader = new StreamReader(made);
            using var parser = new CsvParser(reader, new CsvConfiguration(CultureInfo.InvariantCulture));
            var rows = new List<string[]>();
            while (await parser.ReadAsync()) rows.Add([.. parser.Record!.Select(cell => cell.ReplaceLineEndings("\n"))]);
            return rows;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Program()
    {
        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
            if (File.Exists(Path.Combine(folder, "soffice"))) return Path.Combine(folder, "soffice");
        const string missing = "LibreOffice is not here: apt-get install --no-install-recommends libreoffice-calc.";
        if (Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail(missing);
        Assert.Skip(missing);
        return "";
    }
}
