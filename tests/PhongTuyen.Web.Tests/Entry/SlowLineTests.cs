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

    [Fact]
    public async Task Half_a_file_holds_nothing_up_and_the_whole_is_answered()
    {
        var clerk = await house.AsAsync("clerk-a");
        var cookies = string.Join("; ", clerk.Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}"));
        var body = "{\"x\":\"" + new string('a', 200_000) + "\"}";
        using var line = new TcpClient(house.Address.Host, house.Address.Port);
        var stream = line.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /api/people HTTP/1.1\r\nHost: {house.Address.Authority}\r\nCookie: {cookies}\r\nX-Requested-With: test\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body[..120_000]}"), Ct);
        await Task.Delay(1500, Ct);
        (await house.House.AskAsync<long>("SELECT count(*) FROM pg_stat_activity WHERE usename = 'pt_app' AND datname = current_database() AND state LIKE 'idle in transaction%'")).ShouldBe(0);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(body[120_000..]), Ct);
        using var reader = new StreamReader(stream);
        (await reader.ReadToEndAsync(Ct)).ShouldStartWith("HTTP/1.1 4", Case.Sensitive, "it was read to its end and refused for what it says");
    }
}
