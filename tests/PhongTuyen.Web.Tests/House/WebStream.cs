using System.Net;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.House;

/// <summary>A stream of events that a visitor holds open.</summary>
public sealed class WebStream : IDisposable
{
    private readonly HttpClient client;
    private readonly StreamReader reader;

    private WebStream(HttpClient client, StreamReader reader) => (this.client, this.reader) = (client, reader);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<WebStream> OpenAsync(Uri address, WebVisitor visitor, string path)
    {
        var client = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(1) };
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        visitor.Sign(request);
        var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Ct);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return new WebStream(client, new StreamReader(await answer.Content.ReadAsStreamAsync(Ct)));
    }

    /// <summary>Whether it is still open here.</summary>
    public bool CanRead => reader.BaseStream.CanRead;

    public async Task<string> NextAsync()
    {
        while (await reader.ReadLineAsync(Ct) is { } line)
            if (line.StartsWith("event:", StringComparison.Ordinal)) return line;
        return "closed without a word";
    }

    /// <summary>What it says behind all figures.</summary>
    public async Task<string> LastAsync()
    {
        string last;
        do last = await NextAsync(); while (last == "event: figures");
        return last;
    }

    public void Dispose()
    {
        reader.Dispose();
        client.Dispose();
    }
}
