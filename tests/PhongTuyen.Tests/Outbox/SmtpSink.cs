using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PhongTuyen.Tests.Outbox;

/// <summary>A mail server that speaks SMTP (RFC 5321) over a real port and keeps what it was given; it can refuse, fall silent, or hang up.</summary>
public sealed class SmtpSink : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource over = new();
    private readonly Task serving;

    public SmtpSink()
    {
        listener.Start();
        serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Whole messages as they came, dots unstuffed, with the envelope's recipient.</summary>
    public ConcurrentQueue<(string To, string Text)> Taken { get; } = [];

    /// <summary>What to answer to RCPT TO: "250 OK" by default.</summary>
    public string ToRecipient { get; set; } = "250 OK";

    /// <summary>After the message was taken: "answer", "hang-up" or "silence".</summary>
    public string AfterData { get; set; } = "answer";

    private async Task ServeAsync()
    {
        try
        {
            while (true) _ = SpeakAsync(await listener.AcceptTcpClientAsync(over.Token));
        }
        catch (OperationCanceledException)
        {
            listener.Stop();
        }
    }

    private async Task SpeakAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
                await using var writer = new StreamWriter(client.GetStream(), Encoding.Latin1) { NewLine = "\r\n", AutoFlush = true };
                await writer.WriteLineAsync("220 sink.example ESMTP");
                var to = "";
                while (await reader.ReadLineAsync(over.Token) is { } line)
                {
                    var verb = line.Split(' ')[0].ToUpperInvariant();
                    if (line.StartsWith("RCPT TO:", StringComparison.OrdinalIgnoreCase)) to = line[8..].Trim();
                    if (verb == "DATA" && !await TakeAsync(reader, writer, to)) return;
                    if (verb != "DATA") await writer.WriteLineAsync(verb switch { "EHLO" => "250-sink.example\r\n250 8BITMIME", "RCPT" => ToRecipient, "QUIT" => "221 bye", "MAIL" or "RSET" or "HELO" => "250 OK", _ => "502 what?" });
                    if (verb == "QUIT") return;
                }
            }
            catch (Exception fault) when (fault is IOException or OperationCanceledException)
            {
                // the other side hung up, or the test is over
            }
        }
    }

    private async Task<bool> TakeAsync(StreamReader reader, StreamWriter writer, string to)
    {
        await writer.WriteLineAsync("354 go on");
        var text = new StringBuilder();
        while (await reader.ReadLineAsync(over.Token) is { } line && line != ".") text.AppendLine(line.StartsWith('.') ? line[1..] : line);
        Taken.Enqueue((to, text.ToString()));
        if (AfterData == "silence") await Task.Delay(Timeout.Infinite, over.Token);
        if (AfterData == "answer") await writer.WriteLineAsync("250 taken");
        return AfterData == "answer";
    }

    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        await serving;
        over.Dispose();
    }
}
