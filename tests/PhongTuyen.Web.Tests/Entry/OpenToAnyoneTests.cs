using System.Net;
using System.Text;
using PhongTuyen.Tests.House;
using PhongTuyen.Web.Tests.House;
using PhongTuyen.Web.Tests.Imports;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Entry;

/// <summary>What costs the program something is bounded for whoever asks, and browsers keep to HTTPS where there is HTTPS.</summary>
[Trait("Category", "Database")]
public sealed class OpenToAnyoneTests(WebTestHouse house) : IClassFixture<WebTestHouse>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_endpoint_that_does_nothing_reads_nothing()
    {
        using var post = await BareRequest.SendAsync(house.Address, HttpMethod.Post, "/api/noop", null, new StringContent("""{"id":"0191e2a0-0000-7000-8000-000000000001","text":"x"}""", Encoding.UTF8, "application/json"));
        post.StatusCode.ShouldBe(HttpStatusCode.Forbidden, "no door leads to a method that it does not answer");
        using var get = await BareRequest.SendAsync(house.Address, HttpMethod.Get, "/api/noop");
        (get.StatusCode, get.Content.Headers.ContentType!.MediaType).ShouldBe((HttpStatusCode.OK, "application/json"));
        using var with = await BareRequest.SendAsync(house.Address, HttpMethod.Get, "/api/noop", null, new StringContent("{ no json", Encoding.UTF8, "application/json"));
        with.StatusCode.ShouldBe(HttpStatusCode.OK, "a body that comes along is not read");
    }

    [Theory]
    [InlineData(true, "pt.khanhhoa.gov.vn", true)]
    [InlineData(true, "localhost", false)]
    [InlineData(true, "127.0.0.1", false)]
    [InlineData(false, "pt.khanhhoa.gov.vn", false)]
    public async Task Browsers_are_told_to_keep_to_https_where_a_public_name_is_served_by_it(bool https, string host, bool told)
    {
        await using var web = new WebTestHouse { Secure = true };
        await web.InitializeAsync();
        using var answer = await BareRequest.SendAsync(web.Address, HttpMethod.Get, Links.SignIn, null, null, ("Host", host), ("X-Forwarded-Proto", https ? "https" : "http"));
        answer.Headers.Said("Strict-Transport-Security").ShouldBe(told ? "max-age=31536000" : null);
    }

    [Fact]
    public async Task A_session_holds_ten_streams_and_no_more()
    {
        var visitor = await house.SignInAsync("leader", TestProvince.TestPassword);
        using var client = new HttpClient { BaseAddress = house.Address };
        var open = new List<HttpResponseMessage>();
        for (var n = 0; n < 10; n++) open.Add(await OpenAsync());
        open.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.OK);
        using (var eleventh = await OpenAsync())
        {
            eleventh.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
            eleventh.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        }
        using var other = await BareRequest.SendAsync(house.Address, HttpMethod.Get, $"/api/figures?scope=area/{house.Place.Province}", visitor);
        other.StatusCode.ShouldBe(HttpStatusCode.OK, "the streams hold nothing else up");
        open.ForEach(answer => answer.Dispose());
        // The server learns at its next message that they have gone.
        var status = HttpStatusCode.TooManyRequests;
        for (var wait = 0; wait < 100 && status == HttpStatusCode.TooManyRequests; wait++)
        {
            await Task.Delay(200, Ct);
            using var again = await OpenAsync();
            status = again.StatusCode;
        }
        status.ShouldBe(HttpStatusCode.OK);
        house.Faults.Kept.ShouldBeEmpty();

        async Task<HttpResponseMessage> OpenAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/live?scope=area/{house.Place.Province}");
            request.Headers.Add("Cookie", string.Join("; ", visitor.Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
            return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Ct);
        }
    }

    [Fact]
    public async Task A_list_that_is_sent_leaves_no_warning_in_the_log()
    {
        var clerk = await house.AsAsync("clerk-a");
        var before = house.Log.Lines.Count;
        (await clerk.UploadAsync(Encoding.UTF8.GetBytes("Họ và tên,Năm sinh\nNguyễn Văn Thử,1980\n"), "to.csv")).Status.ShouldBe(HttpStatusCode.OK);
        house.Log.Lines.Skip(before).Where(line => line.StartsWith("Warning", StringComparison.Ordinal)).ShouldBeEmpty();
    }
}
