using System.Net.Sockets;
using System.Text;
using PhongTuyen.Tests.Quarantine;
using PhongTuyen.Web.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Entry;

/// <summary>A file that arrives over minutes holds no connection to the database meanwhile, and is taken in the end.</summary>
[Trait("Category", "Database")]
public sealed class SlowLineTests(WebTestHouse house) : IClassFixture<WebTestHouse>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(200_000, 120_000, false)]
    [InlineData(2_000, 700, false)]
    [InlineData(2_000, 700, true)]
    [InlineData(200_000, 120_000, true)]
    public async Task Half_a_body_holds_nothing_up_and_the_whole_is_answered(int letters, int first, bool chunked)
    {
        var clerk = await house.AsAsync("clerk-a");
        var cookies = string.Join("; ", clerk.Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}"));
        var body = "{\"x\":\"" + new string('a', letters) + "\"}";
        string Piece(string text) => chunked ? $"{text.Length:x}\r\n{text}\r\n" : text;
        using var line = new TcpClient(house.Address.Host, house.Address.Port);
        var stream = line.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /api/people HTTP/1.1\r\nHost: {house.Address.Authority}\r\nCookie: {cookies}\r\nX-Requested-With: test\r\nContent-Type: application/json\r\n{(chunked ? "Transfer-Encoding: chunked" : $"Content-Length: {body.Length}")}\r\nConnection: close\r\n\r\n{Piece(body[..first])}"), Ct);
        await Task.Delay(1500, Ct);
        (await house.House.AskAsync<long>("SELECT count(*) FROM pg_stat_activity WHERE usename = 'pt_app' AND datname = current_database() AND state LIKE 'idle in transaction%'")).ShouldBe(0);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(Piece(body[first..]) + (chunked ? "0\r\n\r\n" : "")), Ct);
        using var reader = new StreamReader(stream);
        (await reader.ReadToEndAsync(Ct)).ShouldStartWith("HTTP/1.1 4", Case.Sensitive, "it was read to its end and refused for what it says");
    }

    [Fact]
    public async Task A_body_without_a_length_that_grows_too_large_is_refused_and_leaves_no_fault()
    {
        var clerk = await house.AsAsync("clerk-a");
        var cookies = string.Join("; ", clerk.Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}"));
        using var line = new TcpClient(house.Address.Host, house.Address.Port);
        var stream = line.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /api/people HTTP/1.1\r\nHost: {house.Address.Authority}\r\nCookie: {cookies}\r\nX-Requested-With: test\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"), Ct);
        var piece = Encoding.ASCII.GetBytes($"{1 << 20:x}\r\n{new string('a', 1 << 20)}\r\n");
        using var reader = new StreamReader(stream);
        var answer = reader.ReadToEndAsync(Ct);
        try
        {
            for (var sent = 0; sent < 120 && !answer.IsCompleted; sent++) await stream.WriteAsync(piece, Ct);
        }
        catch (IOException)
        {
            // the line was closed: it had been told
        }
        string said;
        try
        {
            said = await answer;
        }
        catch (IOException)
        {
            said = "";
        }
        if (said.Length > 0) said.ShouldStartWith("HTTP/1.1 413");
        house.Faults.Kept.ShouldBeEmpty();
        (await clerk.GetAsync(Links.Day)).Status.ShouldBe(System.Net.HttpStatusCode.OK);
    }
}
