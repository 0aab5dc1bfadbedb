using System.Net;
using Npgsql;
using PhongTuyen.Bench.Pages;
using PhongTuyen.Bench.Province;
using PhongTuyen.Bench.Rig;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Web;

namespace PhongTuyen.Bench.Shown;

/// <summary>
/// Clerks of the stations decide corrections, of 350,000 that are open: half approved, half refused, fifty at once, and before and after the lists are asked. Each run takes others, which are decided after it.
/// </summary>
internal static class DecideCorrections
{
    private const int Decisions = 1000, Stations = 20;
    private const double MostMs = 150;

    private sealed record Open(Guid Id, int Version, int PersonVersion, string Account);

    public static async Task<Figure> MeasureAsync(LoadPlan plan, TimeSpan reading, CancellationToken ct)
    {
        await ProvinceLoader.EnsureAsync(plan, ct);
        await using var program = await ProgramUnderTest.StartAsync(plan.Folder, ProgramUnderTest.OneForMany, ct);
        var open = await OpenAsync(plan, ct);
        var sessions = new Dictionary<string, SignedIn>(StringComparer.Ordinal);
        foreach (var account in open.Select(one => one.Account).Append("bd-tinh").Distinct()) sessions[account] = await SignedIn.AsAsync(program.Address, account, GroundAccounts.Password, ct);
        using var client = new LoadClient(program.Address);
        HttpRequestMessage List(int n) => Ask(program.Address, sessions[n % 4 == 0 ? "bd-tinh" : open[n % open.Count].Account], Links.Worklist("correction") + (n % 2 == 0 ? "&tab=Late" : "&tab=Free"));
        HttpRequestMessage Decide(int n)
        {
            var one = open[n];
            var request = Ask(program.Address, sessions[one.Account], Links.Handler(Links.Correction(one.Id), n % 2 == 0 ? "Approve" : "Refuse"), HttpMethod.Post);
            request.Content = new FormUrlEncodedContent([KeyValuePair.Create("_form", sessions[one.Account].FormToken), KeyValuePair.Create("Intent", TimeProvider.System.NewGuid().ToString()), KeyValuePair.Create("Decide.Version", $"{one.Version}"),
                KeyValuePair.Create("Decide.PersonVersion", $"{one.PersonVersion}"), KeyValuePair.Create("Decide.Reason", "Đối chiếu giấy tờ")]);
            return request;
        }
        const int warm = 100;
        await client.RunAsync(4 * warm, List, ct);
        await client.RunAsync(warm, Decide, ct, HttpStatusCode.Redirect);
        var lists = await client.RunAsync(Decisions, List, ct, reading: reading);
        var decided = await client.RunAsync(Decisions, n => Decide(warm + n), ct, HttpStatusCode.Redirect, reading);
        var after = await client.RunAsync(Decisions, List, ct, reading: reading);
        var (ofLists, ofDecisions) = (PagesRun.At([.. lists.Times, .. after.Times], 0.95), PagesRun.At(decided.Times, 0.95));
        var failed = lists.Failed + decided.Failed + after.Failed;
        return new Figure(FormattableString.Invariant($"decisions: p95 {ofDecisions:0} ms, {Decisions / decided.Took.TotalSeconds:0} a second; lists: p95 {ofLists:0} ms; {failed} failed"), ofDecisions <= MostMs && ofLists <= MostMs && failed == 0);
    }

    /// <summary>Requests that nobody has decided, of persons of one request each here, with who decides them.</summary>
    private static async Task<List<Open>> OpenAsync(LoadPlan plan, CancellationToken ct)
    {
        await using var cluster = (await EmbeddedPostgres.AttachAsync(plan.Folder, null, ct)).Value;
        await using var connection = new NpgsqlConnection(cluster.SuperuserConnectionString(Installation.DatabaseName));
        await connection.OpenAsync(ct);
        return await connection.RowsAsync($"""
            SELECT r.id, r.version, p.version, 'nl-' || lower(u.code) FROM (SELECT id, code FROM pt.unit WHERE kind = 9 AND id >= 1000 ORDER BY id LIMIT {Stations}) u
            CROSS JOIN LATERAL (SELECT DISTINCT ON (w.person_id) w.person_id, w.id FROM pt.worklist_item w WHERE w.unit_id = u.id AND w.list = 'correction' AND w.state < 2 ORDER BY w.person_id, w.id LIMIT {(Decisions + 100) / Stations + 1}) w
            JOIN pt.correction_request r ON r.person_id = w.person_id AND r.id = w.id JOIN pt.person p ON p.id = r.person_id WHERE p.nationality = 'VN'
            """, r => new Open(r.GetGuid(0), r.GetInt32(1), r.GetInt32(2), r.GetString(3)), ct);
    }

    private static HttpRequestMessage Ask(Uri address, SignedIn who, string path, HttpMethod? how = null)
    {
        var request = new HttpRequestMessage(how ?? HttpMethod.Get, new Uri(address, path));
        request.Headers.TryAddWithoutValidation("Cookie", who.Cookie);
        return request;
    }
}
