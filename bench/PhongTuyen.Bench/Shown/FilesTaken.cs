using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Xml;
using Npgsql;
using PhongTuyen.Bench.Province;
using PhongTuyen.Bench.Rig;
using PhongTuyen.Data;
using PhongTuyen.Demonstration;
using PhongTuyen.Imports;
using PhongTuyen.Kernel;

namespace PhongTuyen.Bench.Shown;

/// <summary>
/// Lists are taken as files from the running program, over HTTP, by the form of their page: the rejected rows of an import of 100,000 rows and 30 columns, and as many stays as a second officer may allow. How much more memory the program
/// held meanwhile than while a list of 1,000 rows was taken, and whether every row came.
/// </summary>
internal static class FilesTaken
{
    private const int Many = 100_000, Few = 1000, Columns = 30;

    /// <summary>What the rows of an .xlsx would take alone is several hundred megabytes. Below this it is the collector's own coming and going: a page of rows, their ids, and what is not collected yet.</summary>
    private const long MostGrowth = 64_000_000;

    private const string Taker = "bd-tinh", Stays = "/desk/quarantine/stays";

    public static async Task<Figure> MeasureAsync(LoadPlan source, CancellationToken ct)
    {
        var plan = await FolderCopy.OfAsync(source, "taken", ct);
        var (few, many) = await ImportedAsync(plan, ct);
        // Started anew: memory that the program took to check the lists would hide what it takes now.
        await using var program = await StartAsync(plan, ct);
        await using var cluster = (await EmbeddedPostgres.AttachAsync(plan.Folder, null, ct)).Value;
        await using var connection = new NpgsqlConnection(cluster.SuperuserConnectionString(Installation.DatabaseName));
        await connection.OpenAsync(ct);
        var states = await connection.RowsAsync("SELECT state, count(*) FROM pt.quarantine_stay GROUP BY 1", r => (State: (Quarantine.Contract.StayState)r.GetInt16(0), N: r.GetInt64(1)), ct);
        var state = states.Where(of => of.N <= Many).MaxBy(of => of.N);
        var who = await SignedIn.AsAsync(program.Address, Taker, GroundAccounts.Password, ct);
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = program.Address, Timeout = TimeSpan.FromMinutes(30) };
        var (said, passed) = (new List<string>(), true);
        foreach (var form in new[] { "csv", "xlsx" })
        {
            var before = 0L;
            // Three times: what is slow and large only at first is not counted.
            for (var i = 0; i < 3; i++) before = Math.Max(before, (await TakeAsync(program, client, who, $"{few}", form, ct)).Memory);
            foreach (var (list, address, rows) in new[] { ("rejected rows of an import", many, (long)Many), ($"stays {state.State}", $"{Stays}?state={state.State}", state.N) })
            {
                if (address.StartsWith(Stays, StringComparison.Ordinal)) await AllowAsync(connection, address, rows, ct);
                var taken = await TakeAsync(program, client, who, address, form, ct);
                passed &= taken.Rows == rows && taken.Memory - before <= MostGrowth;
                said.Add(FormattableString.Invariant($"{list}, .{form}: {taken.Rows:N0} of {rows:N0} rows, {taken.Bytes / 1e6:0.0} MB, {taken.Seconds:0.0} s, {taken.Memory / 1e6:0} MB held, with {Few:N0} rows {before / 1e6:0}: {(taken.Memory - before) / 1e6:+0;-0;0} MB"));
                Console.WriteLine("  " + said[^1]);
            }
        }
        return new Figure(string.Join("\n  ", said), passed);
    }

    private static Task<ProgramUnderTest> StartAsync(LoadPlan plan, CancellationToken ct) => ProgramUnderTest.StartAsync(plan.Folder, [.. ProgramUnderTest.OneForMany, $"--Lists:MostWithSecond={Many}"], ct);

    /// <summary>Both lists, checked beside the running program; the addresses of their rejected rows.</summary>
    private static async Task<(string Few, string Many)> ImportedAsync(LoadPlan plan, CancellationToken ct)
    {
        await using var program = await StartAsync(plan, ct);
        await using var cluster = (await EmbeddedPostgres.AttachAsync(plan.Folder, null, ct)).Value;
        await using var connection = new NpgsqlConnection(cluster.SuperuserConnectionString(Installation.DatabaseName));
        await connection.OpenAsync(ct);
        return (await ImportAsync(plan, Few, connection, ct), await ImportAsync(plan, Many, connection, ct));
    }

    private sealed record Taken(long Rows, long Bytes, double Seconds, long Memory);

    private static async Task<Taken> TakeAsync(ProgramUnderTest program, HttpClient client, SignedIn who, string address, string form, CancellationToken ct)
    {
        var file = Path.Combine(BenchHome.Data, "taken." + form);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var memory = MostMemoryAsync(program, over.Token);
        var watch = Stopwatch.StartNew();
        using (var request = new HttpRequestMessage(HttpMethod.Post, address + "&handler=File") { Content = new FormUrlEncodedContent([new("Take.Purpose", "đo tải tệp"), new("form", form), new("_form", who.FormToken)]) })
        {
            request.Headers.Add("Cookie", who.Cookie);
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            if (answer.StatusCode != HttpStatusCode.OK) throw new InvalidOperationException($"{address}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(ct)}");
            await using var saved = File.Create(file);
            await answer.Content.CopyToAsync(saved, ct);
        }
        var took = watch.Elapsed.TotalSeconds;
        await over.CancelAsync();
        return new Taken(form == "csv" ? RowsOfCsv(file) : RowsOfSheet(file), new FileInfo(file).Length, took, await memory);
    }

    private static async Task<long> MostMemoryAsync(ProgramUnderTest program, CancellationToken over)
    {
        for (var most = 0L; ;)
        {
            most = Math.Max(most, program.Memory);
            if (over.IsCancellationRequested) return most;
            await Task.Delay(50, CancellationToken.None);
        }
    }

    // No cell of these lists has a line break.
    private static long RowsOfCsv(string file) => File.ReadLines(file).LongCount() - 1;

    private static long RowsOfSheet(string file)
    {
        using var archive = ZipFile.OpenRead(file);
        using var reader = XmlReader.Create(archive.GetEntry("xl/worksheets/sheet1.xml")!.Open());
        var rows = -1L;
        while (reader.ReadToFollowing("row")) rows++;
        return rows;
    }

    /// <summary>What a second officer would have said.</summary>
    private static Task AllowAsync(NpgsqlConnection connection, string address, long rows, CancellationToken ct) => connection.RunAsync("""
        INSERT INTO pt.list_request (id, asked_by, unit_id, list, address, persons, purpose, asked_at, decided_at, decided_by, allowed, ends_at)
        SELECT $1, a.id, a.unit_id, 'stays', $2, $3, 'đo tải tệp', $4, $4, o.id, true, $4 + interval '1 day' FROM pt.account a, pt.account o WHERE a.user_name = $5 AND o.user_name = 'bd-quan-tri'
        """, ct, TimeProvider.System.NewGuid(), address, (int)rows, TimeProvider.System.GetUtcNow(), Taker);

    /// <summary>Sends a list in which everybody has a birthday that there is none.</summary>
    /// <returns>The address of its rejected rows.</returns>
    private static async Task<string> ImportAsync(LoadPlan plan, int rows, NpgsqlConnection connection, CancellationToken ct)
    {
        var file = Path.Combine(BenchHome.Data, FormattableString.Invariant($"taken-{rows}.csv"));
        var names = new DemonstrationNames(rows);
        await using (var text = new StreamWriter(file, false, new UTF8Encoding(true)))
        {
            await text.WriteLineAsync("STT,Họ và tên,Ngày sinh,Giới tính,Quốc tịch,CCCD,Điện thoại,Nghề nghiệp,Địa chỉ," + string.Join(',', Enumerable.Range(10, Columns - 9).Select(n => FormattableString.Invariant($"Ghi chú {n}"))));
            for (var i = 1; i <= rows; i++)
            {
                var (facts, document, phone, line) = names.Next();
                await text.WriteLineAsync(FormattableString.Invariant($"{i},{facts.Name},31/02/1990,Nữ,Việt Nam,{document.Number},{phone.Number},công nhân,{line},") + string.Join(',', Enumerable.Range(10, Columns - 9).Select(n => FormattableString.Invariant($"nội dung {i} cột {n}"))));
            }
        }
        using var process = ImportMillion.Command(plan, file);
        var said = await process.StandardOutput.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        var (id, rejected) = await connection.RowAsync("SELECT id, rejected FROM pt.import_run WHERE file_name = $1 ORDER BY created_at DESC LIMIT 1", r => (r.GetGuid(0), r.GetInt32(1)), ct, Path.GetFileName(file));
        return rejected == rows ? $"/desk/imports/rows/{new ImportId(id)}?what={RowsOf.Rejected}" : throw new InvalidOperationException($"{rejected} of {rows} rows were rejected. {said}");
    }
}
