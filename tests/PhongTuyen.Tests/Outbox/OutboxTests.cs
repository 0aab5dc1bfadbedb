using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using PhongTuyen.Accounts;
using PhongTuyen.Data.Keys;
using PhongTuyen.Outbox;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Quarantine;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Outbox;

/// <summary>What leaves the house: after the commit, once for each intent, and nothing is lost where a server fails.</summary>
[Trait("Category", "Database")]
public sealed class OutboxTests(TestHouse house) : IClassFixture<TestHouse>, IAsyncLifetime
{
    private readonly SmtpSink sink = new();

    private TestProvince Place => house.Place;
    private static CancellationToken Ct => TestContext.Current.CancellationToken;
    private static readonly Letter Hello = new("truc@soyte.vn", "Báo cáo ngày 20/8: 12 ca", "Kính gửi Sở Y tế,\n.\nHết giường.");

    public async ValueTask InitializeAsync() => await house.AskAsync<int>("WITH gone AS (DELETE FROM pt.outbox_message RETURNING 1) SELECT count(*)::int FROM gone");

    public ValueTask DisposeAsync() => sink.DisposeAsync();

    private OutboxSender Sender(int tries = 5, int seconds = 30) => new(house.Database, new FieldCipher(house.Keys), new OutboxSettings { Server = "127.0.0.1", Port = sink.Port, Encrypted = false, From = "phongtuyen@cdc.vn", Tries = tries, Seconds = seconds }, house.Clock, NullLogger<OutboxSender>.Instance);

    private Task PostAsync(string intent, Letter? letter = null, bool alert = false) => house.AsAsync(Place.ClerkA, Permission.EnterData, async (provider, _) =>
    {
        await ((Letters)provider.GetService(typeof(Letters))!).PostAsync(intent, letter ?? Hello, alert, Ct);
        return 0;
    });

    private async Task<int> SendAllAsync(OutboxSender? sender = null)
    {
        var sent = 0;
        while (await (sender ?? Sender()).SendNextAsync(Ct)) sent++;
        return sent;
    }

    private Task<string?> StateAsync(string intent) => house.AskAsync<string>("SELECT state || ' ' || attempts || ' ' || coalesce(fault, '-') FROM pt.outbox_message WHERE intent = $1", intent);

    [Fact]
    public async Task A_letter_leaves_after_the_commit_and_once_however_often_it_is_asked_for()
    {
        await Should.ThrowAsync<InvalidOperationException>(() => house.AsAsync<int>(Place.ClerkA, Permission.EnterData, async (provider, _) =>
        {
            await ((Letters)provider.GetService(typeof(Letters))!).PostAsync("undone", Hello, false, Ct);
            (await Sender().SendNextAsync(Ct)).ShouldBeFalse("not committed yet");
            throw new InvalidOperationException("undone");
        }));
        (await SendAllAsync()).ShouldBe(0);
        for (var i = 0; i < 3; i++) await PostAsync("report/20-8");
        (await SendAllAsync()).ShouldBe(1);
        await PostAsync("report/20-8");
        (await SendAllAsync()).ShouldBe(0);
        (await StateAsync("report/20-8")).ShouldBe("1 1 -");
        sink.Taken.Count.ShouldBe(1);
        (await house.AskAsync<long>("SELECT count(*) FROM pt.outbox_message WHERE position('truc@soyte.vn'::bytea IN content) > 0")).ShouldBe(0, "sealed while it waits");
    }

    [Fact]
    public async Task Subject_and_text_arrive_as_they_were_written()
    {
        await PostAsync("utf8");
        await SendAllAsync();
        var (to, text) = sink.Taken.Single();
        to.ShouldBe("<truc@soyte.vn>");
        var (head, body) = (text[..text.IndexOf("\n\n", StringComparison.Ordinal)].Replace("\n ", " ", StringComparison.Ordinal).Split('\n'), text[(text.IndexOf("\n\n", StringComparison.Ordinal) + 2)..]);
        var subject = head.Single(line => line.StartsWith("Subject: ", StringComparison.OrdinalIgnoreCase))[9..];
        string.Concat(subject.Split(' ').Select(word => Encoding.UTF8.GetString(Convert.FromBase64String(word["=?utf-8?B?".Length..^2])))).ShouldBe(Hello.Subject);
        Encoding.UTF8.GetString(Convert.FromBase64String(body.Replace("\n", "", StringComparison.Ordinal))).ReplaceLineEndings("\n").ShouldBe(Hello.Text);
        head.ShouldContain("From: phongtuyen@cdc.vn");
        head.ShouldContain($"Message-ID: <{await house.AskAsync<Guid>("SELECT id FROM pt.outbox_message WHERE intent = 'utf8'")}@phongtuyen>");
    }

    [Fact]
    public async Task Nobody_writes_headers_or_further_recipients_through_a_letter()
    {
        await PostAsync("subject", Hello with { Subject = "Chào\r\nBcc: ai@do.vn\r\n\r\nmua ngay" });
        await SendAllAsync();
        var text = sink.Taken.Single().Text;
        text[..text.IndexOf("\n\n", StringComparison.Ordinal)].Split('\n').ShouldNotContain(line => line.StartsWith("Bcc", StringComparison.OrdinalIgnoreCase));

        var strange = new[] { "a@b.vn\r\nBcc: ai@do.vn", "a@b.vn, ai@do.vn", "a@b.vn>\r\nRCPT TO:<ai@do.vn", "", "không phải thư" };
        for (var i = 0; i < strange.Length; i++) await PostAsync($"strange/{i}", Hello with { To = strange[i] });
        await PostAsync("after");
        await SendAllAsync(Sender(tries: 1));
        sink.Taken.Select(taken => taken.To).ShouldBe(["<truc@soyte.vn>", "<truc@soyte.vn>"], "the strange ones went to nobody and held up nobody");
        for (var i = 0; i < strange.Length; i++) (await StateAsync($"strange/{i}"))!.ShouldStartWith("3 1 ");
    }

    [Fact]
    public async Task A_server_that_refuses_for_a_while_is_asked_again_with_longer_pauses_and_in_the_end_a_person_is()
    {
        sink.ToRecipient = "451 later";
        await PostAsync("later");
        var pauses = new List<double>();
        for (var attempt = 1; attempt <= 5; attempt++)
        {
            (await SendAllAsync()).ShouldBe(1);
            (await StateAsync("later"))!.ShouldStartWith($"{(attempt < 5 ? 0 : 3)} {attempt} smtp-");
            (await SendAllAsync()).ShouldBe(0, "not before its time");
            pauses.Add(Math.Round((await house.AskAsync<DateTimeOffset>("SELECT due_at FROM pt.outbox_message WHERE intent = 'later'") - house.Clock.GetUtcNow()).TotalSeconds));
            house.Clock.Advance(TimeSpan.FromHours(1));
        }
        pauses.ShouldBe([5, 25, 125, 625, 3125]);
        sink.ToRecipient = "250 OK";
        (await SendAllAsync()).ShouldBe(0, "parked until somebody looks");
        await PostAsync("next");
        (await SendAllAsync()).ShouldBe(1);
        sink.Taken.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("hang-up", "smtp-cut-off")]
    [InlineData("silence", "smtp-silent")]
    public async Task Where_nobody_knows_whether_it_was_taken_an_alert_goes_again_with_its_key_and_other_mail_waits(string after, string fault)
    {
        sink.AfterData = after;
        await PostAsync("plain");
        await PostAsync("alert", alert: true);
        (await SendAllAsync(Sender(seconds: 1))).ShouldBe(2);
        (await StateAsync("plain")).ShouldBe($"2 1 {fault}");
        (await StateAsync("alert")).ShouldBe($"0 1 {fault}");
        sink.AfterData = "answer";
        house.Clock.Advance(TimeSpan.FromMinutes(1));
        (await SendAllAsync()).ShouldBe(1);
        (await StateAsync("alert")).ShouldBe($"1 2 -");
        var keys = sink.Taken.Select(taken => taken.Text.Split('\n').Single(line => line.StartsWith("Message-ID", StringComparison.Ordinal))).ToList();
        (keys.Count, keys.Distinct().Count()).ShouldBe((3, 2), "the alert twice, under one key");
    }

    [Fact]
    public async Task A_sender_that_died_between_sending_and_marking_does_not_send_other_mail_twice()
    {
        await PostAsync("died");
        await PostAsync("died-alert", alert: true);
        await house.AskAsync<int>("WITH taken AS (UPDATE pt.outbox_message SET lease = gen_random_uuid(), leased_until = $1, attempts = 1 RETURNING 1) SELECT count(*)::int FROM taken", house.Clock.GetUtcNow().AddMinutes(2));
        (await SendAllAsync()).ShouldBe(0, "somebody else has it");
        house.Clock.Advance(TimeSpan.FromMinutes(3));
        (await SendAllAsync()).ShouldBe(1);
        (await StateAsync("died")).ShouldBe("2 1 sender-died");
        (await StateAsync("died-alert")).ShouldBe("1 2 -");
    }

    [Fact]
    public async Task Many_senders_send_each_letter_once()
    {
        for (var i = 0; i < 30; i++) await PostAsync($"many/{i}");
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => SendAllAsync())));
        sink.Taken.Count.ShouldBe(30, await house.AskAsync<string>("SELECT coalesce(string_agg(concat_ws(' ', state, attempts, fault, intent), ', '), '') FROM pt.outbox_message WHERE state <> 1"));
        sink.Taken.Select(taken => taken.Text.Split('\n').Single(line => line.StartsWith("Message-ID", StringComparison.Ordinal))).Distinct().Count().ShouldBe(30);
    }

    [Fact]
    public async Task What_was_sent_is_forgotten_after_its_days_and_what_waits_for_a_person_is_not()
    {
        await PostAsync("old");
        sink.ToRecipient = "250 OK";
        await SendAllAsync();
        sink.ToRecipient = "550 nobody";
        await PostAsync("parked");
        await SendAllAsync(Sender(tries: 1));
        house.Clock.Advance(TimeSpan.FromDays(29));
        sink.ToRecipient = "250 OK";
        await PostAsync("young");
        await SendAllAsync();
        (await Sender().ForgetAsync(Ct)).ShouldBe(0, "not before its time");
        house.Clock.Advance(TimeSpan.FromDays(2));
        (await Sender().ForgetAsync(Ct)).ShouldBe(1);
        (await StateAsync("old")).ShouldBeNull();
        (await StateAsync("young"))!.ShouldStartWith("1 ");
        (await StateAsync("parked"))!.ShouldStartWith("3 ");
        new OutboxSettings { KeepDays = 0 }.Faults().Single().ShouldContain("Mail:KeepDays");
    }
}
