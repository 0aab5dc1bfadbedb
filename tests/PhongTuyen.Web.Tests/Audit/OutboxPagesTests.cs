using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using PhongTuyen.Accounts;
using PhongTuyen.Data.Keys;
using PhongTuyen.Kernel;
using PhongTuyen.Outbox;
using PhongTuyen.Tests.Outbox;
using PhongTuyen.Tests.Quarantine;
using PhongTuyen.Web.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Audit;

/// <summary>Mail that could not be sent is begun again from the page of operation, one or all, against a mail server that refuses at first.</summary>
[Trait("Category", "Database")]
public sealed class OutboxPagesTests : IAsyncLifetime
{
    private readonly SmtpSink sink = new();
    private readonly WebTestHouse house;
    private readonly OutboxSettings settings;

    public OutboxPagesTests()
    {
        settings = new OutboxSettings { Server = "127.0.0.1", Port = sink.Port, Encrypted = false, From = "phongtuyen@cdc.vn", Tries = 1, Seconds = 2 };
        house = new WebTestHouse { More = services => services.AddSingleton(settings) };
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => house.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await house.DisposeAsync();
        await sink.DisposeAsync();
    }

    private async Task SendAsync()
    {
        var sender = new OutboxSender(house.House.Database, new FieldCipher(house.House.Keys), settings, house.Clock, NullLogger<OutboxSender>.Instance);
        while (await sender.SendNextAsync(Ct)) { }
    }

    private Task PostAsync(string intent) => house.House.AsAsync(house.Place.ClerkA, Permission.EnterData, async (provider, _) =>
    {
        await provider.GetRequiredService<Letters>().PostAsync(intent, new Letter("truc@soyte.vn", "Báo cáo", intent), false, Ct);
        return 0;
    });

    private Task<string?> StatesAsync() => house.House.AskAsync<string>("SELECT string_agg(intent || ' ' || state || ' ' || attempts, ', ' ORDER BY intent) FROM pt.outbox_message");

    [Fact]
    public async Task One_letter_or_all_are_begun_again_once_however_often_it_is_pressed()
    {
        sink.ToRecipient = "550 nobody here";
        foreach (var intent in new[] { "a", "b", "c" }) await PostAsync(intent);
        await SendAsync();
        sink.ToRecipient = "250 OK";
        sink.AfterData = "hang-up";
        await PostAsync("d");
        await SendAsync();
        sink.AfterData = "answer";
        (await StatesAsync()).ShouldBe("a 3 1, b 3 1, c 3 1, d 2 1");
        var already = sink.Taken.Count; // d has arrived perhaps

        var administrator = await house.AsAsync("administrator");
        var page = await administrator.GetAsync(Links.Operation);
        page.Main.ShouldContain("Gửi lại cả 3 thư không gửi được");
        page.Html.ShouldNotContain("truc@soyte.vn", Case.Sensitive, "no recipient is shown");
        var first = await house.House.AskAsync<Guid>("SELECT id FROM pt.outbox_message WHERE intent = 'a'");
        var one = await administrator.PostAsync(page, first.ToString());
        one.Main.ShouldContain("Đang gửi lại 1 thư");
        (await administrator.PostAsync(page, first.ToString())).Main.ShouldContain("Đang gửi lại 1 thư", Case.Sensitive, "pressed twice");
        await SendAsync();
        (await StatesAsync()).ShouldBe("a 1 1, b 3 1, c 3 1, d 2 1");

        var all = await administrator.PostAsync(await administrator.GetAsync(Links.Operation), "Gửi lại cả 2");
        all.Main.ShouldContain("Đang gửi lại 2 thư");
        await SendAsync();
        (await StatesAsync()).ShouldBe("a 1 1, b 1 1, c 1 1, d 2 1", "what has perhaps arrived is not sent again with the others");
        var last = await administrator.GetAsync(Links.Operation);
        await administrator.PostAsync(last, "handler=Again");
        await SendAsync();
        (await StatesAsync()).ShouldBe("a 1 1, b 1 1, c 1 1, d 1 1", "somebody has asked, and sends it again");
        sink.Taken.Count.ShouldBe(already + 4);
        (await administrator.PostTokenAsync(Links.Operation + "?handler=Again", ("Intent", house.Clock.NewGuid().ToString()))).Main.ShouldContain("Không còn thư nào chờ");
        (await house.ToldAsync("outbox.sent-again")).ShouldBe(3);
    }

    [Fact]
    public async Task Nobody_else_sends_it_again()
    {
        sink.ToRecipient = "550 nobody here";
        await PostAsync("kept");
        await SendAsync();
        foreach (var name in new[] { "clerk-a", "head-a", "province", "leader" })
            ((int)(await (await house.AsAsync(name)).PostTokenAsync(Links.Operation + "?handler=Again", ("Intent", house.Clock.NewGuid().ToString()))).Status).ShouldBe(403, name);
        (await StatesAsync()).ShouldBe("kept 3 1");
    }
}
